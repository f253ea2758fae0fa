"""From the families to compiled code: one loop for each entry, chosen by its code at run time.

Each ``choose`` below is one switch over the family's table. So sizes, activations, losses and optimizers are run-time
values, nothing is ever recompiled, and an entry added to its family is compiled with the rest by itself.
"""

from collections.abc import Callable
from typing import Any

from engine.activations import ACTIVATIONS
from engine.kernels import lane_math  # noqa: F401  (registers exp, tanh … on lanes)
from engine.kernels.compilation import device
from engine.kernels.lanes import make_load, make_splat, make_store
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS

# In the code of a loss: whether it is computed from the logits of its partner activation.
FROM_LOGITS = 1000


def _switch(arguments: str, loops: list[tuple[int, Callable[..., Any]]]) -> Any:
    """Return ``choose(code, arguments …)``, which calls the loop whose code fits (the last one where none does).

    The text of one flat function is made here, because nested functions would be compiled once a level: the time to
    compile would grow with the square of the number of entries.
    """
    lines = [f"def choose(code, {arguments}):"]
    for code, _ in loops[:-1]:
        lines += [f"    if code == {code}:", f"        return loop_{code}({arguments})"]
    lines.append(f"    return loop_{loops[-1][0]}({arguments})")
    names: dict[str, Any] = {f"loop_{code}": loop for code, loop in loops}
    exec("\n".join(lines), names)
    return device(names["choose"])


def make_activate(width: int) -> Any:
    """Return ``activate(code, z, a, first, count)``: a = f(z) for lane values ``first`` … of flat arrays."""
    load, store = make_load(width), make_store(width)

    def loop(value: Any) -> Any:
        @device
        def run(z, a, first, count):
            for i in range(first, first + count):
                store(a, i * width, value(load(z, i * width)))

        return run

    links = [(code, loop(device(entry.value))) for code, entry in enumerate(ACTIVATIONS)]
    return _switch("z, a, first, count", links)


def make_times_slope(width: int) -> Any:
    """Return ``times_slope(code, z, a, delta, first, count)``: δ ← δ · f'(z)."""
    load, store = make_load(width), make_store(width)

    def loop(slope: Any) -> Any:
        @device
        def run(z, a, delta, first, count):
            for i in range(first, first + count):
                place = i * width
                store(delta, place, load(delta, place) * slope(load(z, place), load(a, place)))

        return run

    links = [(code, loop(device(entry.slope))) for code, entry in enumerate(ACTIVATIONS)]
    return _switch("z, a, delta, first, count", links)


def loss_code(loss: str, output: str) -> int:
    """Return the number by which kernels know ``loss`` on the output activation ``output``."""
    code = LOSSES.code(loss)
    return code + FROM_LOGITS if LOSSES[loss].partner == ACTIVATIONS[output].name else code


def make_loss_slope(width: int) -> Any:
    """Return ``loss_slope(code, wanted, at, a, delta, first, count, scale)``: δ ← scale · ∂L/∂a (∂L/∂z from logits)."""
    load, store = make_load(width), make_store(width)

    def loop(slope: Any) -> Any:
        @device
        def run(wanted, at, a, delta, first, count, scale):
            for i in range(count):
                place = (first + i) * width
                store(delta, place, scale * slope(load(wanted, at + i * width), load(a, place)))

        return run

    links = [(code, loop(device(entry.slope))) for code, entry in enumerate(LOSSES)]
    links += [
        (code + FROM_LOGITS, loop(device(entry.logit_delta)))
        for code, entry in enumerate(LOSSES)
        if entry.logit_delta is not None
    ]
    return _switch("wanted, at, a, delta, first, count, scale", links)


def make_loss_value(width: int) -> Any:
    """Return ``loss_value(code, wanted, at, z, a, first, count)``: the losses of the lanes, added over outputs."""
    load, splat = make_load(width), make_splat(width)

    def loop(value: Any, from_logits: bool) -> Any:
        @device
        def run(wanted, at, z, a, first, count):
            total = splat(0.0)
            for i in range(count):
                place = (first + i) * width
                total += value(load(wanted, at + i * width), load(z if from_logits else a, place))
            return total

        return run

    links = [(code, loop(device(entry.value), False)) for code, entry in enumerate(LOSSES)]
    links += [
        (code + FROM_LOGITS, loop(device(entry.logit_value), True))
        for code, entry in enumerate(LOSSES)
        if entry.logit_value is not None
    ]
    return _switch("wanted, at, z, a, first, count", links)


def _penalty_slope() -> Any:
    """Return ``penalty_slope(w, rates)``: Σ λ · slope(w) over all regularizers."""

    def add(place: int, slope: Any, rest: Any) -> Any:
        @device
        def total(w, rates):
            return rates[place] * slope(w) + rest(w, rates)

        return total

    @device
    def chosen(w, rates):
        return 0.0 * w

    for place, entry in reversed(list(enumerate(REGULARIZERS))):
        chosen = add(place, device(entry.slope), chosen)
    return chosen


def make_update(width: int) -> Any:
    """Return ``update(code, parameters, gradient, state, is_weight, scale, rates, rate, step, settings)``.

    It adds the penalty to ``scale`` · gradient, writes the new parameters and the new state in place, and returns a
    number that is finite if and only if all gradients and new parameters are (far enough from overflow to be squared).
    """
    load, store, splat = make_load(width), make_store(width), make_splat(width)
    penalty_slope = _penalty_slope()

    def loop(formula: Any, used: int) -> Any:
        @device
        def run(parameters, gradient, state, is_weight, scale, rates, rate, step, settings):
            stride = parameters.size
            penalized = False
            for each in rates:
                penalized = penalized or each != 0.0
            check = splat(0.0)
            zero = splat(0.0)
            for i in range(0, stride, width):
                p = load(parameters, i)
                g = scale * load(gradient, i)
                if penalized:
                    g += load(is_weight, i) * penalty_slope(p, rates)
                # ``used`` is a constant for the compiler, so unused state costs nothing.
                first = load(state, i) if used > 0 else zero
                second = load(state, stride + i) if used > 1 else zero
                third = load(state, 2 * stride + i) if used > 2 else zero
                new, (first, second, third) = formula(p, g, (first, second, third), rate, step, settings)
                store(parameters, i, new)
                if used > 0:
                    store(state, i, first)
                if used > 1:
                    store(state, stride + i, second)
                if used > 2:
                    store(state, 2 * stride + i, third)
                check += g * g + new
            return check

        return run

    links = [(code, loop(device(entry.update), len(entry.state))) for code, entry in enumerate(OPTIMIZERS)]
    return _switch("parameters, gradient, state, is_weight, scale, rates, rate, step, settings", links)
