"""A whole set of samples at the present parameters: predictions, losses, gradient; and fields over the plane."""

import numpy as np

from engine.kernels.blocks import backward, forward, load, output_delta, splat, store
from engine.kernels.compilation import kernel
from engine.kernels.dispatch import make_loss_value
from engine.kernels.lanes import lane_sum
from engine.kernels.plan import OUTPUTS, UNITS
from engine.kernels.width import WIDTH

loss_value = make_loss_value(WIDTH)
ONES_THEN_ZEROS = np.repeat([1.0, 0.0], WIDTH)


@kernel
def survey(layers, parameters, loss, inputs, wanted, count, predictions, gradient, with_gradient, z, a, delta, block):
    """Return the sum of the losses of ``count`` samples; fill their predictions and, if asked for, summed gradient.

    Args:
        layers: of ``batch_plan``; parameters, gradient: (size,); loss: code.
        inputs, wanted: (features, n) and (outputs, n), n padded to whole lane values, C-contiguous.
        predictions: (outputs, n), padded likewise.
        z, a, delta: (units · lanes,); block: ((outputs + 1) · lanes,).
    """
    last = layers.shape[0] - 1
    outputs, units = layers[last, OUTPUTS], layers[last, UNITS]
    stride = inputs.shape[1]
    sources, targets = inputs.reshape(inputs.size), wanted.reshape(wanted.size)
    results = predictions.reshape(predictions.size)
    total = splat(0.0)
    for i in range(0, count, WIDTH):
        for row in range(inputs.shape[0]):
            store(a, row * WIDTH, load(sources, row * stride + i))
        for row in range(outputs):
            store(block, row * WIDTH, load(targets, row * stride + i))
        # Lanes past the last sample repeat it, with weight 0.
        weight = load(ONES_THEN_ZEROS, max(0, i + WIDTH - count))
        store(block, outputs * WIDTH, weight)
        forward(layers, parameters, z, a)
        for row in range(outputs):
            store(results, row * stride + i, load(a, (units + row) * WIDTH))
        # Chosen, not multiplied: an infinite loss past the end must not become NaN.
        total += np.where(weight > 0.0, loss_value(loss, block, 0, z, a, units, outputs), 0.0)
        if with_gradient:
            output_delta(layers, loss, block, 0, z, a, delta)
            backward(layers, parameters, z, a, delta, gradient, i > 0)
    return lane_sum(total) / outputs


@kernel
def fields(layers, parameters, inputs, first, picture, z, a):
    """Fill ``picture`` (units, n), float32, with the activations of all units from number ``first``.

    ``inputs`` (features, n), n padded to whole lane values; the last rows of ``picture`` are the output units.
    """
    stride = inputs.shape[1]
    sources, results = inputs.reshape(inputs.size), picture.reshape(picture.size)
    for i in range(0, stride, WIDTH):
        for row in range(inputs.shape[0]):
            store(a, row * WIDTH, load(sources, row * stride + i))
        forward(layers, parameters, z, a)
        for row in range(picture.shape[0]):
            store(results, row * stride + i, load(a, (first + row) * WIDTH))
