"""The trainer: owns the parameters and the optimizer's state of one run, and moves them on."""

import time

import numpy as np

from engine.checkpoints import Checkpoint
from engine.datasets.dataset import Array, Dataset
from engine.datasets.resolve import resolve
from engine.divergence import explain
from engine.evaluation import Evaluation
from engine.experiment import Experiment
from engine.kernels.runner import Runner, Saved
from engine.observable_run import ObservableRun, Snapshot
from engine.parameters import carried_over, initial
from engine.watch import Memory, Watch

# The longest a kernel runs before commands are looked at, in seconds.
SLICE = 0.01
# Steps a second, until a slice has shown how many they are.
FIRST_GUESS = 1e4


class Trainer(ObservableRun):
    """One run of one experiment, and all that moves it on.

    The same experiment gives the same run bit for bit, however it is sliced into calls of ``run``. When a step would
    make a number that is not finite, the step is undone, ``divergence`` says why, and nothing runs until something
    is changed.
    """

    def __init__(self, experiment: Experiment, dataset: Dataset | None = None) -> None:
        super().__init__(experiment, resolve(experiment.data) if dataset is None else dataset)
        self._steps_per_second = FIRST_GUESS
        self._start(initial(experiment))

    def _start(self, parameters: Array) -> None:
        self._runner.start(parameters)
        self.divergence = self.stopped = None
        self._watch = Watch(self.experiment.training)
        self._curve.clear()
        self._record()
        self._begin_history()

    # ---- moving on -----------------------------------------------------------------------------------------------

    def run(self, seconds: float, steps: int | None = None) -> int:
        """Train until ``seconds`` are over, ``steps`` are done or the run diverges; return the steps done (≥ 1 if any).

        A kernel holds the thread, but not the GIL, for at most SLICE seconds, or for one step if that takes longer.
        """
        deadline = time.perf_counter() + seconds
        total = 0
        while not self.has_ended and self.evaluation.train.count and (steps is None or total < steps):
            now = time.perf_counter()
            if total and now >= deadline:
                break
            count = max(1, int(self._steps_per_second * min(SLICE, deadline - now)))
            count = min(count, self._steps_to_record(), count if steps is None else steps - total)
            before = self._runner.save()
            if not total:
                self._checkpoints.add(Checkpoint(self._runner.step, before, self._watch.memory))
            done = self._advance(count, before)
            elapsed = time.perf_counter() - now
            # A short call tells more of Python than of the kernel.
            if elapsed > 2e-4:
                self._steps_per_second = done / elapsed
            elif count == done:
                self._steps_per_second = max(self._steps_per_second, done / elapsed)
            total += done
            self._spend(elapsed)
        return total

    def wait(self, seconds: float) -> None:
        """Count time in which the run waited for its next step: a condition on time goes by the clock on the wall."""
        self._spend(seconds)

    def _spend(self, seconds: float) -> None:
        """Count time, and end the run once it is over: an epoch may take longer than all the time there is."""
        self._watch.spend(seconds)
        if not self.has_ended:
            self.stopped = self._watch.out_of_time(self._runner.epoch)

    def step_once(self) -> int:
        """Take one step; return 1, or 0 if there is nothing to train on or the run has diverged."""
        return self.run(0.0, steps=1)

    def run_epoch(self) -> int:
        """Train to the end of this epoch; return the steps done."""
        return self.run(float("inf"), steps=self.steps_to_epoch_end())

    def _advance(self, count: int, before: Saved) -> int:
        """Take up to ``count`` steps from the state ``before``, which is the present one; return how many."""
        done = self._runner.run(count)
        if done < count:
            # Again from the start of the slice, which is the same bit for bit, up to the last finite step.
            self._runner.load(before)
            if done:
                self._runner.run(done)
            self.divergence = explain(self.experiment, self.dataset, self._runner.step + 1)
        if done and self._runner.position == 0:
            self._end_epoch()
        return done

    def _end_epoch(self) -> None:
        """Record the losses if it is time to, and let the watch see them if it wants to."""
        is_recorded = self._runner.epoch % self._curve.stride == 0
        if not (is_recorded or self._watch.is_needed):
            return
        losses = self.evaluation.losses(self._runner)
        if is_recorded:
            self._curve.add(self._runner.epoch, *losses)
        if self._watch.is_needed:
            self._look(*losses)

    def _look(self, train_loss: float, test_loss: float) -> None:
        """Let the watch see an epoch that has just ended."""
        self.stopped = self._watch.epoch_done(
            self._runner.epoch, train_loss, test_loss, self._observed_metric(), self._runner.parameters
        )
        self._runner.set_rate_factor(self._watch.memory.factor)
        if self.stopped is not None and self.stopped.best_epoch is not None:
            assert self._watch.memory.best_parameters is not None
            self._runner.set_parameters(self._watch.memory.best_parameters)
            self._fork_history()

    def go_on(self) -> None:
        """Train on although a condition has ended the run: those that are fulfilled now do not count any more."""
        if self.stopped is not None:
            train_loss, _ = self.evaluation.losses(self._runner)
            self._watch.go_on(self._runner.epoch, train_loss, self._observed_metric())
            self.stopped = None
            self._fork_history()

    def go_to(self, step: int) -> bool:
        """Go back to where the run was after ``step`` steps, or forward again; return whether it could.

        Everything is there again bit for bit, and so is what follows. States from before the last change of the
        experiment are not kept (``earliest_step``).
        """
        checkpoint = self._checkpoints.before(step)
        if checkpoint is None:
            return False
        self._recall(checkpoint.saved, checkpoint.memory)
        self._curve.cut(self._runner.epoch)
        while self._runner.step < step and self.run(float("inf"), steps=step - self._runner.step):
            if self.stopped is not None and self._runner.step < step:
                self.go_on()
        return self._runner.step == step

    def _recall(self, saved: Saved, memory: Memory) -> None:
        """Let the run stand where it stood."""
        self._runner.load(saved)
        self._watch.memory = memory
        self._runner.set_rate_factor(memory.factor)
        self.divergence = self.stopped = None

    def _begin_history(self) -> None:
        """Forget where the run has been: what comes now comes from other settings."""
        self._checkpoints.clear()
        self._fork_history()

    def _fork_history(self) -> None:
        """Let what comes now come from the state as it is now."""
        self._checkpoints.add(Checkpoint(self._runner.step, self._runner.save(), self._watch.memory, is_start=True))

    def _observed_metric(self) -> float:
        """Return the metric that the stop conditions look at; NaN if none does."""
        return self.evaluation.observed_metric() if self.experiment.training.stop.metric else float("nan")

    def _steps_to_record(self) -> int:
        if self._watch.is_needed:
            return self.steps_to_epoch_end()
        epochs = self._curve.stride - 1 - self._runner.epoch % self._curve.stride
        return self.steps_to_epoch_end() + epochs * self.steps_per_epoch

    def _record(self) -> None:
        self._curve.add(self._runner.epoch, *self.evaluation.losses(self._runner))

    # ---- changing it ---------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Go back to the start: the same initial parameters, epoch 0."""
        self._start(initial(self.experiment))

    def set_parameters(self, flat: Array) -> None:
        """Put ``flat`` in place of the parameters; everything else goes on as it was.

        Where the loss curve ends at this very moment, it ends with the losses of ``flat``.

        Raises:
            ValueError: the vector has another length, or holds a number that is not finite.
        """
        if flat.shape != (self.layout.parameter_count,) or not np.all(np.isfinite(flat)):
            raise ValueError(f"expected {self.layout.parameter_count} finite parameters")
        self._runner.set_parameters(flat)
        if self._runner.position == 0:
            self._curve.replace_last(self._runner.epoch, *self.evaluation.losses(self._runner))
        self.divergence = self.stopped = None
        self._fork_history()

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to ``snapshot``, taken from a trainer of the same network; the run goes on as it did then."""
        saved = snapshot.parameters, snapshot.epoch_start, snapshot.state, snapshot.previous, snapshot.counters
        self._recall(saved, snapshot.memory)
        self._curve = snapshot.curve.copy()
        self._begin_history()

    def change(self, experiment: Experiment, dataset: Dataset | None = None) -> bool:
        """Take ``experiment`` in place of the present one; return whether the run goes on with its parameters.

        It does when they keep their meaning: another learning rate, optimizer, loss, batch size, other data of the
        same task. A network of another shape starts anew, with every weight whose place still exists. Another task,
        hidden activation, initializer or seed starts anew from its initial parameters.
        """
        old, old_layout, old_parameters = self.experiment, self.layout, self._runner.parameters
        old_dataset = self.dataset
        if dataset is None:
            dataset = self.dataset if experiment.data == old.data else resolve(experiment.data)
        self._load(experiment, dataset)
        self._steps_per_second = FIRST_GUESS
        if dataset is not old_dataset or _seen(experiment) != _seen(old):
            self.evaluation = Evaluation(experiment, dataset)
        same_shape = self.layout.has_places_of(old_layout)
        same_start = (
            experiment.data.task == old.data.task
            and experiment.seed == old.seed
            and experiment.network.initializer == old.network.initializer
            and experiment.network.initializer_settings == old.network.initializer_settings
            # Of another shape, given parameters differ even where they are the same as far as both have them.
            and (experiment.network.parameters == old.network.parameters or not same_shape)
        )
        same_units = [layer.activation for layer in self.layout.layers[:-1]] == [
            layer.activation for layer in old_layout.layers[:-1]
        ]
        if same_shape and same_start and same_units:
            self._runner.change(self.layout, experiment.training, self.evaluation.train)
            self._watch.change(experiment.training)
            self._runner.set_rate_factor(self._watch.memory.factor)
            self._begin_history()
            return True
        self._runner = Runner(self.layout, experiment.training, self.evaluation.train, experiment.seed)
        start = initial(experiment)
        if same_start and not same_shape:
            start = carried_over(old_layout, old_parameters, self.layout, start)
        self._start(start)
        return False


def _seen(experiment: Experiment) -> tuple[object, ...]:
    """Return what decides, besides the data, which numbers the kernels see of a sample, and how many they fill in."""
    network, output = experiment.network, experiment.network.output
    return experiment.data.task, experiment.training.loss, network.features, output.activation, output.units
