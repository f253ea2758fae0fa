"""What a layer's activation does, its α, and the layer's biases and dropout: in a popover below its header."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.panels.limits import limits
from app.widgets.entry_curves import activation_curve
from app.widgets.entry_settings import EntrySettings
from app.widgets.slider_field import SliderField
from app.widgets.teach import teach
from engine.activations import ACTIVATIONS
from engine.experiment import Layer, Output

SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class LayerSettings(EntrySettings):
    """The settings of one layer; ``changed`` brings (“alpha”, α), the others a dropout and whether there are biases."""

    dropout_wanted = Signal(float)
    bias_wanted = Signal(bool)

    def __init__(self, parent: QWidget, *, is_output: bool) -> None:
        super().__init__(parent, "z is what a unit adds up, a what it makes of it, f' the slope.", activation_curve)
        remark = "Each training step leaves out this share of the layer's units; in use, all of them count."
        self.dropout = SliderField(limits(Layer, "dropout", "Dropout", remark), SHARES)
        self.dropout.committed.connect(self.dropout_wanted)
        self.dropout.problem.connect(self._say)
        self.bias = QCheckBox("&Biases")
        teach(self.bias, "Every unit adds a number of its own to its sum; without it, z is 0 where all inputs are 0.")
        # Not “toggled”: that would also come when the box only follows the experiment.
        self.bias.clicked.connect(self.bias_wanted)
        self.column.insertWidget(self.column.indexOf(self.problem_text), self.bias)
        self.column.insertWidget(self.column.indexOf(self.problem_text), self.dropout)
        self.dropout.setVisible(not is_output)

    def show_layer(self, owner: str, layer: Layer | Output) -> None:
        """Show what ``layer`` is made of, quietly."""
        entry = ACTIVATIONS[layer.activation]
        self.show_entry(entry, {} if layer.alpha is None else {"alpha": layer.alpha})
        self.title.setText(f"{owner}: {entry.label}")
        for field in self.fields.values():
            # Made later, but above.
            self.setTabOrder(field, self.bias)
            self.setTabOrder(self.bias, self.dropout.field)
            self.setTabOrder(self.dropout.field, self.dropout.slider)
        self.bias.setChecked(layer.bias)
        if isinstance(layer, Layer):
            self.dropout.set_value(layer.dropout)
