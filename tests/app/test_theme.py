"""Themes: everything written can be read, and the diverging map is right at its ends."""

import msgspec
import numpy as np
import pytest

from app.theme import DARK, LIGHT, RGB, THEMES, Theme


def luminance(color: RGB) -> float:
    """Return the relative luminance of WCAG 2."""
    shares = [channel / 255.0 for channel in color]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_the_one_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)


@pytest.fixture(params=THEMES.values(), ids=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return request.param


@pytest.mark.parametrize("ground", ["window", "surface", "raised", "field", "hover", "pressed", "selected"])
def test_words_can_be_read_on_every_ground(theme, ground):
    assert contrast(theme.text, getattr(theme, ground)) >= 7.0


@pytest.mark.parametrize("ink", ["muted", "problem", "accent"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "field"])
def test_quieter_words_can_be_read(theme, ink, ground):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


def test_the_important_button_can_be_read(theme):
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert contrast(theme.accent_text, theme.accent_hover) >= 4.5


@pytest.mark.parametrize("line", ["focus", "train", "test", "negative", "positive"])
def test_lines_and_marks_stand_out(theme, line):
    ground = theme.surface
    # The orange of the diverging map is bright by design; on white it is drawn with an edge.
    assert contrast(getattr(theme, line), ground) >= (2.8 if line == "negative" else 3.0)


def test_the_map_runs_from_negative_over_zero_to_positive(theme):
    def packed(color: RGB) -> int:
        return 0xFF000000 | color[0] << 16 | color[1] << 8 | color[2]

    assert theme.table[0] == packed(theme.negative)
    assert theme.table[255] == packed(theme.positive)
    values = np.array([[-9.0, np.nan, 9.0]], dtype=np.float32)
    colors = theme.colors_of(values, -1.0, 1.0)
    assert colors.shape == (1, 3)
    assert [int(color) for color in colors[0]] == [
        packed(theme.negative),
        int(theme.table[128]),
        packed(theme.positive),
    ]


def test_sizes_follow_the_text_scale():
    assert msgspec.structs.replace(LIGHT, text_scale=1.5).pixels(13) == 20
    assert LIGHT.pixels(13) == 13


def test_there_are_two_themes():
    assert THEMES == {"light": LIGHT, "dark": DARK}
    assert DARK.is_dark
    assert not LIGHT.is_dark


# How people without one kind of cones see linear RGB. Source: Machado, Oliveira and Fernandes, A physiologically-based
# model for simulation of color vision deficiency, 2009, severity 1.
VISIONS = {
    "all cones": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colors: np.ndarray, vision: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (n, 3) of sRGB ``colors`` as they look with this ``vision``."""
    share = colors / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ vision.T, 0.0, 1.0) @ TO_XYZ.T / (0.9505, 1.0, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16.0 / 116.0)
    return np.stack((116.0 * f[:, 1] - 16.0, 500.0 * (f[:, 0] - f[:, 1]), 200.0 * (f[:, 1] - f[:, 2])), axis=1)


@pytest.mark.parametrize("vision", VISIONS)
def test_all_classes_stay_apart_for_everyone(theme, vision):
    looks = lab(np.array(theme.classes, dtype=np.float64), VISIONS[vision])
    apart = np.linalg.norm(looks[:, None] - looks[None], axis=2)[np.triu_indices(8, 1)]
    # A difference of 2.3 can just be seen, one of 10 at a glance.
    assert apart.min() > 15.0


def test_numbers_of_any_size_have_a_color():
    values = np.array([-1e38, 0.0, 1e38], dtype=np.float32)
    ends = LIGHT.colors_of(values, -1e-42, 1e-42)
    assert ends[0] == LIGHT.table[0]
    assert ends[2] == LIGHT.table[-1]
