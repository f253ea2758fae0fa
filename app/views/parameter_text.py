"""Names of units and parameters as people read them, and numbers as people read them. Pure text."""

import bisect
import math
from typing import NamedTuple

from engine.features import FEATURES
from engine.parameters import Layout
from engine.symbols import subscript as subscript

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Place(NamedTuple):
    """Where a parameter belongs: ``source`` is the place of the weight's input in its layer, −1 for a bias."""

    layer: int
    target: int
    source: int

    @property
    def is_bias(self) -> bool:
        """Whether it is a bias."""
        return self.source < 0


class UnitPlace(NamedTuple):
    """Where a unit belongs: layer −1 are the features."""

    layer: int
    number: int


def place_of(layout: Layout, index: int) -> Place:
    """Return where the parameter ``index`` of the flat vector belongs."""
    layer = bisect.bisect_right([shape.weights_start for shape in layout.layers], index) - 1
    shape = layout.layers[layer]
    if shape.bias_start >= 0 and index >= shape.bias_start:
        return Place(layer, index - shape.bias_start, -1)
    target, source = divmod(index - shape.weights_start, shape.inputs)
    return Place(layer, target, source)


def index_of(layout: Layout, place: Place) -> int:
    """Return where the parameter at ``place`` lies in the flat vector, or −1 for a bias that does not exist."""
    shape = layout.layers[place.layer]
    if place.is_bias:
        return shape.bias_start + place.target if shape.bias_start >= 0 else -1
    return shape.weights_start + place.target * shape.inputs + place.source


def unit_place(layout: Layout, unit: int) -> UnitPlace:
    """Return the layer of the unit numbered ``unit`` and its place in it."""
    layer, rest = -1, unit
    for size in (len(layout.features), *(shape.outputs for shape in layout.layers)):
        if rest < size:
            break
        layer, rest = layer + 1, rest - size
    return UnitPlace(layer, rest)


def layer_name(layout: Layout, layer: int) -> str:
    """Return “layer 2”, “the output layer” or “the inputs”."""
    if layer < 0:
        return "the inputs"
    return "the output layer" if layer == len(layout.layers) - 1 else f"layer {layer + 1}"


def unit_name(layout: Layout, layer: int, number: int) -> str:
    """Return how a unit is called in a sentence: “x₁”, “unit 2 of layer 1”, “the output”."""
    if layer < 0:
        return FEATURES[layout.features[number]].label
    if layer == len(layout.layers) - 1:
        return "the output" if layout.layers[layer].outputs == 1 else f"output {number + 1}"
    return f"unit {number + 1} of layer {layer + 1}"


def input_symbol(layout: Layout, layer: int, source: int) -> str:
    """Return the symbol of what ``layer`` gets from its input ``source``: x₁ from a feature, a₁ from a unit."""
    return FEATURES[layout.features[source]].label if layer == 0 else f"a{subscript(source + 1)}"


def symbol(place: Place) -> str:
    """Return w₂₁ (to unit 2, from unit 1) or b₂."""
    return f"b{subscript(place.target + 1)}" if place.is_bias else f"w{subscript(place.target + 1, place.source + 1)}"


def connection(layout: Layout, place: Place) -> str:
    """Return what a parameter connects: “from x₁ to unit 2 of layer 1”, or “of unit 2 of layer 1” for a bias."""
    target = unit_name(layout, place.layer, place.target)
    if place.is_bias:
        return f"of {target}"
    return f"from {unit_name(layout, place.layer - 1, place.source)} to {target}"


def title(place: Place) -> str:
    """Return “Weight w₂₁” or “Bias b₂”."""
    return f"{'Bias' if place.is_bias else 'Weight'} {symbol(place)}"


def number_text(value: float, decimals: int = 3) -> str:
    """Return ``value`` with a true minus sign; powers of ten where decimals would hide it."""
    if math.isnan(value):
        return "not a number"
    sign, size = "−" if value < 0.0 else "", abs(value)
    if math.isinf(size):
        return f"{sign}∞"
    if size == 0.0:
        return "0"
    if 0.1 ** (decimals - 1) <= size < 9999.5:
        return f"{sign}{size:.{max(0, min(decimals, 4 - len(str(int(size)))))}f}"
    mantissa, exponent = f"{size:.1e}".split("e")
    return f"{sign}{mantissa}·10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def short_number(value: float) -> str:
    """Return ``value`` for a scale: no superfluous zeros."""
    sign, size = "−" if value < 0.0 else "", abs(value)
    if size == 0.0 or 0.01 <= size < 9999.5:
        return f"{sign}{size:.4g}"
    return number_text(value).replace(".0·", "·")
