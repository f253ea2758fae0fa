"""The rings of selected points: seen around them, and never on them."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.theme import DARK, LIGHT
from app.views.decision.plane import Plane
from app.views.decision.selection_layer import SelectionLayer
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM
PLANE, DIAMETER = Plane(0.0, 0.0, 240.0), 6.0


def opacity(points: np.ndarray, selection: np.ndarray, ratio: float = 1.0, theme=LIGHT) -> np.ndarray:
    """Return how opaque the rings are, from 0 to 255, shape (rows, columns)."""
    picture = SelectionLayer().pixmap(points, selection, PLANE, ratio, theme, DIAMETER)
    assert picture.width() == round(240 * ratio)
    image = picture.toImage()
    return np.array([[image.pixelColor(x, y).alpha() for x in range(image.width())] for y in range(image.height())])


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_point_is_ringed_and_not_covered(qtbot: QtBot, ratio, theme) -> None:
    alpha = opacity(np.array([[0.0, 0.0], [3.0, 3.0]]), np.array([0]), ratio, theme)
    middle = round(120 * ratio)
    assert alpha[middle, middle] == 0
    # From 4.2 to 5.8 pixels away, and nowhere else.
    assert alpha[middle, middle + round(5.0 * ratio)] == 255
    assert alpha[middle, middle + round(8.0 * ratio)] == 0
    assert alpha[round(60 * ratio), round(180 * ratio)] == 0


@pytest.mark.parametrize("count", [50, 500, 3_000])
def test_the_ring_of_a_point_covers_no_other_one_that_is_selected(qtbot: QtBot, count) -> None:
    # Nearer to each other than a ring is wide.
    points = np.random.default_rng(0).uniform(-1.0, 1.0, (count, 2))
    alpha = opacity(points, np.arange(count))
    places = np.floor(PLANE.to_pixels(points)).astype(int)
    assert not alpha[places[:, 1], places[:, 0]].any()
    # Around all of them there is a line: it is met from every side.
    assert all(alpha[120, :].any() for alpha in (alpha[:, :120], alpha[:, 120:]))
    assert alpha.max() == 255


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_around_very_many_points_there_is_a_line_and_around_a_single_one_a_ring(qtbot: QtBot, ratio) -> None:
    # A full square, and one point apart from it.
    along = np.linspace(-2.0, 2.0, 60)
    square = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    points = np.concatenate((square, [[5.0, 5.0]], [[9.0, 0.0]]))
    alpha = opacity(points, np.arange(len(points)), ratio)
    place = (PLANE.to_pixels(points) * ratio).astype(int)
    across, up = place[-2]
    for x, y in ((120 * ratio, 120 * ratio), (across, up)):
        # From the middle to the right there is nothing, then the line, then nothing.
        row = alpha[round(y), round(x) : round(x + 60 * ratio)].astype(bool)
        begins = np.flatnonzero(np.diff(row.astype(int)))
        assert len(begins) == 2
        assert not row[0]
        assert np.ptp(begins) in range(round(1.5 * ratio), round(3.5 * ratio) + 1)
