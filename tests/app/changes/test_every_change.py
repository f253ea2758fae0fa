"""Every change: what it sets, the words for it, and what is refused."""

import math

import pytest

from app import changes
from app.description import describe
from engine.compose import compose
from engine.experiment import Experiment
from engine.validation import ExperimentError

HUBER = compose(loss="huber")
SPIRAL = compose(data="spiral")
EMBEDDING, STEP = compose(task="embedding", hidden=(4, 3), activation="elu"), compose(schedule="step")


@pytest.fixture
def experiment() -> Experiment:
    return Experiment()


def test_choosing_what_is_there_changes_nothing(experiment):
    for name, value in (
        ("data.task", "two-classes"),
        ("data.generator", "circle"),
        ("network.feature", ("x1", True)),
        ("training.optimizer", "sgd"),
        ("seed", 0),
    ):
        assert changes.apply(experiment, name, value) is experiment


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("training.learning_rate", float("nan")),
        ("training.learning_rate", 1e7),
        ("training.batch_size", 0),
        ("data.samples", 0),
        ("data.noise", -1.0),
        ("data.train_share", 0.0),
        ("seed", -1),
        ("training.l1", -0.1),
        ("data.generator", "nowhere"),
        ("network.layer_activation", (7, "tanh")),
    ],
)
def test_impossible_values_are_refused_in_one_sentence(experiment, name, value):
    with pytest.raises(ExperimentError) as error:
        changes.apply(experiment, name, value)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


def test_other_changes_in_words(experiment):
    def said(name, value):
        return describe(experiment, changes.apply(experiment, name, value))

    assert said("network.units", (0, 1)) == "Layer 1: 1 unit"
    assert said("network.add_layer", 0) == "Network: layer added, hidden units 4 – 4 – 2"
    assert said("data.noise", 0.25) == "Noise: 0.25"
    assert said("data.samples", 1000) == "Samples: 1,000"
    assert said("data.train_share", 0.5) == "Training share: 50%"
    assert said("data.train_share", 0.003) == "Training share: 0.3%"
    assert said("seed", 7) == "Seed: 7 (new initial weights)"
    assert said("network.initializer", "he") == "Initializer: He (new initial weights)"
    assert said("data.generator", "bumps") == (
        "Task: regression; the data set is now Gaussian bumps; the loss is now mean squared error; "
        "the output activation is now linear"
    )
    assert describe(experiment, experiment) == ""


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("training.setting", {"momentum": 0.9}),
        ("training.loss_setting", {"delta": 2.0}),
        ("training.schedule_setting", {"every": 7.0, "decay": 0.9}),
        ("network.initializer_setting", {"value": 0.5}),
    ],
)
def test_all_settings_of_one_thing_become_usual_at_once(name, settings):
    usual = compose(loss="huber", schedule="step", initializer="constant")
    changed = usual
    for setting in settings.items():
        changed = changes.apply(changed, name, setting)
    assert changed != usual
    assert changes.apply(changed, f"{name}s_default", None) == usual


