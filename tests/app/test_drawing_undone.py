"""Whatever is drawn, in whatever order: undo brings every state back exactly, and redo makes it again."""

from collections.abc import Callable
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.session import Session
from app.training_worker import TrainingWorker
from app.views.decision import DecisionView
from app.views.decision.drawing_tools import selection_edits
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.palette_entries import ENTRIES, is_offered
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

EDITS: dict[str, Callable[[Sheet], None]] = {
    "select all": selection_edits.select_all,
    "delete": selection_edits.delete,
    "duplicate": selection_edits.duplicate,
    "turn": lambda sheet: selection_edits.turn(sheet, 0.3),
    "mirror": lambda sheet: selection_edits.stretch(sheet, -1.0, 1.0),
    "nudge": lambda sheet: selection_edits.nudge(sheet, 1, 0, far=False),
    "class": lambda sheet: selection_edits.give_class(sheet, 1),
}
place = st.tuples(st.floats(-6.0, 6.0), st.floats(-6.0, 6.0))
gesture = st.tuples(st.sampled_from(sorted(ENTRIES)), st.lists(place, min_size=2, max_size=4), st.booleans())
action = gesture | st.sampled_from(sorted(EDITS))


class Bench:
    """A view and a session without a worker, joined as in the window."""

    def __init__(self, view: DecisionView) -> None:
        self.view = view
        self.session = session = Session(worker=Mock(spec=TrainingWorker))
        session.experiment_changed.connect(view.show_experiment)
        session.selection.changed.connect(view.show_selection)
        view.stroke_started.connect(session.begin_stroke)
        view.points_painted.connect(session.paint)
        view.points_erased.connect(session.erase)
        view.points_edited.connect(session.edit)
        view.stroke_finished.connect(session.end_stroke)
        view.selection_made.connect(session.selection.choose)

    def use(self, kind: str, way: list[tuple[float, float]], other: bool) -> None:
        """Draw along ``way`` with a tool, as the mouse does."""
        canvas, tools = self.view.canvas, self.view.tools
        tools.toolbox.choose(kind)
        chosen, strokes, drawing = canvas.drawing.chosen, canvas.strokes, canvas.drawing
        if chosen is None:
            strokes.press(*way[0], tools.tool, other=other)
            for x1, x2 in way[1:]:
                strokes.move(x1, x2)
            strokes.release()
            return
        touches = [Touch(x1, x2, 25.0, other=other) for x1, x2 in way]
        drawing.press(touches[0])
        for touch in touches[1:]:
            drawing.move(touch)
            chosen.tick()
        drawing.release(touches[-1])

    @property
    def state(self) -> tuple[bytes, ...]:
        dataset = self.session.dataset
        return tuple(array.tobytes() for array in (dataset.points, dataset.targets, dataset.is_train))


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    view = DecisionView(random=np.random.default_rng(2))
    qtbot.addWidget(view)
    view.resize(380, 400)
    return Bench(view)


# Every example begins with another experiment and an empty history, so the window can be the same.
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(task=st.sampled_from(("two-classes", "regression", "ranking")), actions=st.lists(action, max_size=6))
def test_undo_and_redo_return_exactly(bench: Bench, task: str, actions: list) -> None:
    session = bench.session
    session.replace(compose(task=task, samples=30))
    states = {0: bench.state}
    for each in actions:
        if isinstance(each, str):
            EDITS[each](bench.view.sheet)
        elif is_offered(each[0], session.dataset.classes):
            bench.use(*each)
        position = session.history_steps[1]
        # One action is one step, or none if it changed nothing.
        assert position in (len(states) - 1, len(states))
        states.setdefault(position, bench.state)
        assert states[position] == bench.state
    last = len(states) - 1
    for position in range(last - 1, -1, -1):
        session.undo()
        assert bench.state == states[position]
    for position in range(1, last + 1):
        session.redo()
        assert bench.state == states[position]
