import math

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint

from app.views.embedding import EmbeddingView
from app.views.embedding.axes import round_ticks
from app.views.embedding.frame_range import CalmRange
from app.views.embedding.links import MOST_GROUPS, candidates_of, links_of
from app.views.embedding.neighbors import nearest_to
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM


def shown(qtbot, **choices) -> EmbeddingView:
    view = EmbeddingView()
    qtbot.addWidget(view)
    view.resize(400, 420)
    view.show()
    experiment, dataset, shape, frame = sample_frame(compose(task="embedding", samples=80, **choices))
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    view.grab()
    return view


def test_samples_lie_where_the_network_puts_them(qtbot) -> None:
    view = shown(qtbot)
    embedded = view.canvas.embedded()
    frame = view.canvas._frame
    dataset = view.canvas._dataset
    np.testing.assert_array_equal(embedded[:, dataset.is_train], frame.train_outputs)
    np.testing.assert_array_equal(embedded[:, ~dataset.is_train], frame.test_outputs)


@pytest.mark.parametrize(("outputs", "words"), [(1, "line"), (2, ""), (3, "first two")])
def test_other_dimensions_are_explained(qtbot, outputs, words) -> None:
    view = shown(qtbot, outputs=outputs)
    assert words in view.about.text()
    assert view.canvas.embedded().shape == (2, 80)


def test_the_margin_is_that_of_the_loss(qtbot) -> None:
    assert shown(qtbot, loss="contrastive", loss_settings={"margin": 2.5}).canvas.margin == 2.5
    assert shown(qtbot, loss="triplet", loss_settings={"margin": 4.0}).canvas.margin == math.sqrt(4.0)


def test_pointing_at_a_sample_tells_where_it_comes_from(qtbot) -> None:
    view = shown(qtbot)
    x, y = view.canvas._places[5]
    with qtbot.waitSignal(view.hint) as hint:
        qtbot.mouseMove(view.canvas, QPoint(round(x), round(y)))
    assert "sample at x₁" in hint.args[0]
    assert "its 5 nearest neighbors" in hint.args[0]


def test_switches_change_the_picture(qtbot) -> None:
    view = shown(qtbot)
    before = view.canvas.grab().toImage()
    view.grid.setChecked(False)
    without = view.canvas.grab().toImage()
    assert without != before
    view.links.setChecked(True)
    assert view.canvas.grab().toImage() != without


def test_without_outputs_there_is_an_empty_picture(qtbot) -> None:
    view = shown(qtbot)
    frame = view.canvas._frame
    view.show_frame(msgspec.structs.replace(frame, train_outputs=frame.train_outputs[:, :0]))
    assert view.canvas.embedded() is None
    assert not view.grab().isNull()


def test_the_range_grows_at_once_and_shrinks_late() -> None:
    calm = CalmRange()
    points = np.array([[-1.0, 1.0], [0.0, 0.0]])
    calm.follow(points)
    first = calm.half
    assert 1.1 <= first <= 1.4
    calm.follow(0.8 * points)
    assert calm.half == first
    calm.follow(10.0 * points)
    assert calm.half > 10.0
    calm.follow(points)
    assert calm.half == first
    calm.follow(np.full((2, 3), np.nan))
    assert calm.half == first


@pytest.mark.parametrize(("loss", "links"), [("contrastive", 1), ("triplet", 2)])
def test_links_join_training_samples_that_should_meet_or_part(loss, links) -> None:
    _, dataset, _, _ = sample_frame(compose(task="embedding", loss=loss, samples=200))
    ends, wanted = links_of(dataset, loss, seed=3)
    assert len(ends) == len(wanted) == links * MOST_GROUPS
    assert dataset.is_train[ends].all()
    same = dataset.targets[ends[:, 0]] == dataset.targets[ends[:, 1]]
    np.testing.assert_array_equal(same, wanted == 1.0)
    assert 0 < np.count_nonzero(same) < len(same)


def test_links_bear_the_name_of_what_the_loss_compares(qtbot) -> None:
    assert shown(qtbot, loss="contrastive").links.text() == "Pairs"
    assert shown(qtbot, loss="triplet").links.text() == "Triplets"


