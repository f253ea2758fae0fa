"""The training loop, samples in lanes: shuffle, gather, forward, backward, update, over as many steps as asked for."""

import math

import numpy as np

from engine.dropout import MASK, hashed
from engine.kernels.blocks import backward, evaluate, forward, load, output_delta, store
from engine.kernels.compilation import device, kernel, rare
from engine.kernels.counters import EPOCH, ORDERED, POSITION, SEED, STEP
from engine.kernels.groups import ALONE, draw_groups
from engine.kernels.plan import DROPOUT, OUTPUTS, UNITS
from engine.kernels.shuffle import key_of, shuffle
from engine.kernels.signatures import feature_value
from engine.kernels.update import limit_norms, step
from engine.kernels.width import WIDTH

hash_of = device(hashed)

# Blocks gathered at a time: enough that a block's numbers are in place long before they are needed.
CHUNK = 16
# In place of a unit's number, for the random numbers that move a sample.
JITTER_UNIT = 1_000_003


@device
def uniform(key, unit, number):
    """Return a random number in (0, 1]."""
    low, high = key & MASK, key >> np.uint64(32)
    return (np.float64(hash_of(low, high, np.uint64(unit), np.uint64(number))) + 1.0) / 2.0**32


@device
def moved(samples, sample, key, member, position, spread):
    """Return the point of a sample, moved a little by a normal deviate each way.

    The deviates are made by Box's and Muller's method (1958).
    """
    radius = spread * math.sqrt(-2.0 * math.log(uniform(key, JITTER_UNIT + 2 * member, position)))
    angle = 2.0 * math.pi * uniform(key, JITTER_UNIT + 2 * member + 1, position)
    return samples.points[0, sample] + radius * math.cos(angle), samples.points[1, sample] + radius * math.sin(angle)


@rare
def jittered(samples, sample, key, member, position, spread, column):
    """Fill ``column`` with the features of a sample whose point is moved a little."""
    x1, x2 = moved(samples, sample, key, member, position, spread)
    for row in range(samples.features.size):
        column[row] = feature_value(samples.features[row], x1, x2)


@device
def gather(samples, rule, position, into_batch, key, chunk, live):
    """Copy the next samples in order into ``chunk``, block by block; return how many blocks, at most CHUNK.

    They start at ``position`` in the epoch, ``into_batch`` samples after the start of a batch. ``key`` is the epoch's.

    A block never crosses the end of a batch; ``live[i]`` is how many of its lanes are samples. The other lanes repeat
    the last sample, so that they stay finite as long as the samples do, and have weight 0. The rows of a block are
    the features of each member, the targets and the weights.
    """
    features, rows, order = samples.inputs.shape[0], samples.wanted.shape[0], samples.order
    targets = rule.members * features
    count = 0
    while count < CHUNK and position < order.size:
        lanes = min(WIDTH, rule.batch_size - into_batch, order.size - position)
        for q in range(WIDTH):
            place = position + min(q, lanes - 1)
            anchor = order[place]
            for member in range(rule.members):
                sample = anchor if member == 0 else samples.partners[member - 1, anchor]
                first = member * features
                if rule.jitter > 0.0:
                    column = chunk[count, first : first + features, q]
                    jittered(samples, sample, key, member, place, rule.jitter, column)
                else:
                    for row in range(features):
                        chunk[count, first + row, q] = samples.inputs[row, sample]
            for row in range(rows):
                chunk[count, targets + row, q] = samples.wanted[row, anchor]
            chunk[count, targets + rows, q] = 1.0 if q < lanes else 0.0
        live[count] = lanes
        count += 1
        position += lanes
        into_batch = into_batch + lanes if into_batch + lanes < rule.batch_size else 0
    return count


@rare
def embed(net, parameters, samples, z, a, kept):
    """Fill ``samples.embedded`` with the outputs of all samples."""
    last = net.layers.shape[0] - 1
    outputs, units = net.layers[last, OUTPUTS], net.layers[last, UNITS]
    stride = samples.inputs.shape[1]
    sources, results = samples.inputs.reshape(samples.inputs.size), samples.embedded.reshape(samples.embedded.size)
    for i in range(0, samples.order.size, WIDTH):
        for row in range(samples.inputs.shape[0]):
            store(a, row * WIDTH, load(sources, row * stride + i))
        evaluate(net, parameters, z, a, kept, np.int64(0))
        for row in range(outputs):
            store(results, row * stride + i, load(a, (units + row) * WIDTH))


@device
def begin_groups(net, rule, samples, parameters, epoch_start, counters, random, z, a, kept):
    """Draw the pairs or triplets of an epoch whose order is known; at its start, note the parameters for hard ones."""
    if counters[POSITION] == 0:
        for i in range(parameters.size):
            epoch_start[i] = parameters[i]
    if rule.hard:
        embed(net, epoch_start, samples, z, a, kept)
    draw_groups(samples, rule.drawing, rule.hard, counters[SEED], counters[EPOCH], random)


