"""What the decision view shows: field, readout, focus, switches, and that it copes with whatever comes."""

import gc
import weakref

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.theme import DARK, LIGHT
from app.views.decision import DecisionView
from engine.compose import compose
from engine.experiment import Data, Experiment, Generated
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame
from tests.app.views.decision.conftest import EMPTY, REGRESSION, MakeView

pytestmark = IGNORE_PLATFORM


def picture_colors(view: DecisionView) -> set[int]:
    """Return the colors well inside the picture."""
    image = view.canvas.grab().toImage()
    rect = view.canvas.plane.rect.toAlignedRect()
    return {
        image.pixel(x, y) & 0xFFFFFF
        for x in range(rect.left() + 6, rect.right() - 6, 7)
        for y in range(rect.top() + 6, rect.bottom() - 6, 7)
    }


def show_field(view: DecisionView, experiment: Experiment, field: np.ndarray) -> None:
    frame = sample_frame(experiment)[3]
    view.show_frame(msgspec.structs.replace(frame, output_fields=field.astype(np.float32)[None]))


def without_points() -> Experiment:
    # Points far outside leave the field alone in the picture.
    return Experiment(data=Data(source=Generated("circle", 4), noise=10.0, seed=1))


def test_the_field_is_drawn_in_the_colors_of_the_theme(make_view: MakeView) -> None:
    experiment = without_points()
    view = make_view(experiment)
    for theme in (LIGHT, DARK):
        view.set_theme(theme)
        show_field(view, experiment, np.ones((16, 16)))
        red, green, blue = theme.positive
        assert (red << 16 | green << 8 | blue) in picture_colors(view)


def test_row_zero_is_at_the_top(make_view: MakeView) -> None:
    experiment = without_points()
    view = make_view(experiment)
    field = np.zeros((16, 16))
    field[0] = 1.0
    show_field(view, experiment, field)
    assert view.describe(0.0, 5.9)[1].endswith("1.000, class B")
    assert view.describe(0.0, -5.9)[1].endswith("0, class A")
    image, plane = view.canvas.grab().toImage(), view.canvas.plane
    top = image.pixelColor(plane.to_pixel(1.0, 5.9).toPoint())
    assert top.blue() > top.red()


