"""From the description of data to the data themselves."""

import numpy as np

from engine.datasets.dataset import Dataset, frozen
from engine.datasets.generators import GENERATORS
from engine.datasets.split import split
from engine.experiment import Data, Generated
from engine.tasks import TASKS


def resolve(data: Data) -> Dataset:
    """Return the samples that ``data`` describes; the same description gives the same samples."""
    if isinstance(data.source, Generated):
        random = np.random.default_rng((data.seed, 0))
        points, targets = GENERATORS[data.source.name].draw(random, data.source.samples)
    else:
        points, targets = data.source.inputs, data.source.targets
    # The split belongs to the points as they were drawn, so that turning the noise up moves no point across it.
    is_train = split(points, targets, by_class=bool(TASKS[data.task].classes), share=data.train_share, seed=data.seed)
    if data.noise > 0.0:
        random = np.random.default_rng((data.seed, 1))
        points = points + data.noise * random.standard_normal(points.shape)
    return Dataset(
        points=frozen(np.ascontiguousarray(points, dtype=np.float64)),
        targets=frozen(np.ascontiguousarray(targets, dtype=np.float64)),
        is_train=frozen(is_train),
    )
