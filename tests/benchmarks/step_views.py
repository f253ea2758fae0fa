"""What a step of the walk costs on the window's thread: ``python -m tests.benchmarks.step_views``.

Walks through three iterations at every grain, as the window would show them: the formula (or the table), the network
as the stage, and the batch in the output, with layout and painting, offscreen, as large as in a window of 1280×800. The
first iteration, in which letters are set for the first time, is told apart. Wanted: at most 50 ms a step.
"""

import os
import time
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from app.application import spare_what_stays
from app.frame import Frame
from app.frame_builder import FrameBuilder, FrameRequest
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
from app.window import OUTPUT_FIELD_SIZE, UNIT_FIELD_SIZE
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
STEPS_SIZE, NETWORK_SIZE, OUTPUT_SIZE = (1280, 200), (676, 430), (384, 400)


class Walk:
    """The views of one experiment, which take one place after the other."""

    def __init__(self, experiment: Experiment) -> None:
        self.trainer = Trainer(experiment)
        self.steps, self.network, self.output = StepThroughView(), NetworkView(), OutputView()
        self.parts: tuple[tuple[StepThroughView | NetworkView | OutputView, tuple[int, int]], ...] = (
            (self.steps, STEPS_SIZE),
            (self.network, NETWORK_SIZE),
            (self.output, OUTPUT_SIZE),
        )
        dataset, shape = resolve(experiment.data), layout(experiment.network)
        frame = self._frame()
        for part, size in self.parts:
            part.resize(*size)
            part.set_theme(LIGHT)
            part.show()
            part.show_experiment(experiment, dataset, shape)
            part.show_frame(frame)
            part.grab()

    def _frame(self) -> Frame:
        request = FrameRequest(UNIT_FIELD_SIZE, OUTPUT_FIELD_SIZE, -1, outputs=True)
        return FrameBuilder().build(self.trainer, request, running=False, samples_per_second=0.0)

    def times(self, grain: Grain, focus: int) -> list[tuple[float, float, float]]:
        """Return the milliseconds of explaining, of the step-through, and of all, for each place of one iteration."""
        trace = self.trainer.trace()
        assert trace is not None
        itinerary = Itinerary.of(trace)
        count = itinerary.progress(itinerary.last())[1]
        numbers = range(0, count, max(1, count // MOST_PLACES))
        places = list(dict.fromkeys(itinerary.place(number, grain) for number in numbers))
        found = []
        for place in places:
            start = time.perf_counter()
            explanation = explain(trace, place, focus)
            state = StepState(trace=trace, position=place, grain=grain, focus=focus, explanation=explanation)
            explained = time.perf_counter()
            for part, _ in self.parts:
                part.show_step(state)
            # Layouts are made when the event loop comes round.
            QApplication.processEvents()
            self.steps.grab()
            shown = time.perf_counter()
            self.network.grab()
            self.output.grab()
            end = time.perf_counter()
            found.append((1e3 * (explained - start), 1e3 * (shown - explained), 1e3 * (end - start)))
        return found

    def close(self) -> None:
        """Take the views away."""
        views: list[QWidget] = [part for part, _ in self.parts]
        for view in views:
            view.deleteLater()


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
        for kind in ("formula", "table"):
            walk.steps.kind.choose(kind)
            for grain in (Grain.PHASE, Grain.LAYER, Grain.UNIT, Grain.TERM):
                rounds = []
                for _ in range(3):
                    rounds.append(walk.times(grain, 0) + walk.times(grain, MEAN))
                    walk.trainer.step_once()
                later = [each for some in rounds[1:] for each in some]
                totals = sorted(each[2] for each in later)
                print(
                    f"{name:<18} {kind:<8} {grain.name.lower():<6} {len(later):4} places: "
                    f"median {median(totals):5.1f}, 95 % {totals[int(0.95 * len(totals))]:6.1f}, "
                    f"longest {totals[-1]:6.1f} ms "
                    f"(of the median, explaining {median(each[0] for each in later):4.1f}, "
                    f"step-through {median(each[1] for each in later):5.1f}); "
                    f"longest in the first iteration {max(each[2] for each in rounds[0]):6.1f} ms"
                )
        walk.close()


if __name__ == "__main__":
    main()
