"""What looks at a run: stop conditions, early stopping, and the schedule that waits for a plateau."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from engine.datasets.dataset import Array, frozen
from engine.experiment import Training
from engine.schedules import SCHEDULES
from engine.settings import complete
from engine.symbols import written

# For the plateau condition a loss counts as smaller only by this share.
IMPROVEMENT = 1e-3


class Stopped(msgspec.Struct, frozen=True):
    """A run that a condition of its own has ended, after ``epoch`` epochs.

    ``best_epoch`` is the one whose parameters early stopping has restored, or None.
    """

    epoch: int
    message: str
    best_epoch: int | None = None


class Patience(NamedTuple):
    """The smallest loss so far and for how many epochs there was none smaller."""

    best: float = math.inf
    waited: int = 0

    def after(self, loss: float, improvement: float) -> "Patience":
        """Return what is known after an epoch with this loss; less than a share ``improvement`` does not count."""
        return Patience(loss, 0) if loss < self.best * (1.0 - improvement) else Patience(self.best, self.waited + 1)


class Memory(msgspec.Struct, frozen=True, eq=False):
    """All that a watch remembers; part of a snapshot.

    Attributes:
        factor: what the plateau schedule multiplies the learning rate with.
        schedule, plateau, early: patience of the schedule, the plateau condition and early stopping.
        best_epoch, best_parameters: of the smallest test loss.
        seconds: for which training has run.
        waived: conditions that were fulfilled when the user went on all the same.
    """

    factor: float = 1.0
    schedule: Patience = Patience()
    plateau: Patience = Patience()
    early: Patience = Patience()
    best_epoch: int = 0
    best_parameters: Array | None = None
    seconds: float = 0.0
    waived: frozenset[str] = frozenset()


class Watch:
    """Looks at one run. ``memory`` is replaced, never changed, so that a snapshot can hold it."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self._schedule = SCHEDULES[training.schedule.name]
        self.memory = Memory()

    def change(self, training: Training) -> None:
        """Take other conditions; what was waived counts again, patience begins anew."""
        if (training.stop, training.schedule, training.loss) == (
            self._training.stop, self._training.schedule, self._training.loss,
        ):  # fmt: skip
            self._training = training
            return
        self._training, self._schedule = training, SCHEDULES[training.schedule.name]
        self.memory = Memory(seconds=self.memory.seconds)

    @property
    def is_needed(self) -> bool:
        """Whether anything wants to see the losses after every epoch."""
        stop = self._training.stop
        conditions = (stop.epochs, stop.loss, stop.metric, stop.plateau, stop.seconds, stop.patience)
        return self._schedule.watches_loss or any(conditions)

    def spend(self, seconds: float) -> None:
        """Count time spent training."""
        self.memory = msgspec.structs.replace(self.memory, seconds=self.memory.seconds + seconds)

    @property
    def seconds_left(self) -> float:
        """For how long training may go on; infinite without a limit, or once the user went on past it."""
        limit = self._training.stop.seconds
        return limit - self.memory.seconds if limit and "seconds" not in self.memory.waived else math.inf

    def out_of_time(self, epoch: int) -> Stopped | None:
        """Return why the run stops here, after ``epoch`` whole epochs, if its time is over; None else."""
        return Stopped(epoch, self._over(epoch)) if self.seconds_left <= 0.0 else None

    def epoch_done(
        self, epoch: int, train_loss: float, test_loss: float, metric: float, parameters: Array
    ) -> Stopped | None:
        """Take note of an epoch; return why the run stops here, or None. ``test_loss`` is NaN without test samples."""
        old, stop = self.memory, self._training.stop
        observed = train_loss if math.isnan(test_loss) else test_loss
        early = old.early.after(observed, 0.0)
        is_best = early.waited == 0
        schedule, factor = self._reduced(old.schedule, train_loss, old.factor)
        self.memory = msgspec.structs.replace(
            old,
            early=early,
            plateau=old.plateau.after(train_loss, IMPROVEMENT),
            schedule=schedule,
            factor=factor,
            best_epoch=epoch if is_best else old.best_epoch,
            best_parameters=frozen(parameters.copy()) if is_best and stop.patience else old.best_parameters,
        )
        reasons = [(name, text) for name, text in self._reasons(epoch, train_loss, metric) if name not in old.waived]
        if not reasons:
            return None
        best = self.memory.best_epoch if reasons[0][0] == "patience" else None
        return Stopped(epoch, reasons[0][1], best)

    def _reduced(self, patience: Patience, train_loss: float, factor: float) -> tuple[Patience, float]:
        """Return the schedule's patience and factor after an epoch: reduced once it has waited long enough."""
        if not self._schedule.watches_loss:
            return patience, factor
        values = complete(self._schedule.settings, self._training.schedule.settings)
        settings = {setting.name: value for setting, value in zip(self._schedule.settings, values, strict=True)}
        patience = patience.after(train_loss, settings["threshold"])
        if patience.waited < settings["patience"]:
            return patience, factor
        return Patience(patience.best, 0), max(factor * settings["factor"], min(settings["floor"], factor))

    def _reasons(self, epoch: int, train_loss: float, metric: float) -> Iterator[tuple[str, str]]:
        stop, memory = self._training.stop, self.memory
        if stop.patience and memory.early.waited >= stop.patience:
            yield (
                "patience",
                (
                    f"Stopped early at epoch {epoch:,}: the test loss was smallest at epoch {memory.best_epoch:,}, "
                    "whose weights are back."
                ),
            )
        if stop.epochs and epoch >= stop.epochs:
            yield "epochs", f"Stopped after {epoch:,} epochs, as asked for."
        if stop.loss and train_loss <= stop.loss:
            yield "loss", f"Stopped at epoch {epoch:,}: the train loss has reached {written(stop.loss)}."
        if stop.metric and metric >= stop.metric:
            yield "metric", f"Stopped at epoch {epoch:,}: the score has reached its goal."
        if stop.plateau and memory.plateau.waited >= stop.plateau:
            yield "plateau", f"Stopped at epoch {epoch:,}: the train loss has not improved for {stop.plateau:,} epochs."
        if stop.seconds and memory.seconds >= stop.seconds:
            yield "seconds", self._over(epoch)

    def _over(self, epoch: int) -> str:
        limit = self._training.stop.seconds
        return f"Stopped at epoch {epoch:,}, after {written(limit)} second{'' if limit == 1.0 else 's'} of training."

    def go_on(self, epoch: int, train_loss: float, metric: float) -> None:
        """Waive the conditions that are fulfilled now, and be patient anew."""
        fulfilled = {name for name, _ in self._reasons(epoch, train_loss, metric)}
        self.memory = msgspec.structs.replace(
            self.memory,
            early=Patience(),
            plateau=Patience(),
            waived=self.memory.waived | (fulfilled - {"patience", "plateau"}),
        )
