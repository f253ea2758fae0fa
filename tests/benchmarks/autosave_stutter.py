"""Whether autosaving makes the window stutter: ``python -m tests.benchmarks.autosave_stutter``, all in one run.

A timer of the window's thread is due every 8 ms. Printed is how late it comes while nothing else happens, while a
draft of a million points is written in pieces on another thread, and while the same is written in one call there.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from app.application import SWITCH_INTERVAL
from app.files.drafts import DraftFolder, Heading
from engine.atomic_write import write_atomically
from engine.datasets.dataset import MAXIMUM_SAMPLES
from engine.experiment import Data, Experiment, Points

INTERVAL = 8


def gaps_during(work: Callable[[], None]) -> tuple[np.ndarray, float]:
    """Return the milliseconds between two turns of the timer while ``work`` runs on a thread, and its seconds."""
    times: list[float] = []
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=INTERVAL)
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    thread = threading.Thread(target=work)
    loop = QEventLoop()
    timer.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    start = time.perf_counter()
    timer.start()
    thread.start()
    loop.exec()
    thread.join()
    return 1e3 * np.diff([start, *times]), time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    _application = QCoreApplication([])
    random = np.random.default_rng(0)
    points = Points(random.normal(size=(MAXIMUM_SAMPLES, 2)), random.integers(0, 2, MAXIMUM_SAMPLES))
    experiment = Experiment(data=Data(source=points))
    with tempfile.TemporaryDirectory() as folder:
        draft = DraftFolder(Path(folder)).begin()

        def write_whole() -> None:
            write_atomically(Path(folder) / "whole", [msgspec.json.encode(experiment, enc_hook=np.ndarray.tolist)])

        ways: dict[str, Callable[[], None]] = {
            "nothing": lambda: time.sleep(1.0),
            "in pieces": lambda: draft.write(Heading(0.0, ""), experiment),
            "in one call": write_whole,
        }
        for name, work in ways.items():
            gaps, seconds = gaps_during(work)
            p50, p90, p99 = np.percentile(gaps, (50, 90, 99))
            came = f"median {p50:.1f} ms, p90 {p90:.1f} ms, p99 {p99:.1f} ms, longest {gaps.max():.1f} ms"
            print(f"{name:<12} {seconds:5.2f} s: a timer of {INTERVAL} ms came after {came}")
        draft.remove()


if __name__ == "__main__":
    main()
