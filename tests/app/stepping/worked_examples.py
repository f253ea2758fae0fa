"""The lecture's two worked examples, and traces of any experiment."""

from app.stepping.itinerary import Itinerary
from app.stepping.records import Explanation, Grain, Position
from engine.experiment import Data, Experiment, Layer, LayerParameters, Network, Output, Points, Training
from engine.trace import Trace
from engine.trainer import Trainer


def forward_example() -> Experiment:
    """x = (4.218, 2.234), sigmoid everywhere."""
    return Experiment(
        data=Data(task="regression", source=Points([(4.218, 2.234)], [0.0]), train_share=1.0),
        network=Network(
            hidden=(Layer(2, "sigmoid"),),
            output=Output("sigmoid"),
            parameters=(
                LayerParameters(((1.764, 0.978), (0.400, 2.240)), (0.950, -0.151)),
                LayerParameters(((1.867, -0.977),), (-0.103,)),
            ),
        ),
        training=Training(loss="half-squared-error", batch_size=1),
    )


def backpropagation_example() -> Experiment:
    """x = (0.35, 0.7), no biases, sigmoid, target 0.5, learning rate 1, half squared error."""
    return Experiment(
        data=Data(task="regression", source=Points([(0.35, 0.7)], [0.5]), train_share=1.0),
        network=Network(
            hidden=(Layer(2, "sigmoid", bias=False),),
            output=Output("sigmoid", bias=False),
            parameters=(LayerParameters(((0.2, 0.2), (0.3, 0.3)), ()), LayerParameters(((0.3, 0.9),), ())),
        ),
        training=Training(loss="half-squared-error", learning_rate=1.0, batch_size=1),
    )


def traced(experiment: Experiment, steps: int = 0) -> Trace:
    """The iteration after ``steps`` steps."""
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=steps)
    trace = trainer.trace()
    assert trace is not None
    return trace


def places_of(trace: Trace, grain: Grain) -> list[Position]:
    """All places at one grain, in order."""
    itinerary = Itinerary.of(trace)
    places = [itinerary.first(grain=grain)]
    while (place := itinerary.next(places[-1], grain)) is not None:
        places.append(place)
    return places


def results(explanation: Explanation) -> list[float]:
    """The last number of each result's line."""
    lines = [line for line in explanation.lines if line.kind == "result"]
    return [next(token.value for token in reversed(line.tokens) if token.value is not None) for line in lines]
