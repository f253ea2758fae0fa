"""Several classes in the decision view: colors, shapes, regions, and painting them by number."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.views.decision import DecisionView
from app.views.decision.axes import short_count
from app.views.decision.class_raster import STRENGTH, region_image
from app.views.decision.markers import make_markers
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def view(qtbot) -> DecisionView:
    view = DecisionView(random=np.random.default_rng(0))
    qtbot.addWidget(view)
    view.resize(400, 420)
    view.show()
    experiment, dataset, shape, frame = sample_frame(compose(task="classes", classes=5, samples=60))
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    return view


def rgb(image, x: int, y: int) -> tuple[int, int, int]:
    pixel = image.pixelColor(x, y)
    return pixel.red(), pixel.green(), pixel.blue()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_place_has_the_color_of_the_largest_output_mixed_by_how_sure_it_is(theme) -> None:
    fields = np.array([[[1.0, 0.25, 0.25]], [[0.0, 0.5, np.nan]], [[0.0, 0.25, 0.5]]], dtype=np.float32)
    full = [[z + STRENGTH * (c - z) for c, z in zip(ink, theme.zero, strict=True)] for ink in theme.classes]
    image = region_image(fields, theme, shares=True, flat=False)
    assert rgb(image, 0, 0) == pytest.approx(full[0], abs=1.0)
    # Half is a quarter of the way from a third to one.
    quarter = [z + 0.25 * (c - z) for c, z in zip(full[1], theme.zero, strict=True)]
    assert rgb(image, 1, 0) == pytest.approx(quarter, abs=1.5)
    assert rgb(image, 2, 0) == theme.zero
    assert rgb(region_image(fields, theme, shares=True, flat=True), 1, 0) == pytest.approx(full[1], abs=1.0)
    # The largest output leads the second by a quarter.
    assert rgb(region_image(fields, theme, shares=False, flat=False), 1, 0) == pytest.approx(quarter, abs=1.5)


def test_all_classes_differ_in_color_and_shape(qapp) -> None:
    for theme in (LIGHT, DARK):
        assert len(set(theme.classes)) == 8
        assert theme.classes[:2] == (theme.negative, theme.positive)
    markers = make_markers(LIGHT, classes=8, diameter=12.0, ratio=1.0)
    image, cell = markers.sprites.toImage(), markers.cell
    masks = {
        tuple(image.pixelColor(k * cell + x, y).alpha() > 128 for x in range(cell) for y in range(cell))
        for k in range(8)
    }
    assert len(masks) == 8


def test_number_keys_choose_the_class_to_paint(view, qtbot) -> None:
    view.canvas.setFocus()
    for key, number in ((Qt.Key.Key_4, 3), (Qt.Key.Key_1, 0), (Qt.Key.Key_5, 4), (Qt.Key.Key_8, 4)):
        qtbot.keyClick(view.canvas, key)
        assert view.tools.tool.target == number
    assert view.tools.tool.other == 0.0
    with qtbot.waitSignal(view.points_painted) as painted:
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=view.canvas.plane.to_pixel(1.0, 1.0).toPoint())
    assert painted.args[1] == 4.0


def test_as_many_classes_are_offered_as_there_are(view) -> None:
    assert [button.isVisible() for button in view.tools.classes] == [True] * 5 + [False] * 3
    view.show_experiment(*sample_frame(compose())[:3])
    assert [button.text() for button in view.tools.classes if button.isVisible()] == ["A", "B"]


def test_one_class_against_all_others(view, qtbot) -> None:
    regions = view.canvas.grab().toImage()
    assert view.canvas.regions is not None
    view.chosen_class.chosen.emit("2")
    assert view.canvas.regions is None
    np.testing.assert_array_equal(view.canvas.field[0], view.canvas._frame.output_fields[2])
    assert view.canvas.grab().toImage() != regions
    view.chosen_class.chosen.emit("-1")
    assert view.canvas.grab().toImage() == regions


def test_the_readout_names_the_likeliest_classes(view) -> None:
    short, sentence = view.describe(0.0, 0.0)
    assert "class " in short
    assert sentence.count("class ") == 3


def test_soft_targets_have_mixed_colors(qtbot) -> None:
    pictures = []
    for softness in (0.05, 0.9):
        view = DecisionView()
        qtbot.addWidget(view)
        view.resize(400, 420)
        experiment = compose(task="soft-classes", classes=3, samples=40, softness=softness)
        view.show_experiment(*sample_frame(experiment)[:3])
        pictures.append(view.canvas.grab().toImage())
    assert pictures[0] != pictures[1]


def test_the_legend_tells_how_many_samples_each_class_has(view) -> None:
    dataset = view.canvas._dataset
    assert view.canvas._shown.counts == tuple(np.bincount(dataset.targets.astype(int), minlength=5))
    assert [short_count(count) for count in (0, 999, 1234, 31_400)] == ["0", "999", "1.2k", "31k"]


def test_a_class_is_added_and_taken_away_beside_the_brushes(view, qtbot) -> None:
    tools = view.tools
    for button, count in ((tools.swatches.more, 6), (tools.swatches.fewer, 4)):
        with qtbot.waitSignal(view.changed) as asked:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert asked.args == ["data.classes", count]
        assert button.accessibleName()
    for classes, possible in ((2, (False, True)), (8, (True, False))):
        view.show_experiment(*sample_frame(compose(task="classes", classes=classes, samples=20))[:3])
        assert (tools.swatches.fewer.isEnabled(), tools.swatches.more.isEnabled()) == possible
    view.show_experiment(*sample_frame(compose())[:3])
    assert not tools.swatches.more.isVisible()


def test_a_number_key_without_a_class_says_how_to_get_one(view, qtbot) -> None:
    with qtbot.waitSignal(view.hint) as told:
        qtbot.keyClick(view.canvas, Qt.Key.Key_7)
    assert "5 classes" in told.args[0]


def test_many_classes_take_a_second_row_of_tools_instead_of_more_width(view) -> None:
    experiment, dataset, shape, _ = sample_frame(compose(task="classes", data="arms", classes=8, samples=60))
    before = view.minimumSizeHint().width()
    view.show_experiment(experiment, dataset, shape)
    view.resize(270, 420)
    view.grab()
    assert view.minimumSizeHint().width() == before
    assert all(button.geometry().right() < view.tools.undo.x() for button in view.tools.classes)
    assert view.tools.swatches.more.y() > view.tools.classes[0].y()


def test_the_buttons_for_more_and_fewer_classes_stay_under_the_mouse(view: DecisionView) -> None:
    view.setStyleSheet(style_sheet(LIGHT))
    view.resize(384, 430)
    tools = view.tools
    places = {}
    for classes in (2, 3, 8):
        experiment, dataset, shape, _ = sample_frame(compose(task="classes", classes=classes, samples=60))
        view.show_experiment(experiment, dataset, shape)
        view.grab()
        places[classes] = [(button.pos(), button.size()) for button in tools.swatches.counters]
    assert places[2] == places[3] == places[8]
    # Eight classes and all that stands beside them need no second row.
    rows = {button.y() + button.height() // 2 for button in (*tools.classes, tools.swatches.list_button, tools.undo)}
    assert max(rows) - min(rows) <= 2
