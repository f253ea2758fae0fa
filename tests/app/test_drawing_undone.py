"""Whatever is drawn, in whatever order: undo brings every state back exactly, and redo makes it again."""

from collections.abc import Callable
from functools import partial
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.painting.flood import parse
from app.painting.guides import Guides
from app.session import Session
from app.training_worker import TrainingWorker
from app.views.curve import CurveView
from app.views.decision import DecisionView
from app.views.decision.drawing_tools import selection_edits
from app.views.decision.drawing_tools.flooding import GO, STAY, flood
from app.views.decision.drawing_tools.sheet import NOTHING, Sheet
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.palette_entries import ENTRIES, is_offered
from app.views.image import ImageView
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

SPLIT = parse("y > sin(x)")
EDITS: dict[str, Callable[[Sheet], None]] = {
    "select all": selection_edits.select_all,
    "delete": selection_edits.delete,
    "duplicate": selection_edits.duplicate,
    "turn": lambda sheet: selection_edits.turn(sheet, 0.3),
    "mirror": lambda sheet: selection_edits.stretch(sheet, -1.0, 1.0),
    "nudge": lambda sheet: selection_edits.nudge(sheet, 1, 0, far=False),
    "class": lambda sheet: selection_edits.give_class(sheet, 1),
    "value": lambda sheet: selection_edits.give_value(sheet, 0.25),
    "stretch": lambda sheet: selection_edits.stretch(sheet, 1.3, 0.7),
    "split": lambda sheet: flood(sheet, SPLIT, "y > sin(x)", 1.0, STAY),
    "thin out": lambda sheet: flood(sheet, SPLIT, "y > sin(x)", GO, STAY),
}
# The edits that have no sense where the targets are values.
OF_CLASSES = ("class",)
place = st.tuples(st.floats(-6.0, 6.0), st.floats(-6.0, 6.0))
gesture = st.tuples(st.sampled_from(sorted(ENTRIES)), st.lists(place, min_size=2, max_size=4), st.booleans())
action = gesture | st.sampled_from(sorted(EDITS))
way = st.lists(place, min_size=2, max_size=4)
guides = st.builds(
    Guides,
    grid=st.sampled_from((0.0, 0.5)),
    mirror_x1=st.booleans(),
    turns=st.sampled_from((1, 3)),
    limits=st.sampled_from(((-6.0, 6.0), (-4.0, 4.0))),
)


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


class PixelBench:
    """The view of an image and a session without a worker, joined as in the window."""

    def __init__(self, view: ImageView) -> None:
        self.view = view
        self.session = session = Session(worker=Mock(spec=TrainingWorker))
        session.experiment_changed.connect(view.show_experiment)
        view.stroke_started.connect(session.begin_stroke)
        view.points_edited.connect(session.edit)
        view.stroke_finished.connect(session.end_stroke)

    def draw(self, way: list[tuple[int, int]], size: int, fills: bool, other: bool) -> None:
        """Draw along the pixels of ``way``, or fill at its first one."""
        tools, strokes, dataset = self.view.tools, self.view.panes.strokes, self.session.dataset
        tools.size_slider.set_stop(float(size))
        tools.choose_tool(fills=fills)
        assert dataset.shape is not None
        rows, columns = dataset.shape
        first = (min(max(way[0][0], 0), rows - 1), min(max(way[0][1], 0), columns - 1))
        strokes.press(dataset.targets.reshape(dataset.shape), first, tools.value, other=other)
        for stop in way[1:]:
            strokes.move(stop)
        strokes.release()

    @property
    def state(self) -> tuple[bytes, ...]:
        return (self.session.dataset.targets.tobytes(),)


@pytest.fixture
def pixel_bench(qtbot: QtBot) -> PixelBench:
    view = ImageView()
    qtbot.addWidget(view)
    return PixelBench(view)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    view = DecisionView(random=np.random.default_rng(2))
    qtbot.addWidget(view)
    view.resize(380, 400)
    return Bench(view)


