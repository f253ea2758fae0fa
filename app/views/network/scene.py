"""From numbers to looks: which color and width an edge has, which scale a field. NumPy only, no painting."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.frame import Array, Frame
from app.theme import Theme
from app.views.ink import blend, word
from app.views.network import unit_raster
from app.views.network.geometry import Arrangement, Integers
from app.views.quantities import scale_of, values_of
from engine.activations import ACTIVATIONS
from engine.datasets.dataset import DOMAIN
from engine.features import FEATURES, compute
from engine.parameters import Layout

Pixels = NDArray[np.uint32]
Fields = NDArray[np.float32]

FEATURE_SIZE = 40
THINNEST = 0.7
FADED = 0.62
# Where there are thousands of edges, the weak ones only hide the strong ones - and take time.
MOST_EDGES = 1500


def edge_table(theme: Theme) -> Pixels:
    """Return 256 colors for edges: as the theme's map, but around zero a gray that is seen on the background."""
    middle = np.array(blend(theme.surface, theme.muted, 0.26))
    position = np.linspace(-1.0, 1.0, 256)[:, None]
    ends = np.where(position < 0.0, np.array(theme.negative), np.array(theme.positive))
    # Full color well before full strength: thin edges need it to be told apart.
    share = np.abs(position) ** 0.6
    red, green, blue = np.rint(middle + (ends - middle) * share).astype(np.uint32).T
    colors: Pixels = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return colors


def faded(table: Pixels, theme: Theme) -> Pixels:
    """Return ``table`` mixed into the background: for what is switched off."""
    result = np.zeros_like(table)
    for shift, background in zip((16, 8, 0), theme.surface, strict=True):
        part = (table >> np.uint32(shift)) & np.uint32(255)
        mixed = np.rint(part + (background - part.astype(np.float64)) * FADED).astype(np.uint32)
        result |= mixed << np.uint32(shift)
    return result | np.uint32(0xFF000000)


def feature_fields() -> Fields:
    """Return every feature over the domain, shape (features, FEATURE_SIZE, FEATURE_SIZE), row 0 at the top."""
    low, high = DOMAIN
    axis = low + (np.arange(FEATURE_SIZE) + 0.5) / FEATURE_SIZE * (high - low)
    x1, x2 = np.meshgrid(axis, axis[::-1])
    fields = compute(FEATURES.names, np.column_stack((x1.ravel(), x2.ravel())))
    return fields.astype(np.float32).reshape(-1, FEATURE_SIZE, FEATURE_SIZE)


@dataclass(frozen=True, eq=False)
class Scene:
    """What the canvas draws at one moment, in widget pixels.

    Attributes:
        edge_colors, edge_widths, edge_opacity: of every edge; ``edge_order`` puts the strongest on top
            and leaves out the weakest where there are too many.
        bias_colors: of every bias.
        units: the numbers of the units behind the features, whose fields are drawn.
        unit_middle, unit_scale: for each of ``units``, the value drawn in neutral color, and how far from it full
            color is. The output's are those of the large picture.
        fields: of all units, or None before the first frame.
        scale: the value at which an edge is drawn in full.
    """

    edge_colors: Pixels
    edge_widths: Array
    edge_opacity: Array
    edge_order: Integers
    bias_colors: Pixels
    units: Integers
    unit_middle: Array
    unit_scale: Array
    fields: Fields | None
    scale: float


def scene_of(layout: Layout, arrangement: Arrangement, frame: Frame | None, quantity: str, table: Pixels) -> Scene:
    """Return the looks of ``frame`` (None: everything at zero); ``table`` is an ``edge_table``."""
    flat = values_of(frame, quantity) if frame is not None else np.zeros(layout.parameter_count)
    scale = scale_of(flat)
    share = np.nan_to_num(flat / scale, nan=0.0, posinf=1.0, neginf=-1.0)
    colors = table[np.clip(np.rint((share + 1.0) * 127.5), 0, 255).astype(np.intp)]
    edges = np.abs(share[arrangement.edge_index])
    # Weak edges recede, the more so the more there are: between full layers nothing else could be seen.
    faintest = float(np.clip(1.1 - _density(layout) / 90.0, 0.25, 0.9))
    opacity = faintest + (1.0 - faintest) * edges
    units = np.arange(len(layout.features), layout.unit_count)
    unit_middle, unit_scale = _unit_ranges(layout, units, frame)
    return Scene(
        edge_colors=colors[arrangement.edge_index],
        edge_widths=THINNEST + (arrangement.edge_width - THINNEST) * edges,
        edge_opacity=opacity,
        edge_order=np.argsort(edges, kind="stable")[-MOST_EDGES:],
        bias_colors=colors[arrangement.bias_index],
        units=units,
        unit_middle=unit_middle,
        unit_scale=unit_scale,
        fields=frame.unit_fields if frame is not None else None,
        scale=scale,
    )


def _density(layout: Layout) -> float:
    """Return the number of edges between the two layers that have most between them."""
    return float(max(shape.inputs * shape.outputs for shape in layout.layers))


def _unit_ranges(layout: Layout, units: Integers, frame: Frame | None) -> tuple[Array, Array]:
    scales = np.ones(len(units))
    unbounded: list[int] = []
    for number, shape in enumerate(layout.layers):
        activation = ACTIVATIONS[shape.activation]
        first = layout.first_unit(number) - len(layout.features)
        reach = max(abs(activation.low), abs(activation.high))
        if np.isfinite(reach):
            scales[first : first + shape.outputs] = reach
        else:
            unbounded.extend(range(first, first + shape.outputs))
    if frame is not None and unbounded:
        which = np.array(unbounded, dtype=np.intp)
        scales[which] = unit_raster.largest_magnitudes(frame.unit_fields, units[which])
    middles = np.zeros(len(units))
    if frame is not None:
        outputs = layout.layers[-1].outputs
        middles[-outputs:] = 0.5 * (frame.output_low + frame.output_high)
        scales[-outputs:] = 0.5 * (frame.output_high - frame.output_low)
    return middles, scales


def frame_color(theme: Theme) -> int:
    """Return the color of the frames around thumbnails."""
    return word(blend(theme.border, theme.muted, 0.45))
