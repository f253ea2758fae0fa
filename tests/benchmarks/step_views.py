"""What a step of the walk costs on the window's thread: ``python -m tests.benchmarks.step_views``.

Walks through three iterations at every grain, as the window would show them: the formula (or the table), the network
as the stage, and the batch in the output, with layout and painting, offscreen, as large as in a window of 1280×800. The
first iteration, in which letters are set for the first time, is told apart. Wanted: at most 50 ms a step.

A step is over when the window has painted what it changed. “Busy” is what of its time the thread really worked: the
rest went to other programs of the machine, and grows with them.
"""

import os
import time
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Nothing is waited for before painting.
os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.application import spare_what_stays
from app.frame import Frame
from app.frame_builder import FrameBuilder, FrameRequest
from app.showing import OUTPUT_FIELD_SIZE, UNIT_FIELD_SIZE
from app.stepping.explanation import explain
from app.stepping.itinerary import Itinerary
from app.stepping.records import MEAN, Grain
from app.stepping.state import StepState
from app.style import palette, style_sheet
from app.theme import LIGHT
from app.views.network import edge_raster
from app.views.network.view import NetworkView
from app.views.output import OutputView
from app.views.step_through import StepThroughView
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment
from engine.parameters import layout
from engine.trainer import Trainer

EXPERIMENTS = {
    "2-4-2-1, Adam": compose(hidden=(4, 2), activation="sigmoid", optimizer="adam", l2=0.01),
    "2-8-8-1": compose(hidden=(8, 8)),
    "2-8×6-1, batch 30": compose(hidden=(8,) * 6, batch_size=30),
    "3 classes": compose(task="several-classes", hidden=(6,), activation="gelu", optimizer="rmsprop"),
    "2-32×8-1": compose(hidden=(32,) * 8),
}
MOST_PLACES = 40
# Where the step-through, the network and the output are: left, top, width, height.
PLACES = ((0, 440, 1280, 200), (0, 0, 676, 430), (690, 0, 384, 400))


class PaintWatch(QObject):
    """Notices that a window has painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.has_painted = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of the event by which a window paints what has changed in it."""
        self.has_painted = self.has_painted or event.type() == QEvent.Type.UpdateRequest
        return False


class Step(NamedTuple):
    """Milliseconds of one step: until it was painted; of that working; of that explaining."""

    total: float
    busy: float
    explaining: float


class Walk:
    """The views of one experiment in a window, which take one place after the other."""

    def __init__(self, experiment: Experiment) -> None:
        self.trainer = Trainer(experiment)
        self.window = QWidget()
        self.watch = PaintWatch(self.window)
        self.steps, self.network, self.output = StepThroughView(), NetworkView(), OutputView()
        self.parts: tuple[StepThroughView | NetworkView | OutputView, ...] = (self.steps, self.network, self.output)
        dataset, shape = resolve(experiment.data), layout(experiment.network)
        frame = self._frame()
        for part, place in zip(self.parts, PLACES, strict=True):
            part.setParent(self.window)
            part.setGeometry(*place)
            part.set_theme(LIGHT)
            part.show_experiment(experiment, dataset, shape)
            part.show_frame(frame)
        self.window.resize(1280, 640)
        self.window.show()
        self._settle()

    def _frame(self) -> Frame:
        request = FrameRequest(UNIT_FIELD_SIZE, OUTPUT_FIELD_SIZE, -1, outputs=True)
        return FrameBuilder().build(self.trainer, request, running=False, samples_per_second=0.0)

    def _settle(self) -> None:
        """Let the window lay out and paint what has changed."""
        self.watch.has_painted = False
        while not self.watch.has_painted:
            QApplication.processEvents()
        # A layout that came with the painting asks for another one.
        QApplication.processEvents()

    def times(self, grain: Grain, focus: int, *, in_full: bool) -> list[Step]:
        """Return what each place of one iteration costs, with long sums written out if ``in_full``."""
        trace = self.trainer.trace()
        assert trace is not None
        itinerary = Itinerary.of(trace)
        count = itinerary.progress(itinerary.last())[1]
        numbers = range(0, count, max(1, count // MOST_PLACES))
        places = list(dict.fromkeys(itinerary.place(number, grain) for number in numbers))
        found = []
        for place in places:
            start, begun = time.perf_counter(), time.thread_time()
            explanation = explain(trace, place, focus, in_full=in_full)
            state = StepState(
                trace=trace, position=place, grain=grain, focus=focus, in_full=in_full, explanation=explanation
            )
            explained = time.thread_time()
            for part in self.parts:
                part.show_step(state)
            self._settle()
            total, busy = time.perf_counter() - start, time.thread_time() - begun
            found.append(Step(1e3 * total, 1e3 * busy, 1e3 * (explained - begun)))
        return found

    def close(self) -> None:
        """Take the window away."""
        self.window.deleteLater()


def share(values: Iterable[float], part: float) -> float:
    """Return the smallest of ``values`` that this part of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    application.setStyle("Fusion")
    application.setStyleSheet(style_sheet(LIGHT))
    application.setPalette(palette(LIGHT))
    edge_raster.warm_up()
    spare_what_stays("", 1.0)
    for name, experiment in EXPERIMENTS.items():
        walk = Walk(experiment)
        for kind in ("formula", "in full", "units", "weights", "samples"):
            is_table, in_full = kind in ("units", "weights", "samples"), kind == "in full"
            walk.steps.kind.choose("table" if is_table else "formula")
            if is_table:
                walk.steps.table.kind.choose(kind)
            for grain in (Grain.PHASE, Grain.LAYER, Grain.UNIT, Grain.TERM):
                rounds = []
                for _ in range(3):
                    rounds.append(walk.times(grain, 0, in_full=in_full) + walk.times(grain, MEAN, in_full=in_full))
                    walk.trainer.step_once()
                later = [each for some in rounds[1:] for each in some]
                totals, busy = [each.total for each in later], [each.busy for each in later]
                print(
                    f"{name:<18} {kind:<8} {grain.name.lower():<6} {len(later):4} places: "
                    f"median {median(totals):5.1f}, 99 % {share(totals, 0.99):6.1f}, longest {max(totals):6.1f} ms; "
                    f"busy {median(busy):5.1f}, {share(busy, 0.99):6.1f}, {max(busy):6.1f} ms "
                    f"(explaining {median(each.explaining for each in later):4.1f}); "
                    f"longest in the first iteration {max(each.total for each in rounds[0]):6.1f} ms"
                )
        walk.close()


if __name__ == "__main__":
    main()
