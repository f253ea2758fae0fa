"""What a screen reader says at each place: words, not LaTeX, and no symbol that it would read wrongly or leave out."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.stepping.explanation import explain
from app.stepping.formula.aloud import aloud
from app.stepping.records import MEAN, Grain, Phase, Position
from engine.experiment import Experiment
from tests.app.stepping.worked_examples import backpropagation_example, places_of, traced
from tests.engine.experiments import experiments

# Letters, digits and the signs that a screen reader pauses at or knows; “é” stands in a name.
PLAIN = re.compile(r"[A-Za-z0-9 .,:;()'%é/\-“”’]*")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Backward · layer 1 · unit 2 · gradient of w₁₂", "Backward, layer 1, unit 2, gradient of w one two"),
        ("Saturated (|slope| ≤ 1.8·10⁻⁶)", "Saturated (the size of the slope is at most 1.8 times ten to the minus 6)"),
        ("x₁² = −2.5", "x one squared equals minus 2.5"),
        ("from ∂L/∂ŷ to δ and f′(z)", "from partial L by y hat to delta and f prime of z"),
    ],
)
def test_symbols_become_words(text: str, words: str) -> None:
    assert aloud(text) == words


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(experiment=experiments(), is_mean=st.booleans())
def test_only_words_are_spoken(experiment: Experiment, is_mean: bool) -> None:
    trace = traced(experiment, 1)
    places = places_of(trace, Grain.TERM) + places_of(trace, Grain.UNIT) + places_of(trace, Grain.PHASE)
    for place in places[:: max(1, len(places) // 60)]:
        spoken = explain(trace, place, MEAN if is_mean else 0).spoken
        left = PLAIN.sub("", spoken)
        assert not left, (left, spoken)
        assert "  " not in spoken
        assert " minus minus " not in spoken


def test_a_negative_number_that_is_squared_is_bracketed_in_words_too() -> None:
    trace = traced(backpropagation_example())
    assert explain(trace, Position(Phase.LOSS), 0).spoken == (
        "Loss. L equals one half times open bracket y minus y hat close bracket squared. "
        "L equals one half times open bracket 0.5 minus 0.6651 close bracket squared. L equals 0.01362. "
        "The output was 0.6651, the target 0.5: the error pushes the output down. The loss is 0.01362."
    )
