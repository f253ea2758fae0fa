import pytest

from app.panels.stops import MOST, stops_of
from engine.datasets.generators import GENERATORS
from engine.settings import Setting

EACH = [pytest.param(one, id=f"{entry.name}-{one.name}") for entry in GENERATORS for one in entry.settings]


@pytest.mark.parametrize("setting", EACH)
def test_stops_go_from_end_to_end_through_the_default(setting):
    stops = stops_of(setting)
    assert list(stops) == sorted(set(stops))
    assert (stops[0], stops[-1]) == (setting.low, setting.high)
    assert setting.default in stops
    assert len(stops) <= MOST + 4
    assert all(setting.problem(stop) is None for stop in stops)


def test_stops_are_round():
    assert stops_of(Setting("a", "A", 1.0, 0.5, 4.0, "A."))[:4] == (0.5, 0.6, 0.7, 0.8)
    assert stops_of(Setting("a", "A", 45.0, 0.0, 360.0, "A."))[:4] == (0.0, 10.0, 20.0, 30.0)
    assert stops_of(Setting("a", "A", 3.0, 2.0, 8.0, "A.", integer=True)) == (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)


def test_an_end_that_does_not_belong_to_the_range_is_no_stop():
    assert 0.0 not in stops_of(Setting("a", "A", 0.5, 0.0, 1.0, "A.", includes_low=False))
