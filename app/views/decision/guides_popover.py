"""The guides: a grid, symmetry and limits, set in a small window below their button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from app.painting.guides import MOST_TURNS, NO_GUIDES, Guides
from app.widgets.labeled import Labeled
from app.widgets.popover import Popover
from app.widgets.slider import Slider
from app.widgets.teach import teach
from engine.datasets.dataset import DOMAIN

SPACINGS = (0.1, 0.2, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
LIMITS = tuple(step / 2.0 for step in range(1, 2 * round(DOMAIN[1]) + 1))
WIDTH = 210


class GuidesPopover(Popover):
    """Sets the guides that all tools obey; ``changed`` says when they are others."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        title = QLabel("Guides")
        title.setProperty("role", "heading")
        self.axes = _switch("Axes", "Draw the lines x₁ = 0 and x₂ = 0 into the picture.")
        self.grid = _switch("Snap to a grid", "Points land on the crossings of a grid: drawn, moved and placed ones.")
        self.spacing = Slider(SPACINGS, "Spacing of the grid", "How far apart the lines of the grid are.")
        self.mirror_x1 = _switch("Mirror left and right", "What is drawn on one side is drawn left and right.")
        self.mirror_x2 = _switch("Mirror up and down", "What is drawn on one side is drawn above and below.")
        self.turns = Slider(
            tuple(float(turns) for turns in range(1, MOST_TURNS + 1)),
            "Rotation",
            "All that is drawn is drawn so many times around the middle.",
        )
        self.limit = Slider(LIMITS, "Limits", "Nothing is drawn farther from the middle than this, in both directions.")
        self.spacing.set_stop(0.5)
        self.turns.set_stop(1.0)
        self.limit.set_stop(LIMITS[-1])
        self._spacing_row = Labeled("", self.spacing)
        self._turns_row = Labeled("", self.turns)
        self._limit_row = Labeled("", self.limit)
        for part in (
            title, self.axes, self.grid, self._spacing_row, self.mirror_x1, self.mirror_x2, self._turns_row,
            self._limit_row,
        ):  # fmt: skip
            part.setMinimumWidth(WIDTH)
            self.column.addWidget(part)
        for switch in (self.axes, self.grid, self.mirror_x1, self.mirror_x2):
            switch.toggled.connect(self._take)
        self.spacing.moved.connect(self._spacing_moved)
        for slider in (self.turns, self.limit):
            slider.moved.connect(self._take)
        self._name()

    @property
    def guides(self) -> Guides:
        """The guides as they are set."""
        return Guides(
            grid=self.spacing.stop() if self.grid.isChecked() else 0.0,
            mirror_x1=self.mirror_x1.isChecked(),
            mirror_x2=self.mirror_x2.isChecked(),
            turns=round(self.turns.stop()),
            limits=(-self.limit.stop(), self.limit.stop()),
            axes=self.axes.isChecked(),
        )

    @property
    def in_use(self) -> bool:
        """Whether any guide is on."""
        return self.guides != NO_GUIDES

    def _spacing_moved(self) -> None:
        # Whoever sets how wide the grid is wants one.
        self.grid.setChecked(True)
        self._take()

    def _take(self) -> None:
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        turns = round(self.turns.stop())
        self._spacing_row.label.setText(f"Spacing {self.spacing.stop():g}")
        self._turns_row.label.setText("Rotation: none" if turns == 1 else f"Rotation: {turns} times around")
        limit = self.limit.stop()
        self._limit_row.label.setText("Limits: none" if limit == LIMITS[-1] else f"Limits: −{limit:g} to {limit:g}")


def _switch(text: str, remark: str) -> QCheckBox:
    switch = QCheckBox(text)
    teach(switch, remark)
    return switch
