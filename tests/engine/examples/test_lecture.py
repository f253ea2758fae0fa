"""The lecture's numbers: the exact ones by the trace and once more with the math module, the slide's by its slips."""

from math import exp

import pytest

from engine.examples import EXAMPLES, Example, Reason, value_of
from engine.trace import Trace
from engine.trainer import Trainer

LECTURE = [entry for entry in EXAMPLES if entry.notes]


def sigmoid(z: float) -> float:
    return 1.0 / (1.0 + exp(-z))


def first_iterations(example: Example, count: int = 2) -> list[Trace]:
    trainer, traces = Trainer(example.make()), []
    for _ in range(count):
        trace = trainer.trace()
        assert trace is not None
        traces.append(trace)
        trainer.step_once()
    return traces


@pytest.mark.parametrize("example", LECTURE, ids=lambda example: example.name)
def test_every_note_s_exact_number_is_the_trace_s(example: Example) -> None:
    traces = first_iterations(example)
    for note in example.notes:
        digits = len(note.exact_text.split(".")[1])
        assert note.exact_text.replace("−", "-") == f"{value_of(note, traces[note.iteration]):.{digits}f}"


@pytest.mark.parametrize("example", LECTURE, ids=lambda example: example.name)
def test_every_note_tells_of_a_difference(example: Example) -> None:
    for note in example.notes:
        slide = float(note.slide.replace("−", "-"))
        assert slide != pytest.approx(-note.exact if note.flips_sign else note.exact, abs=1e-7)
        if note.reason is Reason.ROUNDING:
            assert abs(slide) == pytest.approx(abs(note.exact), abs=0.02)


def test_forward_pass_by_hand() -> None:
    x1, x2 = 4.218, 2.234
    h1, h2 = sigmoid(1.764 * x1 + 0.978 * x2 + 0.95), sigmoid(0.4 * x1 + 2.24 * x2 - 0.151)
    out = sigmoid(1.867 * h1 - 0.977 * h2 - 0.103)
    layers = first_iterations(EXAMPLES["lecture-forward"], 1)[0].passes[0]
    assert layers[0].a[:, 0] == pytest.approx([h1, h2], rel=1e-14)
    assert layers[1].a[0, 0] == pytest.approx(out, rel=1e-14)
    assert f"{out:.3f}" == "0.687"
    assert layers[0].slopes.max() < 0.01


def test_backpropagation_by_hand() -> None:
    x1, x2, target = 0.35, 0.7, 0.5
    y3, y4 = sigmoid(0.2 * x1 + 0.2 * x2), sigmoid(0.3 * x1 + 0.3 * x2)
    y5 = sigmoid(0.3 * y3 + 0.9 * y4)
    d5 = (y5 - target) * y5 * (1.0 - y5)
    d3, d4 = 0.3 * d5 * y3 * (1.0 - y3), 0.9 * d5 * y4 * (1.0 - y4)
    new = [0.2 - d3 * x1, 0.2 - d3 * x2, 0.3 - d4 * x1, 0.3 - d4 * x2, 0.3 - d5 * y3, 0.9 - d5 * y4]
    before, after = first_iterations(EXAMPLES["lecture-backpropagation"])
    assert before.update.after == pytest.approx(new, rel=1e-14)
    assert new == pytest.approx([0.199045, 0.198091, 0.297175, 0.29435, 0.279691, 0.878743], abs=5e-7)
    outputs = [trace.passes[0][-1].a[0, 0] for trace in (before, after)]
    assert [f"{output:.3f}" for output in outputs] == ["0.665", "0.660"]
    assert [f"{output - target:.3f}" for output in outputs] == ["0.165", "0.160"]
    change = before.update.change
    assert (change < 0.0).all()
    assert change[4:].max() < change[:4].min()


def test_the_slide_s_slips_are_what_the_reasons_say() -> None:
    notes = {note.symbol: note for note in EXAMPLES["lecture-backpropagation"].notes}
    slide = {symbol: float(note.slide.replace("−", "-")) for symbol, note in notes.items()}
    # The slide goes on with y₃ = 0.57 and y₄ = 0.59.
    assert pytest.approx(slide["a₃"]) == 0.3 * 0.57 + 0.9 * 0.59
    assert pytest.approx(slide["δ₅"], abs=1e-4) == -0.17 * 0.67 * 0.33
    assert 0.9 + slide["δ₅"] * 0.59 == pytest.approx(slide["new w₂₃"])
    assert slide["δ₄"] == pytest.approx(10.0 * 0.9 * slide["δ₅"] * 0.59 * 0.41, rel=0.01)
    assert 0.2 - slide["δ₃"] * 0.35 == pytest.approx(slide["new w₁₁"], abs=1e-6)
    assert sigmoid(slide["new w₁₁"] * 0.35 + slide["new w₂₁"] * 0.7) == pytest.approx(slide["y₃ after"], abs=0.01)
    assert sigmoid(slide["new w₁₂"] * 0.35 + slide["new w₂₂"] * 0.7) == pytest.approx(slide["y₄ after"], abs=0.01)
    steps = {"new w₁₃": -0.0376 * 0.57, "new w₂₁": -0.0027 * 0.7, "new w₁₂": -0.0819 * 0.35, "new w₂₂": -0.0819 * 0.7}
    start = {"new w₁₃": 0.3, "new w₂₁": 0.2, "new w₁₂": 0.3, "new w₂₂": 0.3}
    unfounded = {symbol for symbol, note in notes.items() if note.reason is Reason.UNFOUNDED}
    assert unfounded == set(steps)
    for symbol, step in steps.items():
        for sign in (1.0, -1.0):
            assert start[symbol] + sign * step != pytest.approx(slide[symbol], abs=1e-3)


def test_a_note_says_why() -> None:
    notes = {note.symbol: note for note in EXAMPLES["lecture-backpropagation"].notes}
    assert notes["y₃"].why == "rounding"
    assert notes["δ₄"].why == "ten times too large (the slide counts from y − ŷ)"
    assert notes["δ₃"].exact_text == "0.0027276"
