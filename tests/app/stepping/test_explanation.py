from hypothesis import given, settings
from hypothesis import strategies as st

from app.stepping.explanation import explain
from app.stepping.itinerary import Itinerary
from app.stepping.records import MEAN, Explanation, Grain, Phase, Position
from engine.experiment import Experiment
from engine.trace import Trace
from engine.trainer import Trainer
from tests.engine.experiments import experiments

GRAINS = (Grain.PHASE, Grain.LAYER, Grain.UNIT, Grain.TERM)


def traced(experiment: Experiment, steps: int = 0) -> Trace:
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=steps)
    trace = trainer.trace()
    assert trace is not None
    return trace


def places_of(trace: Trace, grain: Grain) -> list[Position]:
    itinerary = Itinerary.of(trace)
    places = [itinerary.first(grain=grain)]
    while (place := itinerary.next(places[-1], grain)) is not None:
        places.append(place)
    return places


def results(explanation: Explanation) -> list[float]:
    """The number each result's line ends with."""
    lines = [line for line in explanation.lines if line.kind == "result"]
    return [next(token.value for token in reversed(line.tokens) if token.value is not None) for line in lines]


@settings(max_examples=60)
@given(experiments(), st.integers(0, 3), st.data())
def test_every_place_of_any_iteration_can_be_explained(experiment: Experiment, steps: int, data: st.DataObject) -> None:
    trace = traced(experiment, steps)
    focus = data.draw(st.sampled_from([MEAN, 0, trace.kept - 1]))
    digits = data.draw(st.integers(3, 6))
    for grain in GRAINS:
        places = places_of(trace, grain)
        for place in places[:: max(1, len(places) // 60)]:
            said = explain(trace, place, focus, digits)
            assert said.sentence.endswith(".")
            assert said.title
            assert said.lines or place.phase is Phase.BATCH
            for line in said.lines:
                assert "\\" not in line.text
                assert "\\" not in line.spoken
                assert all(token.text for token in line.tokens)
            for token in (token for line in said.lines for token in line.tokens if token.link is not None):
                assert (token.link.unit >= 0) != (token.link.parameter >= 0)
                assert token.link.unit < trace.layout.unit_count
                assert token.link.parameter < trace.layout.parameter_count
            assert all(0 <= index < trace.layout.parameter_count for index in said.parameters)
