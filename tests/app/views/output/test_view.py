"""The output of every task: each picture draws what it is shown, whatever it is."""

import gc
import weakref

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.theme import DARK, LIGHT
from app.views.output import OutputView
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment, Points
from engine.parameters import layout
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM

TASKS_AND_LOSSES = [pytest.param(task.name, loss, id=f"{task.name}-{loss}") for task in TASKS for loss in task.losses]


@pytest.fixture
def view(qtbot) -> OutputView:
    view = OutputView()
    qtbot.addWidget(view)
    view.resize(380, 400)
    view.show()
    return view


def show(view: OutputView, experiment: Experiment, **changed) -> None:
    experiment, dataset, shape, frame = sample_frame(experiment)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(msgspec.structs.replace(frame, **changed))


@pytest.mark.parametrize(("task", "loss"), TASKS_AND_LOSSES)
def test_every_task_and_loss_is_drawn_in_both_themes(view, task, loss) -> None:
    experiment = compose(task=task, loss=loss, samples=100)
    show(view, experiment)
    pictures = []
    for theme in (LIGHT, DARK):
        view.set_theme(theme)
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]
    colors = {pictures[0].pixel(x, y) for x in range(60, 320, 3) for y in range(80, 340, 3)}
    assert len(colors) > 2


@pytest.mark.parametrize("task", TASKS.names)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e38])
def test_broken_numbers_are_drawn_calmly(view, task, value) -> None:
    experiment = compose(task=task, samples=60)
    frame = sample_frame(experiment)[3]
    show(
        view,
        experiment,
        output_fields=np.full_like(frame.output_fields, value),
        unit_fields=np.full_like(frame.unit_fields, value),
        train_outputs=np.full_like(frame.train_outputs, value),
        test_outputs=np.full_like(frame.test_outputs, value),
    )
    assert not view.grab().isNull()


@pytest.mark.parametrize("task", [task.name for task in TASKS if not task.is_image])
@pytest.mark.parametrize("size", [(150, 130), (1200, 900)])
def test_no_points_and_any_size(view, task, size) -> None:
    experiment = compose(task=task)
    empty = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))
    view.resize(*size)
    show(view, msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, source=empty)))
    assert not view.grab().isNull()


@pytest.mark.parametrize("task", TASKS.names)
def test_each_task_has_its_picture_and_only_some_need_the_outputs(view, task) -> None:
    show(view, compose(task=task, samples=60))
    expected = {"regression-1d": view.curve, "embedding": view.embedding}.get(task, view.plane)
    if TASKS[task].is_image:
        expected = view.image
    assert view.current is expected
    assert view.needs_outputs == (expected in (view.embedding, view.image))
    assert view.switch.isVisible() == (task == "embedding")


def test_the_data_of_an_embedding_can_be_painted(view, qtbot) -> None:
    show(view, compose(task="embedding"))
    view.switch.choose("plane")
    assert view.current is view.plane
    assert not view.needs_outputs
    with qtbot.waitSignal(view.points_painted) as painted:
        view.plane.canvas.strokes.press(1.0, 2.0, view.plane.tools.tool)
        view.plane.canvas.strokes.release()
    np.testing.assert_allclose(painted.args[0], [[1.0, 2.0]])


def test_a_frame_of_the_last_task_is_not_drawn_into_the_picture_of_this_one(view) -> None:
    old = sample_frame(compose(task="classes"))[3]
    experiment = compose(task="segmentation")
    view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
    view.show_frame(old)
    assert view.image.outputs() is None


def test_a_closed_view_dies(qtbot) -> None:
    view = OutputView()
    show(view, compose(task="embedding"))
    reference = weakref.ref(view)
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert reference() is None
