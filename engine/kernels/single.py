"""The training loop for batches of one sample: units in lanes.

With samples in lanes all lanes but one would be empty. Here a layer's weights lie input by input, so that one input
times its weights into all units is one multiplication of lanes (see ``single_plan``).
"""

import numpy as np

from engine.kernels.compilation import device, kernel
from engine.kernels.counters import EPOCH, ORDERED, POSITION, SEED
from engine.kernels.lanes import lane_sums, make_load, make_splat, make_store
from engine.kernels.plan import ACTIVATION, ALPHA, BELOW, BIASES, HAS_BIASES, INPUTS, OUTPUTS, SLOPE, UNITS, WEIGHTS
from engine.kernels.shuffle import shuffle
from engine.kernels.signatures import activate, loss_slope, times_slope
from engine.kernels.update import step
from engine.kernels.width import NARROW

load, store, splat = make_load(NARROW), make_store(NARROW), make_splat(NARROW)

ONES_THEN_ZEROS = np.repeat([1.0, 0.0], NARROW)


@device
def forward(layers, options, parameters, z, a):
    """Fill z and a from the input features at the start of ``a``."""
    for layer in range(layers.shape[0]):
        inputs, below, units = layers[layer, INPUTS], layers[layer, BELOW] * NARROW, layers[layer, UNITS]
        vectors = (layers[layer, OUTPUTS] + NARROW - 1) // NARROW
        stride = vectors * NARROW
        for v in range(vectors):
            place = layers[layer, WEIGHTS] + v * NARROW
            # Four sums side by side: one alone would wait for itself at every input.
            first = load(parameters, layers[layer, BIASES] + v * NARROW)
            second, third, fourth = splat(0.0), splat(0.0), splat(0.0)
            k = 0
            while k + 4 <= inputs:
                first += load(parameters, place) * a[below + k]
                second += load(parameters, place + stride) * a[below + k + 1]
                third += load(parameters, place + 2 * stride) * a[below + k + 2]
                fourth += load(parameters, place + 3 * stride) * a[below + k + 3]
                place += 4 * stride
                k += 4
            while k < inputs:
                first += load(parameters, place) * a[below + k]
                place += stride
                k += 1
            store(z, (units + v) * NARROW, (first + second) + (third + fourth))
        activate(layers[layer, ACTIVATION], options[layer, ALPHA], z, a, units, vectors)


@device
def backward(layers, options, parameters, z, a, delta, gradient):
    """From the output's δ: every layer's δ, and the gradient (zero for the biases of a layer that has none)."""
    for layer in range(layers.shape[0] - 1, -1, -1):
        inputs, below, units = layers[layer, INPUTS], layers[layer, BELOW] * NARROW, layers[layer, UNITS] * NARROW
        vectors = (layers[layer, OUTPUTS] + NARROW - 1) // NARROW
        stride = vectors * NARROW
        weights, biases = layers[layer, WEIGHTS], layers[layer, BIASES]
        for v in range(vectors):
            error = load(delta, units + v * NARROW)
            place = weights + v * NARROW
            for k in range(inputs):
                store(gradient, place, error * a[below + k])
                place += stride
            store(gradient, biases + v * NARROW, error if layers[layer, HAS_BIASES] == 1 else splat(0.0))
        if layer > 0:
            k = 0
            # Past the last input lie biases, the next layer or slack: the sums over those rows are dropped.
            while k < inputs:
                place = weights + k * stride
                sums = splat(0.0)
                for v in range(vectors):
                    error = load(delta, units + v * NARROW)
                    sums += lane_sums(
                        error * load(parameters, place),
                        error * load(parameters, place + stride),
                        error * load(parameters, place + 2 * stride),
                        error * load(parameters, place + 3 * stride),
                        error * load(parameters, place + 4 * stride),
                        error * load(parameters, place + 5 * stride),
                        error * load(parameters, place + 6 * stride),
                        error * load(parameters, place + 7 * stride),
                    )
                    place += NARROW
                # Lanes past the last input are no units: their δ is zero.
                store(delta, below + k, sums * load(ONES_THEN_ZEROS, max(0, k + NARROW - inputs)))
                k += NARROW
            lanes = (inputs + NARROW - 1) // NARROW
            code, alpha = layers[layer - 1, SLOPE], options[layer - 1, ALPHA]
            times_slope(code, alpha, z, a, delta, layers[layer, BELOW], lanes)


@kernel
def train_single(net, rule, samples, scratch, parameters, state, is_weight, counters, block, steps):
    """Train for ``steps`` steps of one sample and return how many were done, as ``train`` does.

    ``net`` and the places in all parameter vectors are of ``single_plan``; behind ``parameters`` lie ``slack`` more
    numbers. ``block``: target, then weight of each output lane.
    """
    z, a, delta, gradient, previous = scratch.z, scratch.a, scratch.delta, scratch.gradient, scratch.previous
    layers, options, order = net.layers, net.options, samples.order
    last = layers.shape[0] - 1
    outputs, units = layers[last, OUTPUTS], layers[last, UNITS]
    vectors = (outputs + NARROW - 1) // NARROW
    for done in range(steps):
        if counters[ORDERED] != counters[EPOCH]:
            shuffle(order, counters[SEED], counters[EPOCH], scratch.random)
            counters[ORDERED] = counters[EPOCH]
        if done == steps - 1:
            for i in range(parameters.size):
                previous[i] = parameters[i]
        sample = order[counters[POSITION]]
        for row in range(samples.inputs.shape[0]):
            a[row] = samples.inputs[row, sample]
        for row in range(outputs):
            block[row] = samples.wanted[row, sample]
        forward(layers, options, parameters, z, a)
        # The lanes count as outputs here, of which only those that are outputs have a weight.
        loss_slope(rule.loss.slope, rule.loss.setting, block, 0, a, delta, units, vectors, 0)
        if not rule.loss.from_logits:
            times_slope(layers[last, SLOPE], options[last, ALPHA], z, a, delta, units, vectors)
        for v in range(vectors):
            place = (units + v) * NARROW
            store(delta, place, load(delta, place) * load(block, (vectors + v) * NARROW))
        backward(layers, options, parameters, z, a, delta, gradient)
        if not step(rule, parameters, gradient, state, is_weight, counters, 1, order.size):
            return done
    return steps
