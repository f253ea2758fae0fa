"""Hypothesis strategies: valid experiments of every kind, small enough to train in a test."""

from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.datasets.generators import GENERATORS
from engine.experiment import Data, Experiment, Generated, Layer, Network, OptimizerChoice, Output, Training
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.settings import Setting
from engine.tasks import TASKS


def setting_values(setting: Setting) -> st.SearchStrategy[float]:
    """Values with which rounding stays rounding: Adam divides noise by noise where ε or β₂ is very small."""
    if setting.name == "epsilon":
        return st.floats(1e-5, 1e-3)
    return st.floats(0.9 * setting.default, setting.default) if setting.default else st.floats(setting.low, 0.9)


@st.composite
def experiments(draw: st.DrawFn, batch_sizes: st.SearchStrategy[int] | None = None) -> Experiment:
    """Any task, data set, network, loss and optimizer, with learning rates that do not explode."""
    generator = draw(st.sampled_from(GENERATORS.entries))
    task = TASKS[generator.task]
    loss = draw(st.sampled_from(task.losses))
    output = draw(st.sampled_from([name for name in task.outputs if name in LOSSES[loss].outputs]))
    optimizer = draw(st.sampled_from(OPTIMIZERS.entries))
    layers = st.builds(Layer, st.integers(1, 11), st.sampled_from(ACTIVATIONS.names), st.booleans())
    return Experiment(
        data=Data(
            task=task.name,
            source=Generated(generator.name, draw(st.integers(1, 60))),
            noise=draw(st.floats(0.0, 1.0)),
            train_share=draw(st.floats(0.1, 1.0)),
            seed=draw(st.integers(0, 2**53)),
        ),
        network=Network(
            features=tuple(draw(st.lists(st.sampled_from(FEATURES.names), min_size=1, unique=True))),
            hidden=tuple(draw(st.lists(layers, max_size=4))),
            output=Output(output, draw(st.booleans())),
            initializer=draw(st.sampled_from(INITIALIZERS.names)),
        ),
        training=Training(
            loss=loss,
            optimizer=OptimizerChoice(
                optimizer.name,
                {setting.name: draw(setting_values(setting)) for setting in optimizer.settings},
            ),
            learning_rate=draw(st.floats(0.0, 0.01)),
            batch_size=draw(st.integers(1, 70) if batch_sizes is None else batch_sizes),
            l1=draw(st.sampled_from([0.0, 0.01])),
            l2=draw(st.sampled_from([0.0, 0.1])),
        ),
        seed=draw(st.integers(0, 2**53)),
    )
