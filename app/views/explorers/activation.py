"""The activation explorer: value and slope of a layer's activation, beside another one, and where its units are."""

from itertools import pairwise

import numpy as np
from PySide6.QtWidgets import QWidget

from app.theme import LIGHT, Theme
from app.views.explorers.activation_apart import apart
from app.views.explorers.activation_content import (
    NO_SAMPLES,
    Chosen,
    activations_of,
    picture_of,
    wanted_reach,
)
from app.views.explorers.panels import Fact, Panel, Picture
from app.views.explorers.shell import Explorer
from app.views.parameter_text import number_text, short_number
from app.widgets.choice import Choice
from app.widgets.curve_picture import Curve
from app.widgets.entry_curves import activation_curve
from app.widgets.entry_settings import ladder_of
from app.widgets.labeled import Labeled
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from engine.activations import ACTIVATIONS
from engine.experiment import Experiment
from engine.parameters import Layout
from engine.settings import Setting
from engine.unit_statistics import SMALLEST_REACH

ALL, NONE = "all", "none"
TOGETHER, APART = "together", "apart"
ARRANGEMENTS = (
    (TOGETHER, "Together", "The values of all activations in one plot, their slopes in another."),
    (APART, "Apart", "Side by side: a plot for each activation, with its value, its slope and the same scales."),
)
FIELD_WIDTH = 58


