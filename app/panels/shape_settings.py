"""The numbers that shape the data set in use: a slider and a field for each."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.icons import icon
from app.panels.stops import stops_of
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from app.widgets.slider_field import SliderField
from app.widgets.teach import teach
from engine.datasets.generators import Generator


class ShapeSettings(QWidget):
    """The name of a data set and a slider for each of its settings.

    ``changed`` brings name and value of a setting, also while its slider is dragged; ``reset_requested`` that all
    are to be as usual; ``problem`` what is wrong with a number.
    """

    changed = Signal(str, float)
    reset_requested = Signal()
    problem = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Generator | None = None
        self._theme = LIGHT
        self.fields: dict[str, SliderField] = {}
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.reset = Button("Usual shape", "Give every number of this data set its usual value.")
        self.reset.setProperty("role", "compact")
        self.reset.clicked.connect(self.reset_requested)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.reset)
        self._column.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.reset.setIcon(icon("reset", theme))
        self.reset.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        for field in self.fields.values():
            field.set_theme(theme)

    def show_settings(self, generator: Generator, chosen: Mapping[str, float]) -> None:
        """Show the settings of ``generator``, quietly: the ``chosen`` values, and the others with their defaults."""
        if generator is not self._shown:
            self._shown = generator
            self._build(generator)
        for setting in generator.settings:
            self.fields[setting.name].set_value(chosen.get(setting.name, setting.default))
        self.reset.setEnabled(bool(chosen))

    def _build(self, generator: Generator) -> None:
        for field in self.fields.values():
            self._column.removeWidget(field)
            # At once: another field may have the same name.
            field.setParent(None)
            field.deleteLater()
        self.heading.setText(generator.label)
        teach(self.heading, f"{generator.label}\n{generator.remark}")
        self.fields = {}
        for setting in generator.settings:
            field = SliderField(setting, stops_of(setting), integer=setting.integer, unit=setting.unit, in_one_row=True)
            field.set_theme(self._theme)
            field.committed.connect(lambda value, name=setting.name: self.changed.emit(name, value))
            field.problem.connect(self.problem)
            self.fields[setting.name] = field
            self._column.addWidget(field)
