"""Which classes may be drawn on, and which are seen."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array


def _is_among(targets: Array, classes: frozenset[int]) -> NDArray[np.bool_]:
    return np.isin(targets, sorted(classes)) if classes else np.zeros(len(targets), dtype=np.bool_)


@dataclass(frozen=True)
class ClassStates:
    """What a user has done with classes so as to see and touch only some; it has nothing to do with training.

    Attributes:
        locked: classes whose points no tool changes, takes away or adds to.
        hidden: classes whose points are not drawn; nor can they be changed, since one would not see it.
    """

    locked: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()

    def may_edit(self, targets: Array) -> NDArray[np.bool_]:
        """Return which points may be changed, by their class, ``targets`` (n,)."""
        return np.asarray(~_is_among(targets, self.locked | self.hidden))

    def may_paint(self, number: int) -> bool:
        """Return whether points of class ``number`` may be added."""
        return number not in self.locked and number not in self.hidden

    def shown(self, targets: Array) -> NDArray[np.bool_]:
        """Return which points are drawn, by their class, ``targets`` (n,)."""
        return np.asarray(~_is_among(targets, self.hidden))

    def with_locked(self, number: int, locked: bool) -> "ClassStates":
        """Return this with class ``number`` locked, or no longer."""
        return replace(self, locked=self.locked | {number} if locked else self.locked - {number})

    def with_hidden(self, number: int, hidden: bool) -> "ClassStates":
        """Return this with class ``number`` hidden, or no longer."""
        return replace(self, hidden=self.hidden | {number} if hidden else self.hidden - {number})

    def among(self, classes: int) -> "ClassStates":
        """Return this without what it says of classes that do not exist: of the first ``classes`` only."""
        left = range(classes)
        return ClassStates(self.locked.intersection(left), self.hidden.intersection(left))


ALL_OPEN = ClassStates()
