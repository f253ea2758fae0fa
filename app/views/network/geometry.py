"""Where everything of the network is: pure layout on plain numbers, no Qt.

The view has three bands: a header with each layer's controls, the canvas with units and edges, a footer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.experiment import MAXIMUM_LAYERS
from engine.features import FEATURES
from engine.parameters import Layout

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

TITLE_ROW, CONTROL_ROW = 19.0, 21.0
HEADER_MARGIN = 6.0
FOOTER = 34.0
LABEL_WIDTH = 42.0
OUTPUT_LABEL = 18.0
DROPOUT_ROW = 14.0
MARGIN = 12.0
# How large a unit may be: the first in a small view, and as much of a high one, up to the last. Between the points of
# its field values are interpolated, not colors, so that it looks sharp at almost twice their number.
LARGEST_UNIT, SHARE_OF_HEIGHT, LARGEST_IN_HIGH_VIEW = 54.0, 0.155, 96.0
LARGEST_HEADER = 128.0
ADD_BUTTON = 15.0


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Positions in widget pixels; a unit is a square around its center.

    Attributes:
        width, height: of the whole view.
        top, bottom: of the canvas between header and footer.
        columns: x of the features, each hidden layer and the output.
        pitch: from one column to the next.
        unit_x, unit_y, unit_size: of every unit of the layout.
        slot_y, slot_size: of all features that there are, in the order of their family, at ``columns[0]``.
        slot_unit: the number of the unit that each feature is, −1 for one that is switched off.
        bias_x, bias_y, bias_radius: of every bias.
        bias_index, bias_unit: its place in the flat vector, and its unit.
        edge_x0 … edge_y1: ends of every edge, left end first.
        edge_index: of the weight in the flat vector, ascending.
        edge_source, edge_target: the units it connects.
        edge_width: how wide the edge may be at most.
    """

    width: float
    height: float
    top: float
    bottom: float
    columns: tuple[float, ...]
    pitch: float
    unit_x: Floats
    unit_y: Floats
    unit_size: Floats
    slot_y: Floats
    slot_size: Floats
    slot_unit: Integers
    bias_x: Floats
    bias_y: Floats
    bias_radius: Floats
    bias_index: Integers
    bias_unit: Integers
    edge_x0: Floats
    edge_y0: Floats
    edge_x1: Floats
    edge_y1: Floats
    edge_index: Integers
    edge_source: Integers
    edge_target: Integers
    edge_width: Floats

    @property
    def header_width(self) -> float:
        """How wide the controls of one layer may be."""
        return min(LARGEST_HEADER, self.pitch - 4.0)

    @property
    def title_inset(self) -> float:
        """How far a layer's title stays away from both ends: buttons that add a layer may stand there."""
        gap = ADD_BUTTON + 1.0 if len(self.columns) < MAXIMUM_LAYERS + 2 else 0.0
        return max(0.0, (gap - (self.pitch - self.header_width)) / 2.0)

    def edge_of(self, index: int) -> int:
        """Return the place among the edges of the weight ``index`` of the flat vector, −1 if there is none."""
        place = int(np.searchsorted(self.edge_index, index))
        return place if place < len(self.edge_index) and self.edge_index[place] == index else -1

    def bias_of(self, index: int) -> int:
        """Return the place among the biases of the bias ``index`` of the flat vector, −1 if there is none."""
        place = int(np.searchsorted(self.bias_index, index))
        return place if place < len(self.bias_index) and self.bias_index[place] == index else -1


def header_height(text_scale: float) -> float:
    """Return the height of the header: a row of titles and two of controls."""
    return HEADER_MARGIN + (TITLE_ROW + 2.0 * CONTROL_ROW) * text_scale + 6.0


