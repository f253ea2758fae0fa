"""From the summed gradient to new parameters: penalty, clipping, schedule, the optimizer, max-norm."""

import numpy as np

from engine.kernels.compilation import device, rare
from engine.kernels.counters import EPOCH, POSITION, UPDATES, count_step
from engine.kernels.plan import INPUTS, OUTPUTS, WEIGHTS
from engine.kernels.signatures import schedule_factor, update


@device
def step(rule, parameters, gradient, state, is_weight, counters, size, samples):
    """Make a step from the gradient summed over ``size`` of ``samples`` samples, and count it.

    Returns whether all numbers are finite.
    """
    rate = rule.rate
    if rule.schedule != 0:
        epochs = counters[EPOCH] + counters[POSITION] / samples
        rate *= schedule_factor(rule.schedule, epochs, rule.schedule_settings)
    count_step(counters, size, samples)
    number = np.float64(counters[UPDATES])
    arrays = (parameters, gradient, state, is_weight, rule.preparation)
    check = update(rule.update, *arrays, parameters.size, 1.0 / size, rate, number, rule.settings)
    return np.isfinite(check)


@rare
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
