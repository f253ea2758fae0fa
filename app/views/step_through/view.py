"""The step-through: where one stands in an iteration, the formula there, and what happens, in plain words."""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractSlider,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.frame import Frame
from app.stepping.explanation import explain
from app.stepping.records import Line, Link, Phase, Position
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.ink import color
from app.views.step_through.choices import FORMULA, HOMEWORK, TABLE, PageChoices
from app.views.step_through.controls import StepControls
from app.views.step_through.formula_pane import FormulaPane
from app.views.step_through.homework_pane import HomeworkPane
from app.views.step_through.narration import Remarks, Sentence
from app.views.step_through.phase_bar import PhaseBar
from app.views.step_through.table_pane import TablePane
from app.widgets.teach import Teaching
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout

# Beyond this ratio of width to height, words and formula stand side by side.
SIDE_BY_SIDE = 4.5
# … but not where there is no room for two columns.
NARROW = 600
_PAGES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}
# In less width and height only what one needs for walking is shown above the formula.
CRAMPED = (420, 310)
# The least room for a title beside what can be chosen there.
TITLE = 140
# The phases stand beside the buttons as long as that leaves them this share of the room that they like to have.
SMALL_PHASES = 0.75
WAITING = "Press Step to take the next iteration apart."
WORKING = "Working out the next iteration …"


