"""The network while an iteration is walked through: what is brought out, what is written, and where."""

from itertools import combinations

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from app.stepping.records import Label, Link, Phase, Position
from app.stepping.state import StepState
from app.theme import DARK, LIGHT
from app.views.network.hit_testing import Target
from app.views.network.painting import anchor_of
from app.views.network.scene import edge_table, scene_of
from app.views.network.stage import KNOWN_SHARE, UNKNOWN_SHARE, Stage, stage_of, staged
from app.views.network.view import NetworkView
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame
from tests.app.views.networks import hover
from tests.app.views.places import state_at, trace_of

pytestmark = IGNORE_PLATFORM


def shown(qtbot: QtBot, made: Experiment, size: tuple[int, int] = (676, 430)) -> NetworkView:
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(*size)
    made, dataset, layout, frame = sample_frame(made)
    view.show_experiment(made, dataset, layout)
    view.show_frame(frame)
    view.show()
    return view


def stage(view: NetworkView, state: StepState) -> Stage:
    assert state.trace is not None
    found = stage_of(state, state.trace.layout, view.arrangement)
    assert found is not None
    return found


@pytest.fixture
def small(qtbot: QtBot) -> NetworkView:
    return shown(qtbot, compose(hidden=(2,), batch_size=10))


SMALL = compose(hidden=(2,), batch_size=10)


def test_in_the_forward_pass_what_leads_into_the_unit_takes_part(small) -> None:
    found = stage(small, state_at(trace_of(SMALL), Position(Phase.FORWARD, 0, 0)))
    assert found.active == (2,)
    edges = small.arrangement.edge_index[found.strong]
    assert edges.tolist() == [0, 1]
    assert found.reached.tolist() == [True, True, True, False, False]
    assert found.direction == 1


def test_what_flows_forward_is_weight_times_input(small) -> None:
    trace = trace_of(SMALL)
    found = stage(small, state_at(trace, Position(Phase.FORWARD, 0, 1), focus=3))
    products = trace.update.before[2:4] * trace.passes[0][0].inputs[:, 3]
    flow = found.flow[found.strong]
    assert flow == pytest.approx(products / np.abs(products).max())
    assert not found.flow[~found.strong].any()


def test_backward_the_deltas_come_from_the_right(small) -> None:
    trace = trace_of(SMALL)
    position = Position(Phase.BACKWARD, 1, 0)
    at_output = stage(small, state_at(trace, position))
    assert at_output.direction == -1
    assert np.isfinite(at_output.deltas).tolist() == [False, False, False, False, True]
    hidden = stage(small, state_at(trace, Position(Phase.BACKWARD, 0, 0), focus=2))
    assert np.isfinite(hidden.deltas).tolist() == [False, False, True, False, True]
    deltas = np.array([trace.passes[0][0].deltas[0, 2], trace.passes[0][1].deltas[0, 2]])
    assert hidden.deltas[[2, 4]] == pytest.approx(deltas / np.abs(deltas).max())
    # To the unit comes δ of the output times the weight between them.
    outgoing = small.arrangement.edge_of(6)
    assert np.sign(hidden.flow[outgoing]) == np.sign(deltas[1] * trace.update.before[6])


