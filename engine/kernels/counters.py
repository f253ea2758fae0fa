"""Where a run stands."""

from engine.kernels.compilation import device

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
