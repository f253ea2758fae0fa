"""Honest remarks, each made to appear by a network whose numbers are known."""

import pytest
from msgspec.structs import replace

from app.stepping.explanation import explain
from app.stepping.records import MEAN, Grain, Phase, Position
from engine.compose import compose
from engine.experiment import Data, Experiment, Layer, LayerParameters, Network, Output, Points, Training
from tests.app.stepping.worked_examples import backpropagation_example, places_of, traced

F, L, B, U = Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE


def chain(
    activation: str, weight: float, output_weight: float = 1.0, bias: float = 0.0, loss: str = "mse", **training
) -> Experiment:
    """x₁ = 1 → one hidden unit → one linear output, target 0.5."""
    return Experiment(
        data=Data(task="regression", source=Points([(1.0, 0.0)], [0.5]), train_share=1.0),
        network=Network(
            features=("x1",),
            hidden=(Layer(1, activation),),
            output=Output("linear"),
            parameters=(LayerParameters(((weight,),), (bias,)), LayerParameters(((output_weight,),), (0.0,))),
        ),
        training=Training(loss=loss, batch_size=1, **training),
    )


def remarks(experiment: Experiment, place: Position, focus: int = 0) -> str:
    return " ".join(explain(traced(experiment), place, focus).remarks)


def test_a_unit_that_is_off() -> None:
    for place in (Position(F, 0, 0), Position(B, 0, 0), Position(B, 0, 0, 1)):
        assert "The slope of ReLU is 0 here" in remarks(chain("relu", -1.0), place)
    assert remarks(chain("relu", 1.0), Position(F, 0, 0)) == ""


def test_a_unit_that_is_dead_on_the_whole_batch() -> None:
    experiment = chain("relu", -1.0)
    source = Points([(1.0, 0.0), (2.0, 0.0), (-1.0, 0.0)], [0.5] * 3)
    data, training = replace(experiment.data, source=source), replace(experiment.training, batch_size=3)
    experiment = replace(experiment, data=data, training=training)
    assert "is 0 on 2 of 3 samples" in remarks(experiment, Position(F, 0, 0), MEAN)
    source = Points([(1.0, 0.0), (2.0, 0.0), (3.0, 0.0)], [0.5] * 3)
    experiment = replace(experiment, data=replace(data, source=source))
    assert "Dead on the whole batch" in remarks(experiment, Position(F, 0, 0), MEAN)


def test_a_saturated_unit() -> None:
    assert "Saturated: Sigmoid" in remarks(chain("sigmoid", 6.0), Position(B, 0, 0))
    assert "Saturated" not in remarks(chain("sigmoid", 2.0), Position(B, 0, 0))


def test_products_that_explode_and_vanish() -> None:
    assert "Exploding" in remarks(chain("linear", 10.0, 30.0), Position(B, 0, 0))
    assert "Vanishing" in remarks(chain("linear", 1.0, 1e-7), Position(B, 0, 0))


def test_the_kink_and_the_margin() -> None:
    assert "kink" in remarks(chain("linear", 0.5, loss="mae"), Position(B, 1, 0))
    assert "right already" in remarks(chain("linear", 0.5), Position(B, 1, 0))
    ranked = traced(compose(task="ranking", hidden=(2,)), 60)
    satisfied = next(number for number, loss in enumerate(ranked.losses) if loss == 0.0)
    assert "margin is satisfied already" in " ".join(explain(ranked, Position(L), satisfied).remarks)
    assert "margin is satisfied already" in " ".join(explain(ranked, Position(B, 1, 0), satisfied).remarks)


def test_dropout_says_which_units_it_silenced() -> None:
    trace = traced(compose(data="moons", hidden=(6,), dropout=0.5))
    factors = trace.passes[0][0].factors
    assert factors is not None
    for unit, factor in enumerate(factors[:, 0]):
        for place in (Position(F, 0, unit, 4), Position(B, 0, unit)):
            said = " ".join(explain(trace, place, 0).remarks)
            assert ("silences this unit for this sample" in said) == (factor == 0.0)
            assert ("1/(1 − 0.5) = 2" in said) == (factor == 2.0)


def test_clipping_decay_and_max_norm() -> None:
    place = Position(U, 0, 0, 0)
    base = chain("linear", 1.0, 1.0)
    assert remarks(base, place) == ""
    for changed, words in (
        ({"clip_value": 0.01}, "cut to a size of 0.01"),
        ({"clip_norm": 0.02}, "shortened to 0.02"),
        ({"l2": 0.1}, "pulls this weight toward 0"),
        ({"max_norm": 0.5}, "Max-norm"),
    ):
        assert words in remarks(chain("linear", 1.0, 1.0, **changed), place)


def test_a_schedule_says_the_learning_rate_of_now() -> None:
    experiment = compose(data="moons", hidden=(2,), schedule="exponential", learning_rate=0.1)
    said = explain(traced(experiment, 200), Position(U), 0)
    assert any("has brought η from 0.1 to" in remark for remark in said.remarks)


def test_a_step_that_is_not_finite() -> None:
    experiment = chain("linear", 1e100, 1e100, learning_rate=1e5)
    experiment = replace(experiment, data=replace(experiment.data, source=Points([(1e10, 0.0)], [0.5])))
    assert "not finite" in remarks(experiment, Position(U))
    for place in places_of(traced(experiment), Grain.TERM):
        assert explain(traced(experiment), place, 0).sentence


def test_most_of_a_long_sum_is_left_out_but_never_the_term_one_stands_at() -> None:
    trace = traced(compose(data="moons", hidden=(30,)))
    whole = explain(trace, Position(F, 1, 0), 0).lines[0].text
    assert whole == "z = w₁₁ · a₁ + w₁₂ · a₂ + w₁₃ · a₃ + w₁₄ · a₄ + w₁₅ · a₅ + w₁₆ · a₆ + … + b₁"
    said = explain(trace, Position(F, 1, 0, 17), 0)
    assert "+ … + w₁,₁₈ · a₁₈ + … + b₁" in said.lines[0].text
    assert [token.text for token in said.lines[0].tokens if token.is_active] == ["+", "w₁,₁₈", "·", "a₁₈"]


@pytest.mark.parametrize("digits", [3, 4, 5, 6])
def test_digits_change_the_text_and_never_the_value(digits: int) -> None:
    trace = traced(backpropagation_example())
    line = explain(trace, Position(F, 1, 0), 0, digits).lines[-1]
    assert line.text == f"ŷ = {0.6650740884:.{digits}g}"
    assert line.tokens[-1].value == trace.passes[0][1].a[0, 0]