@pytest.mark.parametrize(
    ("start", "name", "value", "read", "expected", "words"),
    [
        (HUBER, "training.loss_setting", ("delta", 2), "training.loss_settings", {"delta": 2.0}, "δ: 2"),
        (compose(), "training.schedule", "cosine", "training.schedule.name", "cosine", "schedule: cosine"),
        (STEP, "training.schedule_setting", ("every", 7), "training.schedule.settings", {"every": 7.0}, "7"),
        (compose(), "training.clip_norm", 1.5, "training.clip_norm", 1.5, "Gradient clipped by norm: 1.5"),
        (compose(clip_value=1.0), "training.clip_value", 0.0, "training.clip_value", 0.0, "clipped by value: off"),
        (compose(), "training.max_norm", 2.0, "training.max_norm", 2.0, "Largest norm of weights: 2"),
        (compose(), "training.jitter", 0.2, "training.jitter", 0.2, "Jitter: 0.2"),
        (EMBEDDING, "training.sampling", "hard", "training.sampling", "hard", "Pairs and triplets: the hardest"),
        (compose(), "training.stop", ("patience", 20), "training.stop.patience", 20, "Early stopping, patience: 20"),
        (compose(), "training.stop", ("loss", 0.1), "training.stop.loss", 0.1, "Stop at a train loss of: 0.1"),
        (compose(), "training.stop", ("metric", 0.9), "training.stop.metric", 0.9, "Stop at a score of: 90 %"),
        (compose(), "network.dropout", 0.3, "network.hidden.1.dropout", 0.3, "Dropout: 0.3"),
        (compose(), "network.layer_dropout", (1, 0.3), "network.hidden.1.dropout", 0.3, "Dropout of layer 2: 0.3"),
        (compose(), "network.layer_bias", (0, False), "network.hidden.0.bias", False, "Biases of layer 1: off"),
        (compose(), "network.layer_bias", (2, False), "network.output.bias", False, "Biases of the output: off"),
        (EMBEDDING, "network.layer_alpha", (0, 0.4), "network.hidden.0.alpha", 0.4, "α of layer 1: 0.4"),
        (EMBEDDING, "network.output_units", 3, "network.output.units", 3, "Embedding: 3 dimensions"),
        (
            compose(initializer="normal"), "network.initializer_setting", ("sigma", 0.2),
            "network.initializer_settings", {"sigma": 0.2}, "Initializer",
        ),
        (compose(task="classes", classes=3), "data.classes", 5, "network.output.units", 5, "Number of classes: 5"),
        (compose(task="soft-classes"), "data.soft", "distance", "data.soft", "distance", "by distance to the centers"),
        (SPIRAL, "data.setting", ("turns", 2), "data.source.settings", {"turns": 2.0}, "Spiral, turns: 2"),
        (
            compose(data="plane"), "data.setting", ("direction", 90), "data.source.settings", {"direction": 90.0},
            "Plane, direction: 90°",
        ),
        (
            compose(data="ridge"), "data.setting", ("bend", -0.1), "data.source.settings", {"bend": -0.1},
            "Ridge, bend: −0.1",
        ),
        (
            compose(data="spiral", data_settings={"arms": 3.0}), "data.usual_settings", None,
            "data.source.settings", {}, "Spiral, arms: 2",
        ),
        (SPIRAL, "data.share", (0, 0.7), "data.source.balance", (0.7, 0.3), "Class balance: 70 % · 30 %"),
        (
            compose(balance=(3.0, 1.0)), "data.equal_shares", None, "data.source.balance", (),
            "Class balance: equal shares",
        ),
        (
            SPIRAL, "data.label_noise", 0.15, "data.label_noise", 0.15, "Label noise: 15 % of the training samples",
        ),
        (SPIRAL, "data.stratified", False, "data.stratified", False, "Stratified split: off"),
        (SPIRAL, "data.split_seed", 4, "data.split_seed", 4, "Split: drawn again, number 4"),
        (SPIRAL, "data.fold", 2, "data.fold", 2, "Test set: fold 2 of 5"),
        (compose(fold=2), "data.fold", 0, "data.fold", 0, "Test set: by share, 30%"),
        (compose(fold=5), "data.folds", 4, "data.fold", 4, "Test set: fold 4 of 4"),
        (compose(fold=2), "data.folds", 10, "data.folds", 10, "Folds: 10"),
        (compose(task="soft-classes"), "data.softness", 0.4, "data.softness", 0.4, "Softness: 0.4"),
    ],
)  # fmt: skip
def test_every_setting_changes_what_it_says(start, name, value, read, expected, words) -> None:
    changed = changes.apply(start, name, value)
    found = changed
    for part in read.split("."):
        found = found[int(part)] if part.isdigit() else getattr(found, part)
    assert found == expected
    assert words in describe(start, changed)
    assert changes.apply(changed, name, value) is changed


@pytest.mark.parametrize(
    ("start", "name", "value"),
    [
        (compose(loss="huber"), "training.loss_setting", ("delta", 0.0)),
        (EMBEDDING, "training.loss_setting", ("margin", -1.0)),
        (compose(optimizer="adam"), "training.setting", ("beta1", 1.0)),
        (compose(), "training.clip_norm", -1.0),
        (compose(), "training.max_norm", 1e308),
        (compose(), "training.stop", ("loss", math.nan)),
        (compose(), "network.layer_dropout", (0, 1.0)),
        (compose(hidden=()), "network.dropout", 0.5),
        (compose(hidden=()), "network.layer_bias", (1, False)),
        (EMBEDDING, "network.output_units", 4),
        (compose(), "data.classes", 3),
        (SPIRAL, "data.setting", ("turns", 9.0)),
        (SPIRAL, "data.setting", ("arms", 2.5)),
        (SPIRAL, "data.setting", ("radius", 1.0)),
        (compose(data="plane"), "data.share", (0, 0.5)),
        (SPIRAL, "data.label_noise", 1.5),
        (SPIRAL, "data.fold", 6),
        (SPIRAL, "data.folds", 1),
        (SPIRAL, "data.split_seed", -1),
        (changes.cleared(SPIRAL), "data.setting", ("turns", 2.0)),
        (compose(task="classes"), "data.classes", 9),
        (compose(), "network.units", (0, 0)),
        (compose(), "training.schedule", "nope"),
    ],
)
def test_impossible_settings_are_refused_in_one_sentence(start, name, value) -> None:
    with pytest.raises(ExperimentError) as caught:
        changes.apply(start, name, value)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