def assert_undone_and_made_again(bench: Bench | PixelBench, acts: list[Callable[[], None]]) -> int:
    """Do all ``acts``, take them back and make them again; return how many of them changed anything."""
    session = bench.session
    states = {0: bench.state}
    for act in acts:
        act()
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
    return last


# Every example begins with another experiment and an empty history, so the window can be the same.
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(task=st.sampled_from(("two-classes", "classes", "regression", "ranking")), actions=st.lists(action, max_size=6))
def test_undo_and_redo_return_exactly(bench: Bench, task: str, actions: list) -> None:
    session = bench.session
    session.replace(compose(task=task, samples=30))
    acts: list[Callable[[], None]] = []
    for each in actions:
        if isinstance(each, str):
            acts.append(partial(EDITS[each], bench.view.sheet))
        elif is_offered(each[0], session.dataset.classes):
            acts.append(partial(bench.use, *each))
    assert_undone_and_made_again(bench, acts)


@pytest.mark.parametrize("kind", sorted(ENTRIES))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strokes=st.lists(st.tuples(way, st.booleans()), min_size=1, max_size=3), used=guides)
def test_strokes_of_each_tool_return_exactly_with_whatever_guides(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: str, strokes: list, used: Guides
) -> None:
    task = "two-classes" if is_offered(kind, 2) else "regression"
    bench.session.replace(compose(task=task, samples=60))
    with monkeypatch.context() as patched:
        patched.setattr(type(bench.view.tools.guides), "guides", used)
        bench.view.tools.guides.changed.emit()
        acts = [partial(bench.use, kind, stops, other) for stops, other in strokes]
        assert_undone_and_made_again(bench, acts)
    bench.view.tools.guides.changed.emit()


@pytest.mark.parametrize("kind", sorted(ENTRIES))
def test_each_tool_makes_a_step_that_returns_exactly(bench: Bench, kind: str) -> None:
    task = "two-classes" if is_offered(kind, 2) else "regression"
    bench.session.replace(compose(task=task, samples=200))
    bench.view.tools.options.radius.set_stop(2.0)
    bench.view.tools.choose(0)
    sheet = bench.view.sheet
    # What is selected is carried from within its frame.
    selection_edits.select_all(sheet)
    if kind not in ("select", "lasso"):
        sheet.select(NOTHING)
    stops = [(-0.5, 0.0), (0.5, 0.5), (1.0, 0.5)]
    assert assert_undone_and_made_again(bench, [partial(bench.use, kind, stops, False)]) == 1


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_each_edit_of_selected_points_makes_a_step_that_returns_exactly(bench: Bench, edit: str) -> None:
    bench.session.replace(compose(task="two-classes" if edit in OF_CLASSES else "regression", samples=60))
    selection_edits.select_all(bench.view.sheet)
    acts = [partial(EDITS[edit], bench.view.sheet)]
    # Selecting is no step.
    assert assert_undone_and_made_again(bench, acts) == (edit != "select all")


def test_points_along_a_formula_return_exactly(qtbot: QtBot) -> None:
    view = CurveView(random=np.random.default_rng(2))
    qtbot.addWidget(view)
    bench = Bench(view)
    bench.session.replace(compose(task="regression-1d", samples=30))
    view.formula.field.setText("sin(x)")
    view.formula.renew()
    acts = [view.formula.apply.click, partial(bench.use, "attract", [(0.0, 0.0), (1.0, 1.0)], False)]
    assert assert_undone_and_made_again(bench, acts) == 2


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    task=st.sampled_from(("segmentation", "reconstruction")),
    strokes=st.lists(
        st.tuples(
            st.lists(st.tuples(st.integers(-1, 10), st.integers(-1, 10)), min_size=2, max_size=4),
            st.sampled_from((1, 2, 5)),
            st.booleans(),
            st.booleans(),
        ),
        max_size=5,
    ),
)
def test_strokes_of_pixels_return_exactly(pixel_bench: PixelBench, task: str, strokes: list) -> None:
    pixel_bench.session.replace(compose(task=task, samples=100))
    acts = [partial(pixel_bench.draw, *stroke) for stroke in strokes]
    assert_undone_and_made_again(pixel_bench, acts)
