"""The batch of an iteration in the output: who is brought out, and how a sample is picked without painting."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage

from app.stepping.records import MEAN, Phase, Position
from app.stepping.state import StepState
from app.theme import DARK
from app.views.decision.batch import Batch
from app.views.image import ImageView
from app.views.output import OutputView
from engine.compose import compose
from engine.experiment import Experiment
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame
from tests.app.views.networks import hover
from tests.app.views.places import state_at, trace_of

pytestmark = IGNORE_PLATFORM
LEFT, RIGHT, ALT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.KeyboardModifier.AltModifier
TWO_CLASSES = compose(hidden=(2,), batch_size=10, samples=60)


def shown(qtbot, experiment: Experiment = TWO_CLASSES) -> OutputView:
    view = OutputView()
    qtbot.addWidget(view)
    view.resize(380, 400)
    experiment, dataset, layout, frame = sample_frame(experiment)
    view.show_experiment(experiment, dataset, layout)
    view.show_frame(frame)
    view.show()
    view.grab()
    return view


def at_batch(experiment: Experiment = TWO_CLASSES, focus: int = 0) -> StepState:
    return state_at(trace_of(experiment), Position(Phase.BATCH), focus)


def spot(view: OutputView, sample: int) -> QPoint:
    canvas = view.plane.canvas
    assert canvas._dataset is not None
    return canvas.plane.to_pixel(*canvas._dataset.points[sample].tolist()).toPoint()


def empty_spot(view: OutputView) -> QPoint:
    canvas = view.plane.canvas
    place = canvas.plane.to_pixel(5.8, 5.8).toPoint()
    assert canvas.sample_at(QPointF(place)) == -1
    return place


def picture(view: OutputView) -> QImage:
    return view.grab().toImage()


@pytest.mark.parametrize("task", TASKS.names)
def test_the_batch_is_brought_out_and_leaves_no_trace(qtbot, task) -> None:
    experiment = compose(task=task, hidden=(4,), batch_size=8, samples=100)
    view = shown(qtbot, experiment)
    before = picture(view)
    state = at_batch(experiment, focus=2)
    view.show_step(state)
    with_batch = picture(view)
    assert with_batch != before
    view.show_step(at_batch(experiment, focus=MEAN))
    assert picture(view) not in (before, with_batch)
    view.show_step(None)
    assert picture(view) == before


def test_the_samples_are_those_of_the_trace() -> None:
    batch = Batch()
    triplets = compose(task="embedding", loss="triplet", batch_size=5)
    trace = trace_of(triplets)
    assert batch.set_state(at_batch(triplets, focus=1))
    assert set(batch.samples.tolist()) == set(trace.samples.ravel().tolist())
    assert batch.focused == tuple(trace.samples[:, 1].tolist())
    assert len(batch.focused) == 3
    assert batch.set_state(at_batch(triplets, focus=MEAN))
    assert batch.focused == ()


def test_another_place_of_the_same_iteration_repaints_nothing() -> None:
    batch, trace = Batch(), trace_of(TWO_CLASSES)
    assert batch.set_state(state_at(trace, Position(Phase.BATCH)))
    assert not batch.set_state(state_at(trace, Position(Phase.FORWARD, 0, 1)))


def test_the_nearest_sample_of_the_batch_comes_before_others() -> None:
    batch = Batch()
    batch.set_state(at_batch())
    places = np.full((60, 2), 100.0)
    own = int(batch.samples[0])
    other = next(number for number in range(60) if number not in batch.samples)
    places[own], places[other] = (0.0, 6.0), (0.0, 1.0)
    assert batch.nearest(places, QPointF(0.0, 0.0)) == own
    assert batch.nearest(places, QPointF(0.0, -7.0)) == other
    assert batch.nearest(places, QPointF(0.0, -20.0)) == -1
    assert batch.nearest(places, QPointF(0.0, 0.0), np.arange(60) != own) == other


def test_alt_and_a_click_pick_a_sample_at_any_time(qtbot) -> None:
    view = shown(qtbot)
    for state in (None, at_batch()):
        view.show_step(state)
        with qtbot.waitSignal(view.sample_picked) as picked, qtbot.assertNotEmitted(view.stroke_started):
            qtbot.mouseClick(view.plane.canvas, LEFT, ALT, pos=spot(view, 7))
        assert picked.args == [7]


def test_alt_and_a_click_beside_all_points_say_so(qtbot) -> None:
    view = shown(qtbot)
    hints: list[str] = []
    view.hint.connect(hints.append)
    with qtbot.assertNotEmitted(view.sample_picked), qtbot.assertNotEmitted(view.stroke_started):
        qtbot.mouseClick(view.plane.canvas, LEFT, ALT, pos=empty_spot(view))
    assert any("no point here" in hint for hint in hints)


def test_a_plain_click_picks_only_while_an_iteration_is_walked_through(qtbot) -> None:
    view = shown(qtbot)
    with qtbot.waitSignal(view.points_painted), qtbot.assertNotEmitted(view.sample_picked):
        qtbot.mouseClick(view.plane.canvas, LEFT, pos=spot(view, 7))
    view.show_step(at_batch())
    with qtbot.waitSignal(view.sample_picked) as picked, qtbot.assertNotEmitted(view.stroke_started):
        qtbot.mouseClick(view.plane.canvas, LEFT, pos=spot(view, 7))
    assert picked.args == [7]


def test_while_walking_one_can_still_paint(qtbot) -> None:
    view = shown(qtbot)
    view.show_step(at_batch())
    canvas = view.plane.canvas
    with qtbot.waitSignal(view.points_painted), qtbot.assertNotEmitted(view.sample_picked):
        qtbot.mouseClick(canvas, LEFT, pos=empty_spot(view))
    with qtbot.waitSignal(view.points_painted), qtbot.assertNotEmitted(view.sample_picked):
        qtbot.mouseClick(canvas, RIGHT, pos=spot(view, 7))


def test_a_drag_from_a_point_paints_from_there(qtbot) -> None:
    view = shown(qtbot)
    view.show_step(at_batch())
    canvas, painted = view.plane.canvas, []
    view.points_painted.connect(lambda points, target: painted.append(points))
    start = spot(view, 7)
    with qtbot.assertNotEmitted(view.sample_picked), qtbot.waitSignal(view.stroke_finished):
        qtbot.mousePress(canvas, LEFT, pos=start)
        assert painted == []
        hover(canvas, start.x() + 60.0, start.y())
        qtbot.mouseRelease(canvas, LEFT, pos=start + QPoint(60, 0))
    assert painted[0][0] == pytest.approx(canvas._dataset.points[7], abs=0.1)


def test_the_eraser_erases_what_it_is_clicked_on(qtbot) -> None:
    view = shown(qtbot)
    view.show_step(at_batch())
    view.plane.tools.choose_family("E")
    with qtbot.waitSignal(view.points_erased), qtbot.assertNotEmitted(view.sample_picked):
        qtbot.mouseClick(view.plane.canvas, LEFT, pos=spot(view, 7))


def test_points_that_are_not_drawn_are_not_picked(qtbot) -> None:
    view = shown(qtbot)
    canvas = view.plane.canvas
    test = int(np.flatnonzero(~canvas._dataset.is_train)[0])
    assert canvas.sample_at(QPointF(spot(view, test))) == test
    view.plane.show_test.setChecked(False)
    assert canvas.sample_at(QPointF(spot(view, test))) != test


def test_the_hand_shows_what_a_click_picks(qtbot) -> None:
    view = shown(qtbot)
    canvas, place = view.plane.canvas, spot(view, 7)
    hover(canvas, place.x(), place.y())
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    view.show_step(at_batch())
    hover(canvas, place.x(), place.y())
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_the_keyboard_picks_at_its_cross_hair(qtbot) -> None:
    view = shown(qtbot)
    canvas = view.plane.canvas
    canvas._keys.position = tuple(canvas._dataset.points[7].tolist())
    with qtbot.waitSignal(view.sample_picked) as picked:
        qtbot.keyClick(canvas, Qt.Key.Key_Return, ALT)
    assert picked.args == [7]


def test_a_curve_has_its_points_to_pick(qtbot) -> None:
    view = shown(qtbot, compose(task="regression-1d", batch_size=8, samples=60))
    view.show_step(at_batch(compose(task="regression-1d", batch_size=8, samples=60)))
    canvas = view.curve.canvas
    place = canvas.plane.to_pixel(*canvas._dataset.points[5].tolist()).toPoint()
    with qtbot.waitSignal(view.sample_picked) as picked:
        qtbot.mouseClick(canvas, LEFT, pos=place)
    # Neighbors on a curve lie close: what was picked is one that lies there.
    assert canvas._dataset.points[picked.args[0]] == pytest.approx(canvas._dataset.points[5], abs=0.6)


def test_an_embedding_is_clicked_where_the_network_puts_the_sample(qtbot) -> None:
    view = shown(qtbot, compose(task="embedding", samples=60, batch_size=8))
    canvas = view.embedding.canvas
    place = canvas._places[9]
    with qtbot.waitSignal(view.sample_picked) as picked:
        qtbot.mouseClick(canvas, LEFT, pos=QPointF(*place).toPoint())
    assert np.hypot(*(canvas._places[picked.args[0]] - place)) < 2.0


def test_a_pixel_is_a_sample(qtbot) -> None:
    view = shown(qtbot, compose(task="segmentation", samples=100))
    image: ImageView = view.image

    def pixel(picture: int) -> QPoint:
        place = image.panes.places()[picture]
        return QPoint(round(place.left() + 0.35 * place.width()), round(place.top() + 0.75 * place.height()))

    for picture in (1, 2):
        with qtbot.waitSignal(view.sample_picked) as picked:
            qtbot.mouseClick(image.panes, LEFT, pos=pixel(picture))
        assert picked.args == [73]
    # On the target one draws; there a click picks with Alt, or while an iteration is walked through.
    with qtbot.waitSignal(view.points_edited), qtbot.assertNotEmitted(view.sample_picked):
        qtbot.mouseClick(image.panes, LEFT, pos=pixel(0))
    with qtbot.waitSignal(view.sample_picked) as picked, qtbot.assertNotEmitted(view.points_edited):
        qtbot.mouseClick(image.panes, LEFT, Qt.KeyboardModifier.AltModifier, pixel(0))
    assert picked.args == [73]
    view.show_step(at_batch(compose(task="segmentation", samples=100)))
    with qtbot.waitSignal(view.sample_picked) as picked, qtbot.assertNotEmitted(view.points_edited):
        qtbot.mouseClick(image.panes, LEFT, pos=pixel(0))
    assert picked.args == [73]


def test_another_picture_of_the_same_samples_shows_the_batch_too(qtbot) -> None:
    experiment = compose(task="embedding", samples=60, batch_size=8)
    view = shown(qtbot, experiment)
    view.show_step(at_batch(experiment))
    view.switch.choose("plane")
    assert view.plane.canvas.batch.is_shown
    assert not view.embedding.canvas._batch.is_shown
    view.set_theme(DARK)
    assert not view.grab().isNull()
