"""Long sums and lists, written out: then all of it can be worked out by hand."""

import pytest

from app.stepping.explanation import explain
from app.stepping.records import MEAN, Explanation, Grain, Phase, Position
from app.stepping.sight import MOST_SAMPLES
from app.stepping.veil import veiled
from engine.compose import compose
from engine.experiment import Experiment
from engine.trace import Trace
from tests.app.pocket_calculator import parts, worked_out
from tests.app.stepping.worked_examples import places_of, traced

WIDE = compose(data="moons", hidden=(12, 11), batch_size=5)
PLACES = {
    "z": Position(Phase.FORWARD, 1, 0),
    "one term of z": Position(Phase.FORWARD, 1, 0, 9),
    "all units": Position(Phase.FORWARD, 0),
    "∂L/∂a and gradients": Position(Phase.BACKWARD, 0, 0),
    "all δ": Position(Phase.BACKWARD, 0),
    "new weights": Position(Phase.UPDATE, 1, 3),
}


def in_full(trace: Trace, place: Position, focus: int = 0) -> Explanation:
    return explain(trace, place, focus, 6, in_full=True)


@pytest.mark.parametrize("name", PLACES)
def test_what_is_left_out_is_there_in_full(name: str) -> None:
    trace = traced(WIDE)
    short, full = explain(trace, PLACES[name], 0), in_full(trace, PLACES[name])
    assert short.is_shortened
    assert not full.is_shortened
    assert len(full.lines) > len(short.lines) or len(full.lines[0].text) > len(short.lines[0].text)
    # Nothing more to see is promised.
    assert not any("more" in remark for remark in full.remarks)
    # All else is the same.
    assert (full.title, full.unit, full.parameters) == (short.title, short.unit, short.parameters)


def test_every_product_of_a_long_sum_is_there_and_they_add_up() -> None:
    trace = traced(WIDE)
    symbols, numbers, result = in_full(trace, PLACES["z"]).lines[:3]
    for source in range(1, 13):
        assert f"· a{''.join('₀₁₂₃₄₅₆₇₈₉'[int(digit)] for digit in str(source))} " in symbols.text
    assert numbers.text.count("·") - numbers.text.count("·10") == 12
    z = float(trace.passes[0][1].z[0, 0])
    assert worked_out(parts(numbers.text)[1]) == pytest.approx(z, rel=1e-4)
    assert worked_out(parts(result.text)[1]) == pytest.approx(z, rel=1e-4)


def test_every_unit_and_every_new_weight_is_listed() -> None:
    trace = traced(WIDE)
    assert len(in_full(trace, PLACES["all units"]).lines) == 12
    assert len(in_full(trace, PLACES["all δ"]).lines) == 12
    results = [line for line in in_full(trace, PLACES["new weights"]).lines if line.kind == "result"]
    assert len(results) == 13
    # Unit 4 of the second layer: 12 weights in a row, then its bias.
    layer = trace.layout.layers[1]
    own = [*range(layer.weights_start + 36, layer.weights_start + 48), layer.bias_start + 3]
    assert [line.tokens[-1].value for line in results] == list(trace.update.after[own])


def test_all_samples_of_a_mean_are_there() -> None:
    trace = traced(WIDE)
    place = Position(Phase.BACKWARD, 1, 0, len(PLACES))
    numbers = in_full(trace, place, MEAN).lines[1].text
    assert "…" in explain(trace, place, MEAN).lines[1].text
    assert "…" not in numbers
    expected = in_full(trace, place, MEAN).lines[-1].tokens[-1].value
    sums = parts(numbers)[1].removeprefix("1/5 ")
    assert worked_out(sums) / 5 == pytest.approx(expected, rel=1e-3, abs=1e-9)


def test_of_a_huge_batch_no_one_wants_every_sample() -> None:
    trace = traced(compose(data="moons", samples=400, batch_size=200, hidden=(3,)))
    said = in_full(trace, Position(Phase.FORWARD, 0, 0), MEAN)
    means = [line for line in said.lines if line.kind == "numbers" and line.text.startswith("a = 1/200")]
    assert len(means) == 1
    assert means[0].text.endswith("…)")
    assert sum(token.value is not None for token in means[0].tokens) == MOST_SAMPLES + 1


@pytest.mark.parametrize(
    "experiment",
    [
        compose(task="several-classes", data="sectors", classes=8, hidden=(9,), batch_size=3),
        compose(task="embedding", loss="triplet", hidden=(9,), batch_size=3),
        compose(hidden=(10, 10), batch_size=3, dropout=0.2, optimizer="adam", l2=0.1),
    ],
    ids=["classes", "triplets", "dropout"],
)
def test_nothing_is_left_out_anywhere(experiment: Experiment) -> None:
    trace = traced(experiment)
    shortened = 0
    for place in places_of(trace, Grain.UNIT):
        for focus in (0, MEAN):
            assert not in_full(trace, place, focus).is_shortened, (place, focus)
            shortened += explain(trace, place, focus).is_shortened
    assert shortened


def test_what_is_homework_stays_back_in_full_too() -> None:
    trace = traced(WIDE)
    kept_back = veiled(trace, PLACES["z"], 0, in_full=True)
    assert not kept_back.is_shortened
    assert all(token.value is None for line in kept_back.lines for token in line.tokens if token.link is not None)
