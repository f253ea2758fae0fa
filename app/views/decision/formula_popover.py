"""A small window with a field for a formula, what there is to say about it, and a button that uses it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.expressions import ExpressionError
from app.theme import LIGHT, Theme
from app.widgets.button import PrimaryButton
from app.widgets.popover import Popover
from app.widgets.teach import teach

F = TypeVar("F")
# Wide enough for the examples to stand on two lines.
WIDTH = 270


class FormulaPopover(Popover, Generic[F]):
    """Takes a formula, and says at every letter whether it can be read.

    ``typed`` brings each formula that can be read, None for one that cannot or when the window closes.

    Args:
        title: the heading.
        placeholder: a formula, shown while none is typed.
        examples: what one may type, as in an error: “a formula such as …”.
        read: makes a formula of a text, or raises an ``ExpressionError``.
        verb: what the button does.
        controls: stand between the remark and the button.
    """

    typed = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        placeholder: str,
        examples: str,
        read: Callable[[str], F],
        verb: str,
        controls: tuple[QWidget, ...],
    ) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._read_text = read
        self._formula: F | None = None
        self._examples = f"For instance {examples.partition(' such as ')[2]}."
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self.field = QLineEdit()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName("Formula")
        teach(self.field, f"Type {examples}.")
        self.remark = QLabel()
        self.remark.setWordWrap(True)
        self.remark.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.remark.setProperty("role", "caption")
        self.apply = PrimaryButton((verb,), "Do it; Ctrl+Z takes it back (Enter in the formula).")
        self._parts: tuple[QWidget, ...] = (heading, self.field, self.remark, *controls, self.apply)
        for part in self._parts:
            part.setFixedWidth(WIDTH)
            self.column.addWidget(part)
        self.field.textEdited.connect(self.renew)
        self.field.returnPressed.connect(self._apply)
        self.apply.clicked.connect(self._apply)
        self.say("")

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        for part in self._parts:
            part.setFixedWidth(theme.pixels(WIDTH))

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """Show ``text`` below the formula, or else examples of one."""
        role = "problem" if is_problem else "caption"
        if self.remark.property("role") != role:
            self.remark.setProperty("role", role)
            # A style sheet looks at a property only when the style comes anew.
            self.remark.style().polish(self.remark)
        self.remark.setText(text or self._examples)
        # Two lines at all times, so that what stands below does not move with every letter. Of a longer text the layout
        # would count only one, and squeeze the lists. A label never says that it needs less than its minimum.
        self.remark.setMinimumHeight(0)
        whole = self.remark.heightForWidth(self.remark.minimumWidth())
        self.remark.setFixedHeight(max(whole, 2 * self.fontMetrics().lineSpacing()))
        self.column.activate()

    def open_below(self, anchor: QWidget, clear_of: QRect | None = None) -> None:
        """Show the window below ``anchor``, or left of the picture that shows the formula."""
        super().open_below(anchor, clear_of)
        self.field.setFocus()
        # The last formula is there to be changed, and goes with the first letter of another one.
        self.field.selectAll()
        self.renew()

    def renew(self) -> None:
        """Read what is typed once more, and say what there is to say about it."""
        self._formula = None
        problem, text = "", self.field.text()
        if text.strip():
            try:
                self._formula = self._read_text(text)
            except ExpressionError as error:
                problem = str(error)
        self.say(problem, is_problem=bool(problem))
        self.typed.emit(self._formula)

    def use(self, formula: F, text: str) -> bool:
        """Do with ``formula``, which was typed as ``text``, what the window is for; return whether it may close."""
        raise NotImplementedError

    def _apply(self) -> None:
        if self._formula is None:
            # Something is missing, and the remark says what.
            self.field.setFocus()
        elif self.use(self._formula, self.field.text().strip()):
            self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Show the formula no longer."""
        super().hideEvent(event)
        self.typed.emit(None)
