"""Errors carried forward in homework: what follows from a wrong earlier value counts half, and says so.

The lecture's example: x = (0.35, 0.7), all weights of unit 1 are 0.2, so that its z is 0.21 and its a 0.552308.
"""

import math

from app.stepping.homework import CHANGED, SHOWN, SHOWN_AFTER, Homework, State
from app.stepping.records import Phase
from app.stepping.sheet import sheet
from engine.compose import compose
from engine.examples import EXAMPLES
from tests.app.stepping.test_explanation import traced

LECTURE = next(example for example in EXAMPLES if example.name == "lecture-backpropagation")


def begun(phase: Phase = Phase.FORWARD) -> Homework:
    return Homework.begin(sheet(traced(LECTURE.make()), 0, phase))


def sigmoid(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z))


def states(work: Homework) -> list[State]:
    return [entry.state for entry in work.entries]


def test_an_activation_of_a_wrong_z_follows_from_it() -> None:
    work = begun().answered(0, "0.25").answered(1, f"{sigmoid(0.25):.3g}")
    assert states(work)[:2] == [State.WRONG, State.FOLLOWS]
    assert work.entries[1].message == "Follows from your z of unit 1 of layer 1, which is not right yet: half a mark."
    assert work.score == "½ of 6"
    assert work.right == 0


def test_the_error_is_carried_as_far_as_it_reaches() -> None:
    wrong = sigmoid(0.9)
    z = 0.3 * wrong + 0.9 * 0.578105
    work = begun()
    for number, text in enumerate(("0.9", f"{wrong:.3g}", "0.315", "0.578", f"{z:.3g}", f"{sigmoid(z):.3g}")):
        work = work.answered(number, text)
    follows = State.FOLLOWS
    assert states(work) == [State.WRONG, follows, State.RIGHT, State.RIGHT, follows, follows]
    assert "a of unit 1 of layer 1" in work.entries[4].message
    assert work.score == "3½ of 6"


def test_what_is_right_is_right_whatever_stands_before_it() -> None:
    work = begun().answered(0, "0.25").answered(1, "0.552")
    assert states(work)[:2] == [State.WRONG, State.RIGHT]


def test_what_does_not_follow_is_wrong_and_a_slip_on_the_way_is_named() -> None:
    work = begun().answered(0, "0.9")
    assert work.answered(1, "0.123").entries[1].state is State.WRONG
    slipped = work.answered(1, f"{sigmoid(-0.9):.3g}").entries[1]
    assert (slipped.state, slipped.message) == (State.WRONG, "The minus before z is missing.")


def test_correcting_the_earlier_value_asks_for_the_later_one_anew() -> None:
    work = begun().answered(0, "0.25").answered(1, f"{sigmoid(0.25):.3g}").answered(0, "0.21")
    assert states(work)[:2] == [State.RIGHT, State.WRONG]
    assert work.entries[1].message == CHANGED
    assert work.score == "1 of 6"
    # And back again.
    assert states(work.answered(0, "0.25"))[:2] == [State.WRONG, State.FOLLOWS]


def test_the_order_of_typing_does_not_matter() -> None:
    work = begun().answered(1, f"{sigmoid(0.25):.3g}")
    assert states(work)[1] is State.WRONG
    assert states(work.answered(0, "0.25"))[:2] == [State.WRONG, State.FOLLOWS]


def test_junk_before_it_makes_nothing_follow() -> None:
    work = begun().answered(0, "two apples").answered(1, "0.6")
    assert states(work)[:2] == [State.WRONG, State.WRONG]


def test_showing_the_answers_keeps_the_half_mark() -> None:
    work = begun().answered(0, "0.25").answered(1, f"{sigmoid(0.25):.3g}").revealed()
    assert [entry.message for entry in work.entries[:2]] == [SHOWN, SHOWN_AFTER]
    assert work.entries[1].text == work.sheet.cells[1].answer
    assert work.score == "½ of 6"
    assert work.is_done


def test_a_gradient_follows_by_either_of_its_formulas() -> None:
    work = begun(Phase.BACKWARD)
    labels = [cell.label.text for cell in work.sheet.cells]
    delta, gradient = labels.index("δ"), labels.index("∂L/∂w₁₁")
    work = work.answered(delta, "0.5").answered(gradient, f"{0.5 * 0.552308:.3g}")
    assert work.entries[gradient].state is State.FOLLOWS
    assert "δ of the output" in work.entries[gradient].message


def test_new_weights_follow_from_a_wrong_mean_gradient() -> None:
    experiment = compose(task="two-classes", hidden=(2,), batch_size=3, learning_rate=0.5)
    work = Homework.begin(sheet(traced(experiment, 3), 0, Phase.UPDATE))
    wrong, old = 2.0 * work.sheet.cells[0].value, float(work.sheet.trace.update.before[0])
    work = work.answered(0, f"{wrong!r}").answered(1, f"{old - 0.5 * wrong!r}")
    assert states(work)[:2] == [State.WRONG, State.FOLLOWS]


