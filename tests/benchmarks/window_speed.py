"""What the window costs: ``python -m tests.benchmarks.window_speed``. All ratios come from this one run.

Opens the real window, offscreen, 1280×800, everything visible, 2-8×6-1, and prints how long each part works on the
window's thread for one frame, what the pictures, the scores and the explorers of all tasks take, how much slower
training at full speed is than without a window, and how long a start takes (each in a process of its own, kernels from
the cache).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.application import SWITCH_INTERVAL
from app.frame import Frame
from app.frame_builder import FrameBuilder, FrameRequest
from app.session import Session
from app.showing import OUTPUT_FIELD_SIZE, UNIT_FIELD_SIZE
from app.speed import FULL_SPEED
from app.training_worker import TrainingWorker
from app.views.explorers.activation import ActivationExplorer
from app.views.explorers.loss import LossExplorer
from app.views.output import OutputView
from app.views.scores import ScoresView
from app.warm_up import warm_up
from app.window import Window
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment
from engine.parameters import layout
from engine.tasks import TASKS
from engine.trainer import Trainer

EXPERIMENT = compose(data="spiral", hidden=(8,) * 6, batch_size=30)
SECONDS = 3.0
ROUNDS = 3
# As large as they are in a window of 1280×800.
OUTPUT_SIZE, SCORES_SIZE = (384, 400), (676, 130)


def wait(seconds: float) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def wait_for(condition: Callable[[], bool]) -> None:
    """Let the event loop run until ``condition``."""
    while not condition():
        wait(0.02)


def frames_of(session: Session, count: int) -> list[Frame]:
    """Return ``count`` different frames of the running session."""
    frames: list[Frame] = []
    session.frame_ready.connect(frames.append)
    wait_for(lambda: len(frames) >= count)
    session.frame_ready.disconnect(frames.append)
    return frames


def cost(part: QWidget, frames: list[Frame]) -> float:
    """Return the median milliseconds that ``part`` takes to show a frame and paint itself."""
    times = []
    for frame in frames:
        start = time.perf_counter()
        part.show_frame(frame)
        part.grab()
        times.append(1e3 * (time.perf_counter() - start))
    return median(times)


def frames_without_window(experiment: Experiment, count: int) -> list[Frame]:
    """Return ``count`` different frames of a run, standing still: then views leave nothing for later."""
    trainer, builder = Trainer(experiment), FrameBuilder()
    request = FrameRequest(UNIT_FIELD_SIZE, OUTPUT_FIELD_SIZE, -1, outputs=True, statistics=True)
    frames = []
    for _ in range(count):
        trainer.run(0.01)
        frames.append(builder.build(trainer, request, running=False, samples_per_second=0.0))
    return frames


def print_pictures() -> None:
    """Print what one frame costs in the picture and in the scores of every task, each with its usual data."""
    for task in TASKS:
        experiment = compose(task=task.name, hidden=(8, 8), optimizer="adam")
        frames = frames_without_window(experiment, 20)
        costs = []
        for view, size in (
            (OutputView(), OUTPUT_SIZE),
            (ScoresView(), SCORES_SIZE),
            (ActivationExplorer(), SCORES_SIZE),
            (LossExplorer(), SCORES_SIZE),
        ):
            view.resize(*size)
            view.show()
            view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
            costs.append(cost(view, frames))
            view.deleteLater()
        named = zip(("picture", "scores", "activations", "losses"), costs, strict=True)
        print(f"one frame, {task.name:<15} " + ", ".join(f"{name} {each:5.2f} ms" for name, each in named))


def print_statistics() -> None:
    """Print how much longer the training thread builds a frame while an explorer is seen."""
    trainer, builder = Trainer(EXPERIMENT), FrameBuilder()
    trainer.run(0.1)
    times: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(200):
        for wanted, measured in times.items():
            start = time.perf_counter()
            builder.build(trainer, FrameRequest(statistics=wanted), running=True, samples_per_second=0.0)
            measured.append(1e3 * (time.perf_counter() - start))
    without, with_them = (median(each) for each in times.values())
    print(f"building a frame          {without:6.2f} ms without, {with_them:.2f} ms with where the units are")


def bare_rate() -> float:
    """Return the steps a second of a trainer alone."""
    trainer = Trainer(EXPERIMENT)
    trainer.run(0.5)
    start, before = time.perf_counter(), trainer.step
    trainer.run(SECONDS)
    return (trainer.step - before) / (time.perf_counter() - start)


def window_rate(session: Session, after: float) -> float:
    """Return the steps a second with the window open and drawing, ``after`` some seconds of training.

    At first the loss curve gets a new point very often, which costs the training thread a turn each time.
    """
    session.reset()
    session.run()
    wait(after)
    assert session.frame is not None
    start, before = time.perf_counter(), session.frame.step
    wait(SECONDS)
    rate = (session.frame.step - before) / (time.perf_counter() - start)
    session.pause()
    wait(0.1)
    return rate


def time_start() -> float:
    """Return the seconds from starting the program to its window being painted for the first time."""
    code = (
        "import sys, time; from PySide6.QtCore import QTimer; import app.window as w; from app.application import *\n"
        "def painted(self):\n"
        "    print(time.time() - float(sys.argv[1]))\n"
        "    QTimer.singleShot(0, self.close)\n"
        # What the window calls as soon as it has been painted.
        "w.Window.start = painted\n"
        "sys.exit(run(Options()))"
    )
    command = [sys.executable, "-c", code, str(time.time())]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Measure and print."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication([])
    application.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        session = Session(EXPERIMENT, TrainingWorker(warm_up=warm_up))
        session.set_speed(FULL_SPEED)
        window = Window(session, settings)
        window.resize(1280, 800)
        window.show()
        window.start()
        wait_for(lambda: session.frame is not None)

        session.request_statistics(True)
        session.run()
        frames = frames_of(session, 40)
        session.pause()
        session.request_statistics(False)
        wait(0.3)
        parts = {
            "transport bar": window.transport,
            "network": window.network,
            "output": window.output,
            "loss": window.loss,
            "gradients": window.gradients,
            "scores": window.scores,
            "activations": window.activations,
            "losses": window.losses,
        }
        costs = {name: cost(part, frames) for name, part in parts.items()}
        for name, milliseconds in costs.items():
            print(f"one frame, {name:<14} {milliseconds:6.2f} ms")
        # Of those that lie behind each other the gradients count, which are in front at first.
        together = sum(cost for name, cost in costs.items() if name not in ("scores", "activations", "losses"))
        print(f"one frame, everything     {together:6.2f} ms on the window's thread, without what lies behind")
        print_statistics()
        print_pictures()

        for after in (0.5, 10.0):
            pairs = [(bare_rate(), window_rate(session, after)) for _ in range(ROUNDS)]
            bare, shown = max(first for first, _ in pairs), max(second for _, second in pairs)
            print(
                f"steps a second, {after:g} s after the start: alone {bare:,.0f}, with the window {shown:,.0f} "
                f"({1.0 - shown / bare:.1%} less)"
            )
        window.close()
    print(f"start of the program to the painted window: {min(time_start() for _ in range(3)):.2f} s")


if __name__ == "__main__":
    main()
