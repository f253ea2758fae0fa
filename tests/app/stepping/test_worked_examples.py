"""The lecture's examples at every grain: numbers from the lecture (exact column), formulas as one writes them."""

import pytest

from app.stepping.explanation import explain
from app.stepping.records import Grain, Link, Phase, Position
from engine.trace import Trace
from tests.app.stepping.worked_examples import (
    backpropagation_example,
    forward_example,
    places_of,
    results,
    traced,
)

F, L, B, U = Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE


def close(value: float, digits: int = 6) -> object:
    """Return what agrees with a number that was rounded to so many decimals."""
    return pytest.approx(value, abs=0.51 * 10.0**-digits)


@pytest.fixture
def passed() -> Trace:
    return traced(forward_example())


@pytest.fixture
def propagated() -> Trace:
    return traced(backpropagation_example())


def written(trace: Trace, place: Position, digits: int = 4) -> list[str]:
    return [line.text for line in explain(trace, place, 0, digits).lines]


def test_the_forward_pass_unit_by_unit(passed: Trace) -> None:
    assert results(explain(passed, Position(F, 0, 0), 0)) == [close(10.575404), close(0.999974)]
    assert results(explain(passed, Position(F, 0, 1), 0)) == [close(6.540360), close(0.998558)]
    assert results(explain(passed, Position(F, 1, 0), 0)) == [close(0.788361), close(0.687479)]
    assert written(passed, Position(F, 0, 1), 6) == [
        "z = w₂₁ · x₁ + w₂₂ · x₂ + b₂",
        "z = 0.4 · 4.218 + 2.24 · 2.234 + (−0.151)",
        "z = 6.54036",
        "a = 1/(1 + e^(−z))",
        "a = 1/(1 + e^(−6.54036))",
        "a = 0.998558",
    ]


def test_the_forward_pass_term_by_term(passed: Trace) -> None:
    terms = [results(explain(passed, Position(F, 0, 0, term), 0)) for term in range(4)]
    assert terms == [[close(7.440552)], [close(9.625404)], [close(10.575404)], [close(0.999974)]]
    assert written(passed, Position(F, 0, 0, 1), 6) == [
        "z = w₁₁ · x₁ + w₁₂ · x₂ + b₁",
        "z = 1.764 · 4.218 + 0.978 · 2.234 + 0.95",
        "w₁₂ · x₂ = 2.18485, the sum so far = 9.6254",
    ]
    said = explain(passed, Position(F, 0, 0, 1), 0)
    active = [token.text for token in said.lines[0].tokens if token.is_active]
    assert active == ["+", "w₁₂", "·", "x₂"]
    assert said.parameters == (1,)
    assert said.sentence == "The input x₂ = 2.234, times its weight w₁₂ = 0.978, adds 2.185."


def test_the_forward_pass_as_a_layer_and_as_a_whole(passed: Trace) -> None:
    assert written(passed, Position(F, 0)) == ["z₁ = 10.58, a₁ = 1.000", "z₂ = 6.54, a₂ = 0.9986"]
    assert results(explain(passed, Position(F), 0)) == [close(0.687479)]


def test_the_error_of_the_output(propagated: Trace) -> None:
    said = explain(propagated, Position(L), 0)
    assert results(said) == [close(0.5 * 0.165074**2, 5)]
    assert said.sentence.startswith("The output was 0.6651, the target 0.5: the error pushes the output down.")
    assert written(propagated, Position(L))[1] == "L = ½ · (0.5 − 0.6651)²"


def test_the_deltas(propagated: Trace) -> None:
    """The lecture's δ has the sign of (t − y); here δ = ∂L/∂z has the other one."""
    output = results(explain(propagated, Position(B, 1, 0), 0))
    assert output[:3] == [close(0.165074), close(0.665074 * (1 - 0.665074)), close(0.036770)]
    first = results(explain(propagated, Position(B, 0, 0), 0))
    second = results(explain(propagated, Position(B, 0, 1), 0))
    assert first[2] == close(0.0027276, 7)
    assert second[2] == close(0.0080714, 7)
    assert results(explain(propagated, Position(B, 0), 0)) == [close(0.0027276, 7), close(0.0080714, 7)]


