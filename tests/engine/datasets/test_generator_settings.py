"""The settings of data sets: without them the samples stay as they were, and with any they stay in the plane."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.dataset import DOMAIN, Array
from engine.datasets.generators import GENERATORS, Generator
from engine.settings import Setting
from engine.tasks import TASKS

# Written before data sets had settings.
BEFORE = json.loads((Path(__file__).parent / "first_samples.json").read_text(encoding="utf-8"))
EACH = [pytest.param(entry, one, id=f"{entry.name}-{one.name}") for entry in GENERATORS for one in entry.settings]


def drawn(name: str, count: int, classes: int = 2, **settings: float) -> tuple[Array, Array]:
    return GENERATORS[name].draw(np.random.default_rng(0), count, classes, settings)


def values_of(setting: Setting) -> st.SearchStrategy[float]:
    if setting.integer:
        return st.integers(int(setting.low), int(setting.high)).map(float)
    return st.floats(setting.low, setting.high)


@pytest.mark.parametrize("before", BEFORE, ids=lambda before: f"{before['name']}-{before['classes']}")
def test_default_settings_give_the_samples_of_old(before: dict[str, Any]) -> None:
    generator = GENERATORS[before["name"]]
    points, targets = generator.draw(np.random.default_rng((5, 0)), 250, before["classes"])
    np.testing.assert_allclose(points[before["at"]], before["points"], rtol=1e-12)
    np.testing.assert_allclose(targets[before["at"]], before["targets"], rtol=1e-12)


def test_every_data_set_has_settings() -> None:
    assert all(1 <= len(entry.settings) <= 4 for entry in GENERATORS)


@pytest.mark.parametrize(("generator", "setting"), EACH)
def test_every_setting_starts_inside_its_range_and_teaches(generator: Generator, setting: Setting) -> None:
    assert setting.problem(setting.default) is None
    assert setting.remark.endswith(".")
    assert len(setting.label) <= 11, "There is room for so many letters in the panel."


@pytest.mark.parametrize(("generator", "setting"), EACH)
def test_every_setting_changes_the_samples(generator: Generator, setting: Setting) -> None:
    classes = generator.classes[1]
    usual = generator.draw(np.random.default_rng(1), 900, classes)
    for value in {setting.low, setting.high} - {setting.default}:
        other = generator.draw(np.random.default_rng(1), 900, classes, {setting.name: value})
        assert not (np.array_equal(usual[0], other[0]) and np.array_equal(usual[1], other[1]))


@pytest.mark.parametrize("name", GENERATORS.names)
@given(data=st.data())
def test_any_settings_keep_the_samples_in_the_domain_and_the_classes_balanced(name: str, data: st.DataObject) -> None:
    entry = GENERATORS[name]
    settings = {one.name: data.draw(values_of(one), one.name) for one in entry.settings}
    classes = data.draw(st.integers(*entry.classes))
    points, targets = entry.draw(np.random.default_rng(data.draw(st.integers(0, 99))), 123, classes, settings)
    assert np.isfinite(points).all()
    # A curve's y leaves the picture as little as before.
    assert np.abs(points).max() <= DOMAIN[1] + 1e-9
    is_image = TASKS[entry.tasks[0]].is_image
    if not classes:
        low, high = (0.0, 1.0) if is_image else (-2.0, 2.0)
        assert low - 1e-9 <= targets.min() <= targets.max() <= high + 1e-9
    elif not is_image:
        counts = np.bincount(targets.astype(int), minlength=classes)
        assert counts.max() - counts.min() <= 1


@given(st.integers(1, 400), st.lists(st.integers(0, 9), min_size=2, max_size=8).filter(any))
def test_balance_is_exact_to_one_sample(count: int, balance: list[int]) -> None:
    _, targets = GENERATORS["blobs"].draw(
        np.random.default_rng(0), count, len(balance), {}, [float(b) for b in balance]
    )
    counts = np.bincount(targets.astype(int), minlength=len(balance))
    exact = count * np.array(balance) / sum(balance)
    assert counts.sum() == count
    assert np.abs(counts - exact).max() < 1.0


def test_equal_shares_are_no_balance_at_all() -> None:
    random = np.random.default_rng
    plain, equal = GENERATORS["xor"].draw(random(0), 33, 2), GENERATORS["xor"].draw(random(0), 33, 2, {}, (4.0, 4.0))
    np.testing.assert_array_equal(plain[0], equal[0])


def test_unequal_shares_are_mixed_from_the_first_sample_on() -> None:
    _, targets = GENERATORS["xor"].draw(np.random.default_rng(0), 100, 2, {}, (80.0, 20.0))
    for start in range(0, 100, 10):
        assert targets[start : start + 10].sum() == 2.0


def test_a_larger_disk_with_less_gap() -> None:
    points, targets = drawn("circle", 500, radius=3.0, gap=0.25)
    radius = np.hypot(*points.T)
    assert 2.9 < radius[targets == 1.0].max() <= 3.0
    assert 3.25 <= radius[targets == 0.0].min() < 3.4


def test_arms_of_a_spiral_lie_where_they_turn_to() -> None:
    points, targets = drawn("spiral", 900, turns=0.5, arms=6.0)
    radius, angle = np.hypot(*points.T), np.arctan2(points[:, 1], points[:, 0])
    start = (angle / (2.0 * np.pi) - 0.5 * (radius - 0.25) / 4.75) * 6.0
    arm = np.round(start)
    np.testing.assert_allclose(start, arm, atol=1e-6)
    np.testing.assert_array_equal(arm % 2, 1.0 - targets)
    assert set(arm % 6) == set(range(6))


@pytest.mark.parametrize("count", range(2, 9))
def test_clouds_take_turns_around_the_middle(count: int) -> None:
    points, targets = drawn("gaussians", 4000, blobs=float(count), distance=3.0, spread=0.1)
    cloud = np.round((np.arctan2(points[:, 1], points[:, 0]) / (2.0 * np.pi) - 0.125) * count) % count
    np.testing.assert_array_equal(targets, 1.0 - cloud % 2)
    np.testing.assert_allclose(np.hypot(*points.T).mean(), 3.0 * np.sqrt(2.0), rtol=0.01)
    assert np.unique(cloud).size == count


def test_fields_of_a_checkerboard_alternate_and_leave_a_gap() -> None:
    points, targets = drawn("checkerboard", 3000, fields=5.0, gap=0.2)
    place = (points + 5.5) / 2.2
    np.testing.assert_array_equal(np.floor(place).sum(axis=1) % 2, targets)
    assert ((place % 1.0 > 0.0999) & (place % 1.0 < 0.9001)).all()
    assert np.unique(np.floor(place), axis=0).shape == (25, 2)


def test_the_heart_lies_inside_its_outline() -> None:
    points, targets = drawn("heart", 3000, size=3.0, gap=0.5)
    # With the angle of the outline in between, its distance from the middle decides.
    t = np.linspace(0.0, 2.0 * np.pi, 20_001)
    x1 = np.sin(t) ** 3
    x2 = (13.0 * np.cos(t) - 5.0 * np.cos(2.0 * t) - 2.0 * np.cos(3.0 * t) - np.cos(4.0 * t)) / 16.0
    x2 = x2 - (x2.max() + x2.min()) / 2.0
    order = np.argsort(np.arctan2(x2, x1))
    border = np.interp(
        np.arctan2(points[:, 1], points[:, 0]), np.arctan2(x2, x1)[order], np.hypot(x1, x2)[order], period=2.0 * np.pi
    )
    share = np.hypot(*points.T) / border
    assert share[targets == 1.0].max() <= 3.01
    assert share[targets == 0.0].min() >= 3.49


def test_the_band_follows_the_sine() -> None:
    points, targets = drawn("sine-band", 2000, waves=2.0, height=1.5, width=1.0, gap=0.4)
    off = np.abs(points[:, 1] - 1.5 * np.sin(4.0 * np.pi * points[:, 0] / 11.0))
    assert off[targets == 1.0].max() <= 0.5 < 0.9 <= off[targets == 0.0].min() + 1e-12


def test_moons_that_come_apart_can_be_parted_by_a_line() -> None:
    points, targets = drawn("moons", 1000, gap=4.5, spread=0.05)
    assert points[targets == 0.0, 1].min() > points[targets == 1.0, 1].max()


@pytest.mark.parametrize(("direction", "expected"), [(0.0, (1.0, 0.0)), (90.0, (0.0, 1.0)), (225.0, (-0.5, -0.5))])
def test_a_plane_goes_up_in_its_direction(direction: float, expected: tuple[float, float]) -> None:
    points, targets = drawn("plane", 50, 0, direction=direction)
    np.testing.assert_allclose(targets, points @ expected / 6.0)


def test_a_saddle_turned_by_half_a_right_angle_is_a_difference_of_squares() -> None:
    points, targets = drawn("saddle", 50, 0, direction=45.0)
    np.testing.assert_allclose(targets, (points[:, 1] ** 2 - points[:, 0] ** 2) / 72.0, atol=1e-12)


def test_the_summit_is_where_it_is_put() -> None:
    points, targets = drawn("hill", 5000, 0, x1=-4.0, x2=3.0, width=1.0)
    np.testing.assert_allclose(points[targets.argmax()], (-4.0, 3.0), atol=0.3)


def test_more_bumps_alternate_between_up_and_down() -> None:
    points, targets = drawn("bumps", 20_000, 0, columns=2.0, rows=1.0, width=1.0)
    np.testing.assert_allclose(points[targets.argmax()], (-3.0, 0.0), atol=0.2)
    np.testing.assert_allclose(points[targets.argmin()], (3.0, 0.0), atol=0.2)


def test_a_million_bumps_are_computed_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = drawn("bumps", 1000, 0)[1]
    monkeypatch.setattr("engine.datasets.generators.values.PORTION", 64)
    np.testing.assert_allclose(drawn("bumps", 1000, 0)[1], whole, rtol=1e-12)


def test_curves_follow_their_formulas() -> None:
    points, y = drawn("sine", 40, 0, frequency=2.0, phase=90.0)
    np.testing.assert_allclose(y, np.cos(2.0 * points[:, 0]), atol=1e-12)
    points, y = drawn("hat", 40, 0, peak=1.0, width=2.0)
    np.testing.assert_allclose(y, np.clip(1.0 - np.abs(points[:, 0] - 1.0) / 2.0, -1.0, 1.0))
    assert np.unique(drawn("stairs", 500, 0, steps=6.0)[1]).size == 6
    points, y = drawn("cubic", 40, 0, bend=0.0)
    np.testing.assert_allclose(y, 1.3125 * (points[:, 0] / 6.0) ** 3)


def test_a_whole_number_must_be_one() -> None:
    arms = GENERATORS["spiral"].settings[1]
    assert arms.problem(3.5) == "must be a whole number, not 3.5"
    assert arms.problem(3.0) is None
