"""The losses so far: measured at whole epochs, bounded in memory, thinned without hiding a peak."""

import numpy as np

from engine.datasets.dataset import Array, frozen

# Each point costs the training thread three turns, which it must wait for while the window draws. With twice as many,
# training at full speed beside an open window took another 6 % longer in its first seconds.
CAPACITY = 256


class LossCurve:
    """Train and test loss over epochs.

    After CAPACITY points every second one goes, of each four neighbors the lowest and the highest stay, and from then
    on only every second epoch is measured. So the points depend on the run alone, not on how it was sliced in time,
    and a run of any length has between CAPACITY / 2 and CAPACITY points.

    Attributes:
        stride: how many epochs lie between two measurements now.
    """

    def __init__(self) -> None:
        self.stride = 1
        self._train, self._test = _Points(), _Points()

    def clear(self) -> None:
        """Forget everything."""
        self.stride = 1
        self._train.count = self._test.count = 0

    def add(self, epoch: int, train_loss: float, test_loss: float) -> None:
        """Add what was measured after ``epoch`` epochs; a loss that is NaN (no samples) is left out."""
        for points, loss in ((self._train, train_loss), (self._test, test_loss)):
            if loss == loss:
                points.add(epoch, loss)
        if max(self._train.count, self._test.count) >= CAPACITY:
            self._train.thin()
            self._test.thin()
            self.stride *= 2

    def replace_last(self, epoch: int, train_loss: float, test_loss: float) -> None:
        """Put these losses in place of those measured after ``epoch`` epochs, if these are the last."""
        for points, loss in ((self._train, train_loss), (self._test, test_loss)):
            points.replace_last(epoch, loss)

    def cut(self, epoch: int) -> None:
        """Forget what was measured after ``epoch`` epochs."""
        self._train.cut(epoch)
        self._test.cut(epoch)

    @property
    def train(self) -> tuple[Array, Array]:
        """Epochs and train losses, read-only."""
        return self._train.columns()

    @property
    def test(self) -> tuple[Array, Array]:
        """Epochs and test losses, read-only."""
        return self._test.columns()

    def copy(self) -> "LossCurve":
        """Return an independent copy."""
        other = LossCurve()
        other.stride, other._train, other._test = self.stride, self._train.copy(), self._test.copy()
        return other


class _Points:
    """Up to CAPACITY points (epoch, loss)."""

    def __init__(self) -> None:
        self.count = 0
        self._table = np.empty((2, CAPACITY))

    def add(self, epoch: int, loss: float) -> None:
        self._table[0, self.count] = epoch
        self._table[1, self.count] = loss
        self.count += 1

    def replace_last(self, epoch: int, loss: float) -> None:
        if self.count and self._table[0, self.count - 1] == epoch:
            self._table[1, self.count - 1] = loss

    def columns(self) -> tuple[Array, Array]:
        epochs, losses = self._table[:, : self.count]
        return frozen(epochs.copy()), frozen(losses.copy())

    def copy(self) -> "_Points":
        other = _Points()
        other.count, other._table = self.count, self._table.copy()
        return other

    def cut(self, epoch: int) -> None:
        self.count = int(np.searchsorted(self._table[0, : self.count], epoch, side="right"))

    def thin(self) -> None:
        """Keep the lowest and the highest of each four neighbors, and in any case the first and the last point."""
        if not self.count:
            return
        losses = self._table[1, : self.count]
        whole = self.count - self.count % 4
        groups = losses[:whole].reshape(-1, 4)
        start = np.arange(0, whole, 4)
        places = [start + groups.argmin(axis=1), start + groups.argmax(axis=1), np.arange(whole, self.count)]
        kept = np.unique(np.concatenate((*places, [0, self.count - 1])))
        self._table[:, : len(kept)] = self._table[:, kept]
        self.count = len(kept)