def arrange(layout: Layout, width: float, height: float, text_scale: float = 1.0) -> Arrangement:
    """Return where the network ``layout`` is drawn in a view of ``width`` × ``height`` pixels."""
    top = header_height(text_scale)
    bottom = max(height - FOOTER * text_scale, top + 40.0)
    hidden = len(layout.layers) - 1
    # What is written above the first unit of a layer with dropout needs a row of its own.
    above = DROPOUT_ROW * text_scale if any(shape.dropout for shape in layout.layers) else 0.0
    room, middle = bottom - top - above, (top + above + bottom) / 2.0

    largest_unit = min(max(LARGEST_UNIT, SHARE_OF_HEIGHT * room), LARGEST_IN_HIGH_VIEW)
    slot = min(0.82 * room / len(FEATURES), largest_unit * 0.86)
    left = MARGIN + LABEL_WIDTH * text_scale + slot / 2.0 + 6.0
    output = min(1.3 * largest_unit, 0.3 * room, 0.11 * width + 8.0)
    outputs = layout.layers[-1].outputs
    labels = OUTPUT_LABEL * text_scale if outputs > 1 else 0.0
    # The labels of several outputs stand at their right, where the controls above may leave room anyway.
    largest_output = min(output, 0.84 * room / outputs)
    beside = max(max(output, 62.0 * text_scale) / 2.0 + MARGIN, largest_output / 2.0 + MARGIN / 2.0 + labels)
    right = max(width - beside, left + 60.0)
    pitch = (right - left) / (hidden + 1)
    columns = tuple(left + pitch * number for number in range(hidden + 2))

    active = {name: number for number, name in enumerate(layout.features)}
    slot_unit = np.array([active.get(feature.name, -1) for feature in FEATURES], dtype=np.intp)
    slot_size = np.where(slot_unit >= 0, slot, 0.66 * slot)
    slot_y = _rows(len(FEATURES), room / len(FEATURES), middle)

    unit_x, unit_y, unit_size = (np.empty(layout.unit_count) for _ in range(3))
    on = slot_unit >= 0
    unit_x[slot_unit[on]] = left
    unit_y[slot_unit[on]] = slot_y[on]
    unit_size[slot_unit[on]] = slot_size[on]
    widest = max(6.0, min(largest_unit, 0.5 * pitch, room / 5.5))
    for number, shape in enumerate(layout.layers):
        is_output = number == hidden
        largest = max(6.0, min(output, 0.8 * pitch)) if is_output else widest
        row = min(room / shape.outputs, 1.65 * largest)
        place = slice(layout.first_unit(number), layout.first_unit(number) + shape.outputs)
        unit_x[place] = columns[number + 1]
        unit_y[place] = _rows(shape.outputs, row, middle)
        unit_size[place] = min(largest, row - max(2.0, 0.16 * row))

    biases, edges = [], []
    for number, shape in enumerate(layout.layers):
        targets = np.arange(layout.first_unit(number), layout.first_unit(number) + shape.outputs)
        sources = np.arange(layout.first_unit(number - 1), layout.first_unit(number - 1) + shape.inputs)
        index = np.arange(shape.weights.start, shape.weights.stop)
        edges.append(np.stack((index, np.tile(sources, shape.outputs), np.repeat(targets, shape.inputs))))
        if shape.bias_start >= 0:
            biases.append(np.stack((np.arange(shape.biases.start, shape.biases.stop), targets)))
    edge_index, source, target = np.concatenate(edges, axis=1)
    bias_index, bias_unit = np.concatenate(biases, axis=1) if biases else np.empty((2, 0), dtype=np.intp)
    half = unit_size / 2.0
    radius = np.clip(0.1 * unit_size[bias_unit], 1.6, 6.5)
    return Arrangement(
        width=width,
        height=height,
        top=top,
        bottom=bottom,
        columns=columns,
        pitch=pitch,
        unit_x=unit_x,
        unit_y=unit_y,
        unit_size=unit_size,
        slot_y=slot_y,
        slot_size=slot_size,
        slot_unit=slot_unit,
        bias_x=unit_x[bias_unit] - half[bias_unit] + 0.4 * radius,
        bias_y=unit_y[bias_unit] + half[bias_unit] - 0.4 * radius,
        bias_radius=radius,
        bias_index=bias_index.astype(np.intp),
        bias_unit=bias_unit.astype(np.intp),
        edge_x0=unit_x[source] + half[source],
        edge_y0=unit_y[source],
        edge_x1=unit_x[target] - half[target],
        edge_y1=unit_y[target],
        edge_index=edge_index.astype(np.intp),
        edge_source=source.astype(np.intp),
        edge_target=target.astype(np.intp),
        edge_width=np.clip(0.125 * np.minimum(unit_size[source], unit_size[target]), 1.4, 6.0),
    )


def _rows(count: int, pitch: float, middle: float) -> Floats:
    rows: Floats = middle + (np.arange(count, dtype=np.float64) - (count - 1) / 2.0) * pitch
    return rows
