"""The walk through iterations as the window has it: its commands, and who shows and points at what."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.files.table_export import TableExport
from app.frame import Frame
from app.session import Session
from app.status_line import StatusLine
from app.step_through import StepThrough
from app.stepping.records import Phase, Position
from app.stepping.state import StepState
from app.stepping.veil import veiled_frame
from app.views.network.view import NetworkView
from app.views.output.view import OutputView
from app.views.step_through import StepThroughView

NO_FORMULA = "There is no formula yet: step through an iteration first."


class Walking(QObject):
    """Connects the walk with the views it is seen in.

    Signals:
        veil_changed: other numbers than before are to be kept back, since they are homework.

    Args:
        session: whose run is walked through.
        walk: where one stands.
        steps, network, output: the views.
        status: where sentences are shown.
        table_export: saves tables.
        bring_forward: lets the step-through be seen, at least so many pixels high.
    """

    veil_changed = Signal()

    def __init__(
        self,
        session: Session,
        walk: StepThrough,
        steps: StepThroughView,
        network: NetworkView,
        output: OutputView,
        status: StatusLine,
        table_export: TableExport,
        bring_forward: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._walk, self._steps = session, walk, steps
        self._network, self._output, self._status = network, output, status
        self._bring_forward = bring_forward
        self._veil: Phase | None = None
        walk.is_solved = steps.homework.is_solved
        self._connect(table_export)

    def _connect(self, table_export: TableExport) -> None:
        walk, steps = self._walk, self._steps
        walk.state_changed.connect(self._show_step)
        for source in (walk, table_export):
            source.message.connect(self._status.show_message)
            source.problem.connect(self._status.show_problem)
        steps.next_requested.connect(walk.next)
        steps.previous_requested.connect(walk.previous)
        steps.jumped.connect(walk.jump)
        steps.grain_chosen.connect(walk.choose_grain)
        steps.focus_chosen.connect(walk.choose_focus)
        steps.play_toggled.connect(walk.toggle_play)
        steps.pace_chosen.connect(walk.set_pace)
        steps.digits_chosen.connect(walk.choose_digits)
        steps.all_terms_wanted.connect(walk.show_in_full)
        steps.homework_chosen.connect(walk.set_homework)
        steps.homework.solved.connect(walk.tell_solved)
        steps.csv_wanted.connect(table_export.save)
        # Whoever points at a number sees where it comes from, and the other way round.
        steps.token_hovered.connect(self._network.set_highlight)
        self._network.link_hovered.connect(steps.set_highlight)
        self._output.sample_picked.connect(walk.pick_sample)

    @property
    def actions(self) -> Mapping[str, Callable[[], object]]:
        """What each command of the walk does, by its key."""
        walk, session = self._walk, self._session
        return {
            # While somebody walks, a step is one of the walk.
            "step": lambda: walk.next() if walk.is_open else session.step(),
            "step_back": lambda: walk.previous() if walk.is_open else session.step_back(),
            "walk": self.show,
            "walk_play": self._play,
            "walk_copy": self._copy_formula,
            "walk_finer": lambda: walk.refine(1),
            "walk_coarser": lambda: walk.refine(-1),
            "walk_all_terms": self._show_all_terms,
        }

    def show(self) -> None:
        """Bring the step-through to the front, with room for its formulas."""
        self._bring_forward(self._steps.sizeHint().height())
        self._steps.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, iteration: int, position: Position) -> None:
        """Go to a place, if it is in the present iteration; open the walk first where it is not."""
        frame = self._session.frame
        present = frame.step if frame is not None else 0
        if iteration != present:
            way = "back to it" if iteration < present else "on to it"
            self._status.show_message(f"That number is of iteration {iteration + 1}: step {way} first.")
            return
        if not self._walk.is_open:
            self.show()
        self._walk.jump(position)

    def set_seen(self, is_seen: bool) -> None:
        """Take note that the step-through can be seen, or no longer: then nothing is taken apart."""
        self._walk.set_open(is_seen)
        if not is_seen:
            self._network.show_step(None)
            self._output.show_step(None)
            self._renew_veil()

    def shown(self, frame: Frame) -> Frame:
        """Return what views may show of ``frame``: all of it, or not what is homework."""
        return frame if self._veil is None else veiled_frame(frame, self._veil)

    def _renew_veil(self) -> None:
        if self._walk.veiled_phase is not self._veil:
            self._veil = self._walk.veiled_phase
            self.veil_changed.emit()

    def _play(self) -> None:
        if not self._walk.is_open:
            self.show()
        self._walk.toggle_play()

    def _show_all_terms(self) -> None:
        if not self._walk.is_open:
            self.show()
        in_full = not self._walk.state.in_full
        self._walk.show_in_full(in_full)
        self._status.show_message("All terms are shown." if in_full else "Long sums show where they begin and end.")

    def _copy_formula(self) -> None:
        explanation = self._walk.state.explanation
        if explanation is None:
            self._status.show_problem(NO_FORMULA)
        else:
            self._steps.formula.copy_in_full()
            self._status.show_message(f"Copied with all digits: {explanation.title}.")

    @Slot(object)
    def _show_step(self, state: StepState) -> None:
        for view in (self._steps, self._network, self._output):
            view.show_step(state)
        self._renew_veil()
