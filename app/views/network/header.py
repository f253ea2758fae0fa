"""The band above the network: one header a layer, and between the columns the buttons that add a layer."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.changes.fitting import unfit_output
from app.theme import LIGHT, Theme
from app.views.ink import color, sized
from app.views.network.controls import PLUS, GlyphButton, LayerHeader
from app.views.network.geometry import ADD_BUTTON, HEADER_MARGIN, TITLE_ROW, Arrangement
from engine.activations import ACTIVATIONS
from engine.experiment import MAXIMUM_LAYERS, MAXIMUM_UNITS, Experiment
from engine.tasks import output_units

LAST_UNIT = "A layer needs at least one unit; remove the layer instead."


class AddLayerButton(GlyphButton):
    """Adds a hidden layer at its place; ``wanted`` carries the index the new layer gets."""

    wanted = Signal(int)

    def __init__(self, index: int, parent: QWidget) -> None:
        super().__init__(PLUS, "Add a layer", "Add a hidden layer here.", parent)
        self._index = index
        self.setAccessibleName(f"Add a layer as layer {index + 1}")
        self.clicked.connect(self._want)

    def _want(self) -> None:
        self.wanted.emit(self._index)


class HiddenHeader(LayerHeader):
    """The header of the hidden layer ``index``; turns its wishes into changes of the experiment."""

    changed = Signal(str, object)
    refused = Signal(str)

    def __init__(self, index: int, parent: QWidget) -> None:
        super().__init__(parent, is_output=False)
        self._index = index
        self.units_wanted.connect(self._want_units)
        self.activation_wanted.connect(self._want_activation)
        self.removal_wanted.connect(self._want_removal)
        self.alpha_wanted.connect(self._want_alpha)
        self.dropout_wanted.connect(self._want_dropout)
        self.bias_wanted.connect(self._want_bias)
        self.hint.connect(self.refused)

    def _want_units(self, count: int) -> None:
        if count < 1:
            self.refused.emit(LAST_UNIT)
        elif count > MAXIMUM_UNITS:
            self.refused.emit(f"A layer has at most {MAXIMUM_UNITS} units.")
        else:
            self.changed.emit("network.units", (self._index, count))

    def _want_activation(self, name: str) -> None:
        self.changed.emit("network.layer_activation", (self._index, name))

    def _want_alpha(self, alpha: float) -> None:
        self.changed.emit("network.layer_alpha", (self._index, alpha))

    def _want_dropout(self, dropout: float) -> None:
        self.changed.emit("network.layer_dropout", (self._index, dropout))

    def _want_bias(self, wanted: bool) -> None:
        self.changed.emit("network.layer_bias", (self._index, wanted))

    def _want_removal(self) -> None:
        self.changed.emit("network.remove_layer", self._index)


class NetworkHeader(QWidget):
    """All controls above the columns.

    Signals:
        changed: a change of the experiment, by name and value.
        refused: one sentence that says why nothing was changed.
    """

    changed = Signal(str, object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._hidden = 0
        self._input_x = 0.0
        # Made once and hidden when not needed: rebuilding them would take the focus from who tabs through them.
        self.adders: list[AddLayerButton] = []
        self.layers: list[HiddenHeader] = []
        for index in range(MAXIMUM_LAYERS):
            adder, layer = AddLayerButton(index, self), HiddenHeader(index, self)
            adder.wanted.connect(self._add_layer)
            layer.changed.connect(self.changed)
            layer.refused.connect(self.refused)
            self.adders.append(adder)
            self.layers.append(layer)
        self.output = LayerHeader(self, is_output=True)
        self.output.activation_wanted.connect(self._choose_output)
        self.output.alpha_wanted.connect(self._set_output_alpha)
        self.output.bias_wanted.connect(self._set_output_bias)
        self.output.units_wanted.connect(partial(self.changed.emit, "network.output_units"))
        self.output.hint.connect(self.refused)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        for adder in self.adders:
            adder.set_theme(theme)
        for header in (*self.layers, self.output):
            header.set_theme(theme)
        self.update()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the layers of ``experiment``."""
        hidden = experiment.network.hidden
        self._hidden = len(hidden)
        for index, header in enumerate(self.layers):
            header.setVisible(index < self._hidden)
            self.adders[index].setVisible(index <= self._hidden < MAXIMUM_LAYERS)
            if index < self._hidden:
                header.show_hidden(index, hidden[index])
        data, loss = experiment.data, experiment.training.loss
        reasons = ((entry.name, unfit_output(data.task, loss, entry.name)) for entry in ACTIVATIONS)
        self.output.show_output(
            experiment.network.output,
            {name: reason for name, reason in reasons if reason is not None},
            output_units(data.task, data.classes),
        )

    def place(self, arrangement: Arrangement) -> None:
        """Put every header above its column and the buttons between them."""
        self.setGeometry(0, 0, round(arrangement.width), round(arrangement.top))
        self._input_x = arrangement.columns[0]
        scale = self._theme.text_scale
        width, height = round(arrangement.header_width), round(arrangement.top)
        for header, x in zip(self.layers, arrangement.columns[1:-1], strict=False):
            header.set_title_inset(arrangement.title_inset)
            header.setGeometry(round(x - width / 2.0), 0, width, height)
        edge = 2.0 * (arrangement.width - arrangement.columns[-1]) - 10.0
        own = round(min(max(62.0 * scale, min(84.0 * scale, width)), edge))
        self.output.setGeometry(round(arrangement.columns[-1] - own / 2.0), 0, own, height)
        side = round(ADD_BUTTON * min(scale, 1.25))
        for index in range(min(self._hidden + 1, MAXIMUM_LAYERS)):
            middle = (arrangement.columns[index] + arrangement.columns[index + 1]) / 2.0
            y = HEADER_MARGIN + (TITLE_ROW * scale - side) / 2.0
            self.adders[index].raise_()
            self.adders[index].setGeometry(round(middle - side / 2.0), round(y), side, side)
        last = self.adders[min(self._hidden, MAXIMUM_LAYERS - 1)]
        covered = last.x() + side + 2.0 - self.output.x() if self._hidden < MAXIMUM_LAYERS else 0.0
        self.output.set_title_start(max(0.0, covered))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the title of the features; everything else are children."""
        title = QRectF(0.0, HEADER_MARGIN, 80.0 * self._theme.text_scale, TITLE_ROW * self._theme.text_scale)
        title.moveLeft(self._input_x - title.width() / 2.0)
        align = Qt.AlignmentFlag.AlignCenter
        adder = self.adders[0]
        font = sized(self.font(), self._theme, 11.0)
        if (
            adder.isVisibleTo(self)
            and self._input_x + QFontMetricsF(font).horizontalAdvance("Inputs") / 2.0 > adder.x()
        ):
            # In narrow columns it moves aside for the button that adds a layer.
            title.setRight(adder.x() - 2.0)
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        with QPainter(self) as painter:
            painter.setPen(color(self._theme.muted))
            painter.setFont(font)
            painter.drawText(title, align, "Inputs")

    def _add_layer(self, index: int) -> None:
        self.changed.emit("network.add_layer", index)

    def _set_output_alpha(self, alpha: float) -> None:
        self.changed.emit("network.layer_alpha", (self._hidden, alpha))

    def _set_output_bias(self, wanted: bool) -> None:
        self.changed.emit("network.layer_bias", (self._hidden, wanted))

    def _choose_output(self, name: str) -> None:
        self.changed.emit("network.layer_activation", (self._hidden, name))
