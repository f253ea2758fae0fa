"""A trace as tables to read in a terminal."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.datasets.dataset import Array
from engine.features import FEATURES
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import Layout
from engine.symbols import subscript
from engine.trace.records import Trace

# What fits on a screen; the JSON report has everything.
MOST_SAMPLES, MOST_COLUMNS = 10, 9
# What the samples that a loss compares are called.
_MEMBERS = {1: ("",), 2: (" (first of the pair)", " (second of the pair)")}
_MEMBERS[3] = (" (anchor)", " (of its class)", " (of another class)")


def as_text(trace: Trace) -> str:
    """Return ``trace`` as text: batch, forward pass, loss, backward pass, gradients and update, layers in order."""
    parts = (_heading, _batch, _forward, _loss, _backward, _gradients, _update)
    return "\n".join(line for part in parts for line in part(trace))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; wide ones are cut into several below each other, each with the first column."""
    for start in range(1, max(2, len(head)), MOST_COLUMNS):
        chosen = [0, *range(start, min(start + MOST_COLUMNS, len(head)))]
        cut = [[row[column] for column in chosen] for row in (head, *rows)]
        widths = [max(len(row[column]) for row in cut) for column in range(len(chosen))]
        for row in cut:
            yield "    " + "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))


def number(value: float) -> str:
    """Return ``value`` with six digits and a true minus sign, but none before zero."""
    return f"{value + 0.0:.6g}".replace("-", "−")


def _row(name: str, values: Sequence[float] | Array) -> list[str]:
    return [name, *(number(float(value)) for value in values)]


def _shown(trace: Trace) -> range:
    return range(min(trace.kept, MOST_SAMPLES))


def _left_out(trace: Trace) -> Iterator[str]:
    rest = trace.size - len(_shown(trace))
    if rest:
        yield f"    … and {rest:,} more"


def _sample_names(trace: Trace) -> list[str]:
    return ["+".join(str(number) for number in trace.samples[:, column]) for column in _shown(trace)]


def _layer_title(trace: Trace, layer: int) -> str:
    shape = trace.layout.layers[layer]
    name = "Output layer" if layer == len(trace.layout.layers) - 1 else f"Layer {layer + 1}"
    units = "1 unit" if shape.outputs == 1 else f"{shape.outputs} units"
    biases = "" if shape.bias_start >= 0 else ", without biases"
    return f"  {name}: {units}, {shape.activation}{biases}"


def _input_names(layout: Layout, layer: int) -> list[str]:
    if layer == 0:
        return [FEATURES[name].label for name in layout.features]
    return [f"a{subscript(source + 1)}" for source in range(layout.layers[layer].inputs)]


def _heading(trace: Trace) -> Iterator[str]:
    yield (
        f"Iteration {trace.step + 1:,}, after {trace.epoch:,} {'epoch' if trace.epoch == 1 else 'epochs'}: "
        f"a batch of {trace.size:,} (samples {trace.first + 1:,} to {trace.first + trace.size:,} of the epoch)"
    )


def _batch(trace: Trace) -> Iterator[str]:
    yield "\nBatch"
    wanted = (
        ["wanted"] if len(trace.wanted) == 1 else [f"wanted{subscript(row + 1)}" for row in range(len(trace.wanted))]
    )
    points = [f"{name}{place}" for place in _MEMBERS[trace.members] for name in ("x₁", "x₂")]
    coordinates = trace.points.reshape(2 * trace.members, -1)
    rows = [
        _row(name, [*coordinates[:, sample], *trace.wanted[:, sample]])
        for sample, name in zip(_shown(trace), _sample_names(trace), strict=True)
    ]
    yield from table(["sample", *points, *wanted], rows)
    yield from _left_out(trace)


