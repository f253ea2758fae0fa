"""Where the numbers of a stage are written: beside units and on edges, over nothing that one wants to see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from app.frame import Array
from app.stepping.records import Link
from app.views.network.geometry import OUTPUT_LABEL, Arrangement
from app.views.network.stage import Stage
from app.views.parameter_text import place_of
from engine.parameters import Layout

PADDING_X, PADDING_Y, GAP = 4.0, 0.5, 3.0
# How far along their edge labels may stand, the best first: in the middle, then nearer to the ends.
PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
_WAYS = np.array(PLACES)
# Where a label would cover something with more than that share of itself, there is no room for it.
MOST_COVERED = 0.06


@dataclass(frozen=True)
class PlacedLabel:
    """A label in its place: ``box`` in widget pixels, one row for each of ``texts``."""

    link: Link
    texts: tuple[str, ...]
    focused: bool
    box: QRectF


@dataclass(frozen=True)
class Wish:
    """A label that wants a place."""

    link: Link
    texts: tuple[str, ...]
    focused: bool

    @property
    def shortened(self) -> "Wish":
        """The same without names: only numbers."""
        return replace(self, texts=tuple(text.rpartition("= ")[2] for text in self.texts[-1:]))


class LabelPlacer:
    """Finds a place for one label after the other.

    Args:
        arrangement, layout: where everything is, and what it is.
        metrics: of the letters.
        text_scale: of the theme.
    """

    def __init__(self, arrangement: Arrangement, layout: Layout, metrics: QFontMetricsF, text_scale: float) -> None:
        self._a, self._layout, self._metrics, self._scale = arrangement, layout, metrics, text_scale
        self._taken = self._obstacles()
        self._placed: list[PlacedLabel] = []

    def place(self, stage: Stage) -> tuple[PlacedLabel, ...]:
        """Return the labels of ``stage`` that find room, what one looks at first; the unit itself always does."""
        labels = [
            Wish(link, texts, focused) for (link, texts), focused in zip(stage.labels, stage.focused, strict=True)
        ]
        for wish in labels:
            if wish.link.unit in stage.active:
                self._put(wish, self._beside_unit, is_forced=True)
        self._place_parameters([wish for wish in labels if wish.link.unit < 0 and wish.focused])
        for wish in labels:
            if wish.link.unit >= 0 and wish.link.unit not in stage.active:
                self._put(wish, self._beside_unit)
        self._place_parameters([wish for wish in labels if wish.link.unit < 0 and not wish.focused])
        return tuple(self._placed)

    def _place_parameters(self, wishes: Sequence[Wish]) -> None:
        layers: dict[int, list[Wish]] = {}
        for wish in wishes:
            if self._a.edge_of(wish.link.parameter) >= 0:
                layers.setdefault(place_of(self._layout, wish.link.parameter).layer, []).append(wish)
        for group in layers.values():
            self._put_edges(group)
        for wish in wishes:
            if self._a.bias_of(wish.link.parameter) >= 0:
                self._put(wish, self._beside_bias)

    def _obstacles(self) -> Array:
        """Return the boxes (left, top, right, bottom) of units, features, and what is written beside them."""
        a = self._a
        half = a.unit_size / 2.0
        boxes = [np.column_stack((a.unit_x - half, a.unit_y - half, a.unit_x + half, a.unit_y + half))]
        slot = a.slot_size / 2.0
        left = np.zeros(len(slot))
        boxes.append(np.column_stack((left, a.slot_y - slot, a.columns[0] + slot, a.slot_y + slot)))
        outputs = self._layout.layers[-1].outputs
        if outputs > 1:
            right = (a.unit_x + half)[-outputs:]
            width = OUTPUT_LABEL * self._scale + GAP
            boxes.append(np.column_stack((right, a.unit_y[-outputs:] - 8.0, right + width, a.unit_y[-outputs:] + 8.0)))
        for number, shape in enumerate(self._layout.layers):
            if shape.dropout:
                # The share is written above the first unit.
                first = self._layout.first_unit(number)
                x, top = float(a.unit_x[first]), float(a.unit_y[first] - half[first])
                reach, high = 0.5 * a.pitch, 9.0 * self._scale
                boxes.append(np.array([[x - reach, top - high, x + reach, top]]))
        return np.concatenate(boxes)

    def _size(self, texts: Sequence[str]) -> tuple[float, float]:
        width = max(self._metrics.horizontalAdvance(text) for text in texts)
        height = self._metrics.ascent() + self._metrics.descent()
        return width + 2.0 * PADDING_X * self._scale, len(texts) * height + 2.0 * PADDING_Y

    def _beside_unit(self, wish: Wish) -> Array:
        """Return where the label of a unit may be: below, above, at its corners, left and right of it."""
        a, unit = self._a, wish.link.unit
        width, height = self._size(wish.texts)
        x, y, half = float(a.unit_x[unit]), float(a.unit_y[unit]), float(a.unit_size[unit]) / 2.0
        right, left = x + half + GAP, x - half - GAP - width
        corners = [(side, y + shift) for side in (right, left) for shift in (-height - 1.0, 1.0)]
        shifted = [(x - width / 2.0 + shift, y + half + 1.0) for shift in (0.0, half, -half)]
        above = [(x - width / 2.0 + shift, y - half - 1.0 - height) for shift in (0.0, half, -half)]
        beside = [(right, y - height / 2.0), (left, y - height / 2.0)]
        # A feature's row is as high as it is: there is room only at its right.
        order = [*beside[:1], *corners] if unit < len(self._layout.features) else [*shifted, *above, *corners, *beside]
        order.append((x - width / 2.0, y + half - height))
        return _boxes(order, width, height)

    def _beside_bias(self, wish: Wish) -> Array:
        """Return where the label of a bias may be: left of its dot, below or above the edges that arrive there."""
        a, number = self._a, self._a.bias_of(wish.link.parameter)
        width, height = self._size(wish.texts)
        x, y, reach = float(a.bias_x[number]), float(a.bias_y[number]), float(a.bias_radius[number])
        left = x - reach - GAP - width
        places = [(left, y + shift * height) for shift in (-0.5, 0.0, 0.6, -1.2, 1.2)]
        places += [
            (x - width + reach, y + reach + 1.0),
            (left - 0.6 * width, y),
            (left - 0.6 * width, y + 0.8 * height),
        ]
        return _boxes(places, width, height)

    def _on_edge(self, wish: Wish) -> Array:
        """Return where the label of an edge may be: on it, in the order of PLACES, then just above and below it."""
        width, height = self._size(wish.texts)
        a, edge = self._a, self._a.edge_of(wish.link.parameter)
        x = a.edge_x0[edge] + (a.edge_x1[edge] - a.edge_x0[edge]) * _WAYS
        y = a.edge_y0[edge] + (a.edge_y1[edge] - a.edge_y0[edge]) * _WAYS * _WAYS * (3.0 - 2.0 * _WAYS)
        on = np.column_stack((x - width / 2.0, y - height / 2.0))
        return _boxes(
            np.concatenate([on + np.array((0.0, shift * height)) for shift in (0.0, -0.6, 0.6)]), width, height
        )

    def _put_edges(self, group: Sequence[Wish]) -> None:
        """Place the labels of one layer's edges: all at the same place of their edges if that is free everywhere."""
        for wishes in (group, [wish.shortened for wish in group]):
            ways = np.stack([self._on_edge(wish) for wish in wishes])
            for number in range(len(PLACES)):
                if self._are_free(ways[:, number]):
                    for wish, box in zip(wishes, ways[:, number], strict=True):
                        self._take(wish, box)
                    return
        for wish in group:
            self._put(wish, self._on_edge)

    def _put(self, wish: Wish, ways: Callable[[Wish], Array], *, is_forced: bool = False) -> None:
        """Place a label where it covers next to nothing, without names if need be; else leave it out."""
        best, least = (wish, np.zeros(4)), np.inf
        for each in (wish, wish.shortened):
            boxes = self._inside(ways(each))
            covered = self._covered(boxes)
            number = int(np.argmax(covered <= MOST_COVERED))
            if covered[number] <= MOST_COVERED:
                self._take(each, boxes[number])
                return
            number = int(np.argmin(covered))
            if covered[number] < least:
                best, least = (each, boxes[number]), float(covered[number])
        if is_forced:
            self._take(*best)

    def _take(self, wish: Wish, box: Array) -> None:
        left, top, right, bottom = box.tolist()
        place = QRectF(left, top, right - left, bottom - top)
        self._placed.append(PlacedLabel(wish.link, wish.texts, wish.focused, place))
        self._taken = np.vstack((self._taken, box))

    def _inside(self, boxes: Array) -> Array:
        """Return ``boxes``, moved into the canvas where they lie partly outside."""
        a, size = self._a, boxes[:, 2:] - boxes[:, :2]
        corners = np.minimum(boxes[:, :2], (a.width - 1.0, a.bottom - 1.0) - size)
        corners = np.maximum(corners, (1.0, a.top + 1.0))
        return np.column_stack((corners, corners + size))

    def _covered(self, boxes: Array) -> Array:
        """Return which share of each of ``boxes`` would cover what is there already."""
        size = boxes[:, 2:] - boxes[:, :2]
        covered: Array = _shared(boxes, self._taken).sum(axis=1) / (size[:, 0] * size[:, 1])
        return covered

    def _are_free(self, boxes: Array) -> bool:
        among = _shared(boxes, boxes)
        np.fill_diagonal(among, 0.0)
        return not among.any() and not _shared(boxes, self._taken).any()


