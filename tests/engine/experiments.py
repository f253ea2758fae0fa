"""Hypothesis strategies: valid experiments of every kind, small enough to train in a test."""

from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.compose import natural_classes
from engine.datasets.generators import GENERATORS
from engine.experiment import (
    Data,
    Experiment,
    Generated,
    Layer,
    Network,
    OptimizerChoice,
    Output,
    ScheduleChoice,
    Training,
)
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.settings import Setting
from engine.tasks import TASKS, class_count, output_units, unfit_features

HIDDEN = tuple(entry.name for entry in ACTIVATIONS if entry.hidden)


def setting_values(setting: Setting) -> st.SearchStrategy[float]:
    """Values with which rounding stays rounding: Adam divides noise by noise where ε or β₂ is very small."""
    if setting.name == "epsilon":
        return st.floats(1e-5, 1e-3)
    return st.floats(0.9 * setting.default, setting.default) if setting.default else st.floats(setting.low, 0.9)


@st.composite
def settings_of(draw: st.DrawFn, settings: tuple[Setting, ...]) -> dict[str, float]:
    """Some or all of ``settings``, near their defaults."""
    chosen = [setting for setting in settings if setting.name == "epsilon" or draw(st.booleans())]
    return {setting.name: draw(setting_values(setting)) for setting in chosen}


@st.composite
def data_settings_of(draw: st.DrawFn, settings: tuple[Setting, ...]) -> dict[str, float]:
    """Some or all of the ``settings`` of a data set, anywhere in their ranges."""
    chosen = [setting for setting in settings if draw(st.booleans())]
    return {
        setting.name: float(draw(st.integers(int(setting.low), int(setting.high))))
        if setting.integer
        else draw(st.floats(setting.low, setting.high))
        for setting in chosen
    }


def balances(classes: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Shares of ``classes``, or none."""
    some = st.lists(st.floats(0.5, 9.0), min_size=classes, max_size=classes).map(tuple)
    return st.one_of(st.just(()), some) if classes else st.just(())


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    """Any hidden layer, now and then with dropout."""
    activation = ACTIVATIONS[draw(st.sampled_from(HIDDEN))]
    alpha = draw(st.floats(0.05, 1.5)) if activation.settings and draw(st.booleans()) else None
    if alpha is not None and activation.settings[0].problem(alpha):
        alpha = None
    dropout = draw(st.sampled_from([0.0, 0.0, 0.3]))
    return Layer(draw(st.integers(1, 11)), activation.name, draw(st.booleans()), alpha, dropout)


@st.composite
def experiments(draw: st.DrawFn, batch_sizes: st.SearchStrategy[int] | None = None) -> Experiment:
    """Any task, data set, network, loss, optimizer and schedule, with learning rates that do not explode."""
    task = draw(st.sampled_from(TASKS.entries))
    generator = draw(st.sampled_from([entry for entry in GENERATORS if task.name in entry.tasks]))
    loss = LOSSES[draw(st.sampled_from(task.losses))]
    output = draw(st.sampled_from([name for name in task.outputs if name in loss.outputs]))
    optimizer, schedule = draw(st.sampled_from(OPTIMIZERS.entries)), draw(st.sampled_from(SCHEDULES.entries))
    names = [name for name in FEATURES.names if not unfit_features(task.name, (name,))]
    classes = natural_classes(task, generator.name)
    return Experiment(
        data=Data(
            task=task.name,
            source=Generated(
                generator.name,
                draw(st.integers(1, 60)),
                settings=draw(data_settings_of(generator.settings)),
                balance=draw(balances(class_count(task.name, classes) if not task.is_image else 0)),
            ),
            noise=draw(st.floats(0.0, 1.0)),
            train_share=draw(st.floats(0.1, 1.0)),
            seed=draw(st.integers(0, 2**53)),
            classes=classes,
            soft=draw(st.sampled_from(["smoothing", "distance"])),
            label_noise=draw(st.sampled_from([0.0, 0.0, 0.2])),
            stratified=draw(st.booleans()),
            split_seed=draw(st.integers(0, 2**53)),
            folds=draw(st.integers(4, 20)),
            fold=draw(st.sampled_from([0, 0, 1, 4])),
        ),
        network=Network(
            features=tuple(draw(st.lists(st.sampled_from(names), min_size=1, unique=True))),
            hidden=tuple(draw(st.lists(layers(), max_size=3))),
            output=Output(output, draw(st.booleans()), draw(st.integers(*output_units(task.name, classes)))),
            initializer=draw(st.sampled_from(INITIALIZERS.names)),
        ),
        training=Training(
            loss=loss.name,
            loss_settings=draw(settings_of(loss.settings)),
            optimizer=OptimizerChoice(optimizer.name, draw(settings_of(optimizer.settings))),
            learning_rate=draw(st.floats(0.0, 0.01)),
            schedule=ScheduleChoice(schedule.name),
            batch_size=draw(st.integers(1, 70) if batch_sizes is None else batch_sizes),
            l1=draw(st.sampled_from([0.0, 0.01])),
            l2=draw(st.sampled_from([0.0, 0.1])),
            clip_norm=draw(st.sampled_from([0.0, 0.5])),
            clip_value=draw(st.sampled_from([0.0, 0.1])),
            max_norm=draw(st.sampled_from([0.0, 0.8])),
            jitter=draw(st.sampled_from([0.0, 0.0, 0.2])),
            sampling=draw(st.sampled_from(["random", "hard"])),
        ),
        seed=draw(st.integers(0, 2**53)),
    )
