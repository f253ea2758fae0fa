import pytest
from msgspec.structs import replace

from app.stepping.records import Phase, Position
from app.stepping.slides import slide_remarks
from engine.examples import EXAMPLES
from engine.trainer import Trainer

EXAMPLE = EXAMPLES["lecture-backpropagation"]


@pytest.mark.parametrize(
    ("position", "said"),
    [
        (Position(Phase.FORWARD, 0, 0), ["0.56"]),
        (Position(Phase.FORWARD, 0, 0, 1), ["0.56"]),
        (Position(Phase.FORWARD, 1), ["0.702", "0.67"]),
        (Position(Phase.LOSS), ["−0.17"]),
        (Position(Phase.BACKWARD, 0, 1), ["−0.0819"]),
        (Position(Phase.UPDATE, 0, 0), ["0.200945", "0.269445"]),
        (Position(Phase.UPDATE, 0, 0, 0), ["0.200945"]),
        (Position(Phase.UPDATE), []),
        (Position(), []),
    ],
)
def test_each_place_has_the_slide_s_numbers_for_it(position: Position, said: list[str]) -> None:
    trace = Trainer(EXAMPLE.make()).trace()
    remarks = slide_remarks(EXAMPLE.notes, trace, position)
    assert [f"The slide says {each} for" in remark for each, remark in zip(said, remarks, strict=True)] == [True] * len(
        said
    )


def test_the_reason_is_named() -> None:
    trace = Trainer(EXAMPLE.make()).trace()
    (remark,) = slide_remarks(EXAMPLE.notes, trace, Position(Phase.UPDATE, 0, 0, 0))
    assert remark == "The slide says 0.200945 for new w₁₁, exact is 0.199045: a lost sign."


@pytest.mark.parametrize(
    ("position", "said"),
    [
        (Position(Phase.FORWARD, 0, 0), "0.56 for y₃ (here a₁), exact is 0.552308"),
        (Position(Phase.BACKWARD, 0, 1), "−0.0819 for δ₄ (here δ₂), exact is 0.0080714"),
        (Position(Phase.UPDATE, 0, 0, 1), "0.269445 for new w₂₁ (here w₁₂), exact is 0.198091"),
        (Position(Phase.UPDATE, 1, 0, 1), "0.877816 for new w₂₃ (here w₁₂), exact is 0.878743"),
    ],
)
def test_what_the_lecture_calls_otherwise_is_named_as_the_formula_beside_it_does(position: Position, said: str) -> None:
    trace = Trainer(EXAMPLE.make()).trace()
    (remark,) = slide_remarks(EXAMPLE.notes, trace, position)
    assert said in remark


def test_the_next_iteration_has_notes_of_its_own() -> None:
    trainer = Trainer(EXAMPLE.make())
    trainer.step_once()
    remarks = slide_remarks(EXAMPLE.notes, trainer.trace(), Position(Phase.FORWARD, 0, 0))
    assert len(remarks) == 1
    assert "y₃ after" in remarks[0]


def test_of_another_network_the_slide_says_nothing() -> None:
    trainer = Trainer(EXAMPLE.make())
    edited = trainer.parameters
    edited[0] = 0.9
    trainer.set_parameters(edited)
    assert slide_remarks(EXAMPLE.notes, trainer.trace(), Position(Phase.FORWARD, 0, 0)) == ()
    smaller = EXAMPLE.make()
    network = replace(smaller.network, hidden=(), parameters=None)
    trace = Trainer(replace(smaller, network=network)).trace()
    for phase in Phase:
        assert slide_remarks(EXAMPLE.notes, trace, Position(phase, 0, 0)) == ()