def test_edges_that_do_not_take_part_step_back(small) -> None:
    state = state_at(trace_of(SMALL), Position(Phase.FORWARD, 0, 0))
    _, _, layout, frame = sample_frame(SMALL)
    a = small.arrangement
    usual = scene_of(layout, a, frame, "weights", edge_table(LIGHT))
    scene, found = staged(usual, stage(small, state), a), stage(small, state)
    assert (scene.edge_opacity[found.strong] == 1.0).all()
    share = scene.edge_opacity[~found.strong] / usual.edge_opacity[~found.strong]
    assert set(np.round(share, 6)) <= {KNOWN_SHARE, UNKNOWN_SHARE}
    assert sorted(scene.edge_order.tolist()) == list(range(len(a.edge_index)))
    assert set(scene.edge_order[-2:].tolist()) == set(np.flatnonzero(found.strong).tolist())


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("hidden", [(2,), (4, 2), (8, 8), (4,) * 8])
@pytest.mark.parametrize("phase", [Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE])
def test_labels_cover_neither_each_other_nor_units(qtbot, hidden, phase, scale) -> None:
    made = compose(hidden=hidden, batch_size=10)
    view = shown(qtbot, made, (1000, 640))
    view.set_theme(replace(LIGHT, text_scale=scale))
    trace = trace_of(made)
    for layer in {0, len(hidden) // 2, len(hidden)}:
        view.show_step(state_at(trace, Position(phase, layer, 0)))
        view.grab()
        labels = view.stage.labels
        unit = trace.layout.first_unit(layer)
        assert any(label.link == Link(unit=unit) for label in labels)
        units = [anchor_of(view.arrangement, Target("unit", number)) for number in range(trace.layout.unit_count)]
        forced = [label for label in labels if label.link.unit == unit]
        others = [label for label in labels if label.link.unit != unit]
        assert len(forced) == 1
        for first, second in combinations(others, 2):
            assert covered(first.box, second.box) <= 0.061, (first, second)
        for label in others:
            assert all(covered(label.box, box) <= 0.061 for box in units), label


def covered(box: QRectF, other: QRectF) -> float:
    both = box.intersected(other)
    larger = max(box.width() * box.height(), other.width() * other.height())
    return max(both.width(), 0.0) * max(both.height(), 0.0) / larger


def test_in_a_small_network_every_number_can_be_read(small) -> None:
    state = state_at(trace_of(SMALL), Position(Phase.UPDATE))
    small.show_step(state)
    small.grab()
    assert state.explanation is not None
    told = {label.link for label in state.explanation.labels}
    assert {label.link for label in small.stage.labels} == told


def test_in_a_large_network_only_what_one_looks_at_is_labeled(qtbot) -> None:
    made = compose(hidden=(8, 8), batch_size=10)
    view = shown(qtbot, made)
    state = state_at(trace_of(made), Position(Phase.FORWARD, 1, 3))
    view.show_step(state)
    view.grab()
    assert state.explanation is not None
    first = state.trace.layout.first_unit(0)
    near = {Link(unit=state.explanation.unit), *(Link(unit=first + number) for number in range(8))}
    near |= {Link(parameter=index) for index in state.explanation.parameters}
    assert {label.link for label in view.stage.labels} <= near
    assert len(view.stage.labels) >= 14


def test_the_newest_of_numbers_with_the_same_name_is_written(small) -> None:
    state = state_at(trace_of(SMALL), Position(Phase.FORWARD, 0, 0))
    assert state.explanation is not None
    unit = Link(unit=2)
    labels = (Label(unit, "z", (0.1,)), Label(unit, "a", (0.2,)), Label(unit, "a", (0.3,)))
    small.show_step(replace(state, explanation=replace(state.explanation, labels=labels)))
    small.grab()
    assert [label.texts for label in small.stage.labels] == [("z = 0.1", "a = 0.3")]


def spot(view: NetworkView, kind: str, index: int) -> QPoint:
    return anchor_of(view.arrangement, Target(kind, index)).center().toPoint()


def test_pointing_at_the_graph_names_the_pieces_of_the_formula(qtbot, small) -> None:
    links: list[Link | None] = []
    small.link_hovered.connect(links.append)
    place = spot(small, "unit", 3)
    hover(small, place.x(), place.y())
    assert links == []
    small.show_step(state_at(trace_of(SMALL), Position(Phase.FORWARD, 0, 0)))
    for kind, index, link in (
        ("edge", 1, Link(parameter=1)),
        ("bias", 4, Link(parameter=4)),
        ("unit", 2, Link(unit=2)),
        ("feature", 1, Link(unit=1)),
        ("feature", 3, None),
    ):
        place = spot(small, kind, index)
        hover(small, place.x(), place.y())
        assert links[-1] == link, kind
    small.setFocus()
    hover(small, 1.0, small.height() - 60.0)
    qtbot.keyClick(small, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert links[-1] == Link(unit=0)


@pytest.mark.parametrize("link", [Link(unit=0), Link(unit=3), Link(parameter=2), Link(parameter=5), Link(parameter=8)])
def test_a_piece_of_the_formula_is_brought_out_in_the_graph(small, link) -> None:
    small.show_step(state_at(trace_of(SMALL), Position(Phase.FORWARD)))
    before = small.grab().toImage()
    small.set_highlight(link)
    assert small.grab().toImage() != before
    small.set_highlight(None)
    assert small.grab().toImage() == before


def test_closed_it_looks_as_if_it_had_never_been_open(small) -> None:
    before = small.grab().toImage()
    small.show_step(state_at(trace_of(SMALL), Position(Phase.BACKWARD, 0, 1)))
    small.set_highlight(Link(unit=2))
    assert small.grab().toImage() != before
    small.show_step(None)
    assert small.grab().toImage() == before
    assert small.stage.labels == ()


def test_a_place_in_another_network_is_left_out(small) -> None:
    before = small.grab().toImage()
    small.show_step(state_at(trace_of(compose(hidden=(3,))), Position(Phase.FORWARD, 0, 2)))
    assert small.grab().toImage() == before


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_can_be_drawn(small, theme, phase) -> None:
    small.set_theme(theme)
    small.show_step(state_at(trace_of(SMALL), Position(phase)))
    assert not small.grab().isNull()
