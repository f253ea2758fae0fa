"""A label whose width does not change with its text."""

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class SteadyLabel(QLabel):
    """A label as wide as the widest of ``texts``, so that nothing beside it moves while its text changes.

    Other labels have the whole window laid out again with every new text. This one draws its text itself: in a bar of
    numbers that change with each frame, that is a seventh of all the time that a frame takes.
    """

    def __init__(self, texts: Iterable[str], parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self._texts = tuple(texts)
        self._text, self._name = "", name
        font = self.font()
        # Digits of the same width, in fonts that have them.
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the text that is shown."""
        return self._text

    def setText(self, text: str) -> None:
        """Show ``text``; the same text again costs nothing."""
        if text == self._text:
            return
        self._text = text
        # What is heard is the name with the text, for a name hides the text of a label.
        self.setAccessibleName(f"{self._name}: {text}" if self._name else text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the widest text in the font of the moment."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        return QSize(max(metrics.horizontalAdvance(text) for text in self._texts) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return the size hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the text."""
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter, self.contentsRect(), self.alignment().value, self.palette(), self.isEnabled(), self._text,
                self.foregroundRole(),
            )  # fmt: skip