class StepThroughView(Teaching):
    """Shows one place of an iteration; everything the user wants goes out as a signal.

    Signals:
        next_requested, previous_requested, play_toggled: the buttons.
        jumped: a Position to go to.
        grain_chosen: a Grain.
        focus_chosen: the number of a sample of the batch, or MEAN.
        pace_chosen: seconds to stay at a place while playing.
        digits_chosen: how many digits numbers shall have.
        all_terms_wanted: whether long sums shall be written out.
        token_hovered: the Link of the piece of the formula, or of the row of a table, that is pointed at, or None.
        homework_chosen: whether the numbers of the phase are to be found, instead of shown.
        csv_wanted: a suggested name for a file, and the table to write into it.
        hint: one line about what is pointed at.
    """

    next_requested = Signal()
    previous_requested = Signal()
    jumped = Signal(object)
    grain_chosen = Signal(object)
    focus_chosen = Signal(int)
    play_toggled = Signal()
    pace_chosen = Signal(float)
    digits_chosen = Signal(int)
    all_terms_wanted = Signal(bool)
    token_hovered = Signal(object)
    homework_chosen = Signal(bool)
    csv_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Step through")
        self.setAccessibleDescription("Page Up and Page Down scroll what has too little room.")
        self._theme = LIGHT
        self._state = StepState()
        self._wide: bool | None = None
        self.phases = PhaseBar()
        self.controls = StepControls()
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.sentence, self.remarks = Sentence(), Remarks()
        self.formula = FormulaPane()
        self.table, self.homework = TablePane(), HomeworkPane()
        self._choices = PageChoices()
        self.all_terms, self.digits = self._choices.all_terms, self._choices.digits
        self.kind, self.counter = self._choices.kind, self._choices.counter
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.controls.forward)
        self.set_theme(LIGHT)
        self.show_step(self._state)

    def _lay_out(self) -> None:
        self._top, self._names = QHBoxLayout(), QHBoxLayout()
        self._top.setSpacing(12)
        self._top.addWidget(self.controls.buttons)
        self._top.addWidget(self.phases, 1)
        self._names.addWidget(self.title, 1)
        self._names.addWidget(self._choices)
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The focus belongs to what is inside.
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # As high as the width it has asks for, not as for its smallest one: there would be nothing to scroll to.
        self._content.setMinimumHeight(1)
        self._area.setWidget(self._content)
        # A scroll area fills both with the window's color.
        self._content.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self._arrange(wide=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 6)
        column.setSpacing(6)
        column.addLayout(self._top)
        column.addWidget(self.controls)
        column.addLayout(self._names)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.homework)
        column.addWidget(self._pages, 1)

    def _arrange(self, *, wide: bool) -> None:
        """Put words and formula side by side if ``wide``, else below each other."""
        if wide == self._wide:
            return
        self._wide = wide
        grid, parts = self._grid, (self.sentence, self.remarks, self.formula)
        for part in parts:
            grid.removeWidget(part)
        if wide:
            grid.addWidget(self.sentence, 0, 0)
            grid.addWidget(self.remarks, 1, 0)
            grid.addWidget(self.formula, 0, 1, 3, 1)
        else:
            grid.addWidget(self.sentence, 0, 0)
            grid.addWidget(self.formula, 1, 0)
            grid.addWidget(self.remarks, 2, 0)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3 if wide else 0)
        # What is left over stays below.
        for row, stretch in enumerate((0, 0, 1) if wide else (0, 0, 0, 1)):
            grid.setRowStretch(row, stretch)

    def _connect(self) -> None:
        controls = self.controls
        self.phases.chosen.connect(lambda phase: self.jumped.emit(Position(phase)))
        self.phases.hint.connect(self.hint)
        controls.previous.connect(self.previous_requested)
        controls.next.connect(self.next_requested)
        controls.play_toggled.connect(self.play_toggled)
        controls.grain_chosen.connect(self.grain_chosen)
        controls.focus_chosen.connect(self.focus_chosen)
        controls.pace_chosen.connect(self.pace_chosen)
        self.digits.chosen.connect(self.digits_chosen)
        self.all_terms.clicked.connect(self.all_terms_wanted)
        self.formula.more_wanted.connect(lambda: self.all_terms_wanted.emit(True))
        self.formula.token_hovered.connect(self.token_hovered)
        self.formula.hint.connect(self.hint)
        self.formula.seen.connect(self._bring_into_sight)
        self.table.link_hovered.connect(self.token_hovered)
        self.table.csv_wanted.connect(self.csv_wanted)
        self.table.hint.connect(self.hint)
        self.homework.hint.connect(self.hint)
        self.kind.chosen.connect(self._turn)
        self.kind.chosen.connect(lambda kind: self.homework_chosen.emit(kind == HOMEWORK))
        self.kind.chosen.connect(self._begin_homework)

    # What the window calls

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        for part in (
            self.phases,
            self.controls,
            self.sentence,
            self.remarks,
            self.formula,
            self.table,
            self.homework,
            self.kind,
        ):
            part.set_theme(theme)
        self._fold()
        self.update()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take what is trained; what was shown of another experiment is no longer."""
        trace = self._state.trace
        if trace is not None and trace.layout != layout:
            self.show_step(StepState(grain=self._state.grain))

    def show_frame(self, frame: Frame) -> None:
        """Frames say nothing new here: everything comes by ``show_step``."""

    def show_step(self, state: StepState) -> None:
        """Show the place and the numbers of ``state``."""
        self._state = state
        trace, explanation = state.trace, state.explanation
        self.phases.show_phase(state.position.phase if trace is not None else None)
        self.controls.show_step(state)
        if explanation is None or state.problem:
            self.title.setText("")
            self.sentence.show_sentence(
                state.problem or (WORKING if state.working else WAITING), is_problem=bool(state.problem)
            )
            self.remarks.show_remarks(())
            self.formula.set_lines((), "")
        else:
            self.title.setText(explanation.title)
            self.sentence.show_sentence(explanation.sentence)
            self.remarks.show_remarks(explanation.remarks)
            self.formula.set_lines(explanation.lines, explanation.spoken)
        self._turn()
        self._announce()

    def _turn(self) -> None:
        """Turn to the page that is wanted; tables are only worked out where they are seen."""
        state = self._state
        self._choices.show_step(state)
        self._fold()
        # What is copied is whole, but for what is homework.
        is_shortened = state.explanation is not None and state.explanation.is_shortened
        is_known = is_shortened and self.kind.current != HOMEWORK
        self.formula.whole = partial(_all_lines, state) if is_known else None
        pages: dict[str, TablePane | HomeworkPane] = {TABLE: self.table, HOMEWORK: self.homework}
        page = pages.get(self.kind.current) if state.trace is not None and not state.problem else None
        self._pages.setCurrentWidget(page or self._area)
        if page is not None:
            page.show_step(state)

    def _begin_homework(self, kind: str) -> None:
        """Let one type into the first blank at once, unless one goes from choice to choice by keys."""
        focus = self.window().focusWidget()
        if kind == HOMEWORK and self.homework.isVisible() and not (focus and self.kind.isAncestorOf(focus)):
            self.homework.focus_first()

    def set_highlight(self, link: Link | None) -> None:
        """Mark what comes from ``link`` in the formula and in the table; None ends it."""
        self.formula.set_highlight(link)
        self.table.set_highlight(link)

    @property
    def phase(self) -> Phase:
        """The phase that is shown."""
        return self._state.position.phase

    def _announce(self) -> None:
        """Let a screen reader say what is new, wherever the focus is."""
        if QAccessible.isActive() and self.isVisible():
            spoken = self._state.problem or (self._state.explanation.spoken if self._state.explanation else "")
            if spoken:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    # Layout

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll the page with Page Up and Page Down, wherever the focus is."""
        move = _PAGES.get(Qt.Key(event.key()))
        areas = {FORMULA: self._area, HOMEWORK: self.homework.area}
        area = areas.get(self.kind.current)
        if move is None or area is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            area.verticalScrollBar().triggerAction(move)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground; a palette would be taken back by the style sheet when the view is first seen."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), color(self._theme.surface))

    def sizeHint(self) -> QSize:
        """Return the size it has in a small window."""
        return QSize(1200, 300)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing could be read."""
        return QSize(320, 140)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put words and formula side by side where it is low and wide."""
        super().resizeEvent(event)
        self._fold()
        room = self._area.size()
        is_low = room.width() > SIDE_BY_SIDE * room.height()
        self._arrange(wide=is_low and room.width() > self._theme.pixels(NARROW))

    def _fold(self) -> None:
        """Put rows that do not fit into the width below each other; where that takes the formula's room, leave some."""
        width = self.width() - 24
        cramped = self.width() < self._theme.pixels(CRAMPED[0]) and self.height() < self._theme.pixels(CRAMPED[1])
        self.counter.setVisible(self._state.trace is not None and not cramped)
        self.controls.leave_out(cramped)
        phases = round(SMALL_PHASES * self.phases.sizeHint().width())
        beside = self.controls.buttons.sizeHint().width() + phases + self._top.spacing()
        for row, needed in (
            (self._top, beside),
            (self._names, self._choices.flow.sizeHint().width() + self._theme.pixels(TITLE)),
        ):
            folded = needed > width
            row.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)

    def _bring_into_sight(self, box: QRect) -> None:
        place = self.formula.mapTo(self._content, box.center())
        self._area.ensureVisible(place.x(), place.y(), box.width() // 2 + 8, box.height() // 2 + 8)


def _all_lines(state: StepState) -> tuple[Line, ...]:
    """Return the formula of ``state`` with nothing left out."""
    if state.trace is None:
        return ()
    return explain(state.trace, state.position, state.focus, state.digits, in_full=True).lines