def test_a_margin_circle_of_fitting_size_is_in_sight(qtbot) -> None:
    view = shown(qtbot, loss_settings={"margin": 0.5})
    canvas = view.canvas
    middle = canvas._first_class(canvas.embedded())
    assert np.all(np.abs(middle - canvas._range.center) + 0.5 <= canvas._range.half)
    half = canvas._range.half
    far = shown(qtbot, loss_settings={"margin": 500.0}).canvas
    assert far._range.half <= half


@pytest.mark.parametrize("outputs", [2, 3])
def test_the_nearest_neighbors_are_those_of_the_whole_embedding(qtbot, outputs) -> None:
    view = shown(qtbot, outputs=outputs)
    places = view.canvas.outputs()
    assert len(places) == outputs
    apart = [np.linalg.norm(places[:, other] - places[:, 7]) if other != 7 else np.inf for other in range(80)]
    view.canvas._point(7)
    assert view.canvas.neighbors() == np.argsort(apart)[:5].tolist()


def test_samples_without_a_place_are_nobodys_neighbors() -> None:
    embedded = np.array([[0.0, 3.0, np.nan, 1.0, np.inf], [0.0, 0.0, 0.0, 0.0, 0.0]])
    assert nearest_to(0, embedded).tolist() == [3, 1]
    assert nearest_to(2, embedded).tolist() == []
    assert nearest_to(0, np.zeros((2, 1))).tolist() == []


def test_samples_on_a_line_are_spread_and_keep_their_value(qtbot) -> None:
    view = shown(qtbot, outputs=1)
    canvas = view.canvas
    assert np.ptp(canvas._places[:, 1]) > 20.0
    np.testing.assert_allclose(canvas._places[:, 0], canvas._to_pixels(canvas.embedded())[:, 0])
    before = canvas._places
    view.show_frame(canvas._frame)
    view.grab()
    np.testing.assert_array_equal(canvas._places, before)


@pytest.mark.parametrize(
    ("loss", "margin", "words"), [("contrastive", 2.5, "margin m = 2.5"), ("triplet", 4.0, "√α, with the margin α = 4")]
)
def test_the_circle_is_explained(qtbot, loss, margin, words) -> None:
    assert words in shown(qtbot, loss=loss, loss_settings={"margin": margin}).canvas.toolTip()


def test_axes_have_round_numbers() -> None:
    assert round_ticks(-1.05, 1.05, 5) == [-1.0, -0.5, 0.0, 0.5, 1.0]
    assert round_ticks(0.266, 4.172, 6) == [1.0, 2.0, 3.0, 4.0]
    assert round_ticks(-3e-4, 3e-4, 4) == [-2e-4, 0.0, 2e-4]
    assert round_ticks(0.0, np.inf, 4) == round_ticks(1.0, 1.0, 4) == []


@pytest.mark.parametrize("loss", ["contrastive", "triplet"])
def test_hard_links_go_to_the_farthest_of_the_class_and_to_the_nearest_of_others(loss) -> None:
    _, dataset, _, _ = sample_frame(compose(task="embedding", samples=80, classes=3, loss=loss))
    candidates = candidates_of(dataset, loss, seed=0)
    outputs = np.random.default_rng(1).normal(size=(3, 80))
    ends, wanted = candidates.hardest(outputs)
    assert set(wanted) == {0.0, 1.0}
    for (anchor, partner), few, meets in zip(ends, candidates.few, wanted, strict=True):
        assert dataset.is_train[[anchor, *few]].all()
        assert anchor not in few
        assert (dataset.targets[few] == dataset.targets[anchor]).all() == bool(meets)
        apart = [math.dist(outputs[:, anchor], outputs[:, other]) for other in few]
        chosen = math.dist(outputs[:, anchor], outputs[:, partner])
        assert chosen == pytest.approx(max(apart) if meets else min(apart))


def test_with_hard_sampling_the_links_follow_the_network(qtbot) -> None:
    view = shown(qtbot, sampling="hard")
    assert "hardest pairs" in view.links.toolTip()
    before, _ = view.canvas._links_now(view.canvas._dataset, view.canvas._frame)
    moved = msgspec.structs.replace(
        view.canvas._frame,
        train_outputs=-(view.canvas._frame.train_outputs[::-1] ** 3),
        test_outputs=view.canvas._frame.test_outputs[::-1],
    )
    view.show_frame(moved)
    after, _ = view.canvas._links_now(view.canvas._dataset, moved)
    np.testing.assert_array_equal(before[:, 0], after[:, 0])
    assert not np.array_equal(before[:, 1], after[:, 1])