class ActivationExplorer(Explorer):
    """Shows what the activation of the chosen layer does with z, and where the z of this network lie."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Activation and slope over z", parent)
        self._count = -1
        self._reach = SMALLEST_REACH
        self._alphas: dict[str, float] = {}
        self.layer = Choice("Layer", "Whose units are shown.")
        self.second = Choice("Compare with", "Another activation in the same plot.", picture=_curve)
        self.second.set_entries([(NONE, "Nothing", "Only the layer's own activation."), *_entries()])
        self.second.set_name(NONE)
        self.alpha, self.second_alpha = _alpha_field("α"), _alpha_field("α to compare with")
        self.arrangement = SegmentedControl("Plots", ARRANGEMENTS, TOGETHER)
        self._arrangement_box = Labeled("Plots", self.arrangement, QWidget())
        for text, *parts in (("Layer", self.layer, self.alpha), ("Compare with", self.second, self.second_alpha)):
            self.controls.addWidget(Labeled(text, *parts))
        self.controls.addWidget(self._arrangement_box)
        self.controls.addStretch(1)
        self._arrangement_box.hide()
        self.alpha.hide()
        self.second_alpha.hide()
        self.layer.chosen.connect(self._choose)
        self.second.chosen.connect(self._choose)
        self.arrangement.chosen.connect(self._choose)
        self.alpha.committed.connect(self._set_alpha)
        self.second_alpha.committed.connect(self._set_second_alpha)
        for field in (self.alpha, self.second_alpha):
            field.problem.connect(self.hint)
        order = (self.layer, self.alpha, self.second, self.second_alpha, self.arrangement, self.canvas)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        self.setFocusProxy(self.layer)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        super().set_theme(theme)
        self.layer.set_theme(theme)
        self.second.set_theme(theme)
        self.arrangement.set_theme(theme)
        for field in (self.alpha, self.second_alpha):
            field.setFixedWidth(theme.pixels(FIELD_WIDTH))

    def show_choices(self, experiment: Experiment, layout: Layout) -> None:
        """Offer the layers there are; the one chosen stays where it still exists."""
        hidden = len(layout.layers) - 1
        if hidden != self._count:
            before, was_output = self.layer.name(), self.layer.name() == str(self._count)
            self._count = hidden
            entries = [(ALL, "All hidden", "The units of all hidden layers together.")] if hidden else []
            entries += [(str(k), f"Layer {k + 1}", f"The units of hidden layer {k + 1}.") for k in range(hidden)]
            entries.append((str(hidden), "Output", "The units of the output layer."))
            self.layer.set_entries(entries)
            names = [name for name, _, _ in entries]
            kept = str(hidden) if was_output else before
            self.layer.set_name(kept if kept in names else names[0])
        self._show_alpha(layout)

    def layers(self, layout: Layout) -> list[int]:
        """Return the numbers of the layers chosen."""
        name = self.layer.name()
        return list(range(len(layout.layers) - 1)) if name == ALL else [int(name or 0)]

    def second_chosen(self) -> Chosen | None:
        """Return the activation to compare with, or None."""
        name = self.second.name()
        if name in (None, NONE):
            return None
        entry = ACTIVATIONS[str(name)]
        return Chosen(entry, entry.alpha({"alpha": self._alphas[entry.name]} if entry.name in self._alphas else {}))

    def make_picture(self, experiment: Experiment, layout: Layout) -> Picture:
        """Return curves, histogram and facts of the chosen layers."""
        layers, frame = self.layers(layout), self.frame
        statistics = frame.statistics if frame is not None else None
        self._reach = wanted_reach(statistics, layers, self._reach)
        draw = apart if self._is_apart else picture_of
        picture = draw(layout, layers, self.second_chosen(), statistics, self._reach)
        if statistics is None and self.dataset is not None and not self.dataset.train_count:
            return Picture(picture.panels, (Fact("", NO_SAMPLES, NO_SAMPLES),), legend=picture.legend)
        return picture

    def sentence_at(self, panels: tuple[Panel, ...], index: int) -> str:
        """Return value and slope of every curve at a place."""
        if self._is_apart:
            found = [(panel.notes[0], panel.lines[0], panel.lines[1]) for panel in panels]
        else:
            values, slopes = panels
            found = [(line.name, line, slope) for line, slope in zip(values.lines, slopes.lines, strict=True)]
        parts = [
            f"{name} puts out {number_text(float(line.values[index]))} with the slope "
            f"{number_text(float(slope.values[index]))}"
            for name, line, slope in found
        ]
        return f"At z = {short_number(float(panels[0].x[index]))} {'; '.join(parts)}."

    @property
    def _is_apart(self) -> bool:
        """Whether each activation has a plot of its own."""
        return not self._arrangement_box.isHidden() and self.arrangement.current == APART

    def _choose(self, _: str) -> None:
        self._reach = SMALLEST_REACH
        if self.layout_ is not None:
            self._show_alpha(self.layout_)
        self.refresh()

    def _show_alpha(self, layout: Layout) -> None:
        """Show a field for α where the activations have one."""
        own = [each for each in activations_of(layout, self.layers(layout)) if each.entry.settings]
        # Layers of one activation may differ in α: what is typed counts for all of them.
        self.alpha.setVisible(len({each.entry.name for each in own}) == 1)
        if own:
            _show(self.alpha, own[0].entry.settings[0], own[0].alpha)
        second = self.second_chosen()
        several = {*activations_of(layout, self.layers(layout)), *([] if second is None else [second])}
        self._arrangement_box.setVisible(len(several) > 1)
        has_alpha = second is not None and bool(second.entry.settings)
        self.second_alpha.setVisible(has_alpha)
        if second is not None and has_alpha:
            _show(self.second_alpha, second.entry.settings[0], second.alpha)

    def _set_alpha(self, alpha: float) -> None:
        if self.layout_ is None:
            return
        if self.layer.name() == ALL:
            self.changed.emit("network.alpha", alpha)
        else:
            self.changed.emit("network.layer_alpha", (self.layers(self.layout_)[0], alpha))

    def _set_second_alpha(self, alpha: float) -> None:
        second = self.second_chosen()
        if second is not None:
            self._alphas[second.entry.name] = alpha
            self.refresh()


def _entries() -> list[tuple[str, str, str]]:
    return [(entry.name, entry.label, entry.remark) for entry in ACTIVATIONS]


def _curve(name: str) -> Curve:
    if name == NONE:
        # Nothing to see: both axes and the line lie outside.
        return Curve(np.array([1.0, 2.0]), np.zeros(2), 1.0, 2.0)
    return activation_curve(ACTIVATIONS[name])


def _alpha_field(label: str) -> NumberField:
    setting = next(entry.settings[0] for entry in ACTIVATIONS if entry.settings)
    field = NumberField(setting, ladder=ladder_of(setting), values=ladder_of(setting))
    field.setAccessibleName(label)
    return field


def _show(field: NumberField, setting: Setting, value: float) -> None:
    field.set_setting(setting, ladder_of(setting))
    field.set_remark(setting.remark)
    field.set_value(value)
