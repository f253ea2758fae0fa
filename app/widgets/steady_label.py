"""A label whose width does not change with its text."""

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class SteadyLabel(QLabel):
    """A label as wide as the widest of ``texts``, so that nothing beside it moves while its text changes."""

    def __init__(self, texts: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = tuple(texts)
        font = self.font()
        # Digits of the same width, in fonts that have them.
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the widest text in the font of the moment."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        return QSize(max(metrics.horizontalAdvance(text) for text in self._texts) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size hint."""
        return self.sizeHint()

    def show_text(self, text: str) -> None:
        """Show ``text``; the same text again costs nothing."""
        if text != self.text():
            self.setText(text)
