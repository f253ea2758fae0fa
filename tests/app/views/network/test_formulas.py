import numpy as np
import pytest

from app.views.network.formulas import activation_text, inputs_note, numeric, symbolic
from engine.activations import ACTIVATIONS
from tests.app.views.networks import shape


def test_a_unit_of_the_first_layer_adds_up_features() -> None:
    layout = shape(2)
    flat = np.array([0.5, 0.25, 0.83, -1.2, 0.0, 0.1, 1.0, 1.0, 0.0])
    assert symbolic(layout, 0, 1) == "z = w₂₁·x₁ + w₂₂·x₂ + b₂"
    assert numeric(layout, flat, 0, 1) == "z = 0.83·x₁ − 1.20·x₂ + 0.10"


def test_a_negative_first_term_and_a_negative_bias() -> None:
    layout = shape(1)
    assert numeric(layout, np.array([-0.5, 0.25, -2.0, 1.0, 0.0]), 0, 0) == "z = −0.50·x₁ + 0.25·x₂ − 2.00"


def test_a_layer_without_bias_adds_none() -> None:
    layout = shape(1, bias=False)
    assert symbolic(layout, 0, 0) == "z = w₁₁·x₁ + w₁₂·x₂"
    assert numeric(layout, np.array([1.0, 2.0, 3.0]), 0, 0) == "z = 1.00·x₁ + 2.00·x₂"


def test_many_terms_are_cut_short() -> None:
    layout = shape(8, 1)
    flat = np.ones(layout.parameter_count)
    assert symbolic(layout, 1, 0) == "z = w₁₁·a₁ + w₁₂·a₂ + … + w₁₈·a₈ + b₁"
    assert numeric(layout, flat, 1, 0).count("·") == 6
    assert numeric(layout, flat, 1, 0).endswith("·a₆ + … + 1.00")


def test_it_says_what_the_inputs_are() -> None:
    layout = shape(8, 2, 1)
    assert inputs_note(layout, 0) == ""
    assert inputs_note(layout, 1) == "a₁ … a₈ are the outputs of layer 1"
    assert inputs_note(layout, 2) == "a₁ and a₂ are the outputs of layer 2"
    assert inputs_note(layout, 3) == "a₁ is the output of layer 3"


@pytest.mark.parametrize(
    ("name", "text"),
    [("tanh", "a = tanh(z)"), ("relu", "a = ReLU(z)"), ("sigmoid", "a = sigmoid(z)"), ("linear", "a = z")],
)
def test_activations_are_named_as_functions(name: str, text: str) -> None:
    assert activation_text(name) == text
    assert activation_text(name, is_output=True) == text.replace("a =", "ŷ =")


def test_a_softmax_is_written_out_for_each_output() -> None:
    assert activation_text("softmax", is_output=True, number=1) == "ŷ₂ = exp(z₂) / (∑ⱼ exp(zⱼ))"


def test_an_activation_with_a_setting_says_it() -> None:
    assert activation_text("leaky-relu", alpha=0.01) == "a = z if z > 0, else α·z, α = 0.01"
    assert activation_text("elu", is_output=True, number=0, alpha=2.0, letter="y") == (
        "y₁ = z₁ if z₁ > 0, else α·(exp(z₁) − 1), α = 2"
    )


@pytest.mark.parametrize("name", ACTIVATIONS.names)
def test_every_activation_has_a_text_without_marks(name: str) -> None:
    text = activation_text(name, is_output=True, number=2, alpha=0.5)
    assert text.startswith("ŷ₃ = ")
    assert not set(text) & set("<>\\{}_&") - {">"}


def test_several_outputs_have_sums_of_their_own() -> None:
    layout = shape(2, outputs=3)
    assert symbolic(layout, 1, 2) == "z₃ = w₃₁·a₁ + w₃₂·a₂ + b₃"
    assert numeric(layout, np.zeros(layout.parameter_count), 1, 2).startswith("z₃ = ")
