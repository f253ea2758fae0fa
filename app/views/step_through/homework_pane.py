"""Homework: the blanks of a phase to be filled in, each marked at once, and the score."""

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.stepping.homework import Homework, State
from app.stepping.records import Phase
from app.stepping.sheet import sheet
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.step_through.homework_row import HomeworkRow
from app.views.step_through.narration import wrap
from app.widgets.button import Button
from app.widgets.scrolled import Scrolled
from app.widgets.steady_label import SteadyLabel
from app.widgets.teach import Teaching
from engine.trace import Trace

# A column of blanks is at least this wide, in pixels at a text scale of 1.
COLUMN_WIDTH = 440.0
# In less, fields stand below their formulas.
NARROW = 380.0
SHOW_REMARK = "Write the answers into all blanks that are not solved; those do not count."


class HomeworkPane(Teaching):
    """Shows the blanks of the phase one stands in, and keeps what is typed for as long as the iteration is the same.

    Signals:
        solved: the last blank of a phase has been found, or shown.
        hint: one line about what is pointed at.
    """

    solved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Homework")
        self._theme = LIGHT
        self._trace: Trace | None = None
        self._works: dict[tuple[Phase, int], Homework] = {}
        self._key: tuple[Phase, int] | None = None
        self._columns = 0
        self._stacks: list[QVBoxLayout] = []
        self.rows: list[HomeworkRow] = []
        self.score, self.note = SteadyLabel(["39½ of 40 solved"], name="Score"), QLabel()
        self.note.setProperty("role", "caption")
        wrap(self.note)
        self.show_answers = Button("Show answers", SHOW_REMARK, with_text=True)
        self.show_answers.setProperty("role", "outlined")
        self.show_answers.clicked.connect(self._reveal)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.score)
        top.addWidget(self.note, 1)
        top.addWidget(self.show_answers)
        self._content = QWidget()
        outside = QVBoxLayout(self._content)
        outside.setContentsMargins(0, 0, 0, 0)
        # Columns of their own: in a grid a long formula would push apart what stands beside it.
        self._side_by_side = QHBoxLayout()
        self._side_by_side.setSpacing(24)
        outside.addLayout(self._side_by_side)
        outside.addStretch(1)
        # As high as the width it has asks for, not as for its smallest one: there would be nothing to scroll to.
        self._content.setMinimumHeight(1)
        self.area = Scrolled(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        for row in self.rows:
            row.set_theme(theme)
        self._arrange()

    def show_step(self, state: StepState) -> None:
        """Show the blanks of the phase and sample of ``state``; another iteration is a new sheet."""
        trace = state.trace
        if trace is None:
            return
        if trace is not self._trace:
            self._take(trace)
        key = (state.position.phase, state.focus)
        if key == self._key:
            return
        self._key = key
        if key not in self._works:
            self._works[key] = Homework.begin(sheet(trace, state.focus, key[0]))
        self._show_sheet()

    def _take(self, trace: Trace) -> None:
        """Begin new sheets; where the same iteration was only taken apart anew, go on with what is written."""
        is_same = self._trace is not None and _are_same(self._trace, trace)
        kept = self._works.items() if is_same else ()
        self._works = {key: replace(work, sheet=replace(work.sheet, trace=trace)) for key, work in kept}
        self._trace = trace
        self._key = self._key if is_same else None

    @property
    def work(self) -> Homework | None:
        """What is shown, with what is written on it."""
        return None if self._key is None else self._works[self._key]

    @property
    def works(self) -> tuple[Homework, ...]:
        """All sheets of this iteration that something is written on, in the order of their phases."""
        begun = [work for work in self._works.values() if work.is_begun]
        return tuple(sorted(begun, key=lambda work: (work.sheet.phase, work.sheet.sample)))

    def is_solved(self, state: StepState) -> bool:
        """Return whether nothing is left to be found out in the phase and sample of ``state``."""
        work = self._works.get((state.position.phase, state.focus))
        trace = state.trace
        if work is None or not work.entries or trace is None or self._trace is None:
            return False
        return work.is_done and (trace is self._trace or _are_same(self._trace, trace))

    def focus_first(self) -> None:
        """Bring the keyboard to the first blank that is open."""
        entries = self.work.entries if self.work is not None else ()
        first = next((number for number, entry in enumerate(entries) if entry.state is State.OPEN), 0)
        self._move_from(first, 0)

    # ---- showing -------------------------------------------------------------------------------------------------

    def _show_sheet(self) -> None:
        work = self.work
        assert work is not None
        cells = work.sheet.cells
        while len(self.rows) < len(cells):
            self._add_row()
        place = ""
        # About as wide as they will be: what is shown is laid out at once, and twice if it is moved then.
        width = self.area.viewport().width() // self._most_columns()
        for row in self.rows:
            if row.isHidden():
                row.resize(width, row.height())
        for number, row in enumerate(self.rows):
            if number < len(cells):
                cell = cells[number]
                row.show_cell(cell, cell.heading if cell.place != place else "")
                place = cell.place
        self._columns = 0
        self._arrange()
        self._show_entries()
        # Shown when all is in its place: each change of what is seen would lay out everything.
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(cells))
        self.area.verticalScrollBar().setValue(0)

    def _show_entries(self) -> None:
        work = self.work
        assert work is not None
        for row, entry in zip(self.rows, work.entries, strict=False):
            row.show_entry(entry)
        has_cells = bool(work.entries)
        self.score.setVisible(has_cells)
        self.score.setText(f"{work.score} solved" if has_cells else "")
        # A name hides the text of a label from those who hear it, so it holds both.
        self.note.setText(work.sheet.note)
        self.show_answers.setVisible(has_cells)
        self.show_answers.setEnabled(not work.is_done)

    def _add_row(self) -> None:
        number, row = len(self.rows), HomeworkRow(self._content)
        row.set_theme(self._theme)
        row.answered.connect(lambda text: self._answer(number, text))
        row.moved.connect(lambda step: self._move_from(number, step))
        self.rows.append(row)

    def _most_columns(self) -> int:
        return max(1, int(self.area.width() / (COLUMN_WIDTH * self._theme.text_scale)))

    def _arrange(self) -> None:
        """Put the blanks into as many columns as there is room for, what belongs together below each other."""
        work = self.work
        columns = self._most_columns()
        is_narrow = self.area.width() < NARROW * self._theme.text_scale
        for row in self.rows:
            row.set_narrow(is_narrow)
        if work is None or columns == self._columns:
            return
        self._columns = columns
        for stack in self._stacks:
            while stack.count():
                stack.takeAt(0)
        while len(self._stacks) < columns:
            stack = QVBoxLayout()
            stack.setSpacing(4)
            self._stacks.append(stack)
            self._side_by_side.addLayout(stack)
        cells = work.sheet.cells
        longest = -(-len(cells) // columns)
        line = column = 0
        for number, cell in enumerate(cells):
            begins = number == 0 or cell.place != cells[number - 1].place
            if begins and line >= longest and column < columns - 1:
                line, column = 0, column + 1
            self._stacks[column].addWidget(self.rows[number])
            line += 1
        for number, stack in enumerate(self._stacks):
            stack.addStretch(1)
            self._side_by_side.setStretch(number, 1 if number <= column else 0)

    # ---- what is done --------------------------------------------------------------------------------------------

    def _answer(self, number: int, text: str) -> None:
        work = self.work
        if work is None or self._key is None or number >= len(work.entries):
            return
        work = work.answered(number, text, self._before(self._key))
        self._works[self._key] = work
        self._review_later(self._key)
        self._show_entries()
        entry = work.entries[number]
        self.hint.emit(entry.message)
        if QAccessible.isActive() and entry.message:
            said = f"{entry.message} {work.score} solved."
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        if work.is_done:
            self.solved.emit()

    def _reveal(self) -> None:
        work = self.work
        if work is not None and self._key is not None:
            self._works[self._key] = work.revealed()
            self._review_later(self._key)
            self._show_entries()
            self.solved.emit()

    def _before(self, key: tuple[Phase, int]) -> tuple[Homework, ...]:
        """Return the sheets of the phases before that of ``key``, with the same sample's numbers."""
        phase, focus = key
        return tuple(
            self._works[each, focus] for each in sorted(Phase) if each < phase and (each, focus) in self._works
        )

    def _review_later(self, key: tuple[Phase, int]) -> None:
        """Look anew at what may have followed from the sheet ``key``, which has changed."""
        phase, focus = key
        for later in (each for each in sorted(Phase) if each > phase and (each, focus) in self._works):
            self._works[later, focus] = self._works[later, focus].reviewed(self._before((later, focus)))

    def _move_from(self, number: int, step: int) -> None:
        place = number + step
        work = self.work
        if work is not None and 0 <= place < len(work.entries):
            field = self.rows[place].field
            field.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(self.rows[place])

    # ---- layout --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width for more columns."""
        super().resizeEvent(event)
        self._arrange()


def _are_same(first: Trace, second: Trace) -> bool:
    """Return whether both are the same iteration: of the same run, with the same samples and numbers."""
    if (first.step, first.layout, first.samples.shape) != (second.step, second.layout, second.samples.shape):
        return False
    pairs = (
        (first.samples, second.samples),
        (first.points, second.points),
        (first.wanted, second.wanted),
        (first.update.before, second.update.before),
        (first.update.after, second.update.after),
    )
    return all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)
