import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from app.theme import LIGHT
from app.views.image import ImageView
from app.views.image.keys import Key
from app.views.image.pictures import errors, gray, is_wrong, parts, sure_parts, wrong_parts
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM


def word(rgb) -> int:
    return 0xFF000000 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]


def shown(qtbot, task: str) -> ImageView:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(380, 420)
    view.show()
    experiment, dataset, shape, frame = sample_frame(compose(task=task, samples=100))
    view.set_theme(LIGHT)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    return view


@pytest.mark.parametrize("task", ["segmentation", "reconstruction"])
def test_pixels_come_together_in_their_places(qtbot, task) -> None:
    view = shown(qtbot, task)
    outputs = view.outputs()
    dataset, frame = view._dataset, view._frame
    assert outputs.shape == (len(frame.train_outputs), 10, 10)
    flat = outputs.reshape(len(outputs), -1)
    np.testing.assert_array_equal(flat[:, dataset.is_train], frame.train_outputs)
    np.testing.assert_array_equal(flat[:, ~dataset.is_train], frame.test_outputs)


def test_switches_change_the_pictures(qtbot) -> None:
    view = shown(qtbot, "segmentation")
    before = view.panes.grab().toImage()
    view.fine.setChecked(True)
    fine = view.panes.grab().toImage()
    assert fine != before
    view.held_out.setChecked(True)
    assert view.panes.grab().toImage() != fine


def test_pointing_tells_row_column_target_and_output(qtbot) -> None:
    view = shown(qtbot, "segmentation")
    target = view.panes.places()[0]
    with qtbot.waitSignal(view.hint) as hint:
        qtbot.mouseMove(view.panes, QPoint(round(target.left() + 0.55 * target.width()), round(target.top() + 3)))
    assert hint.args[0].startswith("Row 1, column 6: wanted class 1")


@pytest.mark.parametrize("size", [(900, 250), (250, 900), (500, 500), (150, 120)])
def test_the_pictures_fit_into_any_shape_and_never_overlap(qtbot, size) -> None:
    view = shown(qtbot, "reconstruction")
    view.panes.resize(*size)
    places = view.panes.places()
    assert all(view.panes.rect().toRectF().adjusted(-1, -1, 1, 1).contains(place) for place in places)
    assert not any(a.intersects(b) for a, b in itertools.pairwise(places))


def test_colors_by_hand() -> None:
    assert gray(np.array([[0.0, 1.0, 2.0]])).tolist() == [[0xFF000000, 0xFFFFFFFF, 0xFFFFFFFF]]
    assert parts(LIGHT, np.array([1.0]))[0] == word(LIGHT.classes[1])
    sure = sure_parts(LIGHT, np.array([[1.0, 0.5], [0.0, 0.5]]))
    assert sure.tolist() == [word(LIGHT.classes[0]), word(LIGHT.zero)]
    wrong = wrong_parts(LIGHT, np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([0.0, 1.0]))
    assert wrong.tolist() == [word(LIGHT.zero), word(LIGHT.problem)]
    assert errors(LIGHT, np.array([1.0]), np.array([0.0]))[0] == word(LIGHT.positive)


def test_the_key_tells_how_many_pixels_are_wrong(qtbot) -> None:
    view = shown(qtbot, "segmentation")
    dataset = view._dataset
    target = dataset.targets.reshape(dataset.shape)
    classes, sure, wrong = view.panes._keys
    assert classes == Key(classes=dataset.classes)
    assert sure == Key("sure")
    assert wrong.share == pytest.approx(np.mean(view.outputs().argmax(axis=0) != target))
    assert shown(qtbot, "reconstruction").panes._keys == (Key("gray"), Key("gray"), Key("error"))


def test_outputs_that_are_no_numbers_are_wrong() -> None:
    outputs = np.array([[1.0, np.nan, 0.2], [0.0, 1.0, 0.9]])
    assert is_wrong(outputs, np.array([0.0, 1.0, 1.0])).tolist() == [False, True, False]


@pytest.mark.parametrize("task", ["segmentation", "reconstruction"])
@pytest.mark.parametrize("size", [(900, 250), (150, 120), (40, 40)])
def test_keys_and_hatch_are_drawn_at_any_size(qtbot, task, size) -> None:
    view = shown(qtbot, task)
    view.held_out.setChecked(True)
    np.testing.assert_array_equal(view.panes._hatched, ~view._dataset.is_train.reshape(view._dataset.shape))
    view.panes.resize(*size)
    assert not view.panes.grab().isNull()
    view.held_out.setChecked(False)
    assert view.panes._hatched is None
