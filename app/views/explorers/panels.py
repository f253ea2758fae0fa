"""What the explorers draw: curves over a common axis, and what this network does on them. No widgets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.frame import Array
from app.theme import RGB, Theme
from engine.unit_statistics import LARGEST_REACH

# Places along the axis: with a reach of 4 they lie 0.02 apart, so that what is read off is exact there.
PLACES = 401
# Colors and strokes of the lines beside the network's own: hues that do not stand for a class or a sign first.
OTHERS = 7
# Of a range that has grown, so little may be filled before it shrinks again.
CALM = 0.5

Samples = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Line:
    """One curve.

    Attributes:
        name: what it shows.
        values: its heights over the places of the panel, shape (PLACES,); not-a-number where it has none.
        ink: a name of ``ink``.
        strong: whether it is the network's own.
        remark: one sentence that teaches.
    """

    name: str
    values: Array
    ink: str = "own"
    strong: bool = True
    remark: str = ""


@dataclass(frozen=True, eq=False)
class Bars:
    """A histogram along the axis: the limits of the bars (n + 1,), their counts (n,), and which are marked."""

    edges: Array
    counts: NDArray[np.int64]
    marked: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Points:
    """Samples as points (n,), all of one kind: “positive”, “negative” or another name of ``ink``; or as rings."""

    x: Samples
    y: Samples
    ink: str
    are_rings: bool = False


@dataclass(frozen=True, eq=False)
class Panel:
    """One plot.

    Attributes:
        title: what is drawn over what.
        across: the name of the axis.
        place, symbol: what a place and a value of the curves are called beside a number.
        x: the places, shape (PLACES,), ascending.
        up: lowest and highest value shown.
        lines: the curves; those drawn last come first.
        bars, points: where this network is.
        marks: places with a name, such as a margin.
        symbols: what a value of each curve is called, where it is not ``symbol`` of the first alone.
        notes: short lines that are written into the plot.
    """

    title: str
    across: str
    place: str
    symbol: str
    x: Array
    up: tuple[float, float]
    lines: tuple[Line, ...]
    bars: Bars | None = None
    points: tuple[Points, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    symbols: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Levels:
    """Shares of 1 from layer to layer, on a logarithmic scale.

    Attributes:
        title: what they are; ``remark`` says it in sentences.
        names, values: of every layer.
        chosen: which one is looked at, −1 for all.
    """

    title: str
    remark: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    chosen: int = -1


@dataclass(frozen=True)
class Fact:
    """A number and the sentence that it begins; ``remark`` says more, ``alarming`` that something is wrong."""

    figure: str
    text: str
    remark: str
    alarming: bool = False


@dataclass(frozen=True, eq=False)
class Picture:
    """All that an explorer shows at a time."""

    panels: tuple[Panel, ...]
    facts: tuple[Fact, ...] = ()
    levels: Levels | None = None
    legend: tuple[Line, ...] = ()


def ink(theme: Theme, name: str) -> RGB:
    """Return the color called ``name``: “own”, “other0” …, or one of the theme's own names.

    Raises:
        AttributeError: there is no color of this name.
    """
    if name == "own":
        return theme.text
    if name.startswith("other"):
        # Green, purple, yellow, light blue, brown, dark; then gray.
        number = int(name[5:]) % OTHERS
        return theme.muted if number == OTHERS - 1 else theme.classes[2 + number]
    rgb: RGB = getattr(theme, name)
    return rgb


def grid(low: float, high: float) -> Array:
    """Return PLACES places from ``low`` to ``high``, without the rounding errors of counting."""
    return np.round(np.linspace(low, high, PLACES), 12)


def range_of(curves: list[Array], *, low: float | None = None, high: float | None = None) -> tuple[float, float]:
    """Return the lowest and the highest value with a little room around; ``low`` and ``high`` belong to it."""
    values = np.concatenate(curves) if curves else np.zeros(1)
    # Of a run that is about to diverge, a range must have a length, too.
    values = np.clip(values[np.isfinite(values)], -LARGEST_REACH, LARGEST_REACH)
    bottom = min([float(values.min())] if values.size else [0.0], default=0.0)
    top = float(values.max()) if values.size else 1.0
    bottom = bottom if low is None else min(bottom, low)
    top = top if high is None else max(top, high)
    room = 0.06 * (top - bottom) if top > bottom else 1.0
    return bottom - room, top + room


def calm(before: float, wanted: float) -> float:
    """Return how far an axis reaches: it grows at once, and shrinks only when less than half of it is filled."""
    return before if CALM * before < wanted <= before else wanted


def percent(share: float) -> str:
    """Return a share as it is read: whole percents, and no 0 % for what there is."""
    if 0.0 < share < 0.01:
        return "< 1 %"
    return f"{min(99.0, round(100.0 * share)) if share < 1.0 else 100.0:.0f} %"
