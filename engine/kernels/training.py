"""The training loop, samples in lanes: shuffle, gather, forward, backward, update, over as many steps as asked for."""

import numpy as np

from engine.kernels.blocks import backward, forward, load, output_delta, store
from engine.kernels.compilation import device, kernel
from engine.kernels.dispatch import make_update
from engine.kernels.lanes import lane_sum
from engine.kernels.shuffle import shuffle
from engine.kernels.width import WIDTH

update = make_update(WIDTH)

# Blocks gathered at a time: enough that a block's numbers are in place long before they are needed.
CHUNK = 16
# Places in the counters: steps in all, steps since the optimizer was new, epochs completed, samples done in this epoch,
# the epoch whose order of samples is at hand (−1: none) and the seed of the orders.
STEP, UPDATES, EPOCH, POSITION, ORDERED, SEED, COUNTERS = range(7)


@device
def count_step(counters, size, samples):
    """Count one step of ``size`` samples; after the last sample of all, count an epoch."""
    counters[STEP] += 1
    counters[UPDATES] += 1
    counters[POSITION] += size
    if counters[POSITION] >= samples:
        counters[POSITION] = 0
        counters[EPOCH] += 1


@device
def gather(inputs, wanted, order, position, into_batch, batch_size, chunk, live):
    """Copy the next samples in ``order`` into ``chunk``, block by block; return how many blocks, at most CHUNK.

    They start at ``position`` in the epoch, ``into_batch`` samples after the start of a batch.

    A block never crosses the end of a batch; ``live[i]`` is how many of its lanes are samples. The other lanes repeat
    the last sample, so that they stay finite as long as the samples do, and have weight 0. The rows of a block are
    the features, the targets and the weights.
    """
    features, outputs = inputs.shape[0], wanted.shape[0]
    count = 0
    while count < CHUNK and position < order.size:
        lanes = min(WIDTH, batch_size - into_batch, order.size - position)
        for q in range(WIDTH):
            sample = order[position + min(q, lanes - 1)]
            for row in range(features):
                chunk[count, row, q] = inputs[row, sample]
            for row in range(outputs):
                chunk[count, features + row, q] = wanted[row, sample]
            chunk[count, features + outputs, q] = 1.0 if q < lanes else 0.0
        live[count] = lanes
        count += 1
        position += lanes
        into_batch = into_batch + lanes if into_batch + lanes < batch_size else 0
    return count


@kernel
def train(
    layers, parameters, gradient, state, is_weight, loss, optimizer, rates, rate, settings,
    inputs, wanted, order, random, counters, batch_size, steps, previous, z, a, delta, chunk, live,
):  # fmt: skip
    """Train for ``steps`` steps and return how many were done: fewer if one gave numbers that are not finite.

    Args:
        layers: of ``batch_plan``.
        parameters, gradient, is_weight, previous: (size,); state: (state vectors · size,), flat. ``previous`` becomes
            the parameters before the last step.
        loss, optimizer: codes; rates: λ of each regularizer; rate: η; settings: of the optimizer (tuples).
        inputs, wanted: (features, n) and (outputs, n), padded; order: (n,); random: (1,), scratch.
        counters: (COUNTERS,), changed in place.
        z, a, delta: (units · lanes,); chunk: (CHUNK, features + outputs + 1, lanes); live: (CHUNK,).
    """
    features, outputs = inputs.shape[0], wanted.shape[0]
    flat = chunk.reshape(chunk.size)
    stride = (features + outputs + 1) * WIDTH
    ready, used = 0, 0
    for done in range(steps):
        if counters[ORDERED] != counters[EPOCH]:
            shuffle(order, counters[SEED], counters[EPOCH], random)
            counters[ORDERED] = counters[EPOCH]
            ready, used = 0, 0
        if done == steps - 1:
            for i in range(parameters.size):
                previous[i] = parameters[i]
        size = min(batch_size, order.size - counters[POSITION])
        seen = 0
        while seen < size:
            if used == ready:
                ready = gather(inputs, wanted, order, counters[POSITION] + seen, seen, batch_size, chunk, live)
                used = 0
            source = used * stride
            for k in range(features):
                store(a, k * WIDTH, load(flat, source + k * WIDTH))
            forward(layers, parameters, z, a)
            output_delta(layers, loss, flat, source + features * WIDTH, z, a, delta)
            backward(layers, parameters, z, a, delta, gradient, seen > 0)
            seen += live[used]
            used += 1
        count_step(counters, size, order.size)
        check = update(
            optimizer,
            parameters,
            gradient,
            state,
            is_weight,
            1.0 / size,
            rates,
            rate,
            np.float64(counters[UPDATES]),
            settings,
        )
        if not np.isfinite(lane_sum(check)):
            return done
    return steps