@kernel
def next_batch(net, rule, samples, scratch, parameters, epoch_start, counters, chosen, points, wanted):
    """Say what the next step will be made from, without making it; return how many samples that are.

    Fills, sample by sample in the order of the batch: ``chosen`` (members, n) with numbers of training samples,
    ``points`` (members, 2, n) with where they are seen, and ``wanted`` (rows, n) with what is wanted there. Other
    arguments as in ``train``; the run goes on as if nobody had asked.
    """
    is_new = counters[ORDERED] != counters[EPOCH]
    if is_new:
        shuffle(samples.order, counters[SEED], counters[EPOCH], scratch.random)
        if rule.drawing != ALONE:
            begin_groups(
                net, rule, samples, parameters, epoch_start, counters, scratch.random,
                scratch.z, scratch.a, scratch.kept,
            )  # fmt: skip
        counters[ORDERED] = counters[EPOCH]
    key = key_of(counters[SEED], -1 - counters[EPOCH], scratch.random)
    first = counters[POSITION]
    size = min(rule.batch_size, samples.order.size - first)
    for i in range(size):
        anchor = samples.order[first + i]
        for member in range(rule.members):
            sample = anchor if member == 0 else samples.partners[member - 1, anchor]
            chosen[member, i] = sample
            x1, x2 = samples.points[0, sample], samples.points[1, sample]
            if rule.jitter > 0.0:
                x1, x2 = moved(samples, sample, key, member, first + i, rule.jitter)
            points[member, 0, i], points[member, 1, i] = x1, x2
        for row in range(wanted.shape[0]):
            wanted[row, i] = samples.wanted[row, anchor]
    if is_new and rule.drawing != ALONE:
        # Hard groups depend on the parameters the epoch starts from, and those may still be edited.
        counters[ORDERED] = -1
    return size


@kernel
def train(net, rule, samples, scratch, parameters, epoch_start, state, is_weight, counters, units, steps):
    """Train for ``steps`` steps and return how many were done: fewer if one gave numbers that are not finite.

    Args:
        net, rule, samples, scratch: see ``arguments.py``; the plan is ``batch_plan``.
        parameters, epoch_start, is_weight: (size,); state: (state vectors · size,), flat. ``epoch_start`` becomes the
            parameters at the start of the epoch, from which hard groups are drawn.
        counters: (COUNTERS,), changed in place.
        units: of the whole network.
    """
    z, a, delta, kept, gradient, live = (
        scratch.z, scratch.a, scratch.delta, scratch.kept, scratch.gradient, scratch.live,
    )  # fmt: skip
    features, rows, order = samples.inputs.shape[0], samples.wanted.shape[0], samples.order
    flat = scratch.chunk.reshape(scratch.chunk.size)
    targets = rule.members * features * WIDTH
    stride = targets + (rows + 1) * WIDTH
    dropping = False
    for layer in range(net.layers.shape[0]):
        dropping = dropping or net.options[layer, DROPOUT] > 0.0
    key, epoch_key = np.uint64(0), np.uint64(0)
    ready, used = 0, 0
    for done in range(steps):
        if counters[ORDERED] != counters[EPOCH] or done == 0:
            epoch_key = key_of(counters[SEED], -1 - counters[EPOCH], scratch.random)
        if counters[ORDERED] != counters[EPOCH]:
            # Written out: handed to a function with all its arrays, it took 5 % of the smallest network's speed.
            shuffle(order, counters[SEED], counters[EPOCH], scratch.random)
            if rule.drawing != ALONE:
                begin_groups(net, rule, samples, parameters, epoch_start, counters, scratch.random, z, a, kept)
            counters[ORDERED] = counters[EPOCH]
            ready, used = 0, 0
        if done == steps - 1:
            for i in range(parameters.size):
                scratch.previous[i] = parameters[i]
        size = min(rule.batch_size, order.size - counters[POSITION])
        if dropping:
            key = key_of(counters[SEED], counters[STEP], scratch.random)
        seen = 0
        while seen < size:
            if used == ready:
                ready = gather(samples, rule, counters[POSITION] + seen, seen, epoch_key, scratch.chunk, live)
                used = 0
            source = used * stride
            for member in range(rule.members):
                base = member * units
                for k in range(features):
                    store(a, (base + k) * WIDTH, load(flat, source + (member * features + k) * WIDTH))
                forward(net, parameters, z, a, kept, base, key, seen)
            output_delta(net, rule.loss, flat, source + targets, rows, z, a, delta, rule.members, units)
            for member in range(rule.members):
                add = seen > 0 or member > 0
                backward(net, parameters, z, a, delta, kept, member * units, dropping, gradient, add)
            seen += live[used]
            used += 1
        finite = step(rule, parameters, gradient, state, is_weight, counters, size, order.size)
        if rule.max_norm > 0.0:
            limit_norms(net.layers, parameters, rule.max_norm)
        if not finite:
            return done
    return steps
