"""The loss curve shows what was measured, no more, however often it is drawn, and can be looked at closely."""

import gc
import weakref

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.frame import Curve, Frame
from app.theme import DARK, LIGHT
from app.views.loss_curve import LossCurveView
from app.views.loss_plot import NumberAxis, heights, log_ticks, whole_range
from engine.compose import compose
from tests.app.sample_frame import sample_frame

EMPTY = Curve(np.empty(0), np.empty(0))


def frame_of(train: Curve, test: Curve = EMPTY) -> Frame:
    """Return a frame that stands at the end of both curves."""
    now = [float(curve.losses[-1]) if len(curve.losses) else float("nan") for curve in (train, test)]
    return msgspec.structs.replace(
        sample_frame()[3], train_curve=train, test_curve=test, train_loss=now[0], test_loss=now[1]
    )


def curve(*losses: float) -> Curve:
    return Curve(np.arange(float(len(losses))), np.array(losses))


@pytest.fixture
def view(qtbot: QtBot) -> LossCurveView:
    result = LossCurveView()
    qtbot.addWidget(result)
    result.resize(400, 240)
    with qtbot.waitExposed(result):
        result.show()
    return result


def drawn(view: LossCurveView, line: int = 0) -> tuple[list[float], list[float]]:
    epochs, places = view._lines[line].getData()
    return ([] if epochs is None else epochs.tolist()), ([] if places is None else places.tolist())


def ranges(view: LossCurveView) -> list[list[float]]:
    return view.plot.getPlotItem().getViewBox().viewRange()


def test_both_curves_are_drawn_as_they_are(view: LossCurveView) -> None:
    view.show_frame(frame_of(curve(0.7, 0.5, 0.3), curve(0.8, 0.6, 0.5)))
    assert drawn(view, 0) == ([0.0, 1.0, 2.0], [0.7, 0.5, 0.3])
    assert drawn(view, 1) == ([0.0, 1.0, 2.0], [0.8, 0.6, 0.5])


def test_drawing_again_appends_nothing(view: LossCurveView) -> None:
    frame = frame_of(curve(0.7, 0.5, 0.3))
    for _ in range(3):
        view.show_frame(frame)
        view.set_theme(DARK)
        view.resize(view.width() + 10, 260)
        view.grab()
    assert drawn(view)[0] == [0.0, 1.0, 2.0]


