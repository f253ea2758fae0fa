from app.views.network.cards import card_of, target_name
from app.views.network.hit_testing import Target
from engine.compose import compose
from tests.app.sample_frame import sample_frame

_, _, LAYOUT, FRAME = sample_frame()


def test_a_weight_shows_value_gradient_and_update() -> None:
    card = card_of(Target("edge", 2), LAYOUT, FRAME)
    assert card.title == "Weight w₂₁"
    assert card.about == "from x₁ to unit 2 of layer 1"
    assert [name for name, _ in card.rows] == ["Value", "Gradient", "Last update"]
    assert card.rows[0][1].replace("−", "-") == f"{FRAME.parameters[2]:.3f}"


def test_a_unit_shows_its_formula_in_symbols_and_in_numbers() -> None:
    card = card_of(Target("unit", 2), LAYOUT, FRAME)
    assert card.title == "Unit 1 of layer 1"
    assert card.formulas[0] == "z = w₁₁·x₁ + w₁₂·x₂ + b₁"
    assert card.formulas[1].startswith("z = ")
    assert card.formulas[2] == "a = tanh(z)"
    assert [name for name, _ in card.rows] == ["Bias b₁", "Its gradient"]


def test_the_output_is_called_by_its_name() -> None:
    card = card_of(Target("unit", LAYOUT.unit_count - 1), LAYOUT, FRAME)
    assert card.title == "Output"
    assert card.formulas[-1] == "ŷ = sigmoid(z)"


def test_before_the_first_frame_there_are_no_numbers() -> None:
    assert card_of(Target("edge", 2), LAYOUT, None).rows == ()
    assert len(card_of(Target("unit", 2), LAYOUT, None).formulas) == 2


def test_features_say_what_a_click_does() -> None:
    assert "switch it off" in card_of(Target("feature", 0), LAYOUT, FRAME).remark
    assert "feed it" in card_of(Target("feature", 3), LAYOUT, FRAME).remark


def test_names_for_the_status_bar() -> None:
    assert target_name(Target("unit", 3), LAYOUT, FRAME) == "Unit 2 of layer 1: a = tanh(z)."
    assert target_name(Target("bias", 8), LAYOUT, FRAME) == "Bias b₁ of unit 1 of layer 1, value 0."
    assert target_name(Target("feature", 2), LAYOUT, FRAME).startswith("Feature x₁², switched off.")


def test_one_of_several_outputs_says_what_it_stands_for() -> None:
    _, _, layout, frame = sample_frame(compose(task="classes", classes=3, samples=20))
    card = card_of(Target("unit", layout.unit_count - 2), layout, frame)
    assert (card.title, card.about) == ("Output 2", "class 2 · Softmax activation")
    assert card.formulas[-1] == "ŷ₂ = exp(z₂) / (∑ⱼ exp(zⱼ))"
    assert [name for name, _ in card.rows] == ["Bias b₂", "Its gradient"]
    _, _, layout, frame = sample_frame(compose(task="embedding", samples=20))
    card = card_of(Target("unit", layout.unit_count - 1), layout, frame)
    assert card.about == "coordinate 2 of the embedding · Linear activation"
    assert card.formulas[-1] == "y₂ = z₂"


def test_a_unit_with_dropout_says_how_often_it_is_left_out() -> None:
    _, _, layout, frame = sample_frame(compose(hidden=(3,), dropout=0.2, samples=20))
    card = card_of(Target("unit", 2), layout, frame)
    assert card.notes == ("left out in 20 % of the training steps (dropout)",)
    assert not card_of(Target("unit", layout.unit_count - 1), layout, frame).notes[1:]
