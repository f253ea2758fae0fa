import numpy as np
import pytest

from app.views.quantities import scale_of, values_of
from tests.app.sample_frame import sample_frame


@pytest.mark.parametrize(
    ("values", "scale"), [([0.1, -0.73], 0.8), ([1.0], 1.0), ([0.0], 1.0), ([-1.2e-7], 1.5e-7), ([np.nan, 3.0], 3.0)]
)
def test_a_scale_is_a_round_number_that_nothing_exceeds(values: list[float], scale: float) -> None:
    assert scale_of(np.array(values)) == pytest.approx(scale)


def test_each_quantity_comes_from_its_part_of_the_frame() -> None:
    *_, frame = sample_frame()
    assert values_of(frame, "weights") is frame.parameters
    assert values_of(frame, "gradients") is frame.gradient
    assert values_of(frame, "updates") is frame.update
