"""While the numbers of a phase are homework, nothing says them: not the pane, not the graph."""

import pytest

from app.stepping.explanation import explain
from app.stepping.itinerary import Itinerary
from app.stepping.records import Grain, Phase, Position
from app.stepping.veil import veiled
from engine.examples import EXAMPLES
from tests.app.stepping.test_explanation import places_of, traced

LECTURE = traced(next(example for example in EXAMPLES if example.name == "lecture-backpropagation").make())


@pytest.mark.parametrize("grain", [Grain.PHASE, Grain.UNIT, Grain.TERM])
def test_no_number_is_left_in_a_phase_that_computes_something(grain: Grain) -> None:
    for place in places_of(LECTURE, grain):
        said = veiled(LECTURE, place, 0)
        if place.phase is Phase.BATCH:
            assert said == explain(LECTURE, place, 0)
            continue
        assert {line.kind for line in said.lines} <= {"symbols"}
        assert not any(character.isdigit() for character in said.sentence)
        assert said.remarks == ()


def test_the_graph_keeps_what_the_phases_before_have_brought() -> None:
    said = veiled(LECTURE, Position(Phase.BACKWARD), 0)
    texts = [label.text for label in said.labels]
    assert "ŷ = 0.6651" in texts
    assert not any(text.startswith("δ") for text in texts)
    assert not any("ŷ" in label.text for label in veiled(LECTURE, Itinerary.of(LECTURE).first(Phase.FORWARD), 0).labels)
