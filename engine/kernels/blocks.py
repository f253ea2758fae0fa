"""Forward and backward through the network for one block: as many samples as there are lanes.

Buffers belong to the caller. z, a and delta are flat, one lane value a unit, input features first; parameters and
gradient are flat as in ``Layout``.
"""

from engine.kernels.compilation import device
from engine.kernels.dispatch import FROM_LOGITS, make_activate, make_loss_slope, make_times_slope
from engine.kernels.lanes import lane_sum, lane_sums, make_load, make_splat, make_store
from engine.kernels.plan import ACTIVATION, BELOW, BIASES, INPUTS, OUTPUTS, UNITS, WEIGHTS
from engine.kernels.width import NARROW, WIDTH

load, store, splat = make_load(WIDTH), make_store(WIDTH), make_splat(WIDTH)
store_sums, load_sums = make_store(NARROW), make_load(NARROW)
activate, times_slope, loss_slope = make_activate(WIDTH), make_times_slope(WIDTH), make_loss_slope(WIDTH)


@device
def forward(layers, parameters, z, a):
    """Fill z and a from the input features in the first lane values of ``a``."""
    for layer in range(layers.shape[0]):
        inputs, outputs = layers[layer, INPUTS], layers[layer, OUTPUTS]
        below, units = layers[layer, BELOW], layers[layer, UNITS]
        weights, biases = layers[layer, WEIGHTS], layers[layer, BIASES]
        j = 0
        # Two units at a time share every load of an activation.
        while j + 2 <= outputs:
            row = weights + j * inputs
            first = splat(parameters[biases + j] if biases >= 0 else 0.0)
            second = splat(parameters[biases + j + 1] if biases >= 0 else 0.0)
            for k in range(inputs):
                value = load(a, (below + k) * WIDTH)
                first += value * parameters[row + k]
                second += value * parameters[row + inputs + k]
            store(z, (units + j) * WIDTH, first)
            store(z, (units + j + 1) * WIDTH, second)
            j += 2
        if j < outputs:
            row = weights + j * inputs
            first = splat(parameters[biases + j] if biases >= 0 else 0.0)
            for k in range(inputs):
                first += load(a, (below + k) * WIDTH) * parameters[row + k]
            store(z, (units + j) * WIDTH, first)
        activate(layers[layer, ACTIVATION], z, a, units, outputs)


@device
def output_delta(layers, loss, block, at, z, a, delta):
    """Fill δ = ∂L/∂z of the output units for each lane's own loss; times its weight.

    ``block`` is flat; this block's targets start at ``at``, one lane value an output, and then its weights: 1, and 0
    for the lanes past the last sample.
    """
    last = layers.shape[0] - 1
    outputs, units = layers[last, OUTPUTS], layers[last, UNITS]
    loss_slope(loss, block, at, a, delta, units, outputs, 1.0 / outputs)
    if loss < FROM_LOGITS:
        times_slope(layers[last, ACTIVATION], z, a, delta, units, outputs)
    weight = load(block, at + outputs * WIDTH)
    for j in range(units, units + outputs):
        store(delta, j * WIDTH, load(delta, j * WIDTH) * weight)


@device
def backward(layers, parameters, z, a, delta, gradient, add):
    """From the output's δ: every layer's δ, and the block's sums of gradients into (or, ``add``, onto) ``gradient``."""
    for layer in range(layers.shape[0] - 1, -1, -1):
        inputs, outputs = layers[layer, INPUTS], layers[layer, OUTPUTS]
        below, units = layers[layer, BELOW], layers[layer, UNITS]
        weights, biases = layers[layer, WEIGHTS], layers[layer, BIASES]
        for j in range(outputs):
            error = load(delta, (units + j) * WIDTH)
            row = weights + j * inputs
            k = 0
            while k + 8 <= inputs:
                place = (below + k) * WIDTH
                sums = lane_sums(
                    error * load(a, place),
                    error * load(a, place + WIDTH),
                    error * load(a, place + 2 * WIDTH),
                    error * load(a, place + 3 * WIDTH),
                    error * load(a, place + 4 * WIDTH),
                    error * load(a, place + 5 * WIDTH),
                    error * load(a, place + 6 * WIDTH),
                    error * load(a, place + 7 * WIDTH),
                )
                if add:
                    sums += load_sums(gradient, row + k)
                store_sums(gradient, row + k, sums)
                k += 8
            while k < inputs:
                total = lane_sum(error * load(a, (below + k) * WIDTH))
                gradient[row + k] = gradient[row + k] + total if add else total
                k += 1
            if biases >= 0:
                total = lane_sum(error)
                gradient[biases + j] = gradient[biases + j] + total if add else total
        if layer > 0:
            k = 0
            while k + 2 <= inputs:
                first, second = splat(0.0), splat(0.0)
                for j in range(outputs):
                    error = load(delta, (units + j) * WIDTH)
                    first += error * parameters[weights + j * inputs + k]
                    second += error * parameters[weights + j * inputs + k + 1]
                store(delta, (below + k) * WIDTH, first)
                store(delta, (below + k + 1) * WIDTH, second)
                k += 2
            if k < inputs:
                first = splat(0.0)
                for j in range(outputs):
                    first += load(delta, (units + j) * WIDTH) * parameters[weights + j * inputs + k]
                store(delta, (below + k) * WIDTH, first)
            times_slope(layers[layer - 1, ACTIVATION], z, a, delta, below, inputs)
