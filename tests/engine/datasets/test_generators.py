import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.dataset import DOMAIN
from engine.datasets.generators import GENERATORS
from engine.tasks import TASKS

by_name = pytest.mark.parametrize("generator", GENERATORS, ids=GENERATORS.names)


@by_name
def test_samples_lie_in_the_domain_and_classes_are_balanced(generator) -> None:
    points, targets = generator.draw(np.random.default_rng(3), 1001)
    assert points.shape == (1001, 2)
    assert targets.shape == (1001,)
    assert DOMAIN[0] <= points.min() <= points.max() <= DOMAIN[1]
    if TASKS[generator.task].classes:
        assert sorted(np.bincount(targets.astype(int))) == [500, 501]
    else:
        assert -1.01 <= targets.min() < -0.5 < 0.5 < targets.max() <= 1.01


@pytest.mark.parametrize("name", GENERATORS.names)
@given(count=st.integers(1, 20), seed=st.integers(0, 1000))
def test_any_number_of_samples_and_the_same_seed_gives_the_same(name: str, count: int, seed: int) -> None:
    first, second = (GENERATORS[name].draw(np.random.default_rng(seed), count) for _ in range(2))
    assert np.isfinite(first[0]).all()
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


def test_xor_classes_are_opposite_quadrants() -> None:
    points, targets = GENERATORS["xor"].draw(np.random.default_rng(0), 500)
    np.testing.assert_array_equal(points[:, 0] * points[:, 1] > 0.0, targets == 1.0)


def test_circle_has_one_class_inside() -> None:
    points, targets = GENERATORS["circle"].draw(np.random.default_rng(0), 500)
    radius = np.hypot(points[:, 0], points[:, 1])
    assert radius[targets == 1.0].max() < 2.51 < 3.49 < radius[targets == 0.0].min()


def test_plane_is_linear() -> None:
    points, targets = GENERATORS["plane"].draw(np.random.default_rng(0), 50)
    np.testing.assert_allclose(targets, points.sum(axis=1) / 12.0)
