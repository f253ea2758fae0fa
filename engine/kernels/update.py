"""From the summed gradient to new parameters: penalty, clipping, schedule, the optimizer, max-norm."""

import numpy as np

from engine.kernels.compilation import device
from engine.kernels.counters import EPOCH, POSITION, UPDATES, count_step
from engine.kernels.lanes import lane_sum, make_load, make_splat, make_store
from engine.kernels.penalties import make_penalty_slope
from engine.kernels.plan import INPUTS, OUTPUTS, WEIGHTS
from engine.kernels.signatures import schedule_factor, update


def make_step(width):
    """Return ``step(rule, parameters, gradient, state, is_weight, counters, size, samples)`` for one lane width.

    It makes a step from the gradient summed over ``size`` of ``samples`` samples, counts it, and returns whether all
    numbers are finite.
    """
    load, store, splat = make_load(width), make_store(width), make_splat(width)
    penalty_slope = make_penalty_slope(width)

    @device
    def prepare(rule, parameters, gradient, is_weight, scale):
        """Make the mean of the summed gradient, add the penalty's, and clip: first each number, then the length."""
        squares = splat(0.0)
        bound = rule.clip_value
        for i in range(0, parameters.size, width):
            g = scale * load(gradient, i)
            g += load(is_weight, i) * penalty_slope(load(parameters, i), rule.penalties)
            if bound > 0.0:
                g = np.where(g > bound, bound, np.where(g < -bound, -bound, g))
            squares += g * g
            store(gradient, i, g)
        length = np.sqrt(lane_sum(squares))
        return rule.clip_norm / length if rule.clip_norm > 0.0 and length > rule.clip_norm else 1.0

    @device
    def step(rule, parameters, gradient, state, is_weight, counters, size, samples):
        scale = 1.0 / size
        penalized = rule.clip_value > 0.0 or rule.clip_norm > 0.0
        for rate in rule.penalties:
            penalized = penalized or rate != 0.0
        if penalized:
            scale = prepare(rule, parameters, gradient, is_weight, scale)
        rate = rule.rate
        if rule.schedule != 0:
            epochs = counters[EPOCH] + counters[POSITION] / samples
            rate *= schedule_factor(rule.schedule, epochs, rule.schedule_settings)
        count_step(counters, size, samples)
        number = np.float64(counters[UPDATES])
        check = update(rule.optimizer, parameters, gradient, state, parameters.size, scale, rate, number, rule.settings)
        return np.isfinite(check)

    return step


@device
def limit_norms(layers, parameters, largest):
    """Shorten the incoming weights of every unit to a length of at most ``largest`` (Srivastava et al., 2014)."""
    for layer in range(layers.shape[0]):
        inputs = layers[layer, INPUTS]
        for j in range(layers[layer, OUTPUTS]):
            row = layers[layer, WEIGHTS] + j * inputs
            squares = 0.0
            for k in range(row, row + inputs):
                squares += parameters[k] * parameters[k]
            if squares > largest * largest:
                factor = largest / np.sqrt(squares)
                for k in range(row, row + inputs):
                    parameters[k] *= factor
