"""A small window that splits the points by a formula that is typed."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.expressions import ExpressionError
from app.painting.class_states import ClassStates
from app.painting.flood import EXAMPLES, Formula, parse
from app.theme import LIGHT, Theme
from app.views.decision.drawing_tools.flooding import GO, STAY, Fate
from app.views.decision.shapes import class_name
from app.views.parameter_text import short_number
from app.widgets.button import PrimaryButton
from app.widgets.choice import Choice
from app.widgets.labeled import Labeled
from app.widgets.popover import Popover
from app.widgets.teach import teach

# Wide enough for the examples to stand on two lines.
WIDTH = 270


class FloodPopover(Popover):
    """Takes a formula and what shall become of the points on both of its sides.

    ``typed`` brings each formula that can be read, None for one that cannot or when the window closes; ``applied`` the
    formula, its text, and both fates.
    """

    typed = Signal(object)
    applied = Signal(object, str, object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._formula: Formula | None = None
        self._offered: tuple[object, ...] = ()
        title = QLabel("Split by a formula")
        title.setProperty("role", "heading")
        self.field = QLineEdit()
        self.field.setPlaceholderText("y > sin(x)")
        self.field.setAccessibleName("Formula")
        teach(self.field, f"Type {EXAMPLES}; x and y are the two coordinates.")
        self.remark = QLabel()
        self.remark.setWordWrap(True)
        self.remark.setProperty("role", "caption")
        self.holds = Choice("Where it holds", "What becomes of the points for which the formula holds.")
        self.elsewhere = Choice("Elsewhere", "What becomes of the points for which it does not hold.")
        self.apply = PrimaryButton(("Split",), "Do it; Ctrl+Z takes it back (Enter in the formula).")
        self._parts: tuple[QWidget, ...] = (
            title,
            self.field,
            self.remark,
            Labeled("Points where it holds", self.holds),
            Labeled("All other points", self.elsewhere),
            self.apply,
        )
        for part in self._parts:
            part.setFixedWidth(WIDTH)
            self.column.addWidget(part)
        self.field.textEdited.connect(self._read)
        self.field.returnPressed.connect(self._apply)
        self.apply.clicked.connect(self._apply)
        self.say("")

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        for choice in (self.holds, self.elsewhere):
            choice.set_theme(theme)
        for part in self._parts:
            part.setFixedWidth(theme.pixels(WIDTH))

    def offer(self, classes: int, names: tuple[str, ...], states: ClassStates, target: float) -> None:
        """Offer the ``classes`` that are open, or the value ``target`` if there are none.

        Args:
            classes: how many there are.
            names: what they are called, as in the data set.
            states: which of them are locked or hidden.
            target: the class or value that is chosen at first.
        """
        offered = (classes, names, states, target)
        if offered == self._offered:
            return
        self._offered = offered
        stay = (STAY, "stay as they are", "Nothing happens to them.")
        go = (GO, "are removed", "They are taken away; Ctrl+Z brings them back.")
        if classes:
            given = [
                (str(float(number)), f"become class {name}", f"They get class {name}.")
                for number in range(classes)
                if states.may_paint(number)
                for name in [class_name(number, classes, names)]
            ]
        else:
            text = short_number(target)
            given = [(str(target), f"get the value {text}", "They get the value that is chosen above the picture.")]
        for choice in (self.holds, self.elsewhere):
            choice.set_entries([*given, stay, go])
        self.holds.set_name(str(target) if str(target) in [name for name, _, _ in given] else STAY)
        self.elsewhere.set_name(STAY)

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """Show ``text`` below the formula."""
        role = "problem" if is_problem else "caption"
        if self.remark.property("role") != role:
            self.remark.setProperty("role", role)
            # A style sheet looks at a property only when the style comes anew.
            self.remark.style().polish(self.remark)
        self.remark.setText(text or f"For instance {EXAMPLES.removeprefix('a formula such as ')}.")
        # Two lines at all times, so that what stands below does not move with every letter. Of a longer text the layout
        # would count only one, and squeeze the lists. A label never says that it needs less than its minimum.
        self.remark.setMinimumHeight(0)
        whole = self.remark.heightForWidth(self.remark.minimumWidth())
        self.remark.setFixedHeight(max(whole, 2 * self.remark.fontMetrics().lineSpacing()))

    def open_below(self, anchor: QWidget, clear_of: QRect | None = None) -> None:
        """Show the window below ``anchor``, or left of the picture that shows the formula."""
        super().open_below(anchor, clear_of)
        self.field.setFocus()
        self._read(self.field.text())

    def _read(self, text: str) -> None:
        self._formula = None
        problem = ""
        if text.strip():
            try:
                self._formula = parse(text)
            except ExpressionError as error:
                problem = str(error)
        self.say(problem, is_problem=bool(problem))
        self.typed.emit(self._formula)

    def _apply(self) -> None:
        if self._formula is None:
            # Something is missing, and the remark says what.
            self.field.setFocus()
            return
        holds, elsewhere = _fate(self.holds), _fate(self.elsewhere)
        self.applied.emit(self._formula, self.field.text().strip(), holds, elsewhere)
        self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Show the formula no longer."""
        super().hideEvent(event)
        self.typed.emit(None)


def _fate(choice: Choice) -> Fate:
    name = choice.name() or STAY
    return name if name in (STAY, GO) else float(name)
