"""A small window that splits the points by a formula that is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.painting.class_states import ClassStates
from app.painting.flood import EXAMPLES, Formula, parse
from app.theme import Theme
from app.views.decision.drawing_tools.flooding import GO, STAY, Fate
from app.views.decision.formula_popover import FormulaPopover
from app.views.decision.shapes import class_name
from app.views.parameter_text import short_number
from app.widgets.choice import Choice
from app.widgets.labeled import Labeled


class FloodPopover(FormulaPopover[Formula]):
    """Takes a formula and what shall become of the points on both of its sides.

    ``applied`` brings the formula, its text, and both fates.
    """

    applied = Signal(object, str, object, object)

    def __init__(self, parent: QWidget) -> None:
        self.holds = Choice("Where it holds", "What becomes of the points for which the formula holds.")
        self.elsewhere = Choice("Elsewhere", "What becomes of the points for which it does not hold.")
        self._offered: tuple[object, ...] = ()
        controls = (Labeled("Points where it holds", self.holds), Labeled("All other points", self.elsewhere))
        super().__init__(parent, "Split by a formula", "y > sin(x)", EXAMPLES, parse, "Split", controls)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        super().set_theme(theme)
        for choice in (self.holds, self.elsewhere):
            choice.set_theme(theme)

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

    def use(self, formula: Formula, text: str) -> bool:
        """Split by ``formula``."""
        self.applied.emit(formula, text, _fate(self.holds), _fate(self.elsewhere))
        return True


def _fate(choice: Choice) -> Fate:
    name = choice.name() or STAY
    return name if name in (STAY, GO) else float(name)
