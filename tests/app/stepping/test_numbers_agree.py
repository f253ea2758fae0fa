"""Every formula that is shown comes to what the trace says, and every number that is shown stands in the trace."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.stepping import backward_lines, entries, forward, loss, loss_slopes, optimizer_lines, update
from app.stepping.explanation import explain
from app.stepping.formula.tree import Dots, Mean, Node, worth
from app.stepping.formula.writing import three_lines
from app.stepping.records import MEAN, Grain, Phase, Position
from app.stepping.terms import terms
from engine.compose import compose
from engine.experiment import Experiment, OptimizerChoice
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.settings import complete
from engine.trace import Trace
from tests.app.stepping.worked_examples import places_of, results, traced
from tests.engine.experiments import experiments

WRITERS = (backward_lines, entries, forward, loss, loss_slopes, optimizer_lines, update)


class Shown(NamedTuple):
    """A formula that was written: what it comes to by itself, and the result it was given."""

    worth: float
    result: float
    symbols: str


def left_out(node: object) -> bool:
    """Whether terms are left out, so that the formula as shown does not give the result."""
    if isinstance(node, Dots | Mean):
        return True
    if isinstance(node, Node):
        return any(left_out(getattr(node, name)) for name in node.__struct_fields__)
    return isinstance(node, tuple) and any(left_out(each) for each in node)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Shown]:
    formulas: list[Shown] = []

    def recorded(left, right, value, digits, **more):
        lines = three_lines(left, right, value, digits, **more)
        forms = [right] if isinstance(right, Node) else right
        formulas.extend(Shown(worth(form), value, lines[0].text) for form in forms if not left_out(form))
        return lines

    for module in WRITERS:
        monkeypatch.setattr(module, "three_lines", recorded, raising=False)
    return formulas


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(experiment=experiments(), steps=st.integers(0, 3))
def test_formulas_come_to_what_the_trace_says(shown: list[Shown], experiment: Experiment, steps: int) -> None:
    shown.clear()
    trace = traced(experiment, steps)
    places = places_of(trace, Grain.UNIT) + places_of(trace, Grain.TERM)
    for place in places[:: max(1, len(places) // 80)]:
        explain(trace, place, 0)
    for formula in shown:
        if not np.isfinite(formula.worth):
            # A logarithm of what rounds to 0, where the trace is computed from z and stays exact.
            assert "log" in formula.symbols
            continue
        # SELU's constants are written with five digits; a small difference of large numbers loses some.
        is_selu = "1.0507" in formula.symbols or "1.7581" in formula.symbols
        tolerance = {"rel": 1e-3, "abs": 1e-5} if is_selu else {"rel": 1e-6, "abs": 1e-7}
        assert formula.worth == pytest.approx(formula.result, **tolerance), formula.symbols


@pytest.mark.parametrize("name", OPTIMIZERS.names)
@pytest.mark.parametrize("steps", [0, 3])
def test_the_lines_of_every_optimizer_come_to_its_step(shown: list[Shown], name: str, steps: int) -> None:
    trace = traced(compose(data="moons", hidden=(2,), optimizer=name, l2=0.01), steps)
    entry, index = OPTIMIZERS[name], 4
    said = explain(trace, Position(Phase.UPDATE, 0, 1, 2), 0)
    assert said.parameters == (5,)
    for place in places_of(trace, Grain.TERM):
        if place.phase is not Phase.UPDATE:
            continue
        shown.clear()
        said = explain(trace, place, 0)
        (index,) = said.parameters
        assert len(said.lines) >= 3 * len(entry.formula)
        for formula in shown:
            assert formula.worth == pytest.approx(formula.result, rel=1e-9, abs=1e-12), formula.symbols
        of_optimizer = shown[-len(entry.formula) :]
        by_name = {formula.symbols.partition(" ←")[0]: formula.worth for formula in of_optimizer}
        for row, state in enumerate(entry.state):
            if trace.update.state_after[row, index]:
                assert by_name[state] == pytest.approx(trace.update.state_after[row, index], rel=1e-9)
        assert trace.update.after[index] in results(said)


@settings(max_examples=30)
@given(experiments(), st.integers(0, 2), st.booleans())
def test_every_result_is_the_trace_s_to_the_last_digit(experiment: Experiment, steps: int, is_mean: bool) -> None:
    trace = traced(experiment, steps)
    focus = MEAN if is_mean and trace.size > 1 else 0
    places = places_of(trace, Grain.TERM)
    for place in places[:: max(1, len(places) // 100)]:
        said = explain(trace, place, focus)
        expected = expected_result(trace, place, focus)
        if expected is not None:
            assert expected in [pytest.approx(value, rel=1e-12, abs=0.0) for value in results(said)], said.title


def expected_result(trace: Trace, place: Position, focus: int) -> float | None:
    """What the last line has to say, straight from the trace; None where that is a partial sum."""

    def of(row: np.ndarray) -> float:
        return float(row.mean() if focus == MEAN else row[focus])

    if place.phase is Phase.UPDATE:
        shape = trace.layout.layers[place.layer]
        if place.term < shape.inputs:
            return float(trace.layout.weights(trace.update.after, place.layer)[place.unit, place.term])
        return float(trace.layout.biases(trace.update.after, place.layer)[place.unit])
    loss = trace.experiment.training.loss
    if place.layer < 0:
        return None
    term = terms(trace.layout, loss, place.phase, place.layer)[place.term]
    at, shape = trace.passes[-1][place.layer], trace.layout.layers[place.layer]
    rows = {"activation": at.a, "delta": at.deltas, "delta at once": at.deltas, "slope": at.slopes}
    if term.kind in rows and not (term.kind == "slope" and shape.activation == "softmax"):
        return of(rows[term.kind][place.unit])
    if place.phase is Phase.BACKWARD and term.kind in ("weight", "bias"):
        flat = trace.update.gradient if focus == MEAN else trace.sample_gradient(focus)
        if term.kind == "weight":
            return float(trace.layout.weights(flat, place.layer)[place.unit, term.number])
        return float(trace.layout.biases(flat, place.layer)[place.unit])
    return None


@settings(max_examples=30)
@given(experiments(), st.integers(0, 2), st.booleans())
def test_every_number_of_a_unit_stands_in_the_trace(experiment: Experiment, steps: int, is_mean: bool) -> None:
    trace = traced(experiment, steps)
    focus = MEAN if is_mean and trace.size > 1 else 0
    known = numbers_of_units(trace, focus)
    places = places_of(trace, Grain.UNIT) + places_of(trace, Grain.TERM)
    for place in places[:: max(1, len(places) // 100)]:
        for line in explain(trace, place, focus).lines:
            for token in line.tokens:
                if token.value is not None and token.link is not None and token.link.unit >= 0:
                    assert np.any(np.isclose(known[token.link.unit], token.value, rtol=1e-12, atol=0.0)), line.text


def numbers_of_units(trace: Trace, focus: int) -> list[list[float]]:
    """All numbers of each unit that may be shown: of the sample, or of the first samples and their means."""
    rows: list[list[np.ndarray]] = [[] for _ in range(trace.layout.unit_count)]
    for layers in trace.passes:
        for unit, row in enumerate(layers[0].inputs):
            rows[unit].append(row)
        for number, at in enumerate(layers):
            first = trace.layout.first_unit(number)
            factors = np.ones_like(at.z) if at.factors is None else at.factors
            for array in (at.z, at.a, at.outputs, at.slopes, at.upstream, at.deltas, factors):
                for unit, row in enumerate(array):
                    rows[first + unit].append(row)
    last = trace.layout.first_unit(len(trace.layout.layers) - 1)
    outputs = trace.layout.layers[-1].outputs
    if trace.layout.layers[-1].activation == "softmax":
        a = trace.passes[0][-1].a
        for unit in range(outputs):
            rows[last + unit] += [a[unit] * ((other == unit) - a[other]) for other in range(outputs)]
    entry = LOSSES[trace.experiment.training.loss]
    if entry.members == 1 and not entry.joint:
        chosen = complete(entry.settings, trace.experiment.training.loss_settings)
        for unit, row in enumerate(entry.value(trace.wanted, trace.passes[0][-1].a, *chosen)):
            rows[last + unit] += [row, trace.losses] if outputs == 1 else [row]
    if focus != MEAN:
        return [[float(row[focus]) for row in each] for each in rows]
    return [[value for row in each for value in (float(row.mean()), *row[:3])] for each in rows]


def test_optimizer_settings_that_were_chosen_are_shown() -> None:
    experiment = compose(data="moons", hidden=(2,), optimizer="adam")
    chosen = OptimizerChoice("adam", {"beta1": 0.75})
    experiment = replace(experiment, training=replace(experiment.training, optimizer=chosen))
    said = explain(traced(experiment, 2), Position(Phase.UPDATE, 0, 0, 0), 0)
    assert any("0.75 ·" in line.text for line in said.lines)
    assert any("0.75³" in line.text for line in said.lines)
