"""What stands on a worksheet: the lecture's numbers, no answer where there are blanks, and the homework's score."""

import re

import pytest

from app.stepping.homework import Homework
from app.stepping.records import MEAN, Phase
from app.stepping.sheet import TOO_MANY, sheet
from app.worksheet.content import worksheet
from engine.compose import compose
from engine.examples import EXAMPLES
from engine.experiment import Experiment, Layer, Network
from engine.trace import Trace
from tests.app.stepping.test_explanation import traced


@pytest.fixture(scope="module")
def lecture() -> Trace:
    return traced(next(example for example in EXAMPLES if example.name == "lecture-backpropagation").make())


def texts(made) -> list[str]:
    return [line.text for section in made.sections for item in section.items for line in item.lines]


def test_with_blanks_no_answer_stands_in_any_phase(lecture) -> None:
    made = worksheet(lecture, 0)
    assert [section.title for section in made.sections] == ["Forward", "Loss", "Backward", "Update"]
    assert [line.text for line in made.given] == ["x₁ = 0.35, x₂ = 0.7", "y = 0.5"]
    said = " ".join(texts(made))
    # What is asked for in the forward phase is given in no other one either, and so on.
    for answer in ("0.21", "0.552", "0.578", "0.665", "0.0136", "0.1651", "0.0368", "0.0203", "0.2473"):
        assert answer not in said
    assert "= 0.3 · a₁ + 0.9 · a₂" in said
    assert "← 0.9 − 1 · ∂L/∂w₁₂" in said


def test_with_answers_every_result_stands_there(lecture) -> None:
    made = worksheet(lecture, 0, has_answers=True)
    said = texts(made)
    assert "z = 0.2 · 0.35 + 0.2 · 0.7" in said
    for result in ("a = 0.5523", "ŷ = 0.6651", "L = 0.01362", "δ = 0.03677", "w₁₁ ← 0.199", "w₁₂ ← 0.8787"):
        assert result in said


def test_the_facts_name_sample_loss_and_optimizer() -> None:
    trace = traced(compose(task="two-classes", hidden=(2,), batch_size=4, optimizer="adam"), 3)
    which, how = worksheet(trace, 2).facts
    assert which == "Iteration 4 of the run, epoch 1. Sample 3 of the 4 samples of its batch."
    assert how == (
        "Activation: Tanh, Sigmoid. Loss: Binary cross-entropy. "
        "Optimizer: Adam (η = 0.01, β₁ = 0.9, β₂ = 0.999, ε = 1·10⁻⁸)."
    )
    assert worksheet(trace, MEAN).facts[0].startswith("Iteration 4 of the run, epoch 1. Sample 1")


def test_homework_of_this_sample_is_on_it_with_its_score(lecture) -> None:
    work = Homework.begin(sheet(lecture, 0, Phase.FORWARD)).answered(0, "0,21").answered(1, "0.21")
    forward, loss, *_ = worksheet(lecture, 0, (work,)).sections
    assert forward.score == "1 of 6 solved"
    assert [item.entry.text for item in forward.items if item.entry is not None] == ["0,21", "0.21"]
    assert loss.score == ""
    other = traced(next(example for example in EXAMPLES if example.name == "lecture-forward").make())
    assert worksheet(other, 0, (work,)).sections[0].score == ""


def test_the_network_is_drawn_with_its_weights(lecture) -> None:
    drawn = worksheet(lecture, 0).network
    assert re.findall(r">([−\d.]+)</text>", drawn.svg) == ["0.2", "0.2", "0.3", "0.3", "0.3", "0.9"]
    assert drawn.svg.count("<circle") == 5
    assert drawn.svg.count("<line") == 6


def test_no_weight_lies_on_another_or_on_a_bias() -> None:
    trace = traced(compose(task="two-classes", hidden=(3,), batch_size=4), 3)
    svg = worksheet(trace, 0).network.svg
    boxes = [
        (float(x), float(y), float(width), 15.0)
        for x, y, width in re.findall(r'<rect x="([-.\d]+)" y="([-.\d]+)" width="([-.\d]+)"', svg)
    ]
    biases = re.findall(r'<text x="([-.\d]+)" y="([-.\d]+)"[^>]*>b[^<]*</text>', svg)
    boxes += [(float(x) - 30.0, float(y) - 9.0, 60.0, 11.0) for x, y in biases]
    assert len(boxes) == 9 + 4
    for number, (x, y, width, height) in enumerate(boxes):
        for left, top, wide, high in boxes[number + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y


def test_the_largest_network_is_drawn_in_part_and_says_so() -> None:
    trace = traced(Experiment(network=Network(hidden=tuple(Layer(units=32) for _ in range(8)))))
    made = worksheet(trace, 0)
    assert "Not all layers and units are drawn." in made.network.note
    assert made.network.svg.count("<circle") == 2 + 4 * 6 + 1
    assert TOO_MANY in made.sections[0].note
    assert sum(len(section.items) for section in made.sections) < 160


@pytest.mark.parametrize(
    "options",
    [
        {"task": "classes", "classes": 3},
        {"task": "embedding", "loss": "triplet"},
        {"task": "ranking"},
        {"task": "regression", "activation": "gelu", "dropout": 0.2},
        {"task": "regression", "hidden": ()},
    ],
)
def test_every_kind_of_network_and_loss_has_a_worksheet(options) -> None:
    trace = traced(compose(**{"hidden": (2,), "batch_size": 3} | options))
    for has_answers in (False, True):
        made = worksheet(trace, 1, has_answers=has_answers)
        assert all(section.items for section in made.sections)
