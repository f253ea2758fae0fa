"""Which picture of the plane a task has: the field's colors and lines, and what stands around it. Pure functions."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.frame import Frame
from app.pixels import image_of
from app.theme import Theme
from app.views.decision.axes import Surroundings
from app.views.decision.class_raster import region_image
from app.views.decision.contours import add_lines, round_step
from app.views.decision.field_image import (
    CLASS_BANDS,
    VALUE_BANDS,
    Field,
    field_image,
    field_pixels,
    unit_caption,
    unit_range,
)
from app.views.decision.shapes import class_name
from app.views.ink import word
from app.views.parameter_text import short_number
from engine.tasks import TASKS

CAPTION = "Output of the network"
# How many lines of equal value there are at most, and how strongly they are drawn over colors and over the ground.
LINES, INK_ON_COLORS, INK_ON_GROUND = 14, 0.5, 0.75


@dataclass(frozen=True)
class Wanted:
    """What is to be seen.

    Attributes:
        task: its name.
        counts: how many samples there are of each class, none where targets are values.
        chosen: the class that is drawn against all others, or −1.
        discretize: whether full colors or bands are drawn instead of shades.
        error_range: the error that has full color where the points show their errors, else 0.
        names: what the classes are called, as in the data set.
        hidden: classes whose points are not drawn.
        warning: what is wrong with the data, in a few words; empty if nothing is.
    """

    task: str = "two-classes"
    counts: tuple[int, ...] = ()
    chosen: int = -1
    discretize: bool = False
    error_range: float = 0.0
    names: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    warning: str = ""

    @property
    def classes(self) -> int:
        """The number of classes, 0 where targets are values."""
        return len(self.counts)


def shown_unit(frame: Frame | None) -> Field | None:
    """Return the field of the unit the user points at, if there is one."""
    return frame.focus_field if frame is not None and frame.focus_unit >= 0 else None


def regions_of(frame: Frame | None, chosen: int) -> NDArray[np.float32] | None:
    """Return the outputs of all classes (classes, rows, columns), or None where something else is shown."""
    if frame is None or chosen >= 0 or shown_unit(frame) is not None:
        return None
    return frame.output_fields if TASKS[frame.experiment.data.task].outputs_each else None


def picture_of(frame: Frame | None, wanted: Wanted, theme: Theme) -> tuple[QImage, Surroundings]:
    """Return the picture of the field and what stands around it."""
    image, shown = _field(frame, wanted, theme)
    return image, replace(shown, names=wanted.names, hidden=wanted.hidden, warning=wanted.warning)


def _field(frame: Frame | None, wanted: Wanted, theme: Theme) -> tuple[QImage, Surroundings]:
    has_legend = wanted.classes > 2 or wanted.task in ("embedding", "classes", "soft-classes")
    counts = wanted.counts if has_legend else ()
    classes = 0 if has_legend else wanted.classes
    bands = (CLASS_BANDS if wanted.classes else VALUE_BANDS) if wanted.discretize else 0
    if frame is None:
        low, high = (0.0, 1.0) if wanted.classes else (-1.0, 1.0)
        empty = field_image(np.full((1, 1), np.nan, dtype=np.float32), theme, low, high)
        return empty, Surroundings(CAPTION, False, low, high, bands, classes, counts)
    unit = shown_unit(frame)
    if unit is not None:
        low, high = unit_range(frame.layout, frame.focus_unit, unit)
        caption = unit_caption(frame.layout, frame.focus_unit)
        return field_image(unit, theme, low, high, bands), Surroundings(caption, True, low, high, bands, classes)
    regions = regions_of(frame, wanted.chosen)
    if regions is not None:
        shares = frame.layout.layers[-1].activation == "softmax"
        image = region_image(regions, theme, shares=shares, flat=wanted.discretize)
        return image, Surroundings("Most likely class" if shares else "Class with the largest output", counts=counts)
    if wanted.task == "embedding":
        return _embedding(frame.output_fields, theme), Surroundings(_coordinates(frame), counts=counts)
    low, high = frame.output_low, frame.output_high
    values = frame.output_fields[max(wanted.chosen, 0)]
    if wanted.task == "ranking":
        step = round_step(high - low, LINES)
        pixels = field_pixels(values, theme, low, high, bands)
        add_lines(pixels, values, step, theme.text, INK_ON_COLORS)
        return image_of(pixels), Surroundings(f"Score, with a line every {short_number(step)}", False, low, high, bands)
    caption = CAPTION
    if wanted.chosen >= 0:
        name = class_name(wanted.chosen, wanted.classes, wanted.names)
        caption = f"Class {name} against all others"
    elif wanted.error_range:
        # The points' colors count now, so the scale is theirs.
        caption, low, high = "Error ŷ − y of each point", -wanted.error_range, wanted.error_range
        image = field_image(values, theme, frame.output_low, frame.output_high, bands)
        return image, Surroundings(caption, False, low, high, 0, classes)
    return field_image(values, theme, low, high, bands), Surroundings(caption, False, low, high, bands, classes)


def _embedding(fields: NDArray[np.float32], theme: Theme) -> QImage:
    """Return the grid of the embedding seen from the plane: lines where its first two coordinates are the same."""
    pixels = np.full(fields.shape[1:], word(theme.field), dtype=np.uint32)
    for values, ink in zip(fields[:2], (theme.muted, theme.accent), strict=False):
        finite = values[np.isfinite(values)]
        if finite.size:
            step = round_step(float(finite.max()) - float(finite.min()), LINES)
            add_lines(pixels, values, step, ink, INK_ON_GROUND)
    return image_of(pixels)


def _coordinates(frame: Frame) -> str:
    """Return what the lines of the embedding are, by the names of their colors (muted and accent)."""
    return f"Lines of equal y₁ (gray){' and y₂ (blue)' if len(frame.output_fields) > 1 else ''}"
