"""Pictures as points: gray values, two parts, parts by color."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.compose import compose
from engine.datasets.pictures import by_color, by_gray, by_threshold, clusters, natural_threshold
from engine.datasets.resolve import resolve
from engine.datasets.tables import TableError
from engine.experiment import Data, Points
from engine.experiment_file import read, write
from engine.trainer import Trainer
from engine.validation import ExperimentError

WHITE, BLACK, RED, BLUE = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


def picture(*rows: tuple[tuple[float, float, float], ...]) -> np.ndarray:
    return np.array(rows)


def test_gray_values_are_the_brightness_row_by_row_from_the_top() -> None:
    imported = by_gray(picture((WHITE, RED), (BLUE, BLACK)))
    assert imported.task == "reconstruction"
    np.testing.assert_allclose(imported.points.targets, [1.0, 0.2126, 0.0722, 0.0])
    # The centers of the quarters of the plane, the upper left one first.
    assert imported.points.inputs.tolist() == [[-3.0, 3.0], [3.0, 3.0], [-3.0, -3.0], [3.0, -3.0]]
    assert imported.points.shape == (2, 2)
    assert imported.remarks == ("2 × 2 pixels, from 0% to 100% bright.",)


def test_a_threshold_parts_dark_from_bright() -> None:
    colors = picture((WHITE, RED), (BLUE, BLACK))
    assert by_threshold(colors, 0.5).points.targets.tolist() == [1.0, 0.0, 0.0, 0.0]
    assert by_threshold(colors, 0.2).points.targets.tolist() == [1.0, 1.0, 0.0, 0.0]
    assert by_threshold(colors, 0.2).task == "segmentation"
    with pytest.raises(TableError, match="Every pixel is darker than 100%: move the threshold"):
        by_threshold(0.5 * colors, 1.0)
    with pytest.raises(TableError, match="Every pixel is brighter than 0%"):
        by_threshold(colors, 0.0)


def test_the_natural_threshold_lies_between_two_peaks() -> None:
    random = np.random.default_rng(0)
    values = np.where(random.uniform(size=(64, 64)) < 0.3, 0.2, 0.8) + 0.03 * random.normal(size=(64, 64))
    colors = np.repeat(values[..., None], 3, axis=2)
    assert 0.35 < natural_threshold(colors) < 0.65
    dark = by_threshold(colors, natural_threshold(colors)).points.targets == 0.0
    assert np.array_equal(dark.reshape(64, 64), values < 0.5)


def test_colors_become_parts_the_darkest_first() -> None:
    imported = by_color(picture((WHITE, RED), (BLUE, RED)), 3)
    assert imported.points.targets.tolist() == [2.0, 1.0, 0.0, 1.0]
    assert imported.classes == 3
    assert imported.remarks == ("2 × 2 pixels in 3 parts: 1 · 2 · 1.",)
    fewer = by_color(picture((WHITE, RED), (BLUE, RED)), 8)
    assert fewer.classes == 3
    assert fewer.remarks[0].endswith("There are no more than 3 colors.")


def test_clusters_find_clouds_of_colors() -> None:
    random = np.random.default_rng(1)
    centers = np.array([[0.1, 0.1, 0.2], [0.2, 0.5, 0.1], [0.9, 0.4, 0.3], [0.9, 0.9, 0.8]])
    truth = random.integers(0, 4, 500)
    numbers, means = clusters(centers[truth] + 0.02 * random.normal(size=(500, 3)), 4)
    assert np.array_equal(numbers, truth)
    np.testing.assert_allclose(means, centers, atol=0.01)


@given(arrays(np.float64, (4, 4, 3), elements=st.sampled_from([0.0, 0.25, 0.5, 1.0])), st.integers(2, 8))
def test_every_part_has_a_pixel_and_is_nearest_to_its_mean(colors: np.ndarray, count: int) -> None:
    numbers, means = clusters(colors.reshape(-1, 3), count)
    assert set(numbers.tolist()) == set(range(len(means)))
    assert len(means) <= count
    distances = ((colors.reshape(-1, 1, 3) - means) ** 2).sum(axis=2)
    np.testing.assert_allclose(distances[np.arange(16), numbers], distances.min(axis=1), atol=1e-12)


@pytest.mark.parametrize(
    "make", [by_gray, lambda colors: by_threshold(colors, 0.5), lambda colors: by_color(colors, 3)]
)
def test_nothing_to_learn_is_said(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TableError, match="This picture has no pixels"):
        make(np.zeros((0, 0, 3)))
    with pytest.raises(TableError, match="Every pixel"):
        make(np.full((3, 3, 3), 0.7))


def test_a_picture_can_be_trained_and_kept() -> None:
    colors = np.random.default_rng(0).uniform(size=(8, 8, 3))
    for imported in (by_gray(colors), by_color(colors, 4)):
        experiment = compose(points=imported.points, task=imported.task, classes=imported.classes, hidden=(4,))
        dataset = resolve(experiment.data)
        assert (dataset.shape, len(dataset)) == ((8, 8), 64)
        assert read(write(experiment)) == experiment
        trainer = Trainer(experiment)
        before = trainer.measure().train_loss
        for _ in range(50):
            trainer.run_epoch()
        assert trainer.measure().train_loss < before


def test_a_shape_that_does_not_fit_is_refused() -> None:
    points = by_gray(np.random.default_rng(0).uniform(size=(4, 4, 3))).points
    for shape in ((4, 5), (0, 16), (-4, -4)):
        with pytest.raises(ExperimentError, match="shape must be the rows and columns of a picture of 16 pixels"):
            Points(inputs=points.inputs, targets=points.targets, shape=shape)
    # Only where pixels are learned is it a picture.
    assert resolve(Data(task="regression", source=points)).shape is None
    assert points != Points(inputs=points.inputs, targets=points.targets)
