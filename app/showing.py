"""What the parts of a window are shown: of the experiment everything, of a moment only what can be seen."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.frame import Frame
from app.panels.choices import ChoiceBar
from app.panels.data import DataPanel
from app.panels.transport import TransportBar
from app.parts_in_turn import Part, PartsInTurn
from app.session import Session
from app.status_line import StatusLine
from app.views.explorers.activation import ActivationExplorer
from app.views.explorers.loss import LossExplorer
from app.views.gradients.view import GradientView
from app.views.loss_curve import LossCurveView
from app.views.network.view import NetworkView
from app.views.output.view import OutputView
from app.views.points_table import PointsTableView
from app.views.scores import ScoresView
from app.views.step_through import StepThroughView
from app.walking import Walking
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout
from engine.trace import KEPT

# Pixels along a side of the fields that frames bring.
UNIT_FIELD_SIZE, OUTPUT_FIELD_SIZE = 56, 256
# The docks that show moments, besides the output, and those that show where the units sit.
_FOLLOWING = ("loss", "gradients", "scores", "activations", "losses")
_STATISTICS = frozenset(("activations", "losses"))
# The docks, besides the output, in which single points are seen.
_WITH_POINTS = ("scores", "activations", "losses")

AnyView = (
    NetworkView | OutputView | LossCurveView | GradientView | ScoresView | PointsTableView | StepThroughView
    | ActivationExplorer | LossExplorer
)  # fmt: skip


class Showing(QObject):
    """Hands experiments and frames of ``session`` to the parts, and asks it for what they need.

    Args:
        session: what is shown.
        walking: keeps back of a moment what is homework, and is told whether the step-through is seen.
        network, output: the views that are always there, and where points are drawn.
        docks: the other views by the names of their docks.
        transport, choices, data, status: the panels and the line below.
    """

    def __init__(
        self,
        session: Session,
        walking: Walking,
        *,
        network: NetworkView,
        output: OutputView,
        docks: Mapping[str, AnyView],
        transport: TransportBar,
        choices: ChoiceBar,
        data: DataPanel,
        status: StatusLine,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._walking = session, walking
        self._output, self._docks = output, docks
        self._transport, self._choices, self._data, self._status = transport, choices, data, status
        # The docks that can be seen. Not asked of the widgets: one behind another tab counts as visible to Qt.
        self.seen: set[str] = set()
        self._in_turn = PartsInTurn(
            (transport, choices, data, network, output, *docks.values()),
            self._parts_with_points,
            self._show_picture,
            (self._show_in_bars, network.show_frame, *(partial(self._show_if_seen, name) for name in _FOLLOWING)),
            self,
        )

    def see(self, name: str, visible: bool) -> None:
        """Take note that a dock was opened or closed, or came to lie in front of or behind another."""
        if visible:
            self.seen.add(name)
        else:
            self.seen.discard(name)
        if name == "step_through":
            self._walking.set_seen(visible)
        self.ask_for_fields()
        if visible:
            self.show_frame_again()

    def ask_for_fields(self) -> None:
        """Ask the session for frames with all that can be seen at present, and nothing else."""
        seen = "output" in self.seen
        needs_outputs = (seen and self._output.needs_outputs) or "scores" in self.seen
        self._session.request_fields(UNIT_FIELD_SIZE, OUTPUT_FIELD_SIZE if seen else 0, needs_outputs)
        self._session.request_statistics(bool(self.seen & _STATISTICS))
        # Of a very large batch that takes seconds, which nobody wants to wait for to see it ringed.
        batch = min(self._session.experiment.training.batch_size, self._session.dataset.train_count)
        has_rings = "losses" in self.seen and batch <= KEPT
        self._session.request_trace("step_through" in self.seen or has_rings)

    @Slot(object, object, object)
    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Show what is trained, and on which points."""
        self._in_turn.show_experiment(experiment, dataset, layout, drawing=self._session.is_drawing)
        # Another task may have brought another picture, which is drawn from something else.
        self.ask_for_fields()

    @Slot(object)
    def show_frame(self, frame: Frame) -> None:
        """Show one moment."""
        self._in_turn.show_frame(self._walking.shown(frame), drawing=self._session.is_drawing or self._output.is_busy)

    @Slot()
    def show_frame_again(self) -> None:
        """Show the moment once more: someone looks anew, or other numbers are to be kept back."""
        if self._session.frame is not None:
            self.show_frame(self._session.frame)

    @Slot()
    def renew_veil(self) -> None:
        """Keep other numbers back than before: at once also where nobody looks, so that none is left for later."""
        frame = self._session.frame
        if frame is None:
            return
        self.show_frame(frame)
        for name in _FOLLOWING:
            if name not in self.seen:
                self._docks[name].show_frame(self._walking.shown(frame))

    def catch_up(self) -> None:
        """Show everything to those who had to wait while points were drawn, unless they still are."""
        if not self._session.is_drawing:
            self._in_turn.catch_up()

    def _parts_with_points(self) -> tuple[Part, ...]:
        return self._data, self._output, *(self._docks[name] for name in _WITH_POINTS if name in self.seen)

    def _show_picture(self, frame: Frame) -> None:
        # One that was built while nobody looked holds no field of the output.
        if "output" in self.seen and frame.output_field.size:
            self._output.show_frame(frame)

    def _show_in_bars(self, frame: Frame) -> None:
        self._transport.show_frame(frame)
        self._choices.show_frame(frame)
        self._status.show_speed(frame.samples_per_second)

    def _show_if_seen(self, name: str, frame: Frame) -> None:
        if name in self.seen:
            self._docks[name].show_frame(frame)
