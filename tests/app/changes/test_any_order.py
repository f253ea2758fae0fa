"""Any changes in any order, as a user may make them: the trainer that takes them up goes on with finite memory."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app import changes
from engine.activations import ACTIVATIONS
from engine.datasets.generators import GENERATORS
from engine.experiment import Experiment
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.observable_run import Snapshot
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.tasks import TASKS
from engine.trainer import Trainer
from engine.validation import ExperimentError

ACTS = 600
Value = Callable[[random.Random, int], Any]


def one_of(values: Any) -> Value:
    """Return what draws one of ``values``, which may be a family."""
    names = [getattr(value, "name", value) for value in values]
    return lambda draw, hidden: draw.choice(names)


# What each change may be given; sizes around the lanes of the kernels, where a number too many is soonest seen.
VALUES: dict[str, Value] = {
    "data.task": one_of(TASKS),
    "data.generator": one_of(GENERATORS),
    "data.classes": one_of(range(2, 9)),
    "data.samples": one_of((10, 11, 16, 17, 31, 33, 250)),
    "data.noise": one_of((0.0, 0.4)),
    "data.train_share": one_of((0.1, 0.5, 0.99, 1.0)),
    "data.seed": one_of(range(5)),
    "data.label_noise": one_of((0.0, 0.3)),
    "data.stratified": one_of((False, True)),
    "data.folds": one_of((2, 5)),
    "data.fold": one_of((0, 1, 2)),
    "data.empty": one_of((None,)),
    "network.activation": one_of(ACTIVATIONS),
    "network.initializer": one_of(INITIALIZERS),
    "network.feature": lambda draw, hidden: (draw.choice([entry.name for entry in FEATURES]), draw.random() < 0.6),
    "network.units": lambda draw, hidden: (draw.randrange(max(hidden, 1)), draw.choice((1, 2, 7, 8, 9, 16, 17))),
    "network.output_units": one_of((1, 2, 3)),
    "network.layer_activation": lambda draw, hidden: (
        draw.randrange(hidden + 1),
        draw.choice([entry.name for entry in ACTIVATIONS]),
    ),
    "network.layer_dropout": lambda draw, hidden: (draw.randrange(max(hidden, 1)), draw.choice((0.0, 0.5))),
    "network.layer_bias": lambda draw, hidden: (draw.randrange(hidden + 1), draw.random() < 0.5),
    "network.add_layer": lambda draw, hidden: draw.randint(0, hidden),
    "network.remove_layer": lambda draw, hidden: draw.randrange(max(hidden, 1)),
    "training.loss": one_of(LOSSES),
    "training.optimizer": one_of(OPTIMIZERS),
    "training.learning_rate": one_of((0.001, 0.1, 3.0)),
    "training.batch_size": one_of((1, 2, 8, 9, 17, 5000)),
    "training.schedule": one_of(SCHEDULES),
    "training.clip_norm": one_of((0.0, 1.0)),
    "training.max_norm": one_of((0.0, 1.0)),
    "training.jitter": one_of((0.0, 0.1)),
    "training.sampling": one_of(("random", "hard")),
    "seed": one_of(range(5)),
}


class User:
    """Does this and that to one run."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self.experiment = Experiment()
        self.trainer = Trainer(self.experiment)
        self._left: list[tuple[Experiment, Snapshot]] = []

    def act(self) -> None:
        acts = (self._change, self._change, self._run, self._run, self._draw_points, self._undo, self._look)
        self._draw.choice(acts)()

    def _change(self) -> None:
        name = self._draw.choice(list(VALUES))
        value = VALUES[name](self._draw, len(self.experiment.network.hidden))
        self._take(changes.apply(self.experiment, name, value))

    def _draw_points(self) -> None:
        places = np.array([[self._draw.uniform(-6.0, 6.0) for _ in range(2)] for _ in range(self._draw.randint(1, 20))])
        dataset = self.trainer.dataset
        if self._draw.random() < 0.5:
            self._take(changes.with_painted(self.experiment, dataset, places, float(self._draw.randint(0, 1))))
        else:
            self._take(changes.with_erased(self.experiment, dataset, *places[0], 3.0))

    def _take(self, experiment: Experiment) -> None:
        before = self.experiment, self.trainer.snapshot()
        self.experiment = experiment
        if not self.trainer.change(experiment):
            self._left = [*self._left[-3:], before]

    def _undo(self) -> None:
        if self._left:
            self.experiment, snapshot = self._left.pop()
            if not self.trainer.change(self.experiment):
                self.trainer.restore(snapshot)

    def _run(self) -> None:
        self.trainer.run(1.0, steps=self._draw.choice((1, 3, 20)))

    def _look(self) -> None:
        trainer = self.trainer
        outputs = trainer.layout.layers[-1].outputs
        looks: tuple[Callable[[], object], ...] = (
            trainer.measure,
            trainer.gradient,
            trainer.trace,
            trainer.reset,
            lambda: trainer.go_to(max(trainer.earliest_step, trainer.step - 2)),
            lambda: trainer.unit_fields(7),
        )
        self._draw.choice(looks)()
        assert trainer.output_fields(5).shape == (outputs, 5, 5)
        assert len(trainer.evaluation.train.predictions) == len(trainer.evaluation.test.predictions) == outputs


@pytest.mark.filterwarnings("ignore:.*encountered.*:RuntimeWarning")  # numbers that grow beyond all bounds
@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_changed_samples_fit_the_network(seed: int) -> None:
    user, done = User(seed), 0
    for _ in range(ACTS):
        try:
            user.act()
        except ExperimentError:
            # Refused, as it should be; nothing has changed.
            continue
        done += 1
    assert done > ACTS // 2
    # The same experiment from the start has the same shape as what the changes led to.
    assert Trainer(user.experiment).layout == user.trainer.layout
