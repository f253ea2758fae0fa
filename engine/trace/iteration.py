"""Taking one iteration apart: the reference's formulas, with everything on the way kept."""

from collections.abc import Sequence

import numpy as np

from engine import dropout, reference
from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array, Dataset, frozen
from engine.experiment import Experiment
from engine.features import compute
from engine.kernels.runner import Batch
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import Layout
from engine.settings import complete
from engine.trace.records import LayerPass, Trace, Update

# Of a larger batch, only the first so many samples are kept; the mean gradient is still that of all.
KEPT = 1000
# The sums of losses and gradients over some samples.
Sums = tuple[float, Array]

# Every layer of every member of the groups.
Passes = tuple[tuple[LayerPass, ...], ...]


def take_apart(
    experiment: Experiment,
    dataset: Dataset,
    layout: Layout,
    batch: Batch,
    parameters: Array,
    state: Array,
    *,
    rate: float,
    number: int,
    epoch: int,
    step: int,
    others: Sums | None = None,
) -> Trace:
    """Return the iteration that ``batch`` makes of ``parameters`` and ``state``.

    Args:
        rate: η of this step, after its schedule.
        number: steps of the optimizer, this one included.
        epoch, step: completed before it.
        others: what the kernels make of the samples that are not kept; worked out here if it is not given.
    """
    size = batch.chosen.shape[1]
    total, loss = np.zeros(layout.parameter_count), 0.0
    kept: tuple[Passes, Array] | None = None
    with np.errstate(all="ignore"):  # what overflows on the way to a divergence is shown as it is
        for start in range(0, size if others is None else min(size, KEPT), KEPT):
            passes, losses = _passes(experiment, layout, parameters, batch, start, step)
            kept = kept or (passes, losses)
            total += _summed_gradient(layout, passes)
            loss += float(losses.sum())
        assert kept is not None
        if others is not None:
            loss, total = loss + others[0], total + others[1]
        update = _update(experiment, layout, parameters, total / size, state, rate, number)
        return Trace(
            experiment=experiment,
            layout=layout,
            epoch=epoch,
            step=step,
            first=batch.first,
            size=size,
            samples=frozen(np.flatnonzero(dataset.is_train)[batch.chosen[:, :KEPT]]),
            points=frozen(batch.points[..., :KEPT].copy()),
            wanted=frozen(batch.wanted[:, :KEPT].copy()),
            passes=kept[0],
            losses=frozen(kept[1]),
            loss=loss / size,
            penalty=reference.penalty(layout, parameters, _penalty_rates(experiment)),
            from_logits=LOSSES[experiment.training.loss].partner == layout.layers[-1].activation,
            update=update,
        )


def _penalty_rates(experiment: Experiment) -> dict[str, float]:
    return {"l1": experiment.training.l1, "l2": experiment.training.l2}


def _passes(
    experiment: Experiment, layout: Layout, parameters: Array, batch: Batch, start: int, step: int
) -> tuple[Passes, Array]:
    """Return every layer of every member's pass, and the losses, of at most KEPT samples from ``start``."""
    training, last = experiment.training, layout.layers[-1]
    loss = LOSSES[training.loss]
    setting = (*complete(loss.settings, training.loss_settings), 0.0)[0]
    points, wanted = batch.points[..., start : start + KEPT], batch.wanted[:, start : start + KEPT]
    factors = [_factors(experiment, layout, member, start, wanted.shape[1], step) for member in range(len(points))]
    forwards = [
        reference.forward(layout, parameters, compute(layout.features, each.T), drawn)
        for each, drawn in zip(points, factors, strict=True)
    ]
    z, a = [each.z[-1] for each in forwards], [each.a[-1] for each in forwards]
    outputs = a[0] if loss.members == 1 else tuple(a)
    losses = reference.sample_losses(loss.name, last.activation, wanted, z[0], outputs, setting)
    deltas = reference.output_deltas(loss.name, last.activation, wanted, z, a, setting, last.alpha)
    slopes = reference.output_slopes(loss.name, wanted, a, setting)
    return tuple(
        _backward(layout, parameters, forward, delta, slope, drawn)
        for forward, delta, slope, drawn in zip(forwards, deltas, slopes, factors, strict=True)
    ), losses


def _factors(
    experiment: Experiment, layout: Layout, member: int, start: int, count: int, step: int
) -> list[Array | None]:
    """Return what dropout multiplies each layer's activations with."""
    return [
        dropout.factors(
            experiment.seed,
            step,
            member * layout.unit_count + layout.first_unit(number),
            layer.outputs,
            count,
            layer.dropout,
            first_sample=start,
        )
        if layer.dropout
        else None
        for number, layer in enumerate(layout.layers)
    ]


def _backward(
    layout: Layout,
    parameters: Array,
    forward: reference.Forward,
    delta: Array,
    slope: Array,
    factors: Sequence[Array | None],
) -> tuple[LayerPass, ...]:
    layers: list[LayerPass] = []
    upstream = slope
    for number in range(len(layout.layers) - 1, -1, -1):
        shape, factor = layout.layers[number], factors[number]
        z, a = forward.z[number], forward.a[number + 1]
        entry = ACTIVATIONS[shape.activation]
        if layers:
            upstream = layout.weights(parameters, number + 1).T @ layers[-1].deltas
            upstream = upstream if factor is None else upstream * factor
            delta = entry.times_slope(z, a, upstream, shape.alpha)
        slopes = np.broadcast_to(entry.slope_at(z, a, shape.alpha), z.shape)
        layers.append(
            LayerPass(
                inputs=frozen(forward.dropped[number]),
                z=frozen(z),
                a=frozen(a),
                factors=None if factor is None else frozen(factor),
                outputs=frozen(forward.dropped[number + 1]),
                slopes=frozen(np.array(slopes)),
                upstream=frozen(np.array(upstream)),
                deltas=frozen(np.array(delta)),
            )
        )
    return tuple(layers[::-1])


def _summed_gradient(layout: Layout, passes: Passes) -> Array:
    flat = np.zeros(layout.parameter_count)
    for layers in passes:
        for number, layer in enumerate(layers):
            layout.weights(flat, number)[:] += layer.deltas @ layer.inputs.T
            if layout.layers[number].bias_start >= 0:
                layout.biases(flat, number)[:] += layer.deltas.sum(axis=1)
    return flat


def _update(
    experiment: Experiment,
    layout: Layout,
    parameters: Array,
    gradient: Array,
    state: Array,
    rate: float,
    number: int,
) -> Update:
    training = experiment.training
    penalty = reference.penalty_gradient(layout, parameters, _penalty_rates(experiment))
    bounded = reference.clipped(gradient + penalty, training.clip_value, 0.0)
    applied = reference.clipped(bounded, 0.0, training.clip_norm)
    optimizer = OPTIMIZERS[training.optimizer.name]
    settings = complete(optimizer.settings, training.optimizer.settings)
    stepped, after = reference.update(optimizer.name, parameters, applied, state, rate, number, settings)
    limited = reference.limited(layout, stepped, training.max_norm) if training.max_norm else stepped
    return Update(
        gradient=frozen(gradient),
        penalty=frozen(penalty),
        bounded=frozen(bounded),
        length=float(np.sqrt(np.sum(bounded * bounded))),
        applied=frozen(applied),
        rate=rate,
        number=number,
        settings=settings,
        state_before=frozen(state),
        state_after=frozen(after),
        before=frozen(parameters),
        stepped=frozen(stepped),
        after=frozen(limited),
    )
