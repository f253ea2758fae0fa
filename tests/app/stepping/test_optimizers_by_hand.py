"""Several steps of every optimizer, with its settings, as the walk shows them: worked out anew in plain arithmetic."""

from collections.abc import Callable
from itertools import pairwise
from math import copysign, sqrt

import pytest

from app.stepping.explanation import explain
from app.stepping.records import MEAN, Phase, Position
from engine.compose import compose
from engine.optimizers import OPTIMIZERS
from engine.trace import Trace
from engine.trainer import Trainer
from tests.app.pocket_calculator import parts, worked_out

# From w, g, η, the step's number t and what is remembered (by name, 0 at first) to the new w.
Memory = dict[str, float]
ByHand = Callable[[float, float, float, int, Memory], float]
STEPS = 4


def sgd(momentum: float) -> ByHand:
    def step(w: float, g: float, rate: float, t: int, of: Memory) -> float:
        of["v"] = momentum * of["v"] + g
        return w - rate * of["v"]

    return step


def nesterov(w: float, g: float, rate: float, t: int, of: Memory) -> float:
    of["v"] = 0.8 * of["v"] + g
    return w - rate * (g + 0.8 * of["v"])


def adagrad(w: float, g: float, rate: float, t: int, of: Memory) -> float:
    of["G"] += g * g
    return w - rate * g / sqrt(of["G"] + 1e-8)


def rmsprop(w: float, g: float, rate: float, t: int, of: Memory) -> float:
    of["v"] = 0.95 * of["v"] + 0.05 * g * g
    of["b"] = 0.5 * of["b"] + g / sqrt(of["v"] + 1e-8)
    return w - rate * of["b"]


def adadelta(w: float, g: float, rate: float, t: int, of: Memory) -> float:
    of["s"] = 0.95 * of["s"] + 0.05 * g * g
    change = sqrt(of["D"] + 1e-6) / sqrt(of["s"] + 1e-6) * g
    of["D"] = 0.95 * of["D"] + 0.05 * change * change
    return w - change


def adam(*, decay: float = 0.0, keeps_largest: bool = False, looks_ahead: bool = False) -> ByHand:
    def step(w: float, g: float, rate: float, t: int, of: Memory) -> float:
        w -= rate * decay * w
        of["m"] = 0.8 * of["m"] + 0.2 * g
        of["v"] = 0.99 * of["v"] + 0.01 * g * g
        of["u"] = max(of["u"], of["v"])
        first = of["m"] / (1 - 0.8**t)
        if looks_ahead:
            first = 0.8 * of["m"] / (1 - 0.8 ** (t + 1)) + 0.2 * g / (1 - 0.8**t)
        second = (of["u"] if keeps_largest else of["v"]) / (1 - 0.99**t)
        return w - rate * first / (sqrt(second) + 1e-8)

    return step


def lion(w: float, g: float, rate: float, t: int, of: Memory) -> float:
    new = w - rate * (copysign(1.0, 0.9 * of["m"] + 0.1 * g) + 0.1 * w)
    of["m"] = 0.99 * of["m"] + 0.01 * g
    return new


BETAS = {"beta1": 0.8, "beta2": 0.99}
CASES: list[tuple[str, dict[str, float], ByHand]] = [
    ("sgd", {}, sgd(0.0)),
    ("sgd", {"momentum": 0.9}, sgd(0.9)),
    ("nesterov", {"momentum": 0.8}, nesterov),
    ("adagrad", {}, adagrad),
    ("rmsprop", {"beta": 0.95, "momentum": 0.5}, rmsprop),
    ("adadelta", {}, adadelta),
    ("adam", BETAS, adam()),
    ("amsgrad", BETAS, adam(keeps_largest=True)),
    ("adamw", {**BETAS, "weight_decay": 0.1}, adam(decay=0.1)),
    ("nadam", BETAS, adam(looks_ahead=True)),
    ("lion", {"weight_decay": 0.1}, lion),
]


def shown_weight(trace: Trace, place: Position) -> float:
    """Return the new weight that is shown at ``place``, after working out each line of numbers with a calculator."""
    lines, before, weight = explain(trace, place, MEAN, 6).lines, "", float("nan")
    for line, result in pairwise(lines):
        if result.kind != "result":
            continue
        before, value = parts(result.text)
        if line.kind == "numbers":
            assert worked_out(parts(line.text)[1]) == pytest.approx(worked_out(value), rel=1e-3, abs=1e-9), line.text
        if before.startswith("w"):
            weight = worked_out(value)
    return weight


@pytest.mark.parametrize(("name", "settings", "by_hand"), CASES, ids=[f"{name} {given}" for name, given, _ in CASES])
def test_the_walk_shows_the_weights_that_plain_arithmetic_comes_to(
    name: str, settings: dict[str, float], by_hand: ByHand
) -> None:
    trainer = Trainer(compose(hidden=(2,), optimizer=name, settings=settings, learning_rate=0.05))
    memory = dict.fromkeys(("v", "G", "b", "s", "D", "m", "u"), 0.0)
    # The first weight into the second hidden unit.
    place, index = Position(Phase.UPDATE, 0, 1, 0), 2
    weight = float(trainer.parameters[index])
    for number in range(1, STEPS + 1):
        trace = trainer.trace()
        assert trace is not None
        given = trace.experiment.training.optimizer
        assert (given.name, given.settings) == (name, settings)
        assert explain(trace, place, MEAN).parameters == (index,)
        weight = by_hand(weight, float(trace.update.gradient[index]), trace.update.rate, number, memory)
        assert shown_weight(trace, place) == pytest.approx(weight, rel=1e-5), number
        trainer.step_once()
        assert trainer.parameters[index] == pytest.approx(weight, rel=1e-10)


def test_every_optimizer_is_among_them() -> None:
    assert {name for name, _, _ in CASES} == set(OPTIMIZERS.names)
