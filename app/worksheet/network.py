"""The network as a picture for paper: SVG that browsers and Qt both draw. No Qt."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

import msgspec
import numpy as np

from app.stepping.formula.numbers import text as number_text
from app.theme import LIGHT, RGB
from app.views.parameter_text import subscript
from engine.features import FEATURES
from engine.parameters import Layout
from engine.trace import Trace

# With no more weights than this, each is written on its edge.
MOST_LABELS = 30
# Of a wide layer the first units are drawn, and of a deep network the first layers and the output.
MOST_UNITS, MOST_LAYERS = 6, 6
LABEL = 15.0
RADIUS, ROW, COLUMN, MARGIN = 17.0, 62.0, 165.0, 34.0
# How far below the middle of its unit the baseline of a bias lies.
BIAS = 30.0
# How far along its edge a weight stands, the best first; the first place where it lies on no other is taken.
PLACES = (0.3, 0.36, 0.42, 0.24, 0.48, 0.54, 0.6, 0.66, 0.72, 0.2, 0.78, 0.82)
FONT = "Helvetica, Arial, sans-serif"


class Drawing(msgspec.Struct, frozen=True):
    """A picture: SVG of ``width`` by ``height``; ``note`` says what is left out, or is empty."""

    svg: str
    width: float
    height: float
    note: str = ""


class _Column(msgspec.Struct, frozen=True):
    """A layer as it is drawn: which (−1: the inputs), its units, whether there are more, and its names above."""

    layer: int
    x: float
    units: tuple[int, ...]
    has_more: bool
    title: str


class _Label(msgspec.Struct, frozen=True):
    """A weight on its edge: where its middle is, and how wide it is."""

    x: float
    y: float
    width: float
    svg: str

    def is_hit(self, x: float, y: float, width: float) -> bool:
        """Return whether a label there would lie on this one."""
        return abs(x - self.x) < (width + self.width) / 2.0 and abs(y - self.y) < LABEL


def drawing(trace: Trace) -> Drawing:
    """Return the network of ``trace`` with its weights before the step."""
    layout = trace.layout
    columns, skipped = _columns(layout)
    rows = max(len(column.units) + column.has_more for column in columns)
    width, height = 2.0 * MARGIN + columns[-1].x + 40.0, 2.0 * MARGIN + rows * ROW
    has_labels = layout.parameter_count <= MOST_LABELS
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FONT}" role="img" aria-label="{escape(_spoken(layout))}">'
    ]
    before = trace.update.before
    largest = float(np.max(np.abs(np.nan_to_num(before)), initial=0.0)) or 1.0
    # Biases stand below their units; no weight may lie on them.
    places = [_place(column, unit, height) for column in columns[1:] for unit in column.units]
    labels = [_Label(x, y + BIAS - 4.0, 66.0, "") for x, y in places]
    for left, right in pairwise(columns):
        if right.layer != left.layer + 1:
            parts.append(_text((left.x + right.x) / 2.0 + MARGIN, height / 2.0, "…", 22.0, LIGHT.muted))
            continue
        weights = layout.weights(before, right.layer)
        for target in right.units:
            for source in left.units:
                edge = (*_place(left, source, height), *_place(right, target, height))
                value = float(weights[target, source])
                parts.append(_edge(edge, value, largest))
                if has_labels:
                    labels.append(_label(edge, value, labels))
    parts += [label.svg for label in labels]
    for column in columns:
        parts += _units(trace, column, height, has_labels)
    note = _note(has_labels, skipped, any(column.has_more for column in columns))
    return Drawing("".join([*parts, "</svg>"]), width, height, note)


def _columns(layout: Layout) -> tuple[list[_Column], bool]:
    last = len(layout.layers) - 1
    layers = [-1, *range(last + 1)]
    is_deep = len(layers) > MOST_LAYERS
    if is_deep:
        layers = [*layers[: MOST_LAYERS - 1], last]
    columns = []
    for place, layer in enumerate(layers):
        count = len(layout.features) if layer < 0 else layout.layers[layer].outputs
        title = "inputs" if layer < 0 else "output" if layer == last else f"layer {layer + 1}"
        shown = tuple(range(min(count, MOST_UNITS)))
        columns.append(_Column(layer, place * COLUMN + RADIUS, shown, count > MOST_UNITS, title))
    return columns, is_deep


def _place(column: _Column, unit: int, height: float) -> tuple[float, float]:
    rows = len(column.units) + column.has_more
    return column.x + MARGIN, height / 2.0 + (unit - (rows - 1) / 2.0) * ROW + 8.0


def _units(trace: Trace, column: _Column, height: float, has_labels: bool) -> list[str]:
    layout, parts = trace.layout, [_text(column.x + MARGIN, 14.0, column.title, 11.0, LIGHT.muted)]
    for unit in column.units:
        x, y = _place(column, unit, height)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS:g}" fill="white" stroke="{_css(LIGHT.text)}" '
            f'stroke-width="1.4"/>'
        )
        if column.layer < 0:
            name = FEATURES[layout.features[unit]].label
        elif column.layer == len(layout.layers) - 1:
            name = "ŷ" + (subscript(unit + 1) if layout.layers[-1].outputs > 1 else "")
        else:
            name = f"a{subscript(unit + 1)}"
        parts.append(_text(x, y + 4.5, name, 13.0 if len(name) < 4 else 9.0, LIGHT.text))
        if has_labels and column.layer >= 0 and layout.layers[column.layer].bias_start >= 0:
            bias = float(layout.biases(trace.update.before, column.layer)[unit])
            parts.append(
                _text(x, y + RADIUS + 13.0, f"b{subscript(unit + 1)} = {number_text(bias, 4)}", 10.0, LIGHT.text)
            )
    if column.has_more:
        x, y = _place(column, len(column.units), height)
        parts.append(_text(x, y + 5.0, "⋮", 20.0, LIGHT.muted))
    return parts


def _edge(edge: tuple[float, float, float, float], value: float, largest: float) -> str:
    x1, y1, x2, y2 = edge
    length = float(np.hypot(x2 - x1, y2 - y1))
    dx, dy = (x2 - x1) / length * RADIUS, (y2 - y1) / length * RADIUS
    share = min(abs(value) / largest, 1.0) if np.isfinite(value) else 1.0
    ink = LIGHT.positive if value >= 0.0 else LIGHT.negative
    # The sign is told by the form as well: a negative weight is dashed.
    dashes = ' stroke-dasharray="6 4"' if value < 0.0 else ""
    return (
        f'<line x1="{x1 + dx:.1f}" y1="{y1 + dy:.1f}" x2="{x2 - dx:.1f}" y2="{y2 - dy:.1f}" stroke="{_css(ink)}" '
        f'stroke-width="{0.6 + 2.2 * share:.2f}"{dashes}/>'
    )


def _label(edge: tuple[float, float, float, float], value: float, others: Sequence["_Label"]) -> "_Label":
    x1, y1, x2, y2 = edge
    written = number_text(value, 4)
    width = 6.2 * len(written) + 6.0
    places = [(x1 + share * (x2 - x1), y1 + share * (y2 - y1)) for share in PLACES]
    free = [(x, y) for x, y in places if not any(other.is_hit(x, y, width) for other in others)]
    x, y = (free or places)[0]
    ground = (
        f'<rect x="{x - width / 2.0:.1f}" y="{y - LABEL / 2.0:.1f}" width="{width:.1f}" height="{LABEL:g}" '
        f'fill="white" rx="3"/>'
    )
    return _Label(x, y, width, ground + _text(x, y + 3.5, written, 11.0, LIGHT.text))


def _text(x: float, y: float, text: str, size: float, ink: RGB) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="middle" fill="{_css(ink)}">'
        f"{escape(text)}</text>"
    )


def _css(ink: RGB) -> str:
    return f"#{ink[0]:02x}{ink[1]:02x}{ink[2]:02x}"


def _spoken(layout: Layout) -> str:
    sizes = [len(layout.features), *(layer.outputs for layer in layout.layers)]
    return f"The network, from the inputs to the output: {', '.join(map(str, sizes))} units"


def _note(has_labels: bool, is_deep: bool, is_wide: bool) -> str:
    notes = ["Blue lines are positive weights, orange dashed ones negative."]
    if not has_labels:
        notes.append("Of so many weights only those that are used below are written out.")
    if is_deep or is_wide:
        what = " and ".join(name for name, holds in (("layers", is_deep), ("units", is_wide)) if holds)
        notes.append(f"Not all {what} are drawn.")
    return " ".join(notes)
