"""What a million points cost the window: ``python -m tests.benchmarks.large_data``, all in one run.

Opens the real window, offscreen, 1280×800. Printed is for each of the commands that take a million points over how long
the longest pause is in which the window does nothing else: a timer of its thread is due every 8 ms. Then the same while
they are saved and opened on another thread, and while they are read in one call there.
"""

import os
import sys
import threading
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import Qt, QTimer

from app.files.experiment_files import open_experiment, save_experiment
from engine import large_arrays
from engine.datasets.tables import Imported
from engine.experiment import Points
from tests.benchmarks.stroke_latency import experiment_of, opened_window
from tests.benchmarks.window_speed import wait, wait_for

COUNT = 1_000_000
REPETITIONS = 5
TICK = 8


class Pauses:
    """Times the turns of the event loop."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.times: list[float] = []
        self.timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK)
        self.timer.timeout.connect(self._turn)
        self.timer.start()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.times.append(1e3 * (now - self._last))
        self._last = now

    def longest(self, act: Callable[[], object]) -> float:
        """Return the longest pause (ms) from when ``act`` is called to when all has come to rest."""
        wait(0.3)
        self.times.clear()
        act()
        wait(1.5)
        return max(self.times)

    def on_a_thread(self, name: str, work: Callable[[], object]) -> None:
        """Print how long ``work`` takes on a thread, and the pauses meanwhile."""
        seconds, pauses = [], []
        for _ in range(REPETITIONS):
            wait(0.3)
            thread = threading.Thread(target=work)
            self.times.clear()
            start = time.perf_counter()
            thread.start()
            wait_for(lambda thread=thread: not thread.is_alive())  # type: ignore[misc]
            seconds.append(time.perf_counter() - start)
            pauses += self.times
        p50, p99 = np.percentile(pauses, (50, 99))
        print(
            f"{name:<22} {np.median(seconds):5.2f} s; a timer of {TICK} ms comes after {p50:.1f} ms at the median, "
            f"p99 {p99:.1f} ms, at most {max(pauses):.0f} ms",
            flush=True,
        )


def main() -> None:
    """Measure and print."""
    with opened_window() as (window, folder):
        session = window.session
        pauses = Pauses()
        source = experiment_of(COUNT - 1_000).data.source
        assert isinstance(source, Points)
        table = Imported(points=source, task="two-classes", classes=2, remarks=())
        stroke = np.random.default_rng(0).uniform(-1.0, 1.0, (1_000, 2))
        found: dict[str, list[float]] = {}
        for _ in range(REPETITIONS):
            for name, act in (
                ("imported", lambda: session.change("data.points", table)),
                ("1,000 painted", lambda: session.paint(stroke, 1.0)),
                ("undone", session.undo),
                ("made again", session.redo),
            ):
                found.setdefault(name, []).append(pauses.longest(act))
            session.go_to(0)
        for name, longest in found.items():
            print(f"{name:<22} the window pauses for {np.median(longest):4.0f} ms", flush=True)
        session.go_to(1)
        path, experiment = folder / "large.json", session.experiment
        pauses.on_a_thread("saved", lambda: save_experiment(path, experiment))
        pauses.on_a_thread("opened", lambda: open_experiment(path))
        large_arrays.SHORTEST = sys.maxsize
        pauses.on_a_thread("opened in one call", lambda: open_experiment(path))
        pauses.timer.stop()


if __name__ == "__main__":
    main()
