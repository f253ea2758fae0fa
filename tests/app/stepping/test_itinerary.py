import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stepping.itinerary import Itinerary, coarsened, grain_of
from app.stepping.records import Grain, Phase, Position
from app.stepping.terms import Term, terms
from engine.compose import compose
from engine.experiment import Experiment
from engine.parameters import Layout, layout
from tests.engine.experiments import experiments

WALKED = (Grain.PHASE, Grain.LAYER, Grain.UNIT, Grain.TERM)
F, B, U = Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE


def itinerary(hidden=(2,), **chosen) -> Itinerary:
    experiment = compose(hidden=hidden, **chosen)
    return Itinerary(layout(experiment.network), experiment.training.loss)


def forward_from(places: Itinerary, position: Position, grain: Grain) -> list[Position]:
    walked = [position]
    while (place := places.next(walked[-1], grain)) is not None:
        walked.append(place)
    return walked


def backward_from(places: Itinerary, position: Position, grain: Grain) -> list[Position]:
    walked = [position]
    while (place := places.previous(walked[-1], grain)) is not None:
        walked.append(place)
    return walked


def test_phases_come_in_order() -> None:
    places = itinerary()
    assert forward_from(places, places.first(), Grain.PHASE) == [Position(phase) for phase in Phase]
    assert places.next(Position(), Grain.ITERATION) is None
    assert places.previous(Position(U), Grain.ITERATION) is None


def test_layers_go_up_and_then_down() -> None:
    walked = forward_from(places := itinerary(), places.first(grain=Grain.LAYER), Grain.LAYER)
    assert [place[:2] for place in walked] == [(0, -1), (1, 0), (1, 1), (2, -1), (3, 1), (3, 0), (4, 0), (4, 1)]


def test_the_terms_of_a_small_network() -> None:
    """2-2-1 with tanh and a sigmoid output: the δ of the output is computed from its logit at once."""
    shape = layout(compose(data="moons", hidden=(2,)).network)
    loss = "binary-cross-entropy"
    weights = (Term("weight", 0), Term("weight", 1), Term("bias"))
    assert terms(shape, loss, F, 0) == (*weights, Term("activation"))
    assert terms(shape, loss, B, 1) == (Term("delta at once"), *weights)
    assert terms(shape, loss, B, 0) == (Term("upstream", 0), Term("slope"), Term("delta"), *weights)
    assert terms(shape, "mse", B, 1) == (Term("loss slope"), Term("slope"), Term("delta"), *weights)
    assert terms(shape, loss, U, 1) == weights
    assert terms(shape, loss, Phase.LOSS, -1) == ()


def test_dropout_adds_a_factor_on_both_ways() -> None:
    shape = layout(compose(data="moons", hidden=(2,), dropout=0.5).network)
    assert terms(shape, "mse", F, 0)[-1] == Term("dropout")
    assert terms(shape, "mse", F, 1)[-1] == Term("activation")
    assert terms(shape, "mse", B, 0)[:3] == (Term("upstream", 0), Term("dropout"), Term("slope"))


def test_from_the_middle_of_a_layer() -> None:
    places = itinerary()
    middle = Position(F, 0, 1, 2)
    assert places.next(middle, Grain.TERM) == Position(F, 0, 1, 3)
    assert places.next(middle, Grain.UNIT) == Position(F, 0, 1)  # the rest of the unit
    assert places.next(middle, Grain.LAYER) == Position(F, 0)
    assert places.next(middle, Grain.PHASE) == Position(F)
    assert places.previous(middle, Grain.TERM) == Position(F, 0, 1, 1)
    assert places.previous(middle, Grain.UNIT) == Position(F, 0, 0)
    assert places.previous(middle, Grain.LAYER) == Position(Phase.BATCH)


def test_from_a_whole_layer_to_its_terms_and_beyond() -> None:
    places = itinerary()
    assert places.next(Position(F, 0), Grain.TERM) == Position(F, 1, 0, 0)
    assert places.previous(Position(F, 0), Grain.TERM) == Position(F, 0, 1, 3)
    assert places.refined(Position(F, 0), Grain.TERM) == Position(F, 0, 0, 0)
    assert places.refined(Position(F, 0, 1, 2), Grain.UNIT) == Position(F, 0, 1, 2)
    assert coarsened(Position(F, 0, 1, 2), Grain.LAYER) == Position(F, 0)
    assert coarsened(Position(F, 0), Grain.TERM) == Position(F, 0)


def test_outputs_with_a_loss_of_their_own_are_places_of_the_loss() -> None:
    places = itinerary(task="classes", classes=3, loss="mse", output="sigmoid")
    walked = forward_from(places, Position(F), Grain.TERM)
    assert walked[1:4] == [Position(Phase.LOSS, -1, unit) for unit in range(3)]
    joint = itinerary(task="classes", classes=3)
    assert forward_from(joint, Position(F), Grain.TERM)[1] == Position(Phase.LOSS)


def test_what_is_no_place() -> None:
    places = itinerary()
    assert Position(F, 0, 1, 3) in places
    for strange in (Position(F, 2), Position(F, 0, 2), Position(F, 0, 1, 4), Position(Phase.BATCH, -1, -1, 0)):
        assert strange not in places


@given(experiments())
def test_every_place_is_passed_once_and_the_way_back_is_the_same(experiment: Experiment) -> None:
    shape: Layout = layout(experiment.network)
    places = Itinerary(shape, experiment.training.loss)
    for grain in WALKED:
        there = forward_from(places, places.first(grain=grain), grain)
        assert len(set(there)) == len(there)
        assert there[-1] == places.last(grain)
        assert all(place in places for place in there)
        assert backward_from(places, there[-1], grain) == there[::-1]
        assert [places.progress(place)[0] for place in there] == sorted({places.progress(place)[0] for place in there})
    there = forward_from(places, places.first(grain=Grain.TERM), Grain.TERM)
    each = sum(
        len(terms(shape, experiment.training.loss, phase, number)) * layer.outputs
        for phase in (F, B, U)
        for number, layer in enumerate(shape.layers)
    )
    of_loss = sum(place.phase is Phase.LOSS for place in there)
    assert len(there) == 1 + of_loss + each == places.progress(there[-1])[1]


@given(experiments(), st.data())
def test_steps_of_mixed_grain_always_lead_on(experiment: Experiment, data: st.DataObject) -> None:
    places = Itinerary(layout(experiment.network), experiment.training.loss)
    position = places.first()
    for _ in range(10):
        grain = data.draw(st.sampled_from(WALKED))
        place = places.next(position, grain)
        if place is None:
            assert places.progress(position)[0] == places.progress(position)[1]
            break
        assert grain_of(place) <= grain
        assert places.progress(place)[0] > places.progress(position)[0]
        position = place
    for _ in range(10):
        grain = data.draw(st.sampled_from(WALKED))
        place = places.previous(position, grain)
        if place is None:
            break
        done, before = places.progress(place)[0], places.progress(position)[0]
        assert done < before or (done == before and grain_of(place) > grain_of(position))
        position = place


@pytest.mark.parametrize("number", [-5, 0, 7, 10**9])
def test_any_number_is_a_place(number: int) -> None:
    places = itinerary()
    place = places.place(number, Grain.TERM)
    assert place in places
    done, count = places.progress(place)
    assert done == min(max(number, 0), count - 1) + 1
