"""Data sets of two classes whose border is a shape: a board, a heart, a wave."""

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.generators.generator import Drawn, Generator, gap_share, ring, turn
from engine.datasets.generators.two_classes import TASKS, TWO
from engine.settings import Setting

# Points of the heart's outline: so many that the straight lines between them cannot be seen.
OUTLINE = 720


def checkerboard(random: np.random.Generator, targets: Array, classes: int, fields: int, gap: float) -> Drawn:
    count = len(targets)
    side = 11.0 / fields
    column, row = np.divmod(np.arange(fields * fields), fields)
    is_second = (column + row) % 2 == 1
    # Each class goes through its own fields in turn.
    field = np.zeros(count, dtype=np.int64)
    for target, own in ((0.0, np.flatnonzero(~is_second)), (1.0, np.flatnonzero(is_second))):
        members = targets == target
        field[members] = own[turn(targets)[members] % len(own)]
    place = random.uniform(gap / 2.0, 1.0 - gap / 2.0, (count, 2))
    return -5.5 + side * (np.column_stack((column[field], row[field])) + place), targets


def heart_outline() -> Array:
    """Return the outline of a heart around the origin, shape (720, 2), reaching 1 to the sides."""
    t = np.linspace(0.0, 2.0 * np.pi, OUTLINE, endpoint=False)
    x1 = np.sin(t) ** 3
    x2 = (13.0 * np.cos(t) - 5.0 * np.cos(2.0 * t) - 2.0 * np.cos(3.0 * t) - np.cos(4.0 * t)) / 16.0
    # Its middle, not the point between its halves, is the origin: from there every part of the outline can be seen.
    return np.column_stack((x1, x2 - (x2.max() + x2.min()) / 2.0))


def heart(random: np.random.Generator, targets: Array, classes: int, size: float, gap: float) -> Drawn:
    outline = heart_outline()
    following = np.roll(outline, -1, axis=0)
    # A slice between the middle and a piece of the outline gets points by its area.
    areas = np.abs(outline[:, 0] * following[:, 1] - outline[:, 1] * following[:, 0])
    along = np.interp(
        random.uniform(0.0, 1.0, len(targets)),
        np.concatenate(([0.0], np.cumsum(areas) / areas.sum())),
        np.arange(OUTLINE + 1.0),
    )
    piece = np.minimum(along.astype(np.int64), OUTLINE - 1)
    part = (along - piece)[:, None]
    border = (1.0 - part) * outline[piece] + part * following[piece]
    share = random.uniform(0.0, 1.0, len(targets))
    inner, outer = ring(size + gap, 5.2)
    scale = np.where(targets == 1.0, size * np.sqrt(share), np.sqrt(inner**2 + share * (outer**2 - inner**2)))
    return scale[:, None] * border, targets


def sine_band(
    random: np.random.Generator, targets: Array, classes: int, waves: float, height: float, width: float, gap: float
) -> Drawn:
    count = len(targets)
    x1 = random.uniform(-5.5, 5.5, count)
    share = random.uniform(0.0, 1.0, count)
    side = np.where(random.uniform(size=count) < 0.5, -1.0, 1.0)
    off = np.where(targets == 1.0, share * width / 2.0, width / 2.0 + gap + 1.25 * share)
    return np.column_stack((x1, height * np.sin(2.0 * np.pi * waves * x1 / 11.0) + side * off)), targets


SHAPES = (
    Generator(
        "checkerboard",
        "Checkerboard",
        TASKS,
        checkerboard,
        "Fields in turn: XOR again and again, and the more fields, the more hidden units.",
        TWO,
        ("chessboard", "checker"),
        (
            Setting("fields", "Fields", 4.0, 2.0, 8.0, "How many fields a side of the board has.", integer=True),
            *gap_share(0.1, "How much of a field's width stays empty between it and the next.", 0.6),
        ),
    ),
    Generator(
        "heart",
        "Heart",
        TASKS,
        heart,
        "A heart in a ring around it: a border with a dent and a tip.",
        TWO,
        settings=(
            Setting("size", "Size", 3.2, 1.0, 4.0, "How far the heart reaches to the sides."),
            Setting("gap", "Gap", 0.7, 0.0, 1.5, "How much room is between the heart and what surrounds it."),
        ),
    ),
    Generator(
        "sine-band",
        "Sine band",
        TASKS,
        sine_band,
        "A winding band with the other class on both sides: two bent borders.",
        TWO,
        settings=(
            Setting("waves", "Waves", 1.5, 0.5, 4.0, "How often the band goes up and down across the picture."),
            Setting("height", "Height", 2.0, 0.0, 3.0, "How far the band goes up and down."),
            Setting("width", "Width", 1.2, 0.2, 2.0, "How wide the band is."),
            Setting("gap", "Gap", 0.5, 0.0, 0.75, "How much room is between the band and its sides."),
        ),
    ),
)
