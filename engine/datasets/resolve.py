"""From the description of data to the data themselves."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array, Dataset, frozen
from engine.datasets.generators import GENERATORS
from engine.datasets.label_noise import mislabeled
from engine.datasets.soft_targets import by_distance, smoothed
from engine.datasets.split import folds, outside, split
from engine.experiment import Data, Generated, Points
from engine.tasks import TASKS, class_count

# In a picture of a curve, y goes from −1.5 to 1.5 where x₂ goes from −6 to 6.
CURVE_SCALE = 0.25
# A softness of 1 is felt at this distance, in plane units.
SOFT_DISTANCE = 10.0
# Far enough apart that a split that is drawn again is not the first one of another data seed.
SPLITS_APART = 0x9E3779B97F4A7C15


def resolve(data: Data) -> Dataset:
    """Return the samples that ``data`` describes; the same description gives the same samples."""
    classes = class_count(data.task, data.classes)
    shape = None
    if isinstance(data.source, Generated):
        random = np.random.default_rng((data.seed, 0))
        generator = GENERATORS[data.source.name]
        source = data.source
        points, targets = generator.draw(random, source.samples, classes, source.settings, source.balance)
        if TASKS[data.task].is_image:
            side = round(len(points) ** 0.5)
            shape = (side, side)
        origins = points
    else:
        points, targets = data.source.inputs, data.source.targets
        origins = points if data.source.origins is None else data.source.origins
        shape = data.source.shape if TASKS[data.task].is_image else None
    # The split belongs to the points as they were drawn, so that turning the noise up moves no point across it.
    is_train = _is_train(data, origins, targets, by_class=bool(classes) and data.stratified)
    if data.label_noise > 0.0 and classes:
        targets = mislabeled(origins, targets, is_train, classes, data.label_noise, data.seed)
    if data.noise > 0.0:
        points, targets = _moved(data, points, targets)
    return Dataset(
        points=frozen(np.ascontiguousarray(points, dtype=np.float64)),
        targets=frozen(np.ascontiguousarray(targets, dtype=np.float64)),
        is_train=frozen(is_train),
        classes=classes,
        soft=_soft(data, points, targets, classes),
        shape=shape,
        origins=None if origins is points else frozen(np.ascontiguousarray(origins, dtype=np.float64)),
        class_names=data.shown_class_names[:classes],
    )


def _is_train(data: Data, points: Array, targets: Array, by_class: bool) -> NDArray[np.bool_]:
    seed = data.seed + data.split_seed * SPLITS_APART
    if data.fold:
        return outside(folds(points, targets, by_class, data.folds, seed), data.fold)
    if isinstance(data.source, Points) and data.source.is_train is not None:
        return data.source.is_train.astype(np.bool_)
    return split(points, targets, by_class, data.train_share, seed)


def _moved(data: Data, points: Array, targets: Array) -> tuple[Array, Array]:
    """Move the points at random; those of a curve up and down, which is what their y is, and pixels not at all."""
    moves = data.noise * np.random.default_rng((data.seed, 1)).standard_normal(points.shape)
    if data.task == "regression-1d":
        targets = targets + CURVE_SCALE * moves[:, 1]
        return np.column_stack((points[:, 0], targets)), targets
    if TASKS[data.task].is_image:
        # The picture itself becomes grainy where its values are shades; its parts stay what they are.
        return points, targets if TASKS[data.task].classes else targets + 0.1 * moves[:, 0]
    return points + moves, targets


def _soft(data: Data, points: Array, targets: Array, classes: int) -> Array | None:
    if data.task != "soft-classes":
        return None
    if data.soft == "smoothing":
        return frozen(smoothed(targets, classes, data.softness))
    return frozen(by_distance(points, targets, classes, SOFT_DISTANCE * data.softness))