def _by_sample(trace: Trace, layer: int, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a table of the arrays of a layer: ``columns`` are symbols and attributes of ``LayerPass``."""
    for place, layers in zip(_MEMBERS[trace.members], trace.passes, strict=True):
        head = [f"sample{place}"]
        blocks: list[Array] = []
        for symbol, attribute in columns:
            values: Array | None = getattr(layers[layer], attribute)
            if values is not None:
                head += [f"{symbol}{subscript(unit + 1)}" for unit in range(len(values))]
                blocks.append(values)
        values = np.concatenate(blocks)
        rows = [_row(name, values[:, sample]) for sample, name in zip(_shown(trace), _sample_names(trace), strict=True)]
        yield from table(head, rows)


def _forward(trace: Trace) -> Iterator[str]:
    yield "\nForward: z = Σ w · input + b, a = f(z)"
    for layer, shape in enumerate(trace.layout.layers):
        yield _layer_title(trace, layer)
        weights, biases = (part(trace.update.before, layer) for part in (trace.layout.weights, trace.layout.biases))
        names = [f"w from {name}" for name in _input_names(trace.layout, layer)]
        yield from table(
            ["unit", *names, *(["b"] if biases.size else [])],
            [_row(str(unit + 1), [*weights[unit], *biases[unit : unit + 1]]) for unit in range(shape.outputs)],
        )
        yield from _by_sample(trace, layer, (("z", "z"), ("a", "a"), ("dropout", "factors")))


def _loss(trace: Trace) -> Iterator[str]:
    yield f"\nLoss: {LOSSES[trace.experiment.training.loss].label.lower()}"
    rows = [
        _row(name, trace.losses[sample : sample + 1])
        for sample, name in zip(_shown(trace), _sample_names(trace), strict=True)
    ]
    yield from table(["sample", "L"], rows)
    yield from _left_out(trace)
    yield f"    mean {number(trace.loss)}, penalty {number(trace.penalty)}"


def _backward(trace: Trace) -> Iterator[str]:
    yield "\nBackward: δ = ∂L/∂z = ∂L/∂a · f′(z)"
    for layer in range(len(trace.layout.layers)):
        yield _layer_title(trace, layer)
        yield from _by_sample(trace, layer, (("∂L/∂a", "upstream"), ("f′(z)", "slopes"), ("δ", "deltas")))


def _parameter_names(trace: Trace, layer: int) -> Iterator[tuple[int, str]]:
    """Yield place in the flat vector and symbol of every parameter of ``layer``."""
    shape = trace.layout.layers[layer]
    for index in range(shape.weights.start, shape.weights.stop):
        unit, source = divmod(index - shape.weights.start, shape.inputs)
        yield index, f"w{subscript(unit + 1, source + 1)}"
    for index in range(shape.biases.start, shape.biases.stop):
        yield index, f"b{subscript(index - shape.biases.start + 1)}"


def _gradients(trace: Trace) -> Iterator[str]:
    yield "\nGradients: δ · input for each sample, and what becomes of their mean"
    single = np.array([trace.sample_gradient(sample) for sample in _shown(trace)])
    update = trace.update
    vectors = (update.gradient, update.penalty, update.applied)
    head = ["", "mean", "penalty", "applied", *(f"sample {name}" for name in _sample_names(trace))]
    for layer in range(len(trace.layout.layers)):
        yield _layer_title(trace, layer)
        rows = [
            _row(name, [*(vector[index] for vector in vectors), *single[:, index]])
            for index, name in _parameter_names(trace, layer)
        ]
        yield from table(head, rows)


def _update(trace: Trace) -> Iterator[str]:
    update, entry = trace.update, OPTIMIZERS[trace.experiment.training.optimizer.name]
    settings = ", ".join(
        f"{setting.label} {number(value)}" for setting, value in zip(entry.settings, update.settings, strict=True)
    )
    yield (
        f"\nUpdate: {entry.label}, step {update.number:,}, learning rate {number(update.rate)}"
        f"{', ' if settings else ''}{settings}"
    )
    head = ["", "before", "gradient", *(f"{name} before" for name in entry.state)]
    head += [*(f"{name} after" for name in entry.state), "update", "after"]
    count = len(entry.state)
    vectors = (update.before, update.applied, *update.state_before[:count], *update.state_after[:count])
    vectors = (*vectors, update.change, update.after)
    for layer in range(len(trace.layout.layers)):
        yield _layer_title(trace, layer)
        rows = [_row(name, [vector[index] for vector in vectors]) for index, name in _parameter_names(trace, layer)]
        yield from table(head, rows)
    if not trace.is_finite:
        yield "    Not all of these numbers are finite: training stops before this step."