def test_discretize_leaves_two_colors(make_view: MakeView, qtbot: QtBot) -> None:
    experiment = without_points()
    view = make_view(experiment)
    show_field(view, experiment, np.tile(np.repeat([0.1, 0.4, 0.6, 0.9], 8), (32, 1)))
    smooth = picture_colors(view)
    qtbot.mouseClick(view.discretize, Qt.MouseButton.LeftButton, pos=QPoint(8, view.discretize.height() // 2))
    assert view.discretize.isChecked()
    ends = {red << 16 | green << 8 | blue for red, green, blue in (LIGHT.negative, LIGHT.positive)}
    assert ends <= picture_colors(view)
    assert not ends <= smooth


def test_hovering_tells_place_value_and_class(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(Experiment())
    show_field(view, Experiment(), np.full((8, 8), 0.25))
    with qtbot.waitSignal(view.hint) as told:
        qtbot.mouseMove(view.canvas, view.canvas.plane.to_pixel(2.0, -3.0).toPoint())
    assert told.args[0].endswith("the network puts out 0.250, class A")
    assert view.readout.text().endswith("ŷ 0.250 A")
    # While the mouse rests, the numbers follow the frames.
    show_field(view, Experiment(), np.full((8, 8), 0.75))
    assert view.readout.text().endswith("ŷ 0.750 B")
    with qtbot.waitSignal(view.hint) as told:
        QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    assert told.args == [""]
    assert view.readout.text() == ""


def test_regression_names_no_class(make_view: MakeView) -> None:
    view = make_view(REGRESSION)
    assert "class" not in view.describe(0.0, 0.0)[1]


def test_a_unit_the_user_points_at_is_shown_and_named(make_view: MakeView) -> None:
    view = make_view(Experiment(), focus_unit=3)
    view.canvas.grab()
    assert view.canvas._shown.caption == "Unit 2 of layer 1 · Tanh"
    assert (view.canvas._shown.low, view.canvas._shown.high) == (-1.0, 1.0)
    assert "the unit puts out" in view.describe(0.0, 0.0)[1]
    view.show_frame(sample_frame(Experiment())[3])
    assert view.canvas._shown.caption == "Output of the network"


def test_test_points_can_be_hidden(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(Experiment(data=Data(source=Generated("circle", 250), train_share=0.01)))
    with_test = view.canvas.grab().toImage()
    qtbot.mouseClick(view.show_test, Qt.MouseButton.LeftButton, pos=QPoint(8, view.show_test.height() // 2))
    assert not view.show_test.isChecked()
    assert view.canvas.grab().toImage() != with_test


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e38])
def test_broken_numbers_are_drawn_calmly(make_view: MakeView, value: float) -> None:
    view = make_view(Experiment())
    show_field(view, Experiment(), np.full((8, 8), value))
    view.discretize.setChecked(True)
    view.grab()
    assert view.describe(0.0, 0.0)[0]


def test_any_size_is_drawn(make_view: MakeView) -> None:
    view = make_view(Experiment())
    for width, height in ((1, 1), (40, 300), (900, 120), (600, 600), (260, 200)):
        view.canvas.resize(width, height)
        view.canvas.grab()
        view.resize(width, height)
        view.grab()


@pytest.mark.parametrize("experiment", [EMPTY, REGRESSION], ids=["empty", "regression"])
@pytest.mark.parametrize("count", [6_000, 20_000])
def test_very_many_points_are_drawn(make_view: MakeView, experiment: Experiment, count: int) -> None:
    task = experiment.data.task
    name = "circle" if task == "two-classes" else "plane"
    many = msgspec.structs.replace(experiment, data=Data(task=task, source=Generated(name, count)))
    view = make_view(many)
    before = len(picture_colors(view))
    view.show_experiment(*sample_frame(experiment)[:3])
    assert before > 2


def test_a_hidden_view_does_no_work(make_view: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    view = make_view(Experiment())
    view.hide()

    def fail() -> None:
        raise AssertionError("worked while hidden")

    monkeypatch.setattr(view.canvas, "_prepare", fail)
    view.show_frame(sample_frame(Experiment())[3])
    monkeypatch.undo()
    view.show()


def test_the_points_are_drawn_once_for_many_frames(make_view: MakeView, monkeypatch: pytest.MonkeyPatch) -> None:
    view = make_view(Experiment())
    view.grab()

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr(view.canvas._points, "_draw", fail)
    for _ in range(3):
        view.show_frame(sample_frame(Experiment())[3])
        view.grab()


def test_every_control_has_name_and_tooltip(make_view: MakeView) -> None:
    view = make_view(Experiment())
    tools = view.tools
    buttons = (*tools.classes, *tools.toolbox.buttons, tools.settings, tools.guides_button, tools.undo, tools.clear)
    for control in (*buttons, tools.value):
        assert control.accessibleName()
        assert control.toolTip().endswith(".")
    assert view.canvas.accessibleName()
    assert "Alt" in view.canvas.accessibleDescription()


@pytest.mark.parametrize("experiment", [EMPTY, REGRESSION, Experiment()], ids=["empty", "regression", "classes"])
def test_a_closed_view_dies(qtbot: QtBot, experiment: Experiment) -> None:
    view = DecisionView()
    experiment, dataset, shape, frame = sample_frame(experiment)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    view.grab()
    gone = [weakref.ref(part) for part in (view, view.canvas, view.canvas.strokes, view.tools.options)]
    view.deleteLater()
    del view
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [part() for part in gone] == [None] * 4


def test_a_score_has_lines_of_equal_value_and_says_how_far_they_are_apart(make_view: MakeView) -> None:
    ranking = compose(task="ranking", samples=10)
    view = make_view(ranking)
    show_field(view, ranking, np.tile(np.linspace(-1.0, 1.0, 128), (128, 1)))
    assert view.canvas._shown.caption == "Score, with a line every 0.2"
    assert view.describe(5.9, 0.0)[0].endswith("score 0.984")
    assert "Score" in view.tools.value.accessibleName()


def test_residuals_show_errors_by_color_and_size(make_view: MakeView) -> None:
    experiment = compose(task="regression", samples=50)
    view = make_view(experiment)
    frame, canvas = sample_frame(experiment)[3], view.canvas
    view.show_frame(frame)
    before = canvas.grab().toImage()
    assert not view.needs_outputs
    view.residuals.setChecked(True)
    assert view.needs_outputs
    assert canvas.grab().toImage() != before
    train = canvas._dataset.is_train
    errors = frame.train_outputs[0] - canvas._dataset.targets[train]
    largest = canvas._shown.high
    assert np.abs(errors).max() <= largest <= 10.0
    assert (canvas._shown.low, canvas._shown.caption) == (-largest, "Error ŷ − y of each point")
    np.testing.assert_allclose(canvas._with_errors.targets[train], errors / largest)
    # Before the outputs have come, the picture stays what it was.
    view.show_frame(msgspec.structs.replace(frame, train_outputs=frame.train_outputs[:, :0]))
    assert canvas._with_errors is None
    assert canvas.grab().toImage() == before


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 0.0, 1e300])
def test_residuals_of_broken_outputs_are_drawn_calmly(make_view: MakeView, value: float) -> None:
    experiment = compose(task="regression", samples=50)
    view = make_view(experiment)
    view.residuals.setChecked(True)
    frame = sample_frame(experiment)[3]
    outputs = [np.full_like(each, value) for each in (frame.train_outputs, frame.test_outputs)]
    view.show_frame(msgspec.structs.replace(frame, train_outputs=outputs[0], test_outputs=outputs[1]))
    view.grab()
