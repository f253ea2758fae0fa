"""Who is shown what when: everything to all at once, but in a stroke the points come first."""

from typing import Any
from unittest.mock import Mock

import msgspec
import pytest

from app.parts_in_turn import PartsInTurn
from engine.datasets.resolve import resolve
from engine.experiment import Experiment, Layer
from engine.parameters import layout
from tests.app.sample_frame import sample_frame

pytestmark = pytest.mark.gui


class Told:
    """Two parts, of which the first shows points, and three ways to show a frame; ``log`` is who was told what."""

    def __init__(self) -> None:
        self.log: list[tuple[str, Any]] = []
        points, plain = Mock(), Mock()
        points.show_experiment = lambda experiment, *_: self.log.append(("points", experiment))
        plain.show_experiment = lambda experiment, *_: self.log.append(("plain", experiment))
        self.parts = PartsInTurn(
            (plain, points),
            lambda: (points,),
            lambda frame: self.log.append(("picture", frame)),
            [lambda frame, name=name: self.log.append((name, frame)) for name in ("loss", "network")],
        )

    def show(self, experiment: Experiment, *, drawing: bool) -> None:
        self.parts.show_experiment(experiment, resolve(experiment.data), layout(experiment.network), drawing=drawing)

    @property
    def names(self) -> list[str]:
        """Who was told something since the last time."""
        names = [name for name, _ in self.log]
        self.log.clear()
        return names


def test_all_are_shown_everything_at_once(qapp: object) -> None:
    told, experiment = Told(), Experiment()
    told.show(experiment, drawing=False)
    told.parts.show_frame(sample_frame(experiment)[3], drawing=False)
    assert told.names == ["plain", "points", "picture", "loss", "network"]


def test_in_a_stroke_the_points_come_first_and_the_others_in_turn(qapp: object) -> None:
    told, experiment = Told(), Experiment()
    frame = sample_frame(experiment)[3]
    told.show(experiment, drawing=True)
    told.parts.show_frame(frame, drawing=True)
    assert told.names == ["points", "picture"]
    told.parts.timer.timeout.emit()
    # A new frame: who has not seen the one before comes first.
    newer = sample_frame(experiment)[3]
    told.parts.show_frame(newer, drawing=True)
    told.parts.timer.timeout.emit()
    told.parts.timer.timeout.emit()
    assert told.log == [("loss", frame), ("picture", newer), ("network", newer), ("loss", newer)]
    told.log.clear()
    told.parts.catch_up()
    assert told.names == ["plain"]


def test_the_end_of_a_stroke_leaves_nobody_behind(qapp: object) -> None:
    told, experiment = Told(), Experiment()
    told.show(experiment, drawing=True)
    told.parts.show_frame(sample_frame(experiment)[3], drawing=True)
    told.log.clear()
    told.parts.catch_up()
    assert told.names == ["plain", "loss", "network"]
    told.parts.catch_up()
    assert told.names == []


def test_a_frame_of_another_network_is_not_shown_late(qapp: object) -> None:
    told, experiment = Told(), Experiment()
    told.parts.show_frame(sample_frame(experiment)[3], drawing=True)
    hidden = (*experiment.network.hidden, Layer(units=3))
    other = msgspec.structs.replace(experiment, network=msgspec.structs.replace(experiment.network, hidden=hidden))
    told.show(other, drawing=False)
    told.log.clear()
    told.parts.catch_up()
    assert told.names == []
