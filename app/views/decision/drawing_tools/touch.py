"""Where the mouse (or the cross-hair of the keyboard) touches the picture, and with which keys held."""

from dataclasses import dataclass

from PySide6.QtCore import Qt


@dataclass(frozen=True)
class Touch:
    """One place of a gesture.

    Attributes:
        x1, x2: the place in plane units, which may lie outside the picture.
        unit: pixels per plane unit, for what must be near in pixels.
        shift, alt, control: the keys held.
        other: whether it is the right button.
    """

    x1: float
    x2: float
    unit: float
    shift: bool = False
    alt: bool = False
    control: bool = False
    other: bool = False

    @property
    def place(self) -> tuple[float, float]:
        """The place as a pair."""
        return self.x1, self.x2

    @property
    def plain(self) -> bool:
        """Whether no key is held."""
        return not (self.shift or self.alt or self.control)


def touch_at(place: tuple[float, float], unit: float, modifiers: Qt.KeyboardModifier, *, other: bool = False) -> Touch:
    """Return the touch at ``place`` with the keys of ``modifiers``."""
    return Touch(
        *place,
        unit,
        shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
        control=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
        other=other,
    )
