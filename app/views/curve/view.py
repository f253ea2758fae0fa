"""The view of a curve: as the decision view, with curves in place of a field."""

from functools import cached_property

import numpy as np
from PySide6.QtWidgets import QWidget

from app.description import counted
from app.painting.curve_formula import CurveFormula, points_along
from app.painting.drawing import Drawing
from app.theme import Theme
from app.views.curve.canvas import NO_LAYER, PARTS, CurveCanvas, value_over
from app.views.curve.curve_popover import CurvePopover
from app.views.decision.drawing_tools.sheet import NOTHING
from app.views.decision.drawing_tools.stamping import drawn_apart
from app.views.decision.view import DecisionView
from app.views.parameter_text import number_text, unit_name, unit_place
from app.widgets.choice import Choice
from app.widgets.visibility import show_only
from engine.datasets.dataset import Dataset
from engine.datasets.resolve import CURVE_SCALE
from engine.experiment import Experiment
from engine.parameters import Layout

ABOUT_PARTS = (
    "What each unit of the last hidden layer adds: its curve times its weight. With the bias they make the output."
)


class CurveView(DecisionView):
    """Draws y over x with the network's curve and those of its units; points are painted where they shall lie."""

    canvas: CurveCanvas

    def __init__(self, parent: QWidget | None = None, *, random: np.random.Generator | None = None) -> None:
        super().__init__(parent, random=random, canvas=CurveCanvas)
        self._hidden = -1
        self.canvas.setAccessibleName("The network's curve, y over x")
        self.residuals.setToolTip("Show how far each training point lies from the curve: what the loss adds up.")
        self.layers = Choice("Units to show", "Show the curve of every unit of a hidden layer, too.")
        self.below.insertWidget(3, self.layers)
        self.layers.chosen.connect(self._choose_curves)

    @cached_property
    def formula(self) -> CurvePopover:
        """The window that puts points along a formula; made when it is first asked for."""
        popover = CurvePopover(self)
        popover.set_theme(self._theme)
        popover.typed.connect(self._show_curve)
        popover.applied.connect(self._draw_along)
        return popover

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        super().set_theme(theme)
        if "formula" in vars(self):
            self.formula.set_theme(theme)

    def _open_flood(self) -> None:
        """Offer points along a formula: on a curve there is nothing to split."""
        self.formula.open_below(self.tools.flood_button, self._picture)

    def _show_curve(self, formula: CurveFormula | None) -> None:
        self.canvas.show_typed(formula, self.formula.noise)
        if formula is not None:
            count = self.formula.count
            seen = len(points_along(formula, count, 0.0, self.sheet.random))
            self.formula.say(
                f"{counted(count, 'point')}." if seen == count else f"{seen:,} of {count:,} are in the picture."
            )

    def _draw_along(self, formula: CurveFormula, text: str) -> None:
        sheet, replaces = self.sheet, self.formula.replaces
        points = points_along(formula, self.formula.count, self.formula.noise, sheet.random)
        places = drawn_apart(sheet.tool.guides, points)

        def change(drawing: Drawing) -> Drawing:
            left = drawing.without(np.arange(len(drawing))) if replaces else drawing
            return left.with_added(places, 0.0)

        if len(places):
            sheet.edit(change, f"{counted(len(places), 'point')} along {text}", NOTHING if replaces else None)
        else:
            sheet.said.emit("No point of this curve lies in the picture.")

    def _offer_classes(self, has_outputs: bool) -> None:
        """A curve has no classes and no shades, but residuals at all times."""
        show_only({self.chosen_class: False, self.discretize: False, self.residuals: True})

    def _choose_curves(self, name: str) -> None:
        weighted = name == PARTS
        self.canvas.set_layer(self._hidden - 1 if weighted else int(name), weighted=weighted)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take what is trained, and on which points."""
        self._classes = 1
        self.tools.set_classes(1)
        self._offer_classes(has_outputs=False)
        self.canvas.show_experiment(experiment, dataset, layout)
        hidden = len(layout.layers) - 1
        if hidden != self._hidden:
            chosen = self.layers.name()
            self._hidden = hidden
            entries = [(str(k), f"Layer {k + 1}", f"The curves of the units of layer {k + 1}.") for k in range(hidden)]
            if hidden:
                entries.append((PARTS, "Parts", ABOUT_PARTS))
            self.layers.set_entries([(str(NO_LAYER), "No units", "Only the network's own curve."), *entries])
            names = {name for name, _, _ in entries} | {str(NO_LAYER)}
            kept = chosen if chosen in names else str(hidden - 1 if hidden else NO_LAYER)
            self.layers.set_name(kept)
            self._choose_curves(kept)

    @property
    def needs_outputs(self) -> bool:
        """A curve tells all residuals by itself."""
        return False

    def describe(self, x1: float, x2: float) -> tuple[str, str]:
        """Return what is at the mouse: x, y, and the network's ŷ there."""
        place = f"x {x1:.2f}  y {x2 * CURVE_SCALE:.2f}".replace("-", "−")
        curve = self.canvas.curve()
        if curve is None or (self.canvas.frame is not None and self.canvas.frame.hidden.outputs):
            return place, place
        value = number_text(value_over(curve, x1))
        short, sentence = f"{place}   ŷ {value}", f"{place}: the network puts out {value}"
        unit, frame = self.canvas.unit_at(x1, x2), self.canvas.frame
        if unit is None or frame is None:
            return short, sentence
        layer, number = unit_place(frame.layout, unit[0])
        what = "adds" if self.layers.name() == PARTS else "puts out"
        return short, f"{sentence}; {unit_name(frame.layout, layer, number)} {what} {number_text(unit[1])}"