def test_an_unchanged_curve_costs_nothing(view: LossCurveView, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = frame_of(curve(0.7, 0.5))
    view.show_frame(frame)

    def fail() -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr(view, "_draw", fail)
    view.show_frame(frame)


def test_a_hidden_view_catches_up_when_it_is_shown(view: LossCurveView) -> None:
    view.hide()
    view.show_frame(frame_of(curve(0.7, 0.5)))
    assert drawn(view)[0] == []
    view.show()
    assert drawn(view)[0] == [0.0, 1.0]


def test_a_reset_brings_the_curve_back_to_its_start(view: LossCurveView) -> None:
    view.show_frame(frame_of(curve(*np.linspace(0.7, 0.1, 500))))
    view.show_frame(frame_of(curve(0.7)))
    assert drawn(view)[0] == [0.0]
    assert ranges(view)[0] == [0.0, 10.0]


def test_the_legend_tells_the_last_losses(view: LossCurveView) -> None:
    view.show_frame(frame_of(curve(0.7, 0.25), curve(0.8, float("nan"))))
    assert "train 0.250" in view._legends[0].text()
    assert "test –" in view._legends[1].text()


def test_the_legend_follows_a_weight_that_was_edited(view: LossCurveView) -> None:
    frame = frame_of(curve(0.7, 0.25), curve(0.8, 0.3))
    view.show_frame(frame)
    view.show_frame(msgspec.structs.replace(frame, train_loss=0.5, test_loss=0.6))
    assert "train 0.500" in view._legends[0].text()
    assert "test 0.600" in view._legends[1].text()
    assert drawn(view)[1] == [0.7, 0.25]


def test_a_gap_stays_a_gap_and_a_lonely_point_is_a_dot(view: LossCurveView) -> None:
    view.show_frame(frame_of(curve(0.7, float("nan"), 0.5, 0.4)))
    assert np.isnan(drawn(view)[1][1])
    assert view._dots.getData()[0].tolist() == [0.0]


def test_the_logarithmic_scale_leaves_out_what_has_no_logarithm(view: LossCurveView, qtbot: QtBot) -> None:
    view.show_frame(frame_of(curve(1.0, 0.0, 0.01, -1.0)))
    qtbot.mouseClick(view.log, Qt.MouseButton.LeftButton, pos=QPoint(8, view.log.height() // 2))
    assert view.log.isChecked()
    places = drawn(view)[1]
    assert places[0] == 0.0
    assert places[2] == pytest.approx(-2.0)
    assert np.isnan(places[1])
    assert np.isnan(places[3])
    low, high = ranges(view)[1]
    assert low < -2.0
    assert high > 0.0


def test_the_mouse_reads_off_the_nearest_epoch(view: LossCurveView, qtbot: QtBot) -> None:
    view.show_frame(frame_of(curve(0.7, 0.5, 0.3, 0.2), curve(0.9, 0.8, 0.6, 0.5)))
    box = view.plot.getPlotItem().getViewBox()
    place = view.plot.mapFromScene(box.mapViewToScene(QPointF(2.1, 0.3)))
    with qtbot.waitSignal(view.hint) as told:
        qtbot.mouseMove(view.plot.viewport(), place)
    assert told.args == ["Epoch 2: train loss 0.300, test loss 0.600"]
    assert "train 0.300" in view._legends[0].text()
    with qtbot.waitSignal(view.hint) as told:
        QApplication.sendEvent(view.plot, QEvent(QEvent.Type.Leave))
    assert told.args == [""]
    assert "train 0.200" in view._legends[0].text()


def turn_wheel(view: LossCurveView) -> None:
    port = view.plot.viewport()
    middle = QPointF(port.rect().center())
    event = QWheelEvent(
        middle,
        port.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, event)


@pytest.mark.parametrize("way", ["button", "double-click", "key"])
def test_the_wheel_zooms_in_and_fit_shows_everything_again(view: LossCurveView, qtbot: QtBot, way: str) -> None:
    view.show_frame(frame_of(curve(*np.linspace(0.7, 0.1, 100))))
    whole = ranges(view)
    turn_wheel(view)
    zoomed = ranges(view)
    assert zoomed[0][1] - zoomed[0][0] < whole[0][1] - whole[0][0]
    # A new frame leaves what the user looks at alone.
    view.show_frame(frame_of(curve(*np.linspace(0.7, 0.1, 101))))
    assert ranges(view) == zoomed
    if way == "button":
        qtbot.mouseClick(view.fit, Qt.MouseButton.LeftButton)
    elif way == "double-click":
        qtbot.mouseDClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=view.plot.viewport().rect().center())
    else:
        qtbot.keyClick(view.plot, Qt.Key.Key_Home)
    assert ranges(view)[0] == [0.0, 100.0]


def test_plus_and_minus_zoom_by_keyboard(view: LossCurveView, qtbot: QtBot) -> None:
    view.show_frame(frame_of(curve(*np.linspace(0.7, 0.1, 101))))
    qtbot.keyClick(view.plot, Qt.Key.Key_Plus)
    assert ranges(view)[0] == [50.0, 100.0]
    qtbot.keyClick(view.plot, Qt.Key.Key_Minus)
    assert ranges(view)[0] == [0.0, 100.0]


def test_zooming_in_brings_points_back_that_were_left_out(view: LossCurveView, qtbot: QtBot) -> None:
    view.show_frame(frame_of(curve(*np.random.default_rng(1).uniform(0.1, 0.9, 20_000))))
    assert len(drawn(view)[0]) <= 1_000
    for _ in range(7):
        qtbot.keyClick(view.plot, Qt.Key.Key_Plus)
    start = ranges(view)[0][0]
    assert [epoch for epoch in drawn(view)[0] if epoch >= start] == np.arange(np.ceil(start), 20_000).tolist()


def test_the_ground_follows_the_theme(view: LossCurveView) -> None:
    for theme in (LIGHT, DARK):
        view.set_theme(theme)
        image = view.grab().toImage()
        assert image.pixelColor(image.width() - 20, 60) == QColor(*theme.surface)


def test_an_empty_canvas_has_a_sane_axis(view: LossCurveView) -> None:
    view.show_frame(frame_of(EMPTY))
    assert ranges(view) == [[0.0, 10.0], [0.0, 1.0]]
    assert "train –" in view._legends[0].text()


def test_a_closed_view_dies(qtbot: QtBot) -> None:
    view = LossCurveView()
    view.show_frame(frame_of(curve(0.7, 0.5)))
    view.grab()
    gone = weakref.ref(view)
    view.deleteLater()
    del view
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


def test_epochs_are_plain_numbers(qapp: QApplication) -> None:
    axis = NumberAxis("bottom")
    assert axis.tickStrings([0.0, 1_000.0, 2_000_000.0], 1.0, 1_000.0) == ["0", "1,000", "2,000,000"]


def test_logarithmic_ticks_are_round_numbers() -> None:
    assert [round(10**tick, 6) for tick in log_ticks(-2.05, 0.05, 12)] == [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]
    assert [round(10**tick, 9) for tick in log_ticks(-6.0, 0.0, 4)] == [1e-6, 1e-4, 1e-2, 1.0]
    assert [round(10**tick, 6) for tick in log_ticks(-1.0, -0.9, 3)] == [0.1, 0.11, 0.12]
    # In a plot so low that there is no room for one of them, the fewest.
    assert log_ticks(-2.0, 3.0, 0) == [0.0]


def test_heights_and_ranges_survive_whatever_comes() -> None:
    values = np.array([np.inf, -np.inf, np.nan, 0.0, 1e300])
    np.testing.assert_array_equal(np.isfinite(heights(values, log=False)), [False, False, False, True, True])
    np.testing.assert_array_equal(np.isfinite(heights(values, log=True)), [False, False, False, False, True])
    nothing = np.full(3, np.nan)
    for log in (False, True):
        across, up = whole_range([(np.arange(3.0), nothing)], log=log)
        assert across == (0.0, 10.0)
        assert up[0] < up[1]
    assert whole_range([(np.arange(3.0), np.zeros(3))], log=False)[1] == (0.0, 1.0)


def test_huge_losses_fit_beside_the_axis(qapp: QApplication) -> None:
    assert NumberAxis("left").tickStrings([0.0, 2e5, 4e5], 1.0, 2e5) == ["0", "2·10⁵", "4·10⁵"]
    assert NumberAxis("left").tickStrings([0.0, 5000.0], 1.0, 5000.0) == ["0", "5,000"]


def test_the_penalty_is_shown_apart_and_the_best_epoch_is_marked(qtbot) -> None:
    view = LossCurveView()
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show()
    frame = sample_frame()[3]
    view.show_frame(frame)
    assert not view.facts.penalty.isVisible()
    plain = view.plot.grab().toImage()
    view.show_frame(msgspec.structs.replace(frame, penalty=0.0123, best_epoch=20))
    assert view.facts.penalty.text() == "+ penalty 0.012"
    assert view.facts.penalty.isVisible()
    assert "best: epoch 20" in view.facts.best.text()
    assert view.facts.best.isVisible()
    assert view.plot.grab().toImage() != plain
    view.show_frame(msgspec.structs.replace(frame, penalty=0.0, best_epoch=None))
    assert not view.facts.penalty.isVisible()
    assert not view.facts.best.isVisible()
    assert view.plot.grab().toImage() == plain


def test_in_a_narrow_view_nothing_is_cut(qtbot) -> None:
    view = LossCurveView()
    qtbot.addWidget(view)
    view.resize(290, 140)
    view.show()
    frame = msgspec.structs.replace(sample_frame()[3], penalty=0.0123, best_epoch=2_000_000, train_loss=1.2e-5)
    view.show_frame(frame)
    parts = (*view._legends, view.log, view.fit, view.facts.best)
    qtbot.waitUntil(lambda: all(part.width() >= part.sizeHint().width() for part in parts))
    assert all(part.isVisible() for part in parts)
    assert view.width() == 290
    # There is no room for both; what is left out makes nothing wider.
    assert not view.facts.penalty.isVisible()
    view.resize(500, 200)
    assert view.facts.penalty.isVisible()


def test_the_loss_is_named(view: LossCurveView) -> None:
    for loss, task, name in (("contrastive", "embedding", "Contrastive loss"), ("mse", "regression", "Mean squared")):
        experiment, dataset, shape, _ = sample_frame(compose(task=task, loss=loss, samples=20))
        view.show_experiment(experiment, dataset, shape)
        assert view.facts.name.text().startswith(name)
    assert view.facts.name.text() == "Mean squared error over epochs"


def test_the_learning_rate_is_told_where_a_schedule_changes_it(view: LossCurveView) -> None:
    frame = sample_frame(compose(schedule="exponential", optimizer="adam"))[3]
    for rate, text in ((0.0034, "η 0.0034"), (0.0029, "η 0.0029"), (1.5e-6, "η 1.5·10⁻⁶")):
        view.show_frame(msgspec.structs.replace(frame, learning_rate=rate))
        assert view.facts.rate.isVisible()
        assert view.facts.rate.text() == text
    # Where it stays the same, the field in which it was chosen says it.
    view.show_frame(sample_frame(compose(optimizer="adam"))[3])
    assert not view.facts.rate.isVisible()


@pytest.mark.parametrize("width", [330, 384, 900])
def test_numbers_beside_the_curve_are_never_cut(view: LossCurveView, qtbot: QtBot, width: int) -> None:
    experiment, dataset, shape, frame = sample_frame(
        compose(task="classes", loss="sparse-categorical-cross-entropy", schedule="exponential", samples=20)
    )
    view.resize(width, 240)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(msgspec.structs.replace(frame, penalty=0.0123, learning_rate=0.00341, train_loss=1.2e-3))
    whole = (*view._legends, view.facts.penalty, view.facts.rate)
    qtbot.waitUntil(lambda: all(label.width() >= label.sizeHint().width() for label in whole))
    assert view.facts.name.fontMetrics().horizontalAdvance(view.facts.name.text()) <= max(view.facts.name.width(), 0)


def test_the_legends_share_a_row_where_there_is_room_also_after_longer_numbers(qtbot: QtBot) -> None:
    view = LossCurveView()
    qtbot.addWidget(view)
    view.resize(420, 200)
    view.show()
    frame = sample_frame()[3]
    for loss in (0.5, 1.2e-5):
        view.show_frame(msgspec.structs.replace(frame, train_loss=loss, test_loss=loss))
        train, test = view._legends
        qtbot.waitUntil(lambda test=test: test.width() >= test.sizeHint().width())
        assert (train.y(), test.x() > train.x()) == (test.y(), True)
    view.resize(240, 200)
    qtbot.waitUntil(lambda: test.y() > train.y())
    view.resize(420, 200)
    qtbot.waitUntil(lambda: test.y() == train.y())


def test_it_is_seen_that_the_keys_go_to_the_plot(qtbot: QtBot, view: LossCurveView) -> None:
    view.show()
    view.activateWindow()
    view.log.setFocus()
    qtbot.waitUntil(view.log.hasFocus)
    before = view.plot.grab().toImage()
    view.plot.setFocus()
    qtbot.waitUntil(view.plot.hasFocus)
    assert view.plot.grab().toImage() != before
    view.log.setFocus()
    assert view.plot.grab().toImage() == before