def test_adams_averages_follow_from_a_wrong_mean_gradient() -> None:
    experiment = compose(task="two-classes", hidden=(2,), batch_size=3, optimizer="adam")
    work = Homework.begin(sheet(traced(experiment, 0), 0, Phase.UPDATE))
    labels = [cell.label.text for cell in work.sheet.cells]
    m, v = labels.index("m"), labels.index("v")
    wrong = 2.0 * work.sheet.cells[0].value
    # At the first step both averages start from 0, with β₁ = 0.9 and β₂ = 0.999.
    work = work.answered(0, f"{wrong!r}").answered(m, f"{0.1 * wrong!r}").answered(v, f"0.001 * ({wrong!r})^2")
    assert [work.entries[place].state for place in (0, m, v)] == [State.WRONG, State.FOLLOWS, State.FOLLOWS]


def cell_of(work: Homework, label: str, place: str = "") -> int:
    """Return the number of the blank for ``label``."""
    found = [number for number, cell in enumerate(work.sheet.cells) if cell.label.text == label]
    return next(number for number in found if place in work.sheet.cells[number].place)


def test_an_error_is_carried_from_phase_to_phase() -> None:
    """The lecture's numbers with an output of 0.8 in the place of 0.665."""
    forward, loss, backward, update = (
        begun(phase) for phase in (Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE)
    )
    output = cell_of(forward, "ŷ")
    forward = forward.answered(output, "0.8")
    loss = loss.answered(0, f"{0.5 * 0.3**2:.3g}", (forward,))
    assert loss.entries[0].state is State.FOLLOWS
    said = "Follows from your ŷ of the output in the forward phase, which is not right yet: half a mark."
    assert loss.entries[0].message == said
    slope, delta, gradient = (cell_of(backward, label) for label in ("f′(z)", "δ", "∂L/∂w₁₁"))
    assert backward.sheet.cells[delta].place == backward.sheet.cells[gradient].place == "the output"
    before = (forward, loss)
    backward = backward.answered(cell_of(backward, "∂L/∂ŷ"), "0.3", before)
    backward = backward.answered(slope, "0.16", before).answered(delta, "0.048", before)
    backward = backward.answered(gradient, f"{0.048 * 0.552308:.3g}", before)
    assert {entry.state for entry in backward.entries if entry.text} == {State.FOLLOWS}
    new = cell_of(update, "w₁₁", "the output")
    update = update.answered(new, f"{0.3 - 0.048 * 0.552308:.4g}", (forward, loss, backward))
    assert update.entries[new].state is State.FOLLOWS
    assert "∂L/∂w₁₁ of the output in the backward phase" in update.entries[new].message


def test_going_on_with_the_numbers_that_are_given_is_right() -> None:
    forward = begun().answered(5, "0.7")
    loss = begun(Phase.LOSS).answered(0, "0.0136", (forward,))
    assert loss.entries[0].state is State.RIGHT


def test_an_error_of_this_phase_is_carried_with_the_given_numbers_too() -> None:
    """Both are wrong: a in the forward phase, δ here; the gradient is worked out with the a that is given."""
    forward = begun()
    forward = forward.answered(cell_of(forward, "a", "unit 1"), "0.9")
    work = begun(Phase.BACKWARD)
    delta, gradient = cell_of(work, "δ"), cell_of(work, "∂L/∂w₁₁")
    work = work.answered(delta, "0.5", (forward,))
    for a in (0.9, 0.552308):
        again = work.answered(gradient, f"{0.5 * a:.3g}", (forward,))
        assert again.entries[gradient].state is State.FOLLOWS
    assert work.answered(gradient, "0.1", (forward,)).entries[gradient].state is State.WRONG


def test_correcting_an_earlier_phase_asks_for_the_later_one_anew() -> None:
    forward = begun().answered(5, "0.7")
    loss = begun(Phase.LOSS).answered(0, "0.02", (forward,))
    corrected = loss.reviewed((forward.answered(5, "0.665"),))
    assert (corrected.entries[0].state, corrected.entries[0].message) == (State.WRONG, CHANGED)
    # And what was wrong follows once the earlier value is typed.
    late = begun(Phase.LOSS).answered(0, "0.02")
    assert late.entries[0].state is State.WRONG
    assert late.reviewed((forward,)).entries[0].state is State.FOLLOWS
    # What was right stays so.
    right = begun(Phase.LOSS).answered(0, "0.0136")
    assert right.reviewed((forward,)).entries[0].state is State.RIGHT


def test_an_answer_that_was_shown_is_carried_nowhere() -> None:
    forward = begun().answered(5, "0.7").revealed()
    loss = begun(Phase.LOSS).answered(0, "0.02", (forward,))
    assert loss.entries[0].state is State.WRONG
