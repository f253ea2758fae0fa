import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.dataset import DOMAIN
from engine.datasets.generators import GENERATORS, Generator
from engine.tasks import TASKS

WITH_CLASSES = [
    pytest.param(entry, count, id=f"{entry.name}-{count}")
    for entry in GENERATORS
    for count in range(entry.classes[0], entry.classes[1] + 1)
    if entry.classes[1]
]
IMAGES = [entry for entry in GENERATORS if TASKS[entry.tasks[0]].is_image]


@pytest.mark.parametrize(("generator", "classes"), WITH_CLASSES)
def test_classes_are_balanced_and_lie_in_the_domain(generator: Generator, classes: int) -> None:
    points, targets = generator.draw(np.random.default_rng(3), 1001, classes)
    assert DOMAIN[0] <= points.min() <= points.max() <= DOMAIN[1]
    counts = np.bincount(targets.astype(int), minlength=classes)
    assert len(counts) == classes
    if generator in IMAGES:
        assert counts.min() > 10
        assert len(points) == 31 * 31
    else:
        assert counts.max() - counts.min() <= 1
        assert points.shape == (1001, 2)


@pytest.mark.parametrize("generator", [entry for entry in GENERATORS if not entry.classes[1]], ids=lambda e: e.name)
def test_values_fill_their_range_and_lie_in_the_domain(generator: Generator) -> None:
    points, targets = generator.draw(np.random.default_rng(3), 1024, 0)
    assert points.shape == (1024, 2)
    assert DOMAIN[0] <= points.min() <= points.max() <= DOMAIN[1]
    if generator in IMAGES:
        assert 0.0 <= targets.min() < 0.2 < 0.8 < targets.max() <= 1.0
    else:
        assert -1.35 <= targets.min() < -0.5 < 0.5 < targets.max() <= 1.35


@pytest.mark.parametrize("name", GENERATORS.names)
@given(count=st.integers(1, 20), seed=st.integers(0, 1000))
def test_any_number_of_samples_and_the_same_seed_gives_the_same(name: str, count: int, seed: int) -> None:
    entry = GENERATORS[name]
    first, second = (entry.draw(np.random.default_rng(seed), count, entry.classes[1]) for _ in range(2))
    assert np.isfinite(first[0]).all()
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


def test_every_task_has_data() -> None:
    assert {task for entry in GENERATORS for task in entry.tasks} == set(TASKS.names)


def test_xor_classes_are_opposite_quadrants() -> None:
    points, targets = GENERATORS["xor"].draw(np.random.default_rng(0), 500, 2)
    np.testing.assert_array_equal(points[:, 0] * points[:, 1] > 0.0, targets == 1.0)


def test_circle_has_one_class_inside() -> None:
    points, targets = GENERATORS["circle"].draw(np.random.default_rng(0), 500, 2)
    radius = np.hypot(points[:, 0], points[:, 1])
    assert radius[targets == 1.0].max() < 2.51 < 3.49 < radius[targets == 0.0].min()


def test_rings_lie_one_inside_the_other() -> None:
    points, targets = GENERATORS["rings"].draw(np.random.default_rng(0), 500, 4)
    radius = np.hypot(points[:, 0], points[:, 1])
    for inner in range(3):
        assert radius[targets == inner].max() < radius[targets == inner + 1].min()


def test_plane_is_linear() -> None:
    points, targets = GENERATORS["plane"].draw(np.random.default_rng(0), 50, 0)
    np.testing.assert_allclose(targets, points.sum(axis=1) / 12.0)


def test_a_curve_is_drawn_where_its_target_is() -> None:
    points, targets = GENERATORS["sine"].draw(np.random.default_rng(0), 50, 0)
    np.testing.assert_array_equal(points[:, 1], targets)
    np.testing.assert_allclose(targets, np.sin(points[:, 0]))


def test_pixels_come_row_by_row_from_the_top_left() -> None:
    points, _ = GENERATORS["ball"].draw(np.random.default_rng(0), 4, 0)
    np.testing.assert_array_equal(points, [[-3.0, 3.0], [3.0, 3.0], [-3.0, -3.0], [3.0, -3.0]])
