"""How each family's formulas are written as code: loops over lane values around the traced formula itself."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils

from engine.activations import ACTIVATIONS
from engine.dropout import hashed
from engine.features import FEATURES
from engine.kernels.lanes import summed
from engine.kernels.rows import Rows, load_at, store_at
from engine.kernels.signatures import (
    DROP,
    FEATURE,
    LOSS_SLOPE,
    LOSS_VALUE,
    SCHEDULE,
    TIMES_SLOPE,
    UPDATE,
    VALUE,
    Signature,
)
from engine.kernels.tracing import COUNT, DOUBLE, UFUNCS, Mask, Traced, TracedBits, choose
from engine.losses import LOSSES, Loss
from engine.optimizers import OPTIMIZERS, STATE_VECTORS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES

# Writes the code of a formula: the builder and the arguments in; the number returned, or None, out.
Body = Callable[..., Any]
# Family and name, how it is called, and its code.
Formula = tuple[tuple[str, str], Signature, Body]


def _activations(width: int) -> Iterator[Formula]:
    """Yield value and slope of every activation on lane values ``first`` … of flat arrays."""

    def value(entry: Any) -> Body:
        def write(builder: Any, alpha: Any, z: Any, a: Any, first: Any, count: Any) -> None:
            shape = Traced(builder, alpha)
            if entry.joint:
                entry.apply(Rows.of_memory(builder, width, count, z, first), shape).store(a, first)
                return
            for place in _places(builder, first, count, width):
                store_at(builder, a, place, entry.apply(load_at(builder, width, z, place), shape))

        return write

    def times_slope(entry: Any) -> Body:
        def write(builder: Any, alpha: Any, z: Any, a: Any, delta: Any, first: Any, count: Any) -> None:
            shape, pointers = Traced(builder, alpha), (z, a, delta)
            if entry.joint:
                rows = [Rows.of_memory(builder, width, count, pointer, first) for pointer in pointers]
                entry.times_slope(*rows, shape).computed().store(delta, first)
                return
            for place in _places(builder, first, count, width):
                values = (load_at(builder, width, pointer, place) for pointer in pointers)
                store_at(builder, delta, place, entry.times_slope(*values, shape))

        return write

    for entry in ACTIVATIONS:
        yield ("activation", entry.name), VALUE, value(entry)
        yield ("slope", entry.name), TIMES_SLOPE, times_slope(entry)


def _places(builder: Any, first: Any, count: Any, width: int) -> Iterator[Any]:
    """Write a loop over ``count`` lane values from ``first`` and yield, once, the place of each in a flat array."""
    with cgutils.for_range(builder, count, intp=COUNT) as loop:
        yield builder.mul(builder.add(first, loop.index), ir.Constant(COUNT, width))


class _Outputs:
    """The outputs of one block of samples (or of the two or three blocks of a group), and what is wanted of them."""

    def __init__(
        self, builder: Any, width: int, loss: Loss, setting: Any, wanted: Any, at: Any, first: Any, count: Any,
        stride: Any,
    ) -> None:  # fmt: skip
        self.builder, self.width, self.loss = builder, width, loss
        self.first, self.count, self.stride = first, count, stride
        self.settings = (Traced(builder, setting),) if loss.settings else ()
        # A value for every output, or one for the sample. ``at`` counts numbers, not lane values.
        start = builder.gep(wanted, [at])
        zero = ir.Constant(COUNT, 0)
        self.y: Any = self.rows(start, zero) if loss.target == "value" else load_at(builder, width, start, zero)

    def rows(self, pointer: Any, first: Any) -> Rows:
        """Return ``count`` lane values at ``pointer``."""
        return Rows.of_memory(self.builder, self.width, self.count, pointer, first)

    def place(self, member: int) -> Any:
        """Return the first lane value of the outputs of ``member``."""
        return self.builder.add(self.first, self.builder.mul(self.stride, ir.Constant(COUNT, member)))

    def members(self, pointer: Any) -> list[Rows]:
        """Return the outputs of every member of the group."""
        return [self.rows(pointer, self.place(member)) for member in range(self.loss.members)]

    @property
    def share(self) -> Traced:
        """What a single output counts where the loss is the mean over them."""
        share: Traced = 1.0 / Traced(self.builder, self.builder.sitofp(self.count, DOUBLE))
        return share


def _losses(width: int) -> Iterator[Formula]:
    """Yield slope and value of every loss, and of those with a partner the same from logits."""

    def slope(loss: Loss, from_logits: bool) -> Body:
        formula: Any = loss.logit_delta if from_logits else loss.slope

        def write(builder: Any, setting: Any, wanted: Any, at: Any, a: Any, delta: Any, *places: Any) -> None:
            outputs = _Outputs(builder, width, loss, setting, wanted, at, *places)
            y, settings = outputs.y, outputs.settings
            if loss.members > 1:
                slopes = formula(y, *outputs.members(a), *settings)
            elif loss.joint:
                slopes = (formula(y, *outputs.members(a), *settings),)
            else:
                share = outputs.share
                slopes = (y.each(lambda y, p: formula(y, p, *settings) * share, y, *outputs.members(a)),)
            for member, each in enumerate(slopes):
                each.store(delta, outputs.place(member))

        return write

    def value(loss: Loss, from_logits: bool) -> Body:
        formula: Any = loss.logit_value if from_logits else loss.value

        def write(
            builder: Any, setting: Any, wanted: Any, at: Any, weights: Any, z: Any, a: Any, *places: Any
        ) -> Traced:
            outputs = _Outputs(builder, width, loss, setting, wanted, at, *places)
            y, settings, members = outputs.y, outputs.settings, outputs.members(z if from_logits else a)
            if loss.joint or loss.members > 1:
                losses = formula(y, *members, *settings)
            else:
                each = y.each(lambda y, p: formula(y, p, *settings), y, *members)
                losses = each.fold(0.0, lambda total, one: total + one) * outputs.share
            # Chosen, not multiplied: an infinite loss past the last sample must not become NaN.
            counts = load_at(builder, width, wanted, weights) > 0.0
            return Traced(builder, summed(builder, choose(counts, losses, 0.0).value, width))

        return write

    for loss in LOSSES:
        for from_logits in (False, True) if loss.partner else (False,):
            kind = "logit loss" if from_logits else "loss"
            yield (f"{kind} slope", loss.name), LOSS_SLOPE, slope(loss, from_logits)
            yield (f"{kind} value", loss.name), LOSS_VALUE, value(loss, from_logits)


def _optimizers(width: int) -> Iterator[Formula]:
    """Yield every optimizer: new parameters and state in place; returns what is finite only if all numbers are."""

    def update(entry: Any) -> Body:
        used = len(entry.state)
        vector = ir.VectorType(DOUBLE, width)
        zero = ir.Constant(vector, [ir.Constant(DOUBLE, 0.0)] * width)

        def write(
            builder: Any, parameters: Any, gradient: Any, state: Any, is_weight: Any, preparation: Any, size: Any,
            scale: Any, rate: Any, step: Any, *settings: Any,
        ) -> Traced:  # fmt: skip
            numbers = [Traced(builder, value) for value in (rate, step, *settings)]
            check = cgutils.alloca_once(builder, vector)
            builder.store(zero, check)
            lanes = ir.Constant(COUNT, width)
            with cgutils.for_range_slice(builder, ir.Constant(COUNT, 0), size, lanes, COUNT) as (i, _):
                places = [builder.add(i, builder.mul(size, ir.Constant(COUNT, k))) for k in range(used)]
                before = [load_at(builder, width, state, place) for place in places]
                before += [Traced(builder, zero, width)] * (STATE_VECTORS - used)
                g = Traced(builder, scale) * load_at(builder, width, gradient, i)
                p = load_at(builder, width, parameters, i)
                new, after = entry.update(p, g, tuple(before), numbers[0], numbers[1], tuple(numbers[2:]))
                store_at(builder, parameters, i, new)
                for place, value in zip(places, after, strict=False):
                    store_at(builder, state, place, value)
                # Squared, so that opposite infinities cannot hide each other.
                so_far = Traced(builder, builder.load(check), width)
                builder.store((so_far + (g * g + new)).value, check)
            return Traced(builder, summed(builder, builder.load(check), width))

        return write

    for entry in OPTIMIZERS:
        yield ("optimizer", entry.name), UPDATE, update(entry)


def _prepared(width: int) -> Iterator[Formula]:
    """Yield the step with penalties and clipping: it prepares the gradient and then calls the optimizer.

    ``preparation`` holds the rates of the regularizers, the bounds of each number of the gradient and of its length (0:
    none), and, as an integer, the optimizer's address.
    """
    vector = ir.VectorType(DOUBLE, width)

    def write(
        builder: Any, parameters: Any, gradient: Any, state: Any, is_weight: Any, preparation: Any, size: Any,
        scale: Any, *rest: Any,
    ) -> Traced:  # fmt: skip
        places = [builder.gep(preparation, [ir.Constant(COUNT, number)]) for number in range(len(REGULARIZERS) + 3)]
        *rates, clip_value, clip_norm = (Traced(builder, builder.load(place)) for place in places[:-1])
        address = builder.load(builder.bitcast(places[-1], COUNT.as_pointer()))
        bound, longest = (choose(limit > 0.0, limit, np.inf) for limit in (clip_value, clip_norm))
        squares = cgutils.alloca_once(builder, vector)
        builder.store(ir.Constant(vector, [ir.Constant(DOUBLE, 0.0)] * width), squares)
        start, lanes = ir.Constant(COUNT, 0), ir.Constant(COUNT, width)
        with cgutils.for_range_slice(builder, start, size, lanes, COUNT) as (i, _):
            p, g, counts = (load_at(builder, width, pointer, i) for pointer in (parameters, gradient, is_weight))
            g = Traced(builder, scale) * g
            for rate, entry in zip(rates, REGULARIZERS, strict=True):
                g = g + rate * counts * entry.slope(p)
            # Comparisons with NaN are false, so it passes.
            g = choose(g > bound, bound, choose(g < -bound, -bound, g))
            store_at(builder, gradient, i, g)
            so_far = Traced(builder, builder.load(squares), width)
            builder.store((so_far + g * g).value, squares)
        length = UFUNCS[np.sqrt](Traced(builder, summed(builder, builder.load(squares), width)))
        left = choose(length > longest, longest / length, 1.0)
        optimizer = builder.inttoptr(address, UPDATE.llvm.as_pointer())
        arrays = (parameters, gradient, state, is_weight, preparation)
        return Traced(builder, builder.call(optimizer, [*arrays, size, left.value, *rest]))

    yield ("optimizer", "after preparation"), UPDATE, write


def _dropout(width: int) -> Iterator[Formula]:
    """Yield what silences units, by the hash that the reference uses."""
    half = ir.IntType(32)
    bits, vector = ir.VectorType(half, width), ir.VectorType(DOUBLE, width)

    def write(
        builder: Any, rate: Any, a: Any, kept: Any, first: Any, count: Any, low: Any, high: Any, sample: Any
    ) -> None:
        def lanes(value: Any) -> TracedBits:
            filled = builder.insert_element(ir.Constant(bits, ir.Undefined), builder.trunc(value, half), half(0))
            return TracedBits(builder, builder.shuffle_vector(filled, filled, ir.Constant(bits, [0] * width)), width)

        numbers = lanes(sample) + TracedBits(builder, ir.Constant(bits, list(range(width))), width)
        key = lanes(low), lanes(high)
        border = lanes(builder.fptoui(builder.fmul(rate, DOUBLE(2.0**32)), COUNT))
        factor: Traced = 1.0 / (1.0 - Traced(builder, rate))
        with cgutils.for_range(builder, count, intp=COUNT) as loop:
            unit = builder.add(first, loop.index)
            drawn = hashed(*key, lanes(unit), numbers)
            stays = Mask(builder, builder.icmp_unsigned(">=", drawn.value, border.value), width)
            zero = Traced(builder, ir.Constant(vector, [DOUBLE(0.0)] * width), width)
            multiplier = choose(stays, factor, zero)
            place = builder.mul(unit, ir.Constant(COUNT, width))
            store_at(builder, kept, place, multiplier)
            store_at(builder, a, place, load_at(builder, width, a, place) * multiplier)

    yield ("dropout", "drop"), DROP, write


def _numbers() -> Iterator[Formula]:
    """Yield the formulas of plain numbers: schedules and features."""

    def of(formula: Callable[..., Any]) -> Body:
        def write(builder: Any, *values: Any) -> Traced:
            result = formula(*(Traced(builder, value) for value in values))
            return result if isinstance(result, Traced) else Traced(builder, ir.Constant(DOUBLE, float(result)))

        return write

    for schedule in SCHEDULES:
        factor = schedule.factor
        yield ("schedule", schedule.name), SCHEDULE, of(lambda t, *settings, factor=factor: factor(t, settings))
    for feature in FEATURES:
        yield ("feature", feature.name), FEATURE, of(feature.value)


def formulas(width: int) -> list[Formula]:
    """Return all formulas for lanes of this width."""
    return [
        *_activations(width),
        *_losses(width),
        *_optimizers(width),
        *_prepared(width),
        *_dropout(width),
        *_numbers(),
    ]
