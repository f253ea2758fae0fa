"""What is said about the parameter that is pointed at: in one sentence, and shorter where there is little room."""

from app.frame import Frame
from app.views.parameter_text import connection, place_of, symbol, title
from app.views.quantities import GRADIENTS, UPDATES, WEIGHTS, value_text
from engine.parameters import Layout


def sentence_of(layout: Layout, frame: Frame | None, index: int) -> str:
    """Return name, place and all three numbers of the parameter ``index``; nothing for a negative index."""
    if index < 0:
        return ""
    place = place_of(layout, index)
    text = f"{title(place)} {connection(layout, place)}"
    if frame is None:
        return f"{text}."
    value, gradient, update = (value_text(frame, quantity, index) for quantity in (WEIGHTS, GRADIENTS, UPDATES))
    return f"{text}: value {value}, gradient {gradient}, last update {update}."


def names_of(layout: Layout, frame: Frame | None, index: int, quantity: str) -> tuple[str, ...]:
    """Return ways to name the parameter ``index``, the longest first; the short ones bring only ``quantity``."""
    if index < 0:
        return ()
    place = place_of(layout, index)
    if frame is None:
        return (sentence_of(layout, frame, index), title(place), symbol(place))
    number = value_text(frame, quantity, index)
    return (
        sentence_of(layout, frame, index),
        f"{title(place)} {connection(layout, place)}: {number}",
        f"{title(place)}: {number}",
        f"{symbol(place)}: {number}",
    )
