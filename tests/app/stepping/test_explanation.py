from hypothesis import given, settings
from hypothesis import strategies as st

from app.stepping.explanation import explain
from app.stepping.records import MEAN, Grain, Phase
from engine.experiment import Experiment
from tests.app.stepping.worked_examples import places_of, traced
from tests.engine.experiments import experiments

GRAINS = (Grain.PHASE, Grain.LAYER, Grain.UNIT, Grain.TERM)


@settings(max_examples=40)
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
