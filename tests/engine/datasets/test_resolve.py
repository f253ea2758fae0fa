import msgspec
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


def test_an_image_is_as_large_as_its_samples_allow_and_keeps_its_shape() -> None:
    dataset = resolve(Data(task="segmentation", source=Generated("smiley", 1000), classes=3))
    assert dataset.shape == (31, 31)
    assert len(dataset) == 31 * 31
    assert dataset.classes == 3


def test_noise_makes_an_image_grainy_but_moves_no_pixel() -> None:
    calm, noisy = (
        resolve(Data(task="reconstruction", source=Generated("ball", 1024), noise=noise)) for noise in (0.0, 0.5)
    )
    np.testing.assert_array_equal(calm.points, noisy.points)
    assert (noisy.targets - calm.targets).std() == pytest.approx(0.05, rel=0.1)


def test_noise_moves_the_points_of_a_curve_up_and_down() -> None:
    calm, noisy = (resolve(Data(task="regression-1d", source=Generated("sine", 400), noise=n)) for n in (0.0, 1.0))
    np.testing.assert_array_equal(calm.points[:, 0], noisy.points[:, 0])
    np.testing.assert_array_equal(noisy.points[:, 1], noisy.targets)
    assert (noisy.targets - calm.targets).std() == pytest.approx(0.25, rel=0.15)


@pytest.mark.parametrize("soft", ["smoothing", "distance"])
def test_soft_classes_have_probabilities(soft: str) -> None:
    dataset = resolve(Data(task="soft-classes", source=Generated("blobs", 300), classes=5, soft=soft, softness=0.2))
    assert dataset.soft is not None
    assert dataset.soft.shape == (300, 5)
    np.testing.assert_allclose(dataset.soft.sum(axis=1), 1.0)
    assert np.mean(dataset.soft.argmax(axis=1) == dataset.targets) > 0.9
    assert resolve(Data(task="classes", source=Generated("blobs", 300), classes=5)).soft is None


def test_label_noise_changes_training_labels_and_nothing_else() -> None:
    calm = Data(source=Generated("spiral", 400), seed=3)
    clean, noisy = resolve(calm), resolve(msgspec.structs.replace(calm, label_noise=0.25))
    np.testing.assert_array_equal(noisy.points, clean.points)
    np.testing.assert_array_equal(noisy.is_train, clean.is_train)
    wrong = noisy.targets != clean.targets
    assert wrong.sum() == round(0.25 * clean.train_count)
    assert not wrong[~clean.is_train].any()


def test_label_noise_is_nothing_where_targets_are_values() -> None:
    plane = Data(task="regression", source=Generated("plane", 50))
    noisy = resolve(msgspec.structs.replace(plane, label_noise=0.5))
    np.testing.assert_array_equal(noisy.targets, resolve(plane).targets)


def test_balance_and_settings_reach_the_samples() -> None:
    source = Generated("circle", 100, settings={"radius": 1.0}, balance=(9.0, 1.0))
    dataset = resolve(Data(source=source))
    assert dataset.targets.sum() == 10.0
    assert np.hypot(*dataset.points[dataset.targets == 1.0].T).max() <= 1.0


def test_a_split_drawn_again_moves_no_sample() -> None:
    data = Data(source=Generated("moons", 200))
    first, second = resolve(data), resolve(msgspec.structs.replace(data, split_seed=1))
    np.testing.assert_array_equal(first.points, second.points)
    assert first.train_count == second.train_count == 140
    assert (first.is_train != second.is_train).any()
    assert (second.is_train != resolve(msgspec.structs.replace(data, split_seed=2)).is_train).any()


def test_without_strata_the_share_holds_over_all_samples_only() -> None:
    source = Generated("blobs", 80, balance=(80.0, 10.0, 10.0))
    counts = []
    for stratified in (True, False):
        for split_seed in range(20):
            dataset = resolve(
                Data("classes", source, classes=3, stratified=stratified, split_seed=split_seed, train_share=0.5)
            )
            assert dataset.train_count == 40
            counts.append((stratified, int(dataset.targets[dataset.is_train].tolist().count(1.0))))
    assert {count for stratified, count in counts if stratified} == {4}
    assert len({count for stratified, count in counts if not stratified}) > 1


def test_the_fold_is_the_test_and_the_share_does_not_count() -> None:
    data = Data(source=Generated("xor", 100), folds=4, train_share=0.2)
    parts = [resolve(msgspec.structs.replace(data, fold=fold)) for fold in (1, 2, 3, 4)]
    assert all(24 <= part.test_count <= 26 for part in parts)
    np.testing.assert_array_equal(sum((~part.is_train).astype(int) for part in parts), np.ones(100))
    np.testing.assert_array_equal(parts[0].points, resolve(data).points)
    assert resolve(data).train_count == 20
