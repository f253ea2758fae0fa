"""The losses so far: measured at whole epochs, bounded in memory, thinned without hiding a peak."""

import numpy as np

from engine.datasets.dataset import Array, frozen

CAPACITY = 1024


class LossCurve:
    """Train and test loss over epochs.

    After CAPACITY points every second one goes, of each four neighbors the lowest and the highest stay, and from then
    on only every second epoch is measured. So the points depend on the run alone, not on how it was sliced in time,
    and a run of any length has between CAPACITY / 2 and CAPACITY points.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.stride = 1
        self._train: list[tuple[float, float]] = []
        self._test: list[tuple[float, float]] = []

    def add(self, epoch: int, train_loss: float, test_loss: float) -> None:
        """Add what was measured after ``epoch`` epochs; a loss that is NaN (no samples) is left out."""
        for points, loss in ((self._train, train_loss), (self._test, test_loss)):
            if loss == loss:
                points.append((float(epoch), loss))
        if max(len(self._train), len(self._test)) >= CAPACITY:
            self._train, self._test = _thinned(self._train), _thinned(self._test)
            self.stride *= 2

    @property
    def train(self) -> tuple[Array, Array]:
        """Epochs and train losses, read-only."""
        return _columns(self._train)

    @property
    def test(self) -> tuple[Array, Array]:
        """Epochs and test losses, read-only."""
        return _columns(self._test)

    def copy(self) -> "LossCurve":
        """Return an independent copy."""
        other = LossCurve()
        other.stride, other._train, other._test = self.stride, self._train.copy(), self._test.copy()
        return other


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept = []
    for start in range(0, len(points), 4):
        group = points[start : start + 4]
        losses = [loss for _, loss in group]
        places = {int(np.argmin(losses)), int(np.argmax(losses))}
        kept += [group[place] for place in sorted(places)]
    # The start and the present always stay.
    if kept and kept[0] != points[0]:
        kept.insert(0, points[0])
    if kept and kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def _columns(points: list[tuple[float, float]]) -> tuple[Array, Array]:
    table = np.array(points, dtype=np.float64).reshape(-1, 2)
    return frozen(np.ascontiguousarray(table[:, 0])), frozen(np.ascontiguousarray(table[:, 1]))
