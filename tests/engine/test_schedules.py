import numpy as np
import pytest

from engine.schedules import SCHEDULES
from engine.settings import complete

by_name = pytest.mark.parametrize("schedule", SCHEDULES, ids=SCHEDULES.names)
HALF = np.sqrt(0.5)


@pytest.mark.parametrize(
    ("name", "chosen", "factors"),
    [
        ("constant", {}, {0.0: 1.0, 1e6: 1.0}),
        ("step", {"every": 10.0, "decay": 0.5}, {0.0: 1.0, 9.9: 1.0, 10.0: 0.5, 29.0: 0.25, 30.0: 0.125}),
        ("exponential", {"decay": 0.9}, {0.0: 1.0, 1.0: 0.9, 2.0: 0.81, 0.5: np.sqrt(0.9)}),
        ("inverse-time", {"rate": 0.1}, {0.0: 1.0, 10.0: 0.5, 20.0: 1.0 / 3.0, 5.0: 2.0 / 3.0}),
        ("cosine", {"epochs": 100.0}, {0.0: 1.0, 25.0: 0.5 + 0.5 * HALF, 50.0: 0.5, 100.0: 0.0, 1e5: 0.0}),
        ("cosine", {"epochs": 100.0, "floor": 0.2}, {0.0: 1.0, 50.0: 0.6, 100.0: 0.2, 250.0: 0.2}),
        (
            "warmup-cosine",
            {"warmup": 10.0, "epochs": 110.0, "floor": 0.2},
            {0.0: 0.2, 5.0: 0.6, 10.0: 1.0, 60.0: 0.6, 110.0: 0.2, 500.0: 0.2},
        ),
        ("warmup-cosine", {"warmup": 10.0, "epochs": 5.0, "floor": 0.0}, {5.0: 0.5, 10.0: 1.0, 10.5: 0.5, 11.0: 0.0}),
        ("plateau", {}, {0.0: 1.0, 1e3: 1.0}),
    ],
)
def test_factors_by_hand(name: str, chosen: dict[str, float], factors: dict[float, float]) -> None:
    schedule = SCHEDULES[name]
    settings = complete(schedule.settings, chosen)
    for epochs, factor in factors.items():
        assert schedule.factor(epochs, settings) == pytest.approx(factor, abs=1e-12)
    times = np.array(list(factors))
    np.testing.assert_allclose(schedule.factor(times, settings), list(factors.values()), atol=1e-12)


@by_name
def test_the_rate_never_rises_but_in_a_warm_up_and_stays_between_0_and_1(schedule) -> None:
    factor = schedule.factor(np.linspace(0.0, 2000.0, 4001), complete(schedule.settings, {}))
    assert factor.min() >= 0.0
    assert factor.max() <= 1.0
    warmup = next((setting.default for setting in schedule.settings if setting.name == "warmup"), 0.0)
    assert (np.diff(factor[int(2 * warmup) :]) <= 1e-15).all()


@by_name
@pytest.mark.parametrize("end", ["low", "high"])
def test_the_ends_of_the_settings_do_no_harm(schedule, end: str) -> None:
    chosen = {s.name: getattr(s, end) for s in schedule.settings if s.problem(getattr(s, end)) is None}
    factor = schedule.factor(np.array([0.0, 0.5, 1.0, 10.0, 1e6]), complete(schedule.settings, chosen))
    assert np.isfinite(factor).all()


@by_name
def test_entry_is_complete(schedule) -> None:
    assert schedule.formula
    assert any(letter.isdigit() for letter in schedule.source)
    assert all(setting.problem(setting.default) is None for setting in schedule.settings)
    assert schedule.watches_loss == (schedule.name == "plateau")


def test_the_constant_one_is_first_and_the_plateau_has_what_its_rule_needs() -> None:
    assert SCHEDULES.names[0] == "constant"
    assert [setting.name for setting in SCHEDULES["plateau"].settings] == ["factor", "patience", "threshold", "floor"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("none", "constant"), ("step decay", "step"), ("warm-up", "warmup-cosine"), ("Reduce LR on plateau", "plateau")],
)
def test_what_people_type_is_understood(typed: str, name: str) -> None:
    assert SCHEDULES[typed].name == name
