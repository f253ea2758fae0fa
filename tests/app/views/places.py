"""Places in the iteration of any network, for the tests of views."""

from app.stepping.explanation import explain
from app.stepping.records import Grain, Position
from app.stepping.state import StepState
from engine.experiment import Experiment
from engine.trace import Trace
from engine.trainer import Trainer


def trace_of(experiment: Experiment) -> Trace:
    """Return the first iteration."""
    found = Trainer(experiment).trace()
    assert found is not None
    return found


def state_at(trace: Trace, position: Position, focus: int = 0, grain: Grain = Grain.UNIT) -> StepState:
    """Return ``position`` in ``trace`` and what is said there of the sample ``focus``."""
    return StepState(
        trace=trace, position=position, grain=grain, focus=focus, explanation=explain(trace, position, focus)
    )
