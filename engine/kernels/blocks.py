"""Forward and backward through the network for one block: as many samples as there are lanes.

Buffers belong to the caller. z, a, delta and kept are flat, one lane value a unit, input features first; parameters
and gradient are flat as in ``Layout``. The members of a pair or triplet lie one after the other: ``base`` is the first
unit of the one that is meant.
"""

import numpy as np

from engine.dropout import MASK
from engine.kernels.compilation import device
from engine.kernels.lanes import lane_sum, lane_sums, make_load, make_splat, make_store
from engine.kernels.plan import ACTIVATION, ALPHA, BELOW, BIASES, DROPOUT, INPUTS, OUTPUTS, SLOPE, UNITS, WEIGHTS
from engine.kernels.signatures import activate, drop, loss_slope, times_slope
from engine.kernels.width import NARROW, WIDTH

load, store, splat = make_load(WIDTH), make_store(WIDTH), make_splat(WIDTH)
store_sums, load_sums = make_store(NARROW), make_load(NARROW)


@device
def forward(net, parameters, z, a, kept, base, key, sample):
    """Fill z and a from the input features in the first lane values of ``a``.

    ``key`` of a training step, and ``sample``, the number of the first lane's sample in its batch, decide what dropout
    silences; with key 0 nothing is: this is evaluation.
    """
    layers = net.layers
    for layer in range(layers.shape[0]):
        inputs, outputs = layers[layer, INPUTS], layers[layer, OUTPUTS]
        below, units = base + layers[layer, BELOW], base + layers[layer, UNITS]
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
        activate(layers[layer, ACTIVATION], net.options[layer, ALPHA], z, a, units, outputs)
        if key != 0 and net.options[layer, DROPOUT] > 0.0:
            rate, low, high = net.options[layer, DROPOUT], np.int64(key & MASK), np.int64(key >> np.uint64(32))
            drop(net.drop, rate, a, kept, units, outputs, low, high, sample)


@device
def evaluate(net, parameters, z, a, kept, base):
    """Fill z and a as ``forward`` does, with all units at work."""
    # Made by calls, since Numba compiles a function anew for every literal number.
    forward(net, parameters, z, a, kept, base, np.uint64(0), np.int64(0))


@device
def output_delta(net, loss, block, at, rows, z, a, delta, members, stride):
    """Fill δ = ∂L/∂z of the output units for each lane's own loss; times its weight.

    ``block`` is flat; this block's targets start at ``at``, ``rows`` lane values, and then its weights: 1, and 0 for
    the lanes past the last sample. The units of each of ``members`` lie ``stride`` apart.
    """
    last = net.layers.shape[0] - 1
    outputs, units = net.layers[last, OUTPUTS], net.layers[last, UNITS]
    loss_slope(loss.slope, loss.setting, block, at, a, delta, units, outputs, stride)
    weight = load(block, at + rows * WIDTH)
    for member in range(members):
        first = units + member * stride
        if not loss.from_logits:
            times_slope(net.layers[last, SLOPE], net.options[last, ALPHA], z, a, delta, first, outputs)
        for j in range(first, first + outputs):
            store(delta, j * WIDTH, load(delta, j * WIDTH) * weight)


@device
def backward(net, parameters, z, a, delta, kept, base, dropped, gradient, add):
    """From the output's δ: every layer's δ, and the block's sums of gradients into (or, ``add``, onto) ``gradient``.

    With ``dropped``, the forward pass was one with dropout; a of those layers is what it was before, afterwards.
    """
    layers = net.layers
    for layer in range(layers.shape[0] - 1, -1, -1):
        inputs, outputs = layers[layer, INPUTS], layers[layer, OUTPUTS]
        below, units = base + layers[layer, BELOW], base + layers[layer, UNITS]
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
            rate = net.options[layer - 1, DROPOUT]
            if dropped and rate > 0.0:
                for k in range(below, below + inputs):
                    store(delta, k * WIDTH, load(delta, k * WIDTH) * load(kept, k * WIDTH))
                    # The slope of some activations is computed from a as it was.
                    store(a, k * WIDTH, load(a, k * WIDTH) * (1.0 - rate))
            times_slope(layers[layer - 1, SLOPE], net.options[layer - 1, ALPHA], z, a, delta, below, inputs)
