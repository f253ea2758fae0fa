"""A 2-2-1 network walked through at every grain by keyboard alone: the numbers that stand in the pane are the trace's.

The window, the worker and the engine are the real ones. What is read is the text of the formulas, as a student reads
it; each line with numbers is worked out again with a calculator.
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.stepping.records import Grain, Phase, Position
from app.window import Window
from engine.compose import compose
from engine.examples import EXAMPLES
from engine.experiment import Experiment
from engine.trace import Trace
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.pocket_calculator import parts, worked_out

pytestmark = IGNORE_PLATFORM

SUBSCRIPTS = "₁₂₃"
# How many places there are: batch, forward, loss, backward, update. Without biases a hidden unit has two products and
# an activation; on the way back what comes from above, the slope, δ and two gradients; two new weights.
LECTURE = {Grain.ITERATION: 1, Grain.PHASE: 5, Grain.LAYER: 8, Grain.UNIT: 11, Grain.TERM: 1 + 9 + 1 + 15 + 6}
# With biases there is one more each time; the output's δ is computed at once.
WITH_BIASES = {**LECTURE, Grain.TERM: 1 + 12 + 1 + 16 + 9}


def lecture() -> Experiment:
    return EXAMPLES["lecture-backpropagation"].make()


def tanh_with_adam() -> Experiment:
    return compose(hidden=(2,), activation="tanh", loss="binary-cross-entropy", optimizer="adam", batch_size=1)


class Reader:
    """What stands in the window at one place."""

    def __init__(self, window: Window) -> None:
        self.position = window.walk.state.position
        self.lines = [(line.kind, line.text) for line in window.steps.formula.lines]
        self.title = window.steps.title.text()
        self.spoken = window.steps.formula.accessibleName()


def press(qtbot: QtBot, window: Window, key: Qt.Key, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def walked(qtbot: QtBot, window: Window, grain: Grain) -> tuple[Trace, list[Reader]]:
    """Walk to the end of the iteration, and return it with what was shown at each place."""
    window.activateWindow()
    press(qtbot, window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.walk.state.trace is not None, timeout=30_000)
    for _ in Grain:
        press(qtbot, window, Qt.Key.Key_G, shift=True)
    for _ in range(grain):
        press(qtbot, window, Qt.Key.Key_G)
    assert window.walk.state.grain is grain
    digits = window.steps.digits
    while digits.value() < digits.maximum():
        qtbot.keyClick(digits, Qt.Key.Key_Up)
    window.network.setFocus()
    trace = window.walk.state.trace
    assert trace is not None
    shown = []
    while window.walk.state.trace is trace:
        shown.append(Reader(window))
        press(qtbot, window, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: window.walk.state.position != shown[-1].position or is_next(window, trace))
    return trace, shown


def is_next(window: Window, trace: Trace) -> bool:
    now = window.walk.state.trace
    return now is not None and now.step == trace.step + 1


def expected(trace: Trace, place: Position) -> dict[str, float]:
    """What each letter is worth at a place, taken from the arrays of the trace; the batch has one sample."""
    phase, layer, unit, _ = place
    layers = trace.passes[0]
    if phase is Phase.BATCH:
        x, y = trace.points[0, :, 0], trace.wanted[0, 0]
        return {"x₁": x[0], "x₂": x[1], "y": y}
    if phase is Phase.LOSS:
        return {"L": trace.losses[0]}
    if layer < 0:
        last = layers[-1]
        gradient = trace.sample_gradient(0)
        return {"z": last.z[0, 0], "ŷ": last.a[0, 0], "‖∇L‖": (gradient @ gradient) ** 0.5}
    found: dict[str, float] = {}
    for number in range(len(layers[layer].z)) if unit < 0 else [unit]:
        is_indexed = unit < 0 and len(layers[layer].z) > 1
        found |= of_unit(trace, phase, layer, number, SUBSCRIPTS[number] if is_indexed else "")
    return found


def of_unit(trace: Trace, phase: Phase, layer: int, unit: int, index: str) -> dict[str, float]:
    at, update, is_output = trace.passes[0][layer], trace.update, layer == 1
    activation = "ŷ" if is_output else "a"
    z, a, slope = at.z[unit, 0], at.a[unit, 0], at.slopes[unit, 0]
    upstream, delta = at.upstream[unit, 0], at.deltas[unit, 0]
    found = {f"z{index}": z, f"{activation}{index}": a, f"δ{index}": delta}
    found |= {"f′(z)": slope, f"∂L/∂{activation}": upstream}
    if not is_output:
        above = trace.layout.weights(update.before, 1)[0, unit]
        found[f"w₁{SUBSCRIPTS[unit]} · δ₁"] = above * trace.passes[0][1].deltas[0, 0]
    shape = trace.layout.layers[layer]
    for source in range(shape.inputs + (shape.bias_start >= 0)):
        is_bias = source == shape.inputs
        name = f"b{SUBSCRIPTS[unit]}" if is_bias else f"w{SUBSCRIPTS[unit]}{SUBSCRIPTS[source]}"
        given = 1.0 if is_bias else at.inputs[source, 0]
        number = shape.bias_start + unit if is_bias else shape.weights_start + unit * shape.inputs + source
        found[f"∂L/∂{name}"] = delta * given
        if phase is Phase.FORWARD:
            letter = "a" if is_output else "x"
            product = name if is_bias else f"{name} · {letter}{SUBSCRIPTS[source]}"
            found[product] = update.before[number] * given
        else:
            found[name] = update.after[number]
    return found


@pytest.mark.parametrize("grain", list(Grain))
@pytest.mark.parametrize(("make", "counts"), [(lecture, LECTURE), (tanh_with_adam, WITH_BIASES)])
def test_the_numbers_in_the_pane_are_those_of_the_trace(
    qtbot: QtBot,
    open_window: Callable[[Experiment], Window],
    make: Callable[[], Experiment],
    counts: dict[Grain, int],
    grain: Grain,
) -> None:
    window = open_window(make())
    trace, shown = walked(qtbot, window, grain)
    assert len(shown) == counts[grain]
    assert len({reader.title for reader in shown}) == len(shown)
    read = 0
    for reader in shown:
        values = expected(trace, reader.position)
        for kind, line in reader.lines:
            for part in line.split(", ") if kind == "result" else []:
                head, number = parts(part)
                if head in values:
                    assert worked_out(number) == pytest.approx(values[head], rel=5e-6, abs=1e-12), (reader.title, part)
                    read += 1
                else:
                    assert head in ("the sum so far", "g", "m", "v", "η"), (reader.title, part)
    assert read >= counts[grain] - (3 if grain <= Grain.LAYER else 0)
    # The step is made: the next iteration begins with the new weights.
    after = window.walk.state.trace
    assert after is not None
    assert after.update.before == pytest.approx(trace.update.after, rel=1e-12)


@pytest.mark.parametrize("make", [lecture, tanh_with_adam])
def test_a_calculator_comes_to_the_same_results(
    qtbot: QtBot, open_window: Callable[[Experiment], Window], make: Callable[[], Experiment]
) -> None:
    """Every line with numbers, put into a calculator, gives the result below it."""
    _, shown = walked(qtbot, open_window(make()), Grain.TERM)
    checked = 0
    for reader in shown:
        for (kind, line), (after, result) in zip(reader.lines, reader.lines[1:], strict=False):
            if kind == "numbers" and after == "result" and parts(line)[0] == parts(result)[0]:
                # Six digits of each number leave less than six of their differences.
                assert worked_out(parts(line)[1]) == pytest.approx(worked_out(parts(result)[1]), rel=2e-4, abs=2e-6), (
                    reader.title,
                    line,
                )
                checked += 1
    assert checked >= len(shown) // 2


def test_the_sums_of_a_unit_end_with_its_z(qtbot: QtBot, open_window: Callable[[Experiment], Window]) -> None:
    trace, shown = walked(qtbot, open_window(tanh_with_adam()), Grain.TERM)
    for unit in (0, 1):
        lines = [text for each in shown if each.position[:3] == (Phase.FORWARD, 0, unit) for _, text in each.lines]
        so_far = [worked_out(text.rpartition("so far = ")[2]) for text in lines if "so far" in text]
        assert len(so_far) == 2
        assert so_far[-1] == pytest.approx(trace.passes[0][0].z[unit, 0], rel=5e-6)


def test_tab_passes_over_what_lies_behind_another_tab(
    qtbot: QtBot, open_window: Callable[[Experiment], Window]
) -> None:
    window = open_window(lecture())
    window.activateWindow()
    press(qtbot, window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.walk.state.trace is not None, timeout=30_000)
    hidden = [window.docks[name] for name in ("gradients", "scores", "activations", "losses")]
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        window.steps.formula.setFocus()
        seen = set()
        while (focus := QApplication.focusWidget()) not in seen:
            assert focus is not None
            assert not any(dock.isAncestorOf(focus) for dock in hidden), focus.accessibleName()
            seen.add(focus)
            qtbot.keyClick(focus, key)
        assert {window.network, window.steps.phases, window.transport.run} <= seen
