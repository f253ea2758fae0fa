"""What is shown can be followed with a calculator: the rounded numbers come to about the result beside them."""

from itertools import pairwise

import pytest

from app.stepping.explanation import explain
from app.stepping.formula.rounding import enough_digits
from app.stepping.formula.tree import Number, Product, Symbol, Total
from app.stepping.records import MEAN, Grain, Phase, Position
from engine.compose import compose
from engine.examples import EXAMPLES, Example
from engine.trace import Trace
from tests.app.pocket_calculator import parts, worked_out
from tests.app.stepping.worked_examples import places_of, traced


def followed(trace: Trace, place: Position, focus: int) -> int:
    """Work out every line of numbers at ``place``; return how many there are."""
    lines, count = explain(trace, place, focus).lines, 0
    for line, result in pairwise(lines):
        if line.kind != "numbers" or result.kind != "result" or "…" in line.text:
            continue
        shown, expected = (worked_out(parts(each.text)[1]) for each in (line, result))
        assert shown == pytest.approx(expected, rel=0.015, abs=1e-12), (line.text, result.text)
        count += 1
    return count


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_formula_of_the_examples_can_be_followed(example: Example) -> None:
    trace = traced(example.make())
    places = places_of(trace, Grain.UNIT)
    assert sum(followed(trace, place, focus) for place in places for focus in (0, MEAN)) >= len(places)


def test_a_saturated_unit_has_digits_enough_for_its_slope() -> None:
    trace = traced(next(example for example in EXAMPLES if example.name == "lecture-forward").make())
    lines = [line.text for line in explain(trace, Position(Phase.BACKWARD, 0, 0), 0).lines]
    assert "f′(z) = 0.9999745 · (1 − 0.9999745)" in lines
    assert "f′(z) = 2.554·10⁻⁵" in lines


def number(value: float) -> Symbol:
    return Symbol("a", "a", "a", value)


@pytest.mark.parametrize(("value", "digits"), [(0.25, 4), (0.998558, 5), (0.999974464, 7), (1.0, 4), (1.0 - 1e-13, 4)])
def test_more_digits_are_written_only_where_they_are_needed_and_tell_something(value: float, digits: int) -> None:
    slope = Product((number(value), Total(((1, Number("1")), (-1, number(value))))))
    assert enough_digits(slope, 4) == digits


def test_what_does_not_move_is_not_said_to_move() -> None:
    trace = traced(next(example for example in EXAMPLES if example.name == "zero-initialization").make())
    at_hidden = explain(trace, Position(Phase.UPDATE, 0, 0), 0).sentence
    assert at_hidden == "SGD moves no parameter of unit 1 of layer 1: every Δ is 0."
    assert explain(trace, Position(Phase.UPDATE, 0), 0).sentence == "SGD moves no parameter of layer 1: every Δ is 0."
    # Its inputs are all ½, so each weight of the output gets the same.
    assert "moves all 5 parameters of the output" in explain(trace, Position(Phase.UPDATE, 1, 0), 0).sentence
    assert "moves 5 of the 17 parameters of the network" in explain(trace, Position(Phase.UPDATE), 0).sentence


def test_a_linear_unit_turns_nothing_into_anything() -> None:
    trace = traced(compose(hidden=(2,), activation="linear"))
    said = explain(trace, Position(Phase.FORWARD, 0, 0), 0).sentence
    assert said.endswith("and Linear leaves that as it is.")
    said = explain(trace, Position(Phase.FORWARD, 0, 0), MEAN).sentence
    assert said.endswith("and Linear leaves each sample's sum as it is.")
