"""The card that floats beside what the mouse points at."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.theme import Theme
from app.views.ink import blend, color, sized
from app.views.network.cards import Card

WIDEST = 300.0
PADDING = 11.0
GAP = 14.0
NUMBER_GAP = 22.0
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FloatingCard(QWidget):
    """Shows one card; the mouse goes through it, so it never gets in the way of what it explains."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self._card = Card("")
        self._lines: list[tuple[str, QRectF, str]] = []
        self.hide()

    @property
    def card(self) -> Card:
        """What is shown."""
        return self._card

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        self._arrange()

    def show_card(self, card: Card, anchor: QRectF) -> None:
        """Show ``card`` beside ``anchor`` (in the parent's pixels), wherever there is room."""
        if card != self._card:
            self._card = card
            self._arrange()
        self._place(anchor)
        self.show()
        self.raise_()

    def _font(self, kind: str) -> QFont:
        size = {"title": 13.0, "about": 11.0, "remark": 10.5, "problem": 11.5}.get(kind, 12.0)
        return sized(self.font(), self._theme, size, bold=kind == "title")

    def _arrange(self) -> None:
        """Lay the lines out below each other: (kind, box, text)."""
        scale = self._theme.text_scale
        widest = WIDEST * scale
        card, y, width = self._card, PADDING, 0.0
        self._lines = []

        def add(kind: str, text: str, before: float) -> None:
            nonlocal y, width
            metrics = QFontMetricsF(self._font(kind))
            box = metrics.boundingRect(QRectF(0.0, 0.0, widest, 1000.0), WRAPPED, text)
            y += before
            self._lines.append((kind, QRectF(PADDING, y, box.width() + 2.0, box.height()), text))
            y += box.height()
            width = max(width, box.width() + 2.0)

        add("title", card.title, 0.0)
        if card.about:
            add("about", card.about, 1.0)
        for place, text in enumerate(card.formulas):
            add("formula", text, 7.0 if place == 0 else 3.0)
        for text in card.notes:
            add("about", text, 4.0)
        first_row = len(self._lines)
        numbers = []
        metrics = QFontMetricsF(self._font("row"))
        for place, (name, number) in enumerate(card.rows):
            add("row", name, 7.0 if place == 0 else 2.0)
            numbers.append(metrics.horizontalAdvance(number) + 2.0)
        if numbers:
            names = max(box.width() for _, box, _ in self._lines[first_row:])
            # Numbers line up at their right ends.
            right = max(width, names + NUMBER_GAP + max(numbers))
            width = right
            for row, (_, number) in enumerate(card.rows):
                box = self._lines[first_row + row][1]
                own = numbers[row]
                self._lines.append(("number", QRectF(PADDING + right - own, box.top(), own, box.height()), number))
        if card.problem:
            add("problem", card.problem, 7.0)
        elif card.remark:
            add("remark", card.remark, 8.0)
        self.setFixedSize(QSize(round(width + 2.0 * PADDING + 1.0), round(y + PADDING)))
        self.update()

    def _place(self, anchor: QRectF) -> None:
        room_x, room_y = self._view.width() - self.width() - 4.0, self._view.height() - self.height() - 4.0
        x, y = anchor.right() + GAP, anchor.bottom() + GAP * 0.6
        if x > room_x:
            x = anchor.left() - GAP - self.width()
        if y > room_y:
            y = anchor.top() - GAP * 0.6 - self.height()
        if y < 4.0 or x < 4.0:
            # No corner fits: beside it is better than on top of it.
            y = min(max(y, 4.0), max(room_y, 4.0))
            x = min(max(x, 4.0), max(room_x, 4.0))
        self.move(round(x), round(y))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then line by line."""
        theme = self._theme
        inks = {
            "title": theme.text,
            "formula": theme.text,
            "number": theme.text,
            "row": theme.muted,
            "about": theme.muted,
            "remark": theme.muted,
            "problem": theme.problem,
        }
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color(blend(theme.border, theme.muted, 0.3)), 1.0))
            painter.setBrush(color(theme.raised))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
            for kind, box, text in self._lines:
                painter.setFont(self._font(kind))
                painter.setPen(color(inks[kind]))
                painter.drawText(box, WRAPPED, text)


def around(point: QPointF, reach: float = 2.0) -> QRectF:
    """Return a small box around ``point``: an anchor for a card."""
    return QRectF(point.x() - reach, point.y() - reach, 2.0 * reach, 2.0 * reach)
