"""Places in the iteration of any network, with the numbers that belong to its graph, for the tests of views."""

from app.stepping.itinerary import Itinerary
from app.stepping.records import MEAN, Explanation, Grain, Label, Line, Link, Phase, Position, Token
from app.stepping.state import StepState
from app.views.parameter_text import Place, index_of
from engine.experiment import Experiment
from engine.trace import Trace
from engine.trainer import Trainer


def trace_of(experiment: Experiment, steps: int = 0) -> Trace:
    """Return the iteration after ``steps`` of them."""
    trainer = Trainer(experiment)
    for _ in range(steps):
        trainer.step_once()
    found = trainer.trace()
    assert found is not None
    return found


def state_at(trace: Trace, position: Position, focus: int = 0) -> StepState:
    """Return ``position`` in ``trace`` with labels for all that is known there."""
    layout, (phase, layer, unit, _) = trace.layout, position
    assert position in Itinerary.of(trace)
    looked_at = layout.first_unit(layer) + unit if layer >= 0 and unit >= 0 else -1
    parameters: list[int] = []
    if looked_at >= 0:
        shape = layout.layers[layer]
        parameters = [index_of(layout, Place(layer, unit, source)) for source in range(shape.inputs)]
        if phase is Phase.BACKWARD and layer + 1 < len(layout.layers):
            above = range(layout.layers[layer + 1].outputs)
            parameters += [index_of(layout, Place(layer + 1, target, unit)) for target in above]
        if shape.bias_start >= 0:
            parameters.append(shape.bias_start + unit)
    explanation = Explanation(
        title=f"{phase.name} {layer} {unit}",
        lines=(Line("symbols", (Token("z", "z", "z", None, Link(unit=max(looked_at, 0))),)),),
        sentence="What happens here.",
        unit=looked_at,
        parameters=tuple(parameters),
        labels=tuple(_labels(trace, position, focus)),
    )
    return StepState(trace=trace, position=position, grain=Grain.UNIT, focus=focus, explanation=explanation)


def _labels(trace: Trace, position: Position, focus: int) -> list[Label]:
    layout, (phase, at, unit, _) = trace.layout, position
    passes = trace.passes[0]

    def one(row) -> float:
        return float(row.mean()) if focus == MEAN else float(row[focus])

    def known(layer: int, number: int) -> bool:
        if at < 0 or phase in (Phase.LOSS, Phase.UPDATE):
            return True
        if phase is Phase.BACKWARD:
            return layer > at or (layer == at and (unit < 0 or number <= unit))
        return layer < at or (layer == at and (unit < 0 or number <= unit))

    inputs = range(len(layout.features))
    labels = [Label(Link(unit=number), short(one(passes[0].inputs[number]))) for number in inputs]
    for layer, shape in enumerate(layout.layers):
        for number in range(shape.outputs):
            link = Link(unit=layout.first_unit(layer) + number)
            if phase > Phase.FORWARD or (phase is Phase.FORWARD and known(layer, number)):
                labels.append(Label(link, f"a = {short(one(passes[layer].a[number]))}"))
            if phase is Phase.BACKWARD and known(layer, number):
                labels.append(Label(link, f"δ = {short(one(passes[layer].deltas[number]))}"))
            for source in range(-1, shape.inputs):
                index = index_of(layout, Place(layer, number, source))
                if index >= 0 and phase is Phase.BACKWARD and known(layer, number):
                    value = short(float(trace.update.gradient[index]))
                    labels.append(Label(Link(parameter=index), f"∂ = {value}"))
                elif index >= 0 and phase is not Phase.BATCH:
                    vector = trace.update.after if phase is Phase.UPDATE else trace.update.before
                    labels.append(Label(Link(parameter=index), short(float(vector[index]))))
    return labels


def short(value: float) -> str:
    """Return three digits of ``value``."""
    return f"{value:.3g}".replace("-", "−")
