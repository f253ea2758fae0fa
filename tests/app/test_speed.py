"""Speeds: the stops of the slider, and how they are called."""

from app.speed import DEFAULT_SPEED, FULL_SPEED, SPEEDS, Speed


def test_labels_say_what_a_speed_means():
    assert Speed(steps_per_second=1).label == "1 step/s"
    assert Speed(steps_per_second=5).label == "5 steps/s"
    assert Speed(epochs_per_second=1).label == "1 epoch/s"
    assert DEFAULT_SPEED.label == "60 epochs/s"
    assert FULL_SPEED.label == "full speed"


def test_stops_go_from_one_step_a_second_to_full_speed():
    labels = [label for label, _ in SPEEDS]
    assert labels[0] == "1 step/s"
    assert labels[-1] == "full speed"
    assert dict(SPEEDS)["60 epochs/s"] == DEFAULT_SPEED
    assert len(set(labels)) == len(labels)


def test_only_full_speed_is_full():
    assert [speed for _, speed in SPEEDS if speed.is_full] == [FULL_SPEED]