def _boxes(corners: ArrayLike, width: float, height: float) -> Array:
    """Return boxes (left, top, right, bottom) of one size from their upper left corners (x, y)."""
    placed = np.asarray(corners, dtype=np.float64)
    return np.column_stack((placed, placed + np.array((width, height))))


def point_on(a: Arrangement, edge: int, way: float) -> QPointF:
    """Return where the curve of ``edge`` is after the share ``way`` of its width."""
    x0, y0, x1, y1 = (float(ends[edge]) for ends in (a.edge_x0, a.edge_y0, a.edge_x1, a.edge_y1))
    return QPointF(x0 + (x1 - x0) * way, y0 + (y1 - y0) * way * way * (3.0 - 2.0 * way))


def slope_on(a: Arrangement, edge: int, way: float) -> float:
    """Return how steeply the curve of ``edge`` falls there, in pixels down for a pixel to the right."""
    run, rise = float(a.edge_x1[edge] - a.edge_x0[edge]), float(a.edge_y1[edge] - a.edge_y0[edge])
    return rise * 6.0 * way * (1.0 - way) / run


def _shared(first: Array, second: Array) -> Array:
    """Return how many pixels each box of ``first`` (rows of corners) has in common with each of ``second``."""
    across = np.minimum(first[:, None, 2], second[:, 2]) - np.maximum(first[:, None, 0], second[:, 0])
    along = np.minimum(first[:, None, 3], second[:, 3]) - np.maximum(first[:, None, 1], second[:, 1])
    shared: Array = np.maximum(across, 0.0) * np.maximum(along, 0.0)
    return shared
