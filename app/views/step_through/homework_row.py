"""One blank of the homework: its formula, a field to type into, and how the answer stands."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.expressions import MOST_LETTERS
from app.stepping.homework import Entry, State
from app.stepping.sheet import Cell
from app.theme import LIGHT, Theme
from app.views.ink import color
from app.views.step_through.formula_display import FormulaDisplay
from app.views.step_through.narration import wrap
from app.widgets.teach import teach

WORDS = {
    State.OPEN: "",
    State.RIGHT: "Right",
    State.WRONG: "Not yet",
    State.FOLLOWS: "Follows",
    State.SHOWN: "Shown",
}
FIELD_WIDTH, SIGN, WORD_WIDTH = 118.0, 16.0, 54.0
REMARK = (
    "Type a number with three significant digits, a fraction such as 3/8, or an expression such as 1/(1 + e^−0.21); "
    "comma and point are both fine. Enter goes on to the next one."
)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AnswerField(QLineEdit):
    """Takes an answer.

    Signals:
        answered: the text is to be marked: Enter, or the field is left.
        moved: −1 or 1: to the field before or behind this one.
    """

    answered = Signal(str)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marked = ""
        self.setMaxLength(2 * MOST_LETTERS)
        self.editingFinished.connect(self._finish)
        self.returnPressed.connect(lambda: self.moved.emit(1))

    def show_text(self, text: str) -> None:
        """Show what is written here, quietly."""
        self._marked = text
        if text != self.text():
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the window's shortcuts."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (*_STEPS, Qt.Key.Key_Left, Qt.Key.Key_Right)
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighboring field with Up and Down."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers():
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.text() != self._marked and not self.isReadOnly():
            self._marked = self.text()
            self.answered.emit(self.text())


class Sign(QWidget):
    """A check, half a check, a cross or a dash: how an answer stands, in a form as well as in a color."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = State.OPEN
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        side = theme.pixels(SIGN)
        self.setFixedSize(QSize(side, side))
        self.update()

    def show_state(self, state: State) -> None:
        """Draw the sign of ``state``."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self.width() / SIGN, self.height() / SIGN)
            inks = {State.RIGHT: theme.accent, State.FOLLOWS: theme.accent, State.WRONG: theme.problem}
            ink = color(inks.get(self._state, theme.muted))
            painter.setPen(QPen(ink, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            if self._state is State.RIGHT:
                painter.drawPolyline([QPointF(2.5, 8.5), QPointF(6.5, 12.5), QPointF(13.5, 3.5)])
            elif self._state is State.FOLLOWS:
                # What comes from above: down, then on to the right.
                painter.drawPolyline([QPointF(3.5, 3.0), QPointF(3.5, 10.0), QPointF(13.0, 10.0)])
                painter.drawPolyline([QPointF(9.5, 6.5), QPointF(13.0, 10.0), QPointF(9.5, 13.5)])
            elif self._state is State.WRONG:
                painter.drawLine(QPointF(3.5, 3.5), QPointF(12.5, 12.5))
                painter.drawLine(QPointF(12.5, 3.5), QPointF(3.5, 12.5))
            elif self._state is State.SHOWN:
                painter.drawLine(QPointF(3.5, 8.0), QPointF(12.5, 8.0))


class HomeworkRow(QWidget):
    """A blank; ``answered`` brings what is typed into it, ``moved`` which neighbor is wanted."""

    answered = Signal(str)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.formula = FormulaDisplay()
        self.field, self.sign, self.word = AnswerField(), Sign(), QLabel()
        self.message = QLabel()
        wrap(self.message)
        answer = QHBoxLayout()
        answer.setSpacing(6)
        for part in (self.field, self.sign, self.word):
            answer.addWidget(part)
        self.side = QWidget()
        self.side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(answer)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.heading, 0, 0, 1, 2)
        grid.addWidget(self.formula, 1, 0)
        grid.addWidget(self.message, 3, 0, 1, 2)
        self._is_narrow: bool | None = None
        self._spoken = ""
        self.set_narrow(False)
        grid.setColumnStretch(0, 1)
        self.field.answered.connect(self.answered)
        self.field.moved.connect(self.moved)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.formula.set_theme(theme)
        self.sign.set_theme(theme)
        self.field.setFixedWidth(theme.pixels(FIELD_WIDTH))
        self.word.setFixedWidth(theme.pixels(WORD_WIDTH))
        self.message.setContentsMargins(theme.pixels(16), 0, 0, theme.pixels(4))

    def set_narrow(self, is_narrow: bool) -> None:
        """Put the field below the formula where both have no room side by side."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._grid.removeWidget(self.side)
            place = (2, 0, 1, 2) if is_narrow else (1, 1, 1, 1)
            side = Qt.AlignmentFlag.AlignRight if is_narrow else Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(self.side, *place, side)

    def show_cell(self, cell: Cell, heading: str) -> None:
        """Show another blank, below ``heading`` unless that is empty."""
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self._spoken = ". ".join(line.spoken for line in cell.lines)
        self.formula.set_lines(cell.lines, self._spoken)
        name = f"{cell.label.spoken} of {cell.place}"
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(f"{cell.label.text} = ?")
        teach(self.field, f"{cell.label.text} of {cell.place}. {REMARK}")

    def show_entry(self, entry: Entry) -> None:
        """Show what is written here, and how it stands."""
        self.field.show_text(entry.text)
        self.field.setReadOnly(entry.state is State.SHOWN)
        self.sign.show_state(entry.state)
        self.word.setText(WORDS[entry.state])
        # What is right needs no more words; they are there for those who hear it.
        needs_words = entry.state in (State.WRONG, State.FOLLOWS)
        self.message.setText(entry.message if needs_words else "")
        self.message.setVisible(needs_words)
        # The formula cannot have the focus, so it is heard at its field.
        said = f"{WORDS[entry.state]}. {entry.message} " if entry.message else ""
        self.field.setAccessibleDescription(f"{said}{self._spoken}.")
