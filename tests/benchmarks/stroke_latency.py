"""How soon a stroke is seen: ``python -m tests.benchmarks.stroke_latency``, all in one run.

Opens the real window, offscreen, 1280×800, with 1,000, 10,000 and 100,000 points of two classes, and moves the mouse
over the picture 125 times a second with a button down while training runs. Printed is how long it takes from when a
movement is due to the end of the painting that shows it (the points of the brush, the ring of the eraser), whatever
else the window has to do meanwhile: the points are taken over, split and learned from, and training is shown. First
what it takes to draw and to split all points anew.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication

from app.application import SWITCH_INTERVAL, spare_what_stays
from app.session import Session
from app.training_worker import TrainingWorker
from app.views.decision.canvas import Canvas
from app.views.decision.plane import Plane
from app.views.decision.points_layer import PointsLayer
from app.warm_up import warm_up
from app.window import Window
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment, Points
from tests.benchmarks.window_speed import wait, wait_for

COUNTS = (1_000, 10_000, 100_000)
# Seconds between two movements, and of one stroke.
TICK, STROKE = 0.008, 2.0
STROKES = 5
# With “select”, all points are carried around.
TOOLS = ("brush", "eraser", "select", "attract")


def experiment_of(count: int) -> Experiment:
    """Return an experiment on ``count`` points of two classes, all over the plane."""
    random = np.random.default_rng(0)
    points = random.uniform(-6.0, 6.0, (count, 2))
    targets = (points[:, 0] * points[:, 1] > 0.0).astype(float)
    base = compose(data="xor", hidden=(8, 8), optimizer="adam")
    data = msgspec.structs.replace(base.data, source=Points(points, targets))
    return msgspec.structs.replace(base, data=data)


class Hand:
    """Moves the mouse over ``canvas`` and notes when each movement is seen.

    A movement that could not be delivered in time because the window was busy counts from when it was due.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._waiting: list[float] = []
        self._start, self._moves = 0.0, 0
        self.latencies: list[float] = []
        self.timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=round(1e3 * TICK))
        self.timer.timeout.connect(self._move)

    def painted(self) -> None:
        """Take note that the picture was painted."""
        now = time.perf_counter()
        self.latencies += [1e3 * (now - due) for due in self._waiting]
        self._waiting.clear()

    def stroke(self, phase: float) -> None:
        """Make one stroke on a way of its own."""
        self._phase = phase
        self._start, self._moves = time.perf_counter(), 0
        self._send(QEvent.Type.MouseButtonPress, self._place(0.0))
        self.timer.start()
        wait(STROKE)
        self.timer.stop()
        self._send(QEvent.Type.MouseButtonRelease, self._place(self._moves * TICK))
        wait(0.2)
        self._waiting.clear()

    def _move(self) -> None:
        due = int((time.perf_counter() - self._start) / TICK)
        if due > self._moves:
            self._waiting += [self._start + number * TICK for number in range(self._moves + 1, due + 1)]
            self._moves = due
            self._send(QEvent.Type.MouseMove, self._place(due * TICK))

    def _place(self, seconds: float) -> QPointF:
        """Return where the mouse is: on a curve that fills the picture, some 500 pixels a second."""
        plane = self._canvas.plane
        right = 0.45 * np.sin(2.1 * seconds + self._phase)
        down = 0.45 * np.cos(3.3 * seconds + 2.0 * self._phase)
        return QPointF(plane.left + plane.side * (0.5 + right), plane.top + plane.side * (0.5 + down))

    def _send(self, kind: QEvent.Type, place: QPointF) -> None:
        moved = kind == QEvent.Type.MouseMove
        pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind,
            place,
            self._canvas.mapToGlobal(place),
            Qt.MouseButton.NoButton if moved else Qt.MouseButton.LeftButton,
            pressed,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self._canvas, event)


def watch_painting(hand: list[Hand]) -> None:
    """Tell the last of ``hand`` whenever a picture has been painted."""
    paint: Callable[[Canvas, QPaintEvent], None] = Canvas.paintEvent

    def painted(canvas: Canvas, event: QPaintEvent) -> None:
        paint(canvas, event)
        if hand and canvas is hand[-1]._canvas:
            hand[-1].painted()

    Canvas.paintEvent = painted  # type: ignore[method-assign]


def measure(window: Window, count: int, tool: str, hands: list[Hand]) -> None:
    """Print how soon strokes with ``tool`` are seen."""
    session = window.session
    session.replace(experiment_of(count))
    view = window.output.plane
    view.tools.choose(0)
    view.tools.toolbox.choose(tool)
    wait_for(lambda: session.frame is not None)
    session.run()
    wait(1.0)
    hand = Hand(view.canvas)
    hands.append(hand)
    for number in range(1 + STROKES):
        if tool == "select":
            session.selection.choose(np.arange(count))
        hand.stroke(float(number))
        if tool == "select":
            # Back to where they were, so that the next stroke takes hold of the frame around all of them, too.
            session.undo()
        if not number:
            # The first one only warms up.
            hand.latencies.clear()
    session.pause()
    wait(0.3)
    p50, p90, p99 = np.percentile(hand.latencies, (50, 90, 99))
    print(
        f"{tool:<7} {count:>9,} points: seen after {p50:6.1f} ms at the median, p90 {p90:6.1f} ms, "
        f"p99 {p99:6.1f} ms, at most {max(hand.latencies):6.1f} ms ({len(hand.latencies)} movements, "
        f"{len(session.dataset) - count:+,} points)",
        flush=True,
    )


def print_repaint(window: Window, count: int) -> None:
    """Print what drawing all of ``count`` points takes, and taking them over."""
    experiment = experiment_of(count)
    theme = window.appearance.theme
    plane = Plane(0.0, 0.0, window.output.plane.canvas.plane.side)
    split, drawn = [], []
    for _ in range(20):
        start = time.perf_counter()
        dataset = resolve(experiment.data)
        middle = time.perf_counter()
        PointsLayer().pixmap(dataset, plane, 1.0, theme, classes=2, show_test=True)
        split.append(1e3 * (middle - start))
        drawn.append(1e3 * (time.perf_counter() - middle))
    print(
        f"{count:>9,} points: drawn anew in {np.median(drawn):6.1f} ms, split anew in {np.median(split):6.1f} ms",
        flush=True,
    )


@contextmanager
def opened_window() -> Iterator[tuple[Window, Path]]:
    """Open the window and wait until it trains; yields it and a folder, and closes it without keeping anything."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication([])
    application.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        session = Session(experiment_of(COUNTS[0]), TrainingWorker(warm_up=warm_up))
        session.progress.connect(spare_what_stays)
        window = Window(session, settings)
        window.resize(1280, 800)
        window.show()
        window.start()
        wait_for(lambda: session.frame is not None)
        yield window, Path(folder)
        session.replace(experiment_of(0))
        window.files.document.began(session.experiment, None)
        window.close()


def main() -> None:
    """Measure and print."""
    hands: list[Hand] = []
    watch_painting(hands)
    with opened_window() as (window, _):
        for count in (*COUNTS, 1_000_000):
            print_repaint(window, count)
        for tool in TOOLS:
            for count in COUNTS:
                measure(window, count, tool, hands)
        hands.clear()


if __name__ == "__main__":
    main()
