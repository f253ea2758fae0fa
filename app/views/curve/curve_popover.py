"""A small window that puts points along a curve whose formula is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.painting.curve_formula import EXAMPLES, CurveFormula, parse_curve
from app.theme import Theme
from app.views.decision.formula_popover import FormulaPopover
from app.widgets.choice import Choice
from app.widgets.labeled import Labeled
from app.widgets.slider import Slider

COUNTS = (5.0, 10.0, 20.0, 30.0, 50.0, 75.0, 100.0, 150.0, 200.0, 300.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0)
NOISES = (0.0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
KEEP, REPLACE = "keep", "replace"
BEFORE = (
    (KEEP, "stay", "The new points come to those that are there."),
    (REPLACE, "are removed", "Only the new points are left; Ctrl+Z brings the others back."),
)


class CurvePopover(FormulaPopover[CurveFormula]):
    """Takes a formula of x, how many points lie along it, and how far they stray.

    ``applied`` brings the formula and its text; ``typed`` comes anew when number or noise are others.
    """

    applied = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        self.count_slider = Slider(COUNTS, "Number of points", "How many points lie along the curve, evenly over x.")
        self.noise_slider = Slider(
            NOISES, "Noise", "How far points stray above and below the curve: the standard deviation of y."
        )
        self.before = Choice("Points that are there", "What becomes of the points that are there already.")
        self.before.set_entries(BEFORE)
        self.before.set_name(KEEP)
        self.count_slider.set_stop(100.0)
        self.noise_slider.set_stop(0.1)
        self._count_row, self._noise_row = Labeled("", self.count_slider), Labeled("", self.noise_slider)
        controls = (self._count_row, self._noise_row, Labeled("Points that are there", self.before))
        super().__init__(parent, "Points along a formula", "y = sin(x)", EXAMPLES, parse_curve, "Draw", controls)
        for slider in (self.count_slider, self.noise_slider):
            slider.moved.connect(self._name)
        self._name()

    @property
    def count(self) -> int:
        """How many points there shall be."""
        return round(self.count_slider.stop())

    @property
    def noise(self) -> float:
        """The standard deviation of the noise, in units of y."""
        return self.noise_slider.stop()

    @property
    def replaces(self) -> bool:
        """Whether the points that are there go."""
        return self.before.name() == REPLACE

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        super().set_theme(theme)
        self.before.set_theme(theme)

    def use(self, formula: CurveFormula, text: str) -> bool:
        """Put points along ``formula``."""
        self.applied.emit(formula, text)
        return True

    def _name(self) -> None:
        self._count_row.label.setText(f"Points: {self.count:,}")
        self._noise_row.label.setText(f"Noise: {self.noise:g}" if self.noise else "Noise: none")
        self.renew()
