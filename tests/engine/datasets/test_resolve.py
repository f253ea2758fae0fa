import numpy as np
import pytest

from engine.datasets.resolve import resolve
from engine.experiment import Data, Generated, Points


def test_noise_moves_points_and_nothing_else() -> None:
    calm, noisy = (resolve(Data(source=Generated("spiral", 400), noise=noise, seed=3)) for noise in (0.0, 0.5))
    np.testing.assert_array_equal(calm.targets, noisy.targets)
    np.testing.assert_array_equal(calm.is_train, noisy.is_train)
    assert (noisy.points - calm.points).std() == pytest.approx(0.5, rel=0.1)


def test_twice_the_noise_moves_twice_as_far_in_the_same_direction() -> None:
    calm, one, two = (resolve(Data(noise=noise)).points for noise in (0.0, 0.2, 0.4))
    np.testing.assert_allclose(two - calm, 2.0 * (one - calm), atol=1e-12)


def test_same_description_same_samples_other_seed_others() -> None:
    first, again, other = (resolve(Data(seed=seed)).points for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_explicit_points_are_taken_as_they_are_and_nobody_can_write_to_them() -> None:
    dataset = resolve(Data(source=Points([[1.0, 2.0], [3.0, 4.0]], [0.0, 1.0]), train_share=1.0))
    assert dataset.points.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert (dataset.train_count, dataset.test_count) == (2, 0)
    with pytest.raises(ValueError, match="read-only"):
        dataset.points[0, 0] = 9.0


def test_no_points_at_all() -> None:
    dataset = resolve(Data(source=Points([], [])))
    assert len(dataset) == dataset.train_count == 0
