"""Experiments and gestures that the tests of several views share."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.experiment import Experiment, Layer, Network, Output
from engine.parameters import Layout, layout


def network(
    *hidden: int,
    features: tuple[str, ...] = ("x1", "x2"),
    activation: str = "tanh",
    bias: bool = True,
    outputs: int = 1,
) -> Network:
    """Return a network with hidden layers of these sizes."""
    layers = tuple(Layer(units=units, activation=activation, bias=bias) for units in hidden)
    return Network(features=features, hidden=layers, output=Output(bias=bias, units=outputs))


def experiment(*hidden: int, features: tuple[str, ...] = ("x1", "x2"), activation: str = "tanh") -> Experiment:
    """Return an experiment with hidden layers of these sizes."""
    return Experiment(network=network(*hidden, features=features, activation=activation))


def shape(*hidden: int, features: tuple[str, ...] = ("x1", "x2"), bias: bool = True, outputs: int = 1) -> Layout:
    """Return the layout of such a network."""
    return layout(network(*hidden, features=features, bias=bias, outputs=outputs))


def hover(widget: QWidget, x: float, y: float) -> None:
    """Move the mouse to (x, y) of ``widget``; QTest.mouseMove would do nothing while the window has no cursor."""
    point = QPointF(x, y)
    none = Qt.MouseButton.NoButton
    kind = QMouseEvent.Type.MouseMove
    move = QMouseEvent(kind, point, widget.mapToGlobal(point), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, move)
