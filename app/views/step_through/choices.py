"""What one chooses to see of an iteration: formula, table or homework; how many digits, and whether all terms."""

from PySide6.QtWidgets import QLabel, QWidget

from app.stepping.state import StepState
from app.views.step_through.digits import DigitsChoice
from app.widgets.button import Button
from app.widgets.flow_bar import FlowBar
from app.widgets.segmented import SegmentedControl

FORMULA, TABLE, HOMEWORK = "formula", "table", "homework"
KINDS = (
    (FORMULA, "Formula", "What happens at this place: the formula with its numbers, and in words."),
    (
        TABLE,
        "Table",
        "The whole iteration at once: all units, all weights, all samples; to be sorted, copied and saved.",
    ),
    (
        HOMEWORK,
        "Homework",
        "The numbers of this phase are blank: find them with a calculator, and have them marked. Colors stay: nobody "
        "reads three digits from them.",
    ),
)


class PageChoices(FlowBar):
    """The choices in a row, and at its end which iteration it is; their own signals say what is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8, row_gap=4, centered=True)
        self.all_terms = Button(
            "All terms", "Write out long sums and lists, which else show where they begin and end.", with_text=True
        )
        self.all_terms.setProperty("role", "outlined")
        self.all_terms.setCheckable(True)
        self.digits = DigitsChoice()
        self.kind = SegmentedControl("Show", KINDS, FORMULA)
        self.counter = QLabel()
        self.counter.setProperty("role", "caption")
        self.flow.setContentsMargins(0, 0, 0, 0)
        for part in (self.all_terms, self.digits, self.kind, self.counter):
            self.flow.addWidget(part)

    def show_step(self, state: StepState) -> None:
        """Show what holds at ``state``; offered is what makes a difference there."""
        trace, said, page = state.trace, state.explanation, self.kind.current
        self.digits.show_digits(state.digits)
        self.digits.setVisible(page != HOMEWORK)
        self.all_terms.setChecked(state.in_full)
        can_differ = said is not None and (said.is_shortened or state.in_full)
        self.all_terms.setVisible(can_differ and page == FORMULA)
        self.kind.setEnabled(trace is not None and not state.problem)
        self.counter.setText("" if trace is None else counter_text(trace.step, trace.epoch))


def counter_text(step: int, epoch: int) -> str:
    """Return which iteration comes after so many completed steps and epochs: “Iteration 17, epoch 2”."""
    return f"Iteration {step + 1:,}, epoch {epoch + 1:,}"
