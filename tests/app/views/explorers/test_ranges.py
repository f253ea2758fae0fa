"""The ranges of the plots, and where numbers of any size lie in them."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from app.views.explorers.painting import Scale
from app.views.explorers.panels import Panel, grid, range_of


@pytest.mark.parametrize("largest", [1.0, 1e100, 1e308])
def test_a_range_of_numbers_of_any_size_has_a_length(largest: float) -> None:
    low, high = range_of([np.array([-largest, np.nan, np.inf, largest])])
    assert 0.0 < high - low < np.inf


def test_numbers_far_too_large_lie_beyond_the_plot() -> None:
    panel = Panel(title="", place="", across="", symbol="", x=grid(-1e-9, 1e-9), up=(0.0, 1e-9), lines=())
    scale = Scale(panel, QRectF(0.0, 0.0, 100.0, 50.0))
    assert scale.across(np.array([-1e308, 0.0, 1e308])).tolist() == [-np.inf, 50.0, np.inf]
    assert scale.up(np.array([0.0, 1e308])).tolist() == [50.0, -np.inf]