def test_the_chain_rule_names_each_factor(propagated: Trace) -> None:
    said = explain(propagated, Position(B, 0, 1, 3), 0)
    assert said.title == "Backward · layer 1 · unit 2 · gradient of w₂₁"
    assert [line.text for line in said.lines] == [
        "∂L/∂w₂₁ = ∂L/∂a · f′(z) · x₁ = δ · x₁",
        "∂L/∂w₂₁ = 0.03309 · 0.2439 · 0.35",
        "∂L/∂w₂₁ = 0.002825",
    ]
    linked = {token.text: token.link for token in said.lines[0].tokens if token.link is not None}
    assert linked["∂L/∂w₂₁"] == Link(parameter=2)
    assert linked["x₁"] == Link(unit=0)
    assert linked["δ"] == linked["f′(z)"] == Link(unit=3)


NEW = {
    (0, 0, 0): 0.199045,
    (0, 0, 1): 0.198091,
    (0, 1, 0): 0.297175,
    (0, 1, 1): 0.294350,
    (1, 0, 0): 0.279691,
    (1, 0, 1): 0.878743,
}


def test_the_new_weights_term_by_term(propagated: Trace) -> None:
    for (layer, unit, term), weight in NEW.items():
        said = explain(propagated, Position(U, layer, unit, term), 0)
        assert results(said)[-1] == close(weight)
        assert said.labels[-1].text == said.lines[-1].tokens[-1].text


def test_how_many_parameters_a_unit_has_is_said_as_one_says_it(propagated: Trace, passed: Trace) -> None:
    said = explain(propagated, Position(U, 0, 1), 0).sentence
    assert said == "SGD moves both parameters of unit 2 of layer 1, each by its own Δ."
    assert explain(passed, Position(U, 1, 0), 0).sentence.startswith("SGD moves all 3 parameters of the output, each")


def test_the_new_weights_unit_by_unit(propagated: Trace) -> None:
    shown = [results(explain(propagated, place, 0)) for place in places_of(propagated, Grain.UNIT) if place.phase == U]
    assert shown == [
        [close(0.199045), close(0.198091)],
        [close(0.297175), close(0.294350)],
        [close(0.279691), close(0.878743)],
    ]


@pytest.mark.parametrize("place", [Position(U), Position(U, 1)])
def test_the_new_weights_at_the_coarse_grains_stand_on_the_edges(propagated: Trace, place: Position) -> None:
    labels = {label.link: label.text for label in explain(propagated, place, 0, 6).labels if label.link.parameter >= 0}
    assert [labels[Link(parameter=number)] for number in range(6)] == [
        "0.199045", "0.198091", "0.297175", "0.29435", "0.279691", "0.878743",
    ]  # fmt: skip


def test_the_graph_learns_the_numbers_as_they_come(propagated: Trace) -> None:
    def labels(place: Position) -> list[tuple[Link, str]]:
        return [(label.link, label.text) for label in explain(propagated, place, 0).labels]

    inputs = [(Link(unit=0), "0.35"), (Link(unit=1), "0.7")]
    assert labels(Position(Phase.BATCH)) == inputs
    assert labels(Position(F, 0, 0, 0)) == [*inputs, (Link(parameter=0), "0.07")]
    products = [(Link(parameter=0), "0.07"), (Link(parameter=1), "0.14")]
    assert labels(Position(F, 0, 0, 1)) == [*inputs, *products, (Link(unit=2), "z = 0.21")]
    assert labels(Position(F, 0, 0)) == [*inputs, *products, (Link(unit=2), "a = 0.5523")]
    assert (Link(unit=3), "δ = 0.008071") not in labels(Position(B, 0, 0))
    assert (Link(unit=3), "δ = 0.008071") in labels(Position(B, 0, 1))


def test_it_is_spoken_in_words(propagated: Trace) -> None:
    spoken = explain(propagated, Position(F, 0, 1, 1), 0).spoken
    assert "z equals w two one times x one plus w two two times x two" in spoken
    assert "z equals 0.3 times 0.35 plus 0.3 times 0.7" in spoken
