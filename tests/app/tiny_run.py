"""A run that is over in no time, and its moment in the window."""

from app.frame import Frame
from app.window import Window
from engine.experiment import Data, Experiment, Generated, Layer, Network

TINY = Experiment(data=Data(source=Generated("circle", 40)), network=Network(hidden=(Layer(units=2),)))


def frame_of(window: Window) -> Frame:
    """Return the frame that ``window`` shows."""
    assert window.session.frame is not None
    return window.session.frame
