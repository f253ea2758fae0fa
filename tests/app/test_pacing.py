"""Pacing: an even pace at any speed, and frames that leave training its time."""

import pytest

from app.pacing import LONGEST_DEBT, LONGEST_INTERVAL, SHORTEST_INTERVAL, FrameClock, Pacer, Throughput
from app.speed import FULL_SPEED, Speed


def steps_in(pacer: Pacer, seconds: float, tick: float, steps_per_epoch: int) -> list[int]:
    """Return how many steps were made at each tick."""
    made = []
    for number in range(1, round(seconds / tick) + 1):
        due = pacer.due(number * tick, steps_per_epoch)
        pacer.done(due)
        made.append(due)
    return made


@pytest.mark.parametrize(
    ("speed", "steps_per_epoch", "expected"),
    [
        (Speed(steps_per_second=1), 18, 10),
        (Speed(steps_per_second=5), 18, 50),
        (Speed(epochs_per_second=1), 7, 70),
        (Speed(epochs_per_second=60), 18, 10800),
        (Speed(epochs_per_second=0.5), 3, 15),
    ],
)
def test_the_pace_is_kept_over_ten_seconds(speed, steps_per_epoch, expected):
    made = steps_in(Pacer(speed, 0.0), 10.0, 1.0 / 60.0, steps_per_epoch)
    # The first step comes at once.
    assert sum(made) == pytest.approx(expected + 1, abs=1)


def test_the_pace_is_even():
    made = steps_in(Pacer(Speed(epochs_per_second=60), 0.0), 2.0, 1.0 / 60.0, 18)
    assert max(made[1:]) - min(made[1:]) <= 1


def test_the_next_step_is_foreseen():
    pacer = Pacer(Speed(steps_per_second=2), 10.0)
    assert pacer.due(10.0, 5) == 1
    pacer.done(1)
    assert pacer.next_due(5) == pytest.approx(10.5)


def test_what_a_slow_machine_missed_is_not_made_up():
    pacer = Pacer(Speed(epochs_per_second=1000), 0.0)
    assert pacer.due(60.0, 10) == 1 + int(LONGEST_DEBT * 10_000)


def test_full_speed_has_no_pace():
    assert Pacer(FULL_SPEED, 0.0).rate(10) == float("inf")


def test_frames_come_sixty_times_a_second_when_they_are_cheap():
    clock = FrameClock()
    clock.built(1.0, 1.0005)
    assert clock.next_due(busy=True) == pytest.approx(1.0 + SHORTEST_INTERVAL)


@pytest.mark.parametrize("cost", [0.002, 0.004, 0.007])
def test_costly_frames_leave_training_its_time(cost):
    clock = FrameClock()
    clock.built(1.0, 1.0 + cost)
    assert cost / clock.interval <= 0.081
    assert clock.interval <= LONGEST_INTERVAL
    assert clock.next_due(busy=False) == pytest.approx(1.0 + SHORTEST_INTERVAL)


def test_very_costly_frames_still_come():
    clock = FrameClock()
    clock.built(1.0, 1.4)
    assert clock.interval == pytest.approx(1.6)


def test_throughput_is_samples_over_time():
    throughput = Throughput()
    throughput.restart(5.0)
    for number in range(1, 101):
        throughput.add(50.0, 5.0 + number * 0.01)
    assert throughput.per_second == pytest.approx(5000.0)
