"""Homework: the blanks of a phase, their marks and hints, and the score. The lecture's example gives the numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.stepping.formula.tree import Symbol, filled, symbols, worth
from app.stepping.homework import Homework, State, mark
from app.stepping.numeric_entry import agrees
from app.stepping.records import MEAN, Phase
from app.stepping.sheet import (
    LEFT_OUT,
    MOST_BLANKS,
    NO_BLANKS,
    NOT_FINITE,
    PHASES,
    TOO_FINE,
    TOO_MANY,
    Cell,
    cells,
    sheet,
    solved_lines,
)
from engine.compose import compose
from engine.examples import EXAMPLES
from engine.experiment import Experiment, Layer, Network
from engine.parameters import initial, layout, unpack
from engine.trace import Trace
from tests.app.stepping.test_explanation import traced
from tests.engine.experiments import experiments

BACKPROPAGATION = next(example for example in EXAMPLES if example.name == "lecture-backpropagation")


@pytest.fixture(scope="module")
def lecture() -> Trace:
    return traced(BACKPROPAGATION.make())


def cell(trace: Trace, phase: Phase, place: str, label: str) -> Cell:
    found = [each for each in cells(trace, 0, phase) if (each.place, each.label.text) == (place, label)]
    assert len(found) == 1
    return found[0]


def test_the_lecture_asks_for_its_forward_pass(lecture) -> None:
    found = cells(lecture, 0, Phase.FORWARD)
    assert [(each.place, each.label.text, each.answer) for each in found] == [
        ("unit 1 of layer 1", "z", "0.21"),
        ("unit 1 of layer 1", "a", "0.552308"),
        ("unit 2 of layer 1", "z", "0.315"),
        ("unit 2 of layer 1", "a", "0.578105"),
        ("the output", "z", "0.685987"),
        ("the output", "ŷ", "0.665074"),
    ]
    # What is given stands there as a number, what is asked for elsewhere keeps its name.
    assert [line.text for line in found[0].lines] == ["z = w₁₁ · x₁ + w₁₂ · x₂", "= 0.2 · 0.35 + 0.2 · 0.7"]
    assert [line.text for line in found[1].lines] == ["a = 1/(1 + e^(−z))"]
    assert [line.text for line in found[4].lines] == ["z = w₁₁ · a₁ + w₁₂ · a₂", "= 0.3 · a₁ + 0.9 · a₂"]


def test_each_blank_belongs_to_a_unit_or_a_parameter(lecture) -> None:
    backward = cells(lecture, 0, Phase.BACKWARD)
    assert {each.link.unit for each in backward if each.label.text == "δ"} == {2, 3, 4}
    assert sorted(each.link.parameter for each in cells(lecture, 0, Phase.UPDATE)) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("label", "value"),
    [("w₁₁", 0.199045), ("w₁₂", 0.198091)],
)
def test_the_lectures_new_weights_are_right_answers(lecture, label, value) -> None:
    assert mark(cell(lecture, Phase.UPDATE, "unit 1 of layer 1", label), f"{value}").right


HINTS = [
    (Phase.FORWARD, "unit 1 of layer 1", "z", "0.552", "That is a, after the activation; z is the sum before it."),
    (Phase.FORWARD, "unit 1 of layer 1", "z", "0.2·0.35", "w₁₂ · x₂ is missing from the sum."),
    (Phase.FORWARD, "unit 1 of layer 1", "a", "0,21", "That is z: the activation, Sigmoid, is not applied yet."),
    (Phase.FORWARD, "unit 1 of layer 1", "a", "1/(1 + e^0.21)", "The minus before z is missing."),
    (Phase.FORWARD, "unit 1 of layer 1", "a", "0.55", "Rounded too coarsely: give three significant digits."),
    (Phase.FORWARD, "unit 1 of layer 1", "a", "0.56", "Close: somewhere on the way it was rounded too coarsely."),
    (Phase.LOSS, "this sample", "L", "(0.5 − 0.6651)²", "The factor ½ is missing."),
    (Phase.BACKWARD, "the output", "∂L/∂ŷ", "0.5 − 0.6651", "The sign is flipped."),
    (Phase.BACKWARD, "the output", "∂L/∂w₁₁", "0.165 · 0.552", "The slope f′(z) is missing."),
    (Phase.BACKWARD, "the output", "∂L/∂w₁₁", "−0.0203", "The sign is flipped."),
    (Phase.BACKWARD, "the output", "∂L/∂w₁₁", "0.0368", "The input a₁ is missing: that is δ alone."),
    (Phase.BACKWARD, "unit 2 of layer 1", "δ", "0.0331",
     "f′(z) is missing: that is ∂L/∂a alone. Multiply by the slope."),
    # The slide's slip: ten times too large.
    (Phase.BACKWARD, "unit 2 of layer 1", "δ", "0.0807", "The decimal point is in the wrong place."),
    (Phase.UPDATE, "the output", "w₁₂", "0.9 + 0.02126", "The sign is flipped: the step goes against the gradient."),
    (Phase.UPDATE, "the output", "w₁₂", "−0.02126",
     "That is the change alone: the new value is the old one plus the change."),
]  # fmt: skip


@pytest.mark.parametrize(("phase", "place", "label", "typed", "hint"), HINTS)
def test_a_hint_names_what_is_missing(lecture, phase, place, label, typed, hint) -> None:
    said = mark(cell(lecture, phase, place, label), typed)
    assert not said.right
    assert said.message == hint


def test_the_bias_the_rate_and_the_mean_can_be_forgotten() -> None:
    experiment = compose(task="two-classes", hidden=(2,), batch_size=4, learning_rate=0.5)
    trace = traced(experiment, 3)
    z, a = cells(trace, 0, Phase.FORWARD)[:2]
    bias = float(trace.update.before[trace.layout.layers[0].bias_start])
    assert "bias" in mark(z, f"{z.value - bias}").message
    gradient, new = cells(trace, 0, Phase.UPDATE)[:2]
    assert mark(gradient, f"{4 * gradient.value}").message == (
        "That is the sum; the mean over the batch is asked for: divide by 4."
    )
    old = float(trace.update.before[0])
    assert mark(new, f"{old - gradient.value}").message == "The learning rate η is missing."
    assert mark(new, f"{old - 0.5 * 4 * gradient.value}").message == (
        "The mean over the batch is forgotten: divide g by 4."
    )
    assert mark(a, f"{a.value}").right


def test_junk_is_wrong_and_explained(lecture) -> None:
    said = mark(cells(lecture, 0, Phase.FORWARD)[0], "six")
    assert not said.right
    assert said.message.startswith("“six” is not known here")


def test_the_score_counts_what_was_found_alone(lecture) -> None:
    work = Homework.begin(sheet(lecture, 0, Phase.FORWARD))
    assert (work.score, work.is_begun) == ("0 of 6", False)
    work = work.answered(0, "0,21").answered(1, "0.21").answered(2, "  ")
    assert work.score == "1 of 6"
    assert [entry.state for entry in work.entries[:3]] == [State.RIGHT, State.WRONG, State.OPEN]
    work = work.answered(1, "0.552")
    assert work.score == "2 of 6"
    shown = work.revealed()
    assert shown.score == "2 of 6"
    assert shown.entries[5].text == "0.665074"
    assert shown.answered(5, "0.665").score == "2 of 6"
    assert work.answered(0, "").score == "1 of 6"


def test_nothing_is_computed_in_the_phase_of_the_batch(lecture) -> None:
    empty = sheet(lecture, 0, Phase.BATCH)
    assert (empty.cells, empty.note) == ((), NO_BLANKS)


def test_of_the_largest_network_every_layer_has_some_blanks_and_it_says_so() -> None:
    network = Network(hidden=tuple(Layer(units=32) for _ in range(8)))
    trace = traced(Experiment(network=network))
    for phase in PHASES:
        asked = sheet(trace, 0, phase)
        assert len(asked.cells) <= MOST_BLANKS + 10
        if phase is not Phase.LOSS:
            assert TOO_MANY in asked.note
            assert {each.equation.key.layer for each in asked.cells} == set(range(9))


def test_a_diverged_run_asks_for_nothing_that_is_not_finite() -> None:
    experiment = compose(task="regression", hidden=(2, 2, 2, 2, 2), activation="linear")
    shape = layout(experiment.network)
    huge = unpack(shape, initial(experiment) * 1e80)
    broken = traced(replace(experiment, network=replace(experiment.network, parameters=huge)))
    assert not broken.is_finite
    forward, backward = sheet(broken, 0, Phase.FORWARD), sheet(broken, 0, Phase.BACKWARD)
    assert forward.cells
    assert all(abs(each.value) < float("inf") for each in forward.cells)
    assert all(abs(each.value) < float("inf") for each in backward.cells)
    assert backward.note.endswith(LEFT_OUT)
    assert sheet(broken, 0, Phase.UPDATE).note == NOT_FINITE


@settings(max_examples=50)
@given(experiments(), st.integers(0, 3), st.data())
def test_any_iteration_makes_a_sheet_whose_answers_are_right(experiment, steps, data) -> None:
    trace = traced(experiment, steps)
    focus = data.draw(st.sampled_from([MEAN, 0, trace.kept - 1]))
    for phase in PHASES:
        asked = sheet(trace, focus, phase)
        assert asked.cells or asked.note.startswith(TOO_FINE)
        by_key = {each.equation.key: each for each in asked.cells}
        assert len(by_key) == len(asked.cells)
        for each in asked.cells:
            assert mark(each, f"{each.value!r}").right
            assert mark(each, each.answer).right
            for form in each.equation.forms:
                # Whoever follows the formula finds the answer.
                assert agrees(worth(filled(form)), each.value)
            assert solved_lines(each)[-1].text.split()[-1]
        if phase is not Phase.UPDATE:
            # No blank is given away elsewhere on the sheet.
            asked_for = {(_letter(each.equation.left), each.link, each.value) for each in asked.cells}
            shown = {
                (_letter(symbol), symbol.link, symbol.value)
                for each in asked.cells
                for form in each.equation.forms
                for symbol in symbols(form)
                if symbol.link is not None and not symbol.is_blank
            }
            assert not asked_for & shown


def _letter(symbol: Symbol) -> str:
    return symbol.latex.partition("_")[0]
