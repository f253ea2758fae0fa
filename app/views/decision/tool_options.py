"""How the chosen tool works: a small window below its button with the settings that it has."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from app.painting.brush import Brush, Shape
from app.painting.stamps import MOST_CORNERS
from app.theme import Theme
from app.views.decision import tool as tools
from app.views.decision.palette_entries import ENTRIES
from app.widgets.labeled import Labeled
from app.widgets.popover import Popover
from app.widgets.segmented import SegmentedControl
from app.widgets.slider import Slider
from app.widgets.teach import teach
from app.widgets.visibility import show_only

RADII = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0)
DENSITIES = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)
STRENGTHS = tuple(step / 20.0 for step in range(1, 21))
TURNS = (-4.0, -3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
CORNERS = tuple(float(corners) for corners in range(3, MOST_CORNERS + 1))
SPREADS = (
    ("uniform", "Even", "Points land everywhere within the radius alike."),
    ("gaussian", "Bell", "Points land densely in the middle and sparsely at the rim, as under a bell curve."),
)
WIDTH = 210
_SPRAYING = (tools.BRUSH, *tools.STAMPS)


class ToolOptions(Popover):
    """The settings of all tools, of which those of one are seen; ``changed`` says when one of them is another."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        usual = tools.Tool()
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.radius = Slider(RADII, "Radius", "How far from the mouse it reaches (keys [ and ], Ctrl and wheel).")
        self.density = Slider(DENSITIES, "Density", "How many points are left per unit of the way.")
        self.spread = SegmentedControl("Spread", SPREADS, usual.brush.shape)
        self.strength = Slider(STRENGTHS, "Strength", "How much the tool does while the button is down.")
        self.turns = Slider(TURNS, "Turns", "How often the spiral goes around; negative ones go with the clock.")
        self.corners = Slider(CORNERS, "Corners", "How many corners the polygon has.")
        self.only_class = QCheckBox("Only the chosen class")
        teach(self.only_class, "Erase points of the class that is chosen above, and leave all others.")
        for slider, stop in (
            (self.radius, usual.brush.radius),
            (self.density, usual.brush.density),
            (self.strength, usual.strength),
            (self.turns, usual.turns),
            (self.corners, float(usual.corners)),
        ):
            slider.set_stop(stop)
            slider.moved.connect(self._take)
        self.spread.chosen.connect(self._take)
        self.only_class.toggled.connect(self._take)
        self._rows = {
            "radius": Labeled("", self.radius),
            "density": Labeled("", self.density),
            # The empty part keeps it at the left.
            "spread": Labeled("", self.spread, QWidget()),
            "strength": Labeled("", self.strength),
            "turns": Labeled("", self.turns),
            "corners": Labeled("", self.corners),
        }
        self.column.addWidget(self.title)
        for part in (*self._rows.values(), self.only_class):
            part.setMinimumWidth(WIDTH)
            self.column.addWidget(part)
        self._name()

    @property
    def brush(self) -> Brush:
        """The brush as it is set."""
        shape: Shape = "gaussian" if self.spread.current == "gaussian" else "uniform"
        return Brush(self.radius.stop(), self.density.stop(), shape)

    def show_kind(self, kind: str, classes: int) -> None:
        """Show the settings that the tool ``kind`` has."""
        self.title.setText(ENTRIES[kind].label)
        wanted = {
            "radius": kind in (*tools.REACHING, *tools.STAMPS),
            "density": kind in _SPRAYING,
            "spread": kind in _SPRAYING,
            "strength": kind in tools.REACHING and kind not in (*tools.STROKES, tools.RECOLOR),
            "turns": kind == tools.SPIRAL,
            "corners": kind == tools.POLYGON,
        }
        erases_some = kind == tools.ERASER and classes > 1
        show_only({**{self._rows[name]: shown for name, shown in wanted.items()}, self.only_class: erases_some})

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self.spread.set_theme(theme)

    def _take(self) -> None:
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        texts = {
            "radius": f"Radius {self.radius.stop():g}",
            "density": f"Points per unit of the way: {self.density.stop():g}",
            "spread": "Spread",
            "strength": f"Strength {100.0 * self.strength.stop():.0f} %",
            "turns": f"Turns {self.turns.stop():g}".replace("-", "−"),
            "corners": f"Corners {self.corners.stop():.0f}",
        }
        for name, text in texts.items():
            self._rows[name].label.setText(text)
