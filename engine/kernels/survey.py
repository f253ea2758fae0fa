"""A whole set of samples at the present parameters: predictions, losses, gradient; and fields over the plane."""

import numpy as np

from engine.kernels.blocks import backward, evaluate, forward, load, output_delta, store
from engine.kernels.compilation import kernel
from engine.kernels.plan import OUTPUTS, UNITS
from engine.kernels.signatures import loss_value
from engine.kernels.width import WIDTH

ONES_THEN_ZEROS = np.repeat([1.0, 0.0], WIDTH)


@kernel
def survey(
    net, loss, members, parameters, inputs, wanted, partners, count, predictions, gradient, with_gradient,
    z, a, delta, kept, block, units, key, first_sample,
):  # fmt: skip
    """Return the sum of the losses of ``count`` samples; fill their predictions and, if asked for, summed gradient.

    Args:
        net: of ``batch_plan``; parameters, gradient: (size,); loss: see ``arguments.py``.
        members: how many samples a loss looks at; partners: (2, n), the second and third for each.
        inputs, wanted: (features, n) and (rows, n), n padded to whole lane values, C-contiguous.
        predictions: (outputs, n), padded likewise.
        z, a, delta, kept: (members · units · lanes,); block: ((rows + 1) · lanes,).
        units: of the whole network.
        key: of a training step, whose dropout is at work then; 0 for all units at work.
        first_sample: how many samples of that step's batch come before these.
    """
    last = net.layers.shape[0] - 1
    outputs, first = net.layers[last, OUTPUTS], net.layers[last, UNITS]
    stride, rows = inputs.shape[1], wanted.shape[0]
    sources, targets = inputs.reshape(inputs.size), wanted.reshape(wanted.size)
    results = predictions.reshape(predictions.size)
    total = 0.0
    for i in range(0, count, WIDTH):
        for member in range(members):
            base = member * units
            for row in range(inputs.shape[0]):
                if member == 0:
                    store(a, row * WIDTH, load(sources, row * stride + i))
                else:
                    for q in range(WIDTH):
                        a[(base + row) * WIDTH + q] = inputs[row, partners[member - 1, min(i + q, count - 1)]]
            forward(net, parameters, z, a, kept, base, key, first_sample + i)
        for row in range(rows):
            store(block, row * WIDTH, load(targets, row * stride + i))
        # Lanes past the last sample repeat it, with weight 0.
        store(block, rows * WIDTH, load(ONES_THEN_ZEROS, max(0, i + WIDTH - count)))
        for row in range(outputs):
            store(results, row * stride + i, load(a, (first + row) * WIDTH))
        total += loss_value(loss.value, loss.setting, block, 0, rows * WIDTH, z, a, first, outputs, units)
        if with_gradient:
            output_delta(net, loss, block, np.int64(0), rows, z, a, delta, members, units)
            for member in range(members):
                add = i > 0 or member > 0
                backward(net, parameters, z, a, delta, kept, member * units, key != 0, gradient, add)
    return total


@kernel
def fields(net, parameters, inputs, first, picture, z, a, kept):
    """Fill ``picture`` (units, n), float32, with the activations of all units from number ``first``.

    ``inputs`` (features, n), n padded to whole lane values; the last rows of ``picture`` are the output units.
    """
    stride = inputs.shape[1]
    sources, results = inputs.reshape(inputs.size), picture.reshape(picture.size)
    for i in range(0, stride, WIDTH):
        for row in range(inputs.shape[0]):
            store(a, row * WIDTH, load(sources, row * stride + i))
        evaluate(net, parameters, z, a, kept, np.int64(0))
        for row in range(picture.shape[0]):
            store(results, row * stride + i, load(a, (first + row) * WIDTH))
