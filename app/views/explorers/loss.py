"""The loss explorer: all losses of a family over one axis, and where the samples of this network are on its own."""

from itertools import pairwise

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.theme import LIGHT, Theme
from app.views.explorers.loss_content import picture_of
from app.views.explorers.loss_curves import PRE_ACTIVATION, PREDICTION, Setup
from app.views.explorers.panels import Panel, Picture
from app.views.explorers.shell import Explorer
from app.views.parameter_text import number_text, short_number
from app.widgets.choice import Choice
from app.widgets.entry_settings import ladder_of
from app.widgets.labeled import Labeled
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.visibility import show_only
from engine.experiment import Experiment
from engine.losses import Loss
from engine.parameters import Layout
from engine.settings import Setting

AXES = (
    (PREDICTION, "over ŷ", "Draw the loss over the prediction: over what the output layer puts out."),
    (
        PRE_ACTIVATION,
        "over z",
        "Draw the loss over z, before the activation: here all losses compare, each with an output that fits it.",
    ),
)
TARGET = Setting("target", "Target y", 0.0, -1e3, 1e3, "The value that the prediction ŷ is compared with.")
CLASSES = (
    ("0", "A", "Samples of class A."),
    ("1", "B", "Samples of class B."),
)


class LossExplorer(Explorer):
    """Shows what each loss makes of a prediction, and what this network's samples cost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Loss and its slope", parent)
        self._reach = 0.0
        self._settings: dict[str, float] = {}
        self._kind = ""
        self.target_class = Choice("True class", "To which class the samples belong.")
        self.target_class.set_entries(CLASSES)
        self.target_class.set_name("1")
        self.target_class.setMinimumContentsLength(2)
        self.target = NumberField(TARGET, step=0.5)
        self.setting = NumberField(TARGET)
        self.axis = SegmentedControl("Axis", AXES, PREDICTION)
        self._class_box = Labeled("True class", self.target_class)
        self._target_box = Labeled("Target y", self.target)
        self._setting_box = Labeled("Setting", self.setting)
        self._axis_box = Labeled("Axis", self.axis, QWidget())
        row = QHBoxLayout()
        row.setSpacing(6)
        for part in (self._class_box, self._target_box, self._setting_box):
            row.addWidget(part, 1)
        self.controls.addLayout(row)
        self.controls.addWidget(self._axis_box)
        self.controls.addStretch(1)
        self.target_class.chosen.connect(self._choose)
        self.axis.chosen.connect(self._choose)
        self.target.committed.connect(self._choose)
        self.setting.committed.connect(self._set)
        for field in (self.target, self.setting):
            field.problem.connect(self.hint)
        for before, after in pairwise((self.target_class, self.target, self.setting, self.axis, self.canvas)):
            self.setTabOrder(before, after)
        self.setFocusProxy(self.canvas)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        super().set_theme(theme)
        self.target_class.set_theme(theme)
        self.axis.set_theme(theme)

    def setup(self, experiment: Experiment) -> Setup:
        """Return what is looked at."""
        two = Setup(experiment)
        chosen = float(self.target_class.name() or 1) if _has_two(two) else self.target.value()
        return Setup(experiment, self.axis.current, chosen, dict(self._settings))

    def show_choices(self, experiment: Experiment, layout: Layout) -> None:
        """Offer what there is to choose with this loss."""
        setup = self.setup(experiment)
        kind = f"{experiment.data.task} {experiment.training.loss} {experiment.network.output.activation}"
        if kind != self._kind:
            self._kind, self._reach = kind, 0.0
        is_value = not setup.task.classes and not setup.is_group
        adjustable = self._adjustable(setup)
        if adjustable is not None:
            self._show_setting(setup, adjustable)
        show_only(
            {
                self._class_box: _has_two(setup),
                self._target_box: is_value,
                self._setting_box: adjustable is not None,
                self._axis_box: setup.has_axes,
            }
        )

    def make_picture(self, experiment: Experiment, layout: Layout) -> Picture:
        """Return the curves, the samples and the facts."""
        picture, self._reach = picture_of(self.setup(experiment), self.dataset, self.frame, self._reach)
        return picture

    def sentence_at(self, panels: tuple[Panel, ...], index: int) -> str:
        """Return loss and slope at a place, and where the slope pushes."""
        values, slopes = panels
        parts = []
        for line, slope in zip(values.lines, slopes.lines, strict=True):
            if not line.strong:
                continue
            value, steep = float(line.values[index]), float(slope.values[index])
            push = (
                "nothing pushes" if not steep else "training pushes it down" if steep > 0.0 else "training pushes it up"
            )
            push = push if np.isfinite(steep) else "the slope has no end"
            parts.append(f"{line.name} is {number_text(value)}, its slope {number_text(steep)}: {push}")
        return f"At {values.across} = {short_number(float(values.x[index]))} {'; '.join(parts)}."

    def _adjustable(self, setup: Setup) -> Loss | None:
        """Return the loss whose setting can be changed here: the network's own, else one beside it."""
        return next((loss for loss in setup.losses() if loss.settings), None)

    def _show_setting(self, setup: Setup, loss: Loss) -> None:
        setting, own = loss.settings[0], loss is setup.loss
        self._setting_box.label.setText(setting.label if own else f"{setting.label} ({loss.label.split()[0]})")
        self.setting.setAccessibleName(setting.label if own else f"{setting.label} of {loss.label}")
        self.setting.set_setting(setting, ladder_of(setting))
        self.setting.set_remark(setting.remark if own else f"{setting.remark}\nFor this picture only.")
        self.setting.set_value(setup.setting(loss) or setting.default)

    def _set(self, value: float) -> None:
        """Change the network's own δ or margin; that of another curve changes in this picture only."""
        if self.experiment is None:
            return
        setup = self.setup(self.experiment)
        loss = self._adjustable(setup)
        if loss is setup.loss:
            self.changed.emit("training.loss_setting", (loss.settings[0].name, value))
        elif loss is not None:
            self._settings[loss.name] = value
            self.refresh()

    def _choose(self, _: object) -> None:
        self._reach = 0.0
        if self.experiment is not None and self.layout_ is not None:
            self.show_choices(self.experiment, self.layout_)
        self.refresh()


def _has_two(setup: Setup) -> bool:
    return setup.task.classes == 2 and not setup.task.outputs_each and not setup.is_group
