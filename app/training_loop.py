"""What the training thread does: obey commands, train in short slices, build a frame whenever the last one is taken.

Free of Qt. The thread owns the trainer; everybody else only puts commands into the queue.
"""

import math
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, Protocol

import msgspec

from app.frame import Frame
from app.frame_builder import FrameBuilder, FrameRequest
from app.moment import Moment
from app.pacing import SHORTEST_INTERVAL, FrameClock, Pacer, Throughput
from app.speed import DEFAULT_SPEED, Speed
from engine.datasets.dataset import Array, Dataset
from engine.divergence import Divergence
from engine.experiment import Experiment
from engine.trainer import Trainer
from engine.watch import Stopped

# The longest the kernels run before commands are looked at.
SLICE = 0.01
# Waking up is not exact to the millisecond; a frame that is due within this time is built at once.
TOLERANCE = 0.002

Command = tuple[str, tuple[Any, ...]]


class Outlet(Protocol):
    """Where the loop puts what it has to say; called on the training thread."""

    def offer(self, frame: Frame) -> None:
        """Take a frame; the next one follows after ``taken``."""

    def report_divergence(self, divergence: Divergence) -> None:
        """The run was stopped."""

    def report_stop(self, stopped: Stopped) -> None:
        """A condition of the run's own has ended it."""

    def report_error(self, error: Exception) -> None:
        """A command failed, or training did; the loop goes on, paused."""


