"""The command that puts the present iteration on paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.dialogs.worksheet_options import Options, WorksheetOptions
from app.frame import Frame
from app.run import NO_POINTS
from app.session import Session
from app.step_through import StepThrough
from app.stepping.homework import Homework, score_of
from app.stepping.records import MEAN
from app.worksheet.content import Worksheet, worksheet
from app.worksheet.html import html
from app.worksheet.outlines import Outlines
from app.worksheet.pdf import pdf
from engine.atomic_write import write_atomically
from engine.file_errors import reason
from engine.trace import Trace

FILTERS = {".pdf": "PDF (*.pdf)", ".html": "Web pages (*.html)"}
NOT_FINITE = "There is nothing to put on a worksheet: this step gives numbers that are not finite."


class WorksheetExport(QObject):
    """Takes the present iteration apart, asks what the worksheet shall have and where it goes, and writes it.

    Signals:
        message(str), problem(str): one sentence.

    Args:
        session: its run.
        walk: whose sample is taken; it need not be open.
        homework: returns what is written into the blanks of the iteration.
        name: returns what the experiment is called, or an empty text.
        window: where the questions are asked.
        ask: takes a suggested path, returns the chosen one or None; the platform's dialog unless given.
    """

    message = Signal(str)
    problem = Signal(str)

    def __init__(
        self,
        session: Session,
        walk: StepThrough,
        homework: Callable[[], tuple[Homework, ...]],
        name: Callable[[], str],
        window: QWidget,
        ask: Callable[[Path], Path | None] | None = None,
    ) -> None:
        super().__init__(window)
        self._session, self._walk, self._homework, self._name = session, walk, homework, name
        self._window, self._ask = window, ask or self._ask_in_dialog
        self._folder = Path.home()
        self._is_waiting = False
        session.frame_ready.connect(self._take_frame)

    @Slot()
    def export(self) -> None:
        """Begin: with the iteration that is walked through, or the next one of the run."""
        if not self._session.dataset.train_count:
            self.problem.emit(NO_POINTS)
            return
        frame, was_running = self._session.frame, self._session.running
        self._session.pause()
        # Another view may have had it taken apart.
        taken = frame.trace if frame is not None and not was_running else None
        trace = self._walk.state.trace or taken
        if trace is not None:
            self._offer(trace)
            return
        self._is_waiting = True
        self._session.request_trace(True)

    @Slot(object)
    def _take_frame(self, frame: Frame) -> None:
        if self._is_waiting and frame.trace is not None:
            self._is_waiting = False
            self._session.request_trace(self._walk.is_open)
            self._offer(frame.trace)

    def _offer(self, trace: Trace) -> None:
        if not trace.is_finite:
            self.problem.emit(NOT_FINITE)
            return
        sample = 0 if self._walk.state.focus == MEAN else self._walk.state.focus
        works = tuple(work for work in self._homework() if work.sheet.trace is trace and work.sheet.sample == sample)
        score = f"{score_of(works)} solved" if works else ""
        summary = f"Iteration {trace.step + 1:,} of the run on paper, all phases."
        dialog = WorksheetOptions(summary, score, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(lambda options: self._save(trace, sample, works, options))
        dialog.open()

    def _save(self, trace: Trace, sample: int, works: tuple[Homework, ...], options: Options) -> None:
        suffix = ".pdf" if options.is_pdf else ".html"
        kind = "answers" if options.has_answers else "worksheet"
        path = self._ask(self._folder / f"iteration-{trace.step + 1}-{kind}{suffix}")
        if path is None:
            return
        self._folder = path.parent
        sheet = worksheet(
            trace,
            sample,
            works if options.has_homework else (),
            has_answers=options.has_answers,
            name=self._name(),
        )
        try:
            write(sheet, path)
        except OSError as error:
            self.problem.emit(f"“{path.name}” could not be saved: {reason(error)}.")
        else:
            self.message.emit(f"The worksheet was saved as “{path.name}”.")

    def _ask_in_dialog(self, suggestion: Path) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Export the worksheet", str(suggestion), FILTERS[suggestion.suffix]
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(suggestion.suffix)


def write(sheet: Worksheet, path: Path) -> None:
    """Write ``sheet`` into the file ``path``, whole or not at all: as PDF if it is called so, else as HTML.

    Raises:
        OSError: the file cannot be written; what it held before is untouched.
    """
    is_pdf = path.suffix.lower() == ".pdf"
    write_atomically(path, [pdf(sheet) if is_pdf else html(sheet, Outlines()).encode()])
