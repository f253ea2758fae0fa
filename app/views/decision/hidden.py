"""The data without the classes that are hidden: for drawing only; the network is trained on all of them."""

import msgspec

from app.painting.class_states import ClassStates
from engine.datasets.dataset import Dataset


class HiddenClasses:
    """Leaves hidden classes out of a data set; the same data set gives the same object again, as pictures are kept."""

    def __init__(self) -> None:
        self._of: tuple[Dataset, ClassStates] | None = None
        self._left: Dataset | None = None

    def left_out(self, dataset: Dataset, states: ClassStates) -> Dataset:
        """Return ``dataset`` without the points of hidden classes; itself if none are hidden."""
        if not states.hidden or dataset.classes < 2:
            return dataset
        if self._left is None or self._of is None or self._of[0] is not dataset or self._of[1] != states:
            shown = states.shown(dataset.targets)
            self._of = (dataset, states)
            self._left = msgspec.structs.replace(
                dataset,
                points=dataset.points[shown],
                targets=dataset.targets[shown],
                is_train=dataset.is_train[shown],
                soft=None if dataset.soft is None else dataset.soft[shown],
                origins=None if dataset.origins is None else dataset.origins[shown],
            )
        return self._left
