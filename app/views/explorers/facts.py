"""What an explorer says in numbers and plain sentences, and the names of its lines."""

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.theme import LIGHT, Theme
from app.views.explorers.painting import pen_of
from app.views.explorers.panels import Fact, Line
from app.views.ink import color, sized
from app.widgets.teach import teach

ROW, SWATCH = 17.0, 22.0
MOST_FACTS = 5


class Facts(QWidget):
    """A few sentences, each of which begins with its number; what is wrong has the color of problems."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._facts: tuple[Fact, ...] = ()
        self.labels = [QLabel() for _ in range(MOST_FACTS)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for label in self.labels:
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            column.addWidget(label)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        for label in self.labels:
            label.setFont(sized(label.font(), theme, 12))
        self._write()

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Write ``facts`` down, at most MOST_FACTS."""
        if facts != self._facts:
            self._facts = facts
            self._write()

    def texts(self) -> list[str]:
        """Return the sentences as plain text."""
        return [f"{fact.figure} {fact.text}".strip() for fact in self._facts]

    def _write(self) -> None:
        for number, label in enumerate(self.labels):
            fact = self._facts[number] if number < len(self._facts) else None
            label.setVisible(fact is not None)
            if fact is None:
                continue
            rgb = self._theme.problem if fact.alarming else self._theme.text
            figure = f"<b style='color:{color(rgb).name()}'>{_plain(fact.figure)}</b> " if fact.figure else ""
            words = f"<span style='color:{color(self._theme.muted).name()}'>{_plain(fact.text)}</span>"
            text = figure + words
            if text != label.text():
                label.setText(text)
                label.setAccessibleName(f"{fact.figure} {fact.text}".strip())
                teach(label, fact.remark)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(" %", "&nbsp;%")


class Legend(QWidget):
    """The lines by name, the network's own first, with their values at the place that is read off."""

    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._lines: tuple[Line, ...] = ()
        self._values: tuple[str, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Name these lines."""
        grown = len(lines) != len(self._lines)
        self._lines = lines
        self.setVisible(bool(lines))
        self.setAccessibleName("Lines: " + ", ".join(line.name for line in lines))
        if grown:
            self.updateGeometry()
        self.update()

    def show_values(self, values: tuple[str, ...]) -> None:
        """Write a value beside each name; none are written without any."""
        if values != self._values:
            self._values = values
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(self._theme.pixels(150), round(ROW * self._theme.text_scale) * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        """Return the height of all rows; names are cut where there is no room."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a piece of each line, its name and its value."""
        theme = self._theme
        row, swatch = round(ROW * theme.text_scale), SWATCH * theme.text_scale
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, line in enumerate(self._lines):
                place = QRectF(0.0, number * row, self.width(), row)
                painter.setPen(pen_of(line, theme))
                middle = place.center().y()
                painter.drawLine(QLineF(QPointF(1.0, middle), QPointF(swatch, middle)))
                painter.setFont(sized(self.font(), theme, 11, bold=line.strong))
                painter.setPen(color(theme.text if line.strong else theme.muted))
                metrics = QFontMetricsF(painter.font())
                value = self._values[number] if number < len(self._values) else ""
                beside = metrics.horizontalAdvance(value) + 6.0 if value else 0.0
                room = place.adjusted(swatch + 6.0, 0.0, -beside, 0.0)
                name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the line under the mouse is."""
        number = int(event.position().y() / max(round(ROW * self._theme.text_scale), 1))
        if 0 <= number < len(self._lines):
            line = self._lines[number]
            self.setToolTip(f"{line.name}: {line.remark}")
            self.hint.emit(f"{line.name}: {line.remark}")

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        self.hint.emit("")
