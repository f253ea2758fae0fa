"""What happens at a place, in words: a plain sentence, and remarks."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.theme import LIGHT, Theme
from app.views.ink import color

SENTENCE = 17.0


class RemarkMark(QWidget):
    """A small “i” in a circle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        side = theme.pixels(18)
        self.setFixedSize(QSize(side, side))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scale = self.width() / 18.0
            painter.scale(scale, scale)
            painter.setPen(QPen(color(self._theme.accent), 1.5))
            painter.drawEllipse(QRectF(2.0, 2.0, 14.0, 14.0))
            pen = QPen(color(self._theme.accent), 1.9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoint(QPointF(9.0, 5.9))
            painter.drawLine(QPointF(9.0, 8.8), QPointF(9.0, 12.3))


class Remark(QWidget):
    """A mark and a sentence beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = RemarkMark(self)
        self.label = QLabel()
        wrap(self.label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)


class Remarks(QWidget):
    """Remarks below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._texts: tuple[str, ...] = ()
        self.rows: list[Remark] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        for row in self.rows:
            row.mark.set_theme(theme)

    def show_remarks(self, texts: Sequence[str]) -> None:
        """Show ``texts``, one a row."""
        if tuple(texts) == self._texts:
            return
        self._texts = tuple(texts)
        while len(self.rows) < len(texts):
            row = Remark()
            row.mark.set_theme(self._theme)
            self.rows.append(row)
            self._column.insertWidget(self._column.count() - 1, row)
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(texts))
            row.label.setText(texts[number] if number < len(texts) else "")

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown."""
        return self._texts


class Sentence(QLabel):
    """A sentence that can be read from afar; one that tells of a problem has its color."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wrap(self)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        # A style sheet of its own: the application's sets the size of all labels.
        self.setStyleSheet(f"font-size: {theme.pixels(SENTENCE)}px;")

    def show_sentence(self, text: str, *, is_problem: bool = False) -> None:
        """Show ``text``."""
        role = "problem" if is_problem else ""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().polish(self)
        if text != self.text():
            self.setText(text)


def wrap(label: QLabel) -> None:
    """Let ``label`` break its text to its width, and its text be selected by mouse."""
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
