"""Every color, size and font of the window, light and dark, and the one diverging color map."""

from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

RGB = tuple[int, int, int]


class Theme(msgspec.Struct, frozen=True, dict=True):
    """The colors and sizes that everything is drawn with.

    ``negative``, ``zero`` and ``positive`` are the ends and the middle of the one scale for data, fields, weights
    and gradients; they stay apart under the common kinds of color blindness.

    Attributes:
        window, surface, raised: what things stand on: the window, a panel or view, a card on it.
        field: the inside of number fields and lists.
        border, outline: quiet lines between things, and the line around what can be filled in.
        text, muted, disabled: words, less important words, words of what cannot be used now.
        hover, pressed, selected: the ground of a flat button under the mouse, pressed, and switched on.
        accent, accent_hover, accent_text: the one important button, and what is written on it.
        focus: the ring around what the keyboard acts on.
        classes: the colors of up to eight classes: first the two ends of the scale, then hues after Okabe and Ito
            (2008), moved until all stay apart under the common kinds of color blindness, too (see its test).
        train, test: the two loss curves.
        problem: what is wrong.
        text_scale: 1 on a desk, more on a projector.
    """

    name: str
    window: RGB
    surface: RGB
    raised: RGB
    border: RGB
    text: RGB
    muted: RGB
    accent: RGB
    accent_text: RGB
    negative: RGB
    zero: RGB
    positive: RGB
    train: RGB
    test: RGB
    problem: RGB
    field: RGB
    outline: RGB
    disabled: RGB
    hover: RGB
    pressed: RGB
    selected: RGB
    accent_hover: RGB
    focus: RGB
    classes: tuple[RGB, ...]
    text_scale: float = 1.0

    @property
    def is_dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"

    def pixels(self, size: float) -> int:
        """Return ``size``, meant for a text scale of 1, in (logical) pixels at this theme's text scale."""
        return round(size * self.text_scale)

    @cached_property
    def table(self) -> NDArray[np.uint32]:
        """The diverging map as 256 opaque colors 0xFFRRGGBB, from full negative over zero to full positive."""
        low, middle, high = (np.array(color, dtype=np.float64) for color in (self.negative, self.zero, self.positive))
        position = np.linspace(-1.0, 1.0, 256)[:, None]
        mixed = np.where(position < 0.0, middle + (low - middle) * -position, middle + (high - middle) * position)
        red, green, blue = np.rint(mixed).astype(np.uint32).T
        colors: NDArray[np.uint32] = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
        return colors

    def colors_of(self, values: NDArray[np.floating], low: float, high: float) -> NDArray[np.uint32]:
        """Return ``values`` as colors 0xFFRRGGBB (for QImage.Format_RGB32), same shape; not-a-number is the middle."""
        scale = 255.0 / (high - low) if high > low else 0.0
        with np.errstate(invalid="ignore", over="ignore"):
            place = np.nan_to_num((values - np.float32(low)) * np.float32(scale) + np.float32(0.5), nan=128.0)
            index = np.clip(place, 0.0, 255.0).astype(np.intp)
        colors: NDArray[np.uint32] = self.table[index]
        return colors


LIGHT = Theme(
    name="light",
    window=(244, 245, 247),
    surface=(255, 255, 255),
    raised=(250, 250, 251),
    border=(214, 217, 222),
    text=(28, 32, 38),
    muted=(98, 106, 117),
    accent=(21, 101, 192),
    accent_text=(255, 255, 255),
    negative=(232, 113, 10),
    zero=(247, 247, 247),
    positive=(21, 101, 192),
    train=(98, 106, 117),
    test=(28, 32, 38),
    problem=(190, 40, 30),
    field=(255, 255, 255),
    outline=(172, 178, 187),
    disabled=(152, 158, 167),
    hover=(234, 237, 241),
    pressed=(220, 225, 232),
    selected=(222, 235, 250),
    accent_hover=(16, 84, 164),
    focus=(21, 101, 192),
    classes=(
        (232, 113, 10),
        (21, 101, 192),
        (18, 166, 112),
        (166, 84, 150),
        (238, 180, 0),
        (72, 192, 244),
        (118, 46, 10),
        (62, 68, 80),
    ),
)

DARK = Theme(
    name="dark",
    window=(24, 26, 30),
    surface=(32, 35, 40),
    raised=(41, 45, 51),
    border=(62, 67, 75),
    text=(231, 234, 238),
    muted=(160, 167, 177),
    accent=(82, 156, 245),
    accent_text=(10, 16, 26),
    negative=(255, 145, 50),
    zero=(38, 41, 46),
    positive=(82, 156, 245),
    train=(150, 158, 168),
    test=(231, 234, 238),
    problem=(255, 120, 105),
    field=(26, 28, 32),
    outline=(88, 95, 105),
    disabled=(108, 115, 125),
    hover=(49, 54, 61),
    pressed=(61, 67, 76),
    selected=(37, 60, 92),
    accent_hover=(112, 174, 250),
    focus=(130, 186, 255),
    classes=(
        (255, 145, 50),
        (82, 156, 245),
        (48, 200, 128),
        (210, 96, 182),
        (252, 232, 70),
        (120, 232, 252),
        (162, 112, 62),
        (216, 226, 218),
    ),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
