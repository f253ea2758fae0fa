"""The network as the stage of an iteration: what one looks at, how far it has come, what flows where. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.frame import Array
from app.stepping.labels import FEW_WEIGHTS
from app.stepping.records import MEAN, Label, Link, Phase, Position
from app.stepping.state import StepState
from app.views.network.geometry import Arrangement
from app.views.network.scene import MOST_EDGES, Scene
from app.views.parameter_text import place_of, unit_place
from engine.parameters import Layout
from engine.trace import Trace

Marks = NDArray[np.bool_]

# In a large network only what one looks at is labeled; of more edges than that, none.
MOST_LABELED = 16
# More edges than that would be one heap of arrows.
MOST_ARROWS = 40
WIDEST_STRONG = 2.4
# How much is left of edges that do not take part: in what is computed already, and in the rest.
KNOWN_SHARE, UNKNOWN_SHARE = 0.34, 0.16


@dataclass(frozen=True, eq=False)
class Stage:
    """What is brought out at one place of an iteration.

    Attributes:
        active: the units one looks at; usually one, or none.
        strong: whether each edge takes part.
        reached: whether each unit's numbers are known by now, or it takes part.
        flow: what runs along each edge that takes part, as a share (−1 … 1) of the largest; 0 for the others.
        direction: 1 where it runs from left to right, −1 backward, 0 where nothing runs.
        deltas: δ of each unit as a share (−1 … 1) of the largest; NaN where it is not known yet.
        labels: what is written beside units and edges, each once; ``focused`` says which belong to what one looks at.
    """

    active: tuple[int, ...]
    strong: Marks
    reached: Marks
    flow: Array
    direction: int
    deltas: Array
    labels: tuple[tuple[Link, tuple[str, ...]], ...]
    focused: tuple[bool, ...]


def stage_of(state: StepState, layout: Layout, arrangement: Arrangement) -> Stage | None:
    """Return what is brought out at the place of ``state``; None if there is nothing to walk through here."""
    trace, explanation = state.trace, state.explanation
    if trace is None or explanation is None or trace.layout != layout:
        return None
    strong = _strong(state, layout, arrangement)
    reached = _reached(layout, state.position)
    reached[arrangement.edge_source[strong]] = reached[arrangement.edge_target[strong]] = True
    active: tuple[int, ...] = (explanation.unit,) if 0 <= explanation.unit < layout.unit_count else ()
    if not active and state.position.phase is Phase.LOSS:
        active = tuple(range(layout.first_unit(len(layout.layers) - 1), layout.unit_count))
    reached[list(active)] = True
    direction = {Phase.FORWARD: 1, Phase.BACKWARD: -1}.get(state.position.phase, 0)
    flow = np.zeros(len(strong))
    if direction and 0 < np.count_nonzero(strong) <= MOST_ARROWS:
        flow = _flow(trace, state.focus, direction, strong, arrangement, active)
    ends = {int(unit) for part in (arrangement.edge_source, arrangement.edge_target) for unit in part[strong]}
    parameters, taking_part = set(explanation.parameters), set(arrangement.edge_index[strong].tolist())
    is_small = len(arrangement.edge_index) <= FEW_WEIGHTS
    labels, focused = [], []
    crowded = not is_small and np.count_nonzero(strong) > MOST_LABELED
    for link, known in _by_place(explanation.labels):
        in_focus = link.unit in active or link.parameter in parameters or link.parameter in taking_part
        is_near = in_focus or link.unit in ends or _is_of_layer(layout, link, state.position)
        if crowded and link.unit not in active:
            is_near = in_focus and arrangement.edge_of(link.parameter) < 0
        if is_small or is_near:
            labels.append((link, tuple(label.text for label in known)))
            focused.append(in_focus)
    return Stage(
        active=active,
        strong=strong,
        reached=reached,
        flow=flow,
        direction=direction,
        deltas=_deltas(trace, state.focus, state.position, layout),
        labels=tuple(labels),
        focused=tuple(focused),
    )


def staged(scene: Scene, stage: Stage, arrangement: Arrangement) -> Scene:
    """Return ``scene`` with the edges of ``stage`` brought out and the others dimmed."""
    strong = stage.strong
    known = stage.reached[arrangement.edge_source] & stage.reached[arrangement.edge_target]
    share = np.where(known, KNOWN_SHARE if strong.any() or stage.active else 1.0, UNKNOWN_SHARE)
    kept = scene.edge_order[~strong[scene.edge_order]]
    return replace(
        scene,
        edge_opacity=np.where(strong, 1.0, scene.edge_opacity * share),
        edge_widths=np.where(strong, np.maximum(scene.edge_widths, WIDEST_STRONG), scene.edge_widths),
        edge_order=np.concatenate((kept, np.flatnonzero(strong)))[-max(MOST_EDGES, int(np.count_nonzero(strong))) :],
    )


def _strong(state: StepState, layout: Layout, a: Arrangement) -> Marks:
    """Return which edges take part: those that the explanation names, and what else leads into what one looks at."""
    strong = np.zeros(len(a.edge_index), dtype=np.bool_)
    assert state.explanation is not None
    strong |= np.isin(a.edge_index, state.explanation.parameters)
    phase, layer, unit, term = state.position
    if layer < 0 or phase in (Phase.BATCH, Phase.LOSS):
        return strong
    number = layout.first_unit(layer) + unit
    if unit < 0 and not strong.any():
        weights = layout.layers[layer].weights
        strong = np.asarray((a.edge_index >= weights.start) & (a.edge_index < weights.stop))
    elif unit >= 0 and phase is Phase.FORWARD and not strong.any():
        strong = np.asarray(a.edge_target == number)
    elif unit >= 0 and term < 0 and phase is Phase.BACKWARD:
        # The unit as a whole: what comes back from the layer above belongs to it, too.
        strong = np.asarray(strong | (a.edge_source == number))
    return strong


def _reached(layout: Layout, position: Position) -> Marks:
    """Return for every unit whether its numbers of this phase are known at ``position``."""
    phase, layer, unit, _ = position
    reached = np.ones(layout.unit_count, dtype=np.bool_)
    if phase is Phase.BATCH:
        reached[len(layout.features) :] = False
    elif phase is Phase.FORWARD and layer >= 0:
        reached[_end(layout, layer, unit) :] = False
    elif phase is Phase.BACKWARD and layer >= 0:
        reached[:] = False
        reached[layout.first_unit(layer) : _end(layout, layer, unit)] = True
        if layer + 1 < len(layout.layers):
            reached[layout.first_unit(layer + 1) :] = True
    return reached


def _end(layout: Layout, layer: int, unit: int) -> int:
    """Return the number after that of ``unit``, or after those of all units of the layer where ``unit`` is −1."""
    return layout.first_unit(layer) + (unit + 1 if unit >= 0 else layout.layers[layer].outputs)


def _mean_or_one(row: Array, focus: int) -> float:
    """Return the number of the sample ``focus``, or the mean, from a row with one number a sample."""
    return float(row.mean()) if focus == MEAN else float(row[focus])


def _flow(trace: Trace, focus: int, direction: int, strong: Marks, a: Arrangement, active: Sequence[int]) -> Array:
    """Return what runs along the edges: forward w·input; backward δ·w to the left, or δ·input where it stops."""
    flow = np.zeros(len(strong))
    for edge in np.flatnonzero(strong).tolist():
        parameter = int(a.edge_index[edge])
        layer, target, source = place_of(trace.layout, parameter)
        at = trace.passes[0][layer]
        weight = float(trace.update.before[parameter])
        if direction > 0:
            flow[edge] = weight * _mean_or_one(at.inputs[source], focus)
        elif int(a.edge_source[edge]) in active:
            flow[edge] = weight * _mean_or_one(at.deltas[target], focus)
        else:
            flow[edge] = _mean_or_one(at.deltas[target] * at.inputs[source], focus)
    return _shares(flow)


def _deltas(trace: Trace, focus: int, position: Position, layout: Layout) -> Array:
    """Return δ of the units that the backward pass has come through, as shares of the largest; NaN elsewhere."""
    deltas = np.full(layout.unit_count, np.nan)
    if position.phase is not Phase.BACKWARD:
        return deltas
    for layer in range(max(position.layer, 0), len(layout.layers)):
        unit = position.unit if layer == position.layer else -1
        rows = trace.passes[0][layer].deltas[: unit + 1 if unit >= 0 else None]
        first = layout.first_unit(layer)
        deltas[first : first + len(rows)] = rows.mean(axis=1) if focus == MEAN else rows[:, focus]
    return _shares(deltas)


def _shares(values: Array) -> Array:
    """Return ``values`` as shares of the largest magnitude; those that are not finite stay as they are."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max()) if finite.size else 0.0
    return values / largest if largest > 0.0 else values


def _by_place(labels: Sequence[Label]) -> list[tuple[Link, tuple[Label, ...]]]:
    """Return what is known at each place: of labels with one name (“a = …”) the newest, and at most two."""
    found: dict[Link, dict[str, Label]] = {}
    for label in labels:
        known = found.setdefault(label.link, {})
        known.pop(label.name, None)
        known[label.name] = label
    most = {True: 2, False: 1}
    return [(link, tuple(known.values())[-most[link.unit >= 0] :]) for link, known in found.items()]


def _is_of_layer(layout: Layout, link: Link, position: Position) -> bool:
    """Return whether ``link`` is a unit of the layer that one looks at as a whole."""
    if link.unit < 0 or position.layer < 0 or position.unit >= 0:
        return False
    return unit_place(layout, link.unit).layer == position.layer
