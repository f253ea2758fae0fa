"""Every task with every loss that suits it is drawn by the plane, the network and the gradients, whatever comes."""

from collections.abc import Iterator

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.frame import Frame
from app.theme import DARK, LIGHT, Theme
from app.views.decision import DecisionView
from app.views.gradients.view import GradientView
from app.views.network.view import NetworkView
from app.views.output import OutputView
from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment, Points
from engine.parameters import Layout
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM

PAIRS = [(task.name, loss) for task in TASKS for loss in task.losses]
SIZES = ((1, 1), (260, 180), (1900, 1000))
AnyView = DecisionView | OutputView | NetworkView | GradientView
Shown = tuple[Experiment, Dataset, Layout, Frame]


@pytest.fixture(scope="module")
def shown_pairs() -> dict[tuple[str, str], Shown]:
    return {(task, loss): sample_frame(compose(task=task, loss=loss, samples=40)) for task, loss in PAIRS}


@pytest.fixture
def views(qtbot: QtBot) -> list[AnyView]:
    views: list[AnyView] = [DecisionView(), OutputView(), NetworkView(), GradientView()]
    for view in views:
        qtbot.addWidget(view)
        view.show()
    return views


def draw(views: list[AnyView], shown: Shown, sizes: tuple[tuple[int, int], ...] = ((380, 400),)) -> None:
    experiment, dataset, layout, frame = shown
    for view in views:
        view.show_experiment(experiment, dataset, layout)
        view.show_frame(frame)
        for size in sizes:
            view.resize(QSize(*size))
            assert not view.grab().isNull()


def broken(frame: Frame, value: float) -> Frame:
    """Return ``frame`` with ``value`` in place of every number that is drawn."""
    names = ("parameters", "gradient", "update", "unit_fields", "output_fields", "train_outputs", "test_outputs")
    arrays = {name: np.full_like(getattr(frame, name), value) for name in names}
    return msgspec.structs.replace(frame, **arrays, train_loss=value, test_loss=value)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_frame_is_drawn_at_every_size_and_with_broken_numbers(
    shown_pairs: dict[tuple[str, str], Shown], views: list[AnyView], pair: tuple[str, str]
) -> None:
    shown = shown_pairs[pair]
    draw(views, shown, SIZES)
    for value in (np.nan, np.inf, -np.inf, 0.0):
        draw(views, (*shown[:3], broken(shown[3], value)))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_one_task_follows_the_other(
    shown_pairs: dict[tuple[str, str], Shown], views: list[AnyView], theme: Theme
) -> None:
    for view in views:
        view.set_theme(theme)
    # There and back again: nothing of one task may stay behind for another.
    for pair in (*PAIRS, *reversed(PAIRS)):
        draw(views, shown_pairs[pair])


@pytest.mark.parametrize("task", [task.name for task in TASKS if not task.is_image])
def test_an_empty_canvas_is_drawn(views: list[AnyView], task: str) -> None:
    experiment = compose(task=task, samples=20)
    none = Points(inputs=np.empty((0, 2)), targets=np.empty(0))
    empty = msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, source=none))
    dataset = sample_frame(empty)[1]
    _, _, layout, frame = sample_frame(experiment)
    cut = msgspec.structs.replace(
        frame, train_outputs=frame.train_outputs[:, :0], test_outputs=frame.test_outputs[:, :0]
    )
    draw(views, (empty, dataset, layout, cut))


@pytest.mark.parametrize("task", TASKS.names)
def test_very_many_points_are_drawn(qtbot: QtBot, task: str) -> None:
    view = OutputView()
    qtbot.addWidget(view)
    view.show()
    # The frame of a smaller set still holds other outputs than there are points: a moment later the right one comes.
    draw([view], (*sample_frame(compose(task=task, samples=100_000))[:3], sample_frame(compose(task=task))[3]))


@pytest.mark.parametrize("name", [entry.name for entry in ACTIVATIONS if entry.hidden])
def test_every_activation_and_dropout_is_drawn_in_the_network(qtbot: QtBot, name: str) -> None:
    view = NetworkView()
    qtbot.addWidget(view)
    view.show()
    draw([view], sample_frame(compose(activation=name, dropout=0.2, hidden=(5, 3), samples=20)), SIZES)


@pytest.fixture(autouse=True)
def _no_warnings_of_numpy() -> Iterator[None]:
    with np.errstate(all="raise", under="ignore"):
        yield