class TrainingLoop:
    """Obeys the commands of ``commands`` until “stop” is among them."""

    def __init__(
        self, commands: "SimpleQueue[Command]", outlet: Outlet, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._commands, self._outlet, self._clock = commands, outlet, clock
        self._trainer: Trainer | None = None
        self._running = False
        self._stopped = False
        self._steps_left = 0
        self._request = FrameRequest()
        self._changed = False
        self._taken = True
        self._builder = FrameBuilder()
        self._frames = FrameClock()
        self._pacer = Pacer(DEFAULT_SPEED, clock())
        self._throughput = Throughput()
        self._behind = False
        self._tick = clock()
        # Until when the running run has been told the time it took.
        self._told = clock()

    def run(self) -> None:
        """Work until told to stop."""
        while not self._stopped:
            for name, arguments in self._next_commands():
                self._guarded(lambda name=name, arguments=arguments: getattr(self, f"_{name}")(*arguments))  # type: ignore[misc]
            if self._trainer is not None and not self._stopped:
                self._guarded(self._train)
                self._guarded(self._publish)

    def _guarded(self, action: Callable[[], None]) -> None:
        """Report whatever ``action`` raises: a thread that died in silence would leave a window that never answers."""
        try:
            action()
        except Exception as error:
            self._running, self._steps_left = False, 0
            # What could not be built once would fail again and again.
            self._changed = False
            self._outlet.report_error(error)

    # ---- waiting -------------------------------------------------------------------------------------------------

    def _next_commands(self) -> list[Command]:
        """Wait until there is something to do; return the commands that came, without those outdated by a later one."""
        commands: list[Command] = []
        wait = self._wait()
        try:
            commands.append(self._commands.get(block=wait != 0.0, timeout=wait or None))
            while True:
                commands.append(self._commands.get_nowait())
        except Empty:
            return _without_outdated(commands)

    def _wait(self) -> float | None:
        """Return how long nothing is due; None: until a command comes."""
        if self._trainer is None:
            return None
        now, times = self._clock(), []
        if self._steps_left or (self._running and self._is_busy()):
            return 0.0
        if self._running:
            # Steps that are due within one frame are made together: nobody could see them one by one.
            times.append(max(self._pacer.next_due(self._trainer.steps_per_epoch), self._tick + SHORTEST_INTERVAL))
            # A slow run must not wait for its next step when its time is over before.
            if (left := self._trainer.seconds_left) < math.inf:
                times.append(self._told + left)
        if self._changed and self._taken:
            times.append(self._frames.next_due(busy=False))
        return max(0.0, min(times) - now) if times else None

    def _is_busy(self) -> bool:
        return self._pacer.speed.is_full or self._behind

    # ---- working -------------------------------------------------------------------------------------------------

    def _train(self) -> None:
        trainer = self._trainer
        if trainer is None or not (self._running or self._steps_left):
            return
        self._tick = now = self._clock()
        if self._running:
            trainer.wait(max(0.0, now - self._told))
        if self._steps_left:
            done = trainer.run(SLICE, steps=self._steps_left)
            self._steps_left = self._steps_left - done if done else 0
        elif self._pacer.speed.is_full:
            done = trainer.run(SLICE)
        else:
            due = self._pacer.due(now, trainer.steps_per_epoch)
            done = trainer.run(SLICE, steps=due) if due else 0
            self._pacer.done(done)
            self._behind = done < due
        self._told = self._clock()
        if done:
            self._changed = True
            samples = done * trainer.dataset.train_count / trainer.steps_per_epoch
            self._throughput.add(samples, self._clock())
        if trainer.divergence is not None:
            self._halt()
            self._outlet.report_divergence(trainer.divergence)
        elif trainer.stopped is not None:
            self._halt()
            self._outlet.report_stop(trainer.stopped)

    def _halt(self) -> None:
        """Stand still, and show where."""
        self._running, self._steps_left, self._changed = False, 0, True

    def _publish(self) -> None:
        now = self._clock()
        busy = bool(self._steps_left) or (self._running and self._is_busy())
        if not (self._changed and self._taken) or now < self._frames.next_due(busy) - TOLERANCE:
            return
        assert self._trainer is not None
        self._changed = False
        running = self._running or bool(self._steps_left)
        speed = self._throughput.per_second if running else 0.0
        request = self._request
        if busy:
            # A quarter of the work: moving, the difference is hardly seen, and standing still it is made up for.
            request = msgspec.structs.replace(request, output_size=request.output_size // 2)
        frame = self._builder.build(self._trainer, request, running, speed)
        self._frames.built(now, self._clock())
        self._taken = False
        self._outlet.offer(frame)

    # ---- commands ------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._stopped = True

    def _frame_taken(self) -> None:
        self._taken = True

    def _load(self, experiment: Experiment, dataset: Dataset, parameters: Array | None = None) -> None:
        self._trainer = Trainer(experiment, dataset)
        if parameters is not None:
            self._trainer.set_parameters(parameters)
        self._halt()

    def _change(
        self, experiment: Experiment, dataset: Dataset, leave: Moment | None = None, recall: Moment | None = None
    ) -> None:
        self._steps_left = 0
        self._changed = True
        trainer = self._trainer
        if trainer is None:
            self._load(experiment, dataset)
            return
        left = trainer.snapshot() if leave is not None else None
        if trainer.change(experiment, dataset):
            return
        if leave is not None:
            leave.snapshot = left
        if recall is not None and recall.snapshot is not None:
            trainer.restore(recall.snapshot)

    def _go_on(self) -> None:
        """Whoever trains on after a stop condition wants to go past it."""
        if self._trainer is not None:
            self._trainer.go_on()

    def _run(self) -> None:
        self._go_on()
        self._running, self._steps_left, self._behind = True, 0, False
        self._told = self._clock()
        self._changed = True
        self._pacer.restart(self._clock())
        self._throughput.restart(self._clock())

    def _pause(self) -> None:
        self._halt()

    def _step(self) -> None:
        self._go_on()
        self._running = False
        self._steps_left += 1
        self._throughput.restart(self._clock())

    def _step_epochs(self, count: int) -> None:
        self._go_on()
        self._running = False
        if self._trainer is not None and count > 0:
            self._steps_left = self._trainer.steps_to_epoch_end() + (count - 1) * self._trainer.steps_per_epoch
        self._throughput.restart(self._clock())
        self._changed = True

    def _step_back(self) -> None:
        self._running, self._steps_left, self._changed = False, 0, True
        if self._trainer is not None:
            self._trainer.go_to(self._trainer.step - 1)

    def _reset(self) -> None:
        self._steps_left = 0
        if self._trainer is not None:
            self._trainer.reset()
        self._changed = True

    def _edit_parameter(self, index: int, value: float) -> None:
        if self._trainer is not None and index < self._trainer.layout.parameter_count:
            parameters = self._trainer.parameters
            parameters[index] = value
            self._trainer.set_parameters(parameters)
        self._changed = True

    def _set_speed(self, speed: Speed) -> None:
        self._pacer.speed = speed
        self._pacer.restart(self._clock())
        self._behind = False

    def _focus_unit(self, unit: int) -> None:
        self._ask(focus_unit=unit)

    def _request_fields(self, unit_size: int, output_size: int, outputs: bool = False) -> None:
        self._ask(unit_size=unit_size, output_size=output_size, outputs=outputs)

    def _request_trace(self, wanted: bool) -> None:
        self._ask(trace=wanted)

    def _request_statistics(self, wanted: bool) -> None:
        self._ask(statistics=wanted)

    def _ask(self, **wishes: int) -> None:
        request = msgspec.structs.replace(self._request, **wishes)
        self._changed = self._changed or request != self._request
        self._request = request


def _without_outdated(commands: list[Command]) -> list[Command]:
    """Leave out changes that the next command replaces: strokes come faster than a million samples can be loaded.

    A change of the network stays, since the weights that a later one carries over depend on it; so does one that
    notes where the run stood.
    """
    kept = commands[-1:]
    for command, following in zip(commands[-2::-1], commands[::-1], strict=False):
        replaced = (
            command[0] == following[0] == "change"
            and len(command[1]) == 2
            and command[1][0].network == following[1][0].network
            and command[1][0].seed == following[1][0].seed
        )
        if not replaced:
            kept.append(command)
    return kept[::-1]
