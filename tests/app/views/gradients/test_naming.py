"""How the parameter that is pointed at is called, at length and in short."""

import pytest

from app.views.gradients.naming import names_of, sentence_of
from app.views.parameter_text import number_text
from tests.app.sample_frame import sample_frame


def test_every_way_names_the_weight_and_all_but_the_first_bring_one_number() -> None:
    _, _, layout, frame = sample_frame()
    names = names_of(layout, frame, 2, "gradients")
    number = number_text(float(frame.gradient[2]))
    short = ("Weight w₂₁ from x₁ to unit 2 of layer 1", "Weight w₂₁", "w₂₁")
    assert names[1:] == tuple(f"{name}: {number}" for name in short)
    assert names[0] == sentence_of(layout, frame, 2)
    assert f"gradient {number}" in names[0]


@pytest.mark.parametrize(("quantity", "field"), [("weights", "parameters"), ("updates", "update")])
def test_the_number_is_that_of_what_is_shown(quantity: str, field: str) -> None:
    _, _, layout, frame = sample_frame()
    assert names_of(layout, frame, 3, quantity)[-1] == f"w₂₂: {number_text(float(getattr(frame, field)[3]))}"


def test_before_the_first_frame_there_is_a_name_but_no_number() -> None:
    _, _, layout, _ = sample_frame()
    assert names_of(layout, None, 0, "weights") == (
        "Weight w₁₁ from x₁ to unit 1 of layer 1.",
        "Weight w₁₁",
        "w₁₁",
    )
    assert names_of(layout, None, -1, "weights") == ()
    assert sentence_of(layout, None, -1) == ""
