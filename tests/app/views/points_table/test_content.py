"""The table's content: filters, order, and what a typed text means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.painting.drawing import Drawing
from app.views.points_table.content import ALL_CLASSES, Part, PointsContent, with_cell
from engine.datasets.dataset import Dataset

POINTS = np.array([[0.5, -1.0], [2.0, 3.0], [-4.0, 0.25]])


def _content(task: str = "two-classes", classes: int = 2, shape: tuple[int, int] | None = None) -> PointsContent:
    dataset = Dataset(POINTS, np.array([1.0, 0.0, 1.0]), np.array([True, False, True]), classes=classes, shape=shape)
    return PointsContent(dataset, task)


def _column(content: PointsContent, name: str):
    return next(column for column in content.columns if column.name == name)


def test_cells_are_read_as_people_write_them() -> None:
    content = _content()
    assert [content.text(0, column) for column in content.columns] == ["1", "0.5000", "−1.0000", "B", "train"]
    assert [content.full_text(1, column) for column in content.columns] == ["2", "2.0", "3.0", "A", "test"]


def test_each_task_names_what_is_wanted() -> None:
    titles = {task: [column.title for column in _content(task, classes).columns] for task, classes in (
        ("two-classes", 2), ("regression", 0), ("ranking", 0), ("regression-1d", 0)
    )}  # fmt: skip
    assert titles == {
        "two-classes": ["No.", "x₁", "x₂", "Class", "Part"],
        "regression": ["No.", "x₁", "x₂", "Value", "Part"],
        "ranking": ["No.", "x₁", "x₂", "Score", "Part"],
        "regression-1d": ["No.", "x", "y", "Part"],
    }


def test_the_pixels_of_a_picture_keep_their_places() -> None:
    content = _content("segmentation", shape=(1, 3))
    assert [column.name for column in content.columns if column.editable] == ["target"]


def test_filters_by_class_and_part() -> None:
    content = _content()
    assert content.shown(ALL_CLASSES, Part.ALL).tolist() == [0, 1, 2]
    assert content.shown(1, Part.ALL).tolist() == [0, 2]
    assert content.shown(ALL_CLASSES, Part.TEST).tolist() == [1]
    assert content.shown(1, Part.TEST).tolist() == []


@given(
    values=hnp.arrays(np.float64, st.integers(0, 30), elements=st.integers(-3, 3).map(float)), descending=st.booleans()
)
def test_sorting_orders_and_keeps_equal_ones_in_place(values: np.ndarray, descending: bool) -> None:
    points = np.column_stack((values, values))
    content = PointsContent(
        Dataset(points, np.zeros(len(values)), np.ones(len(values), bool), classes=2), "two-classes"
    )
    column = _column(content, "x1")
    ordered = content.ordered(content.shown(ALL_CLASSES, Part.ALL), column, descending=descending)
    expected = sorted(range(len(values)), key=lambda k: (-values[k] if descending else values[k], k))
    assert ordered.tolist() == expected


@pytest.mark.parametrize(("text", "value"), [("0,5", 0.5), ("−2", -2.0), ("1e3", 1000.0)])
def test_numbers_are_typed_as_anywhere(text: str, value: float) -> None:
    content = _content()
    assert content.parsed(text, _column(content, "x1")) == value


@pytest.mark.parametrize(("text", "number"), [("A", 0), ("b", 1), (" 2 ", 1)])
def test_classes_are_typed_by_name_or_number(text: str, number: int) -> None:
    content = _content()
    assert content.parsed(text, _column(content, "target")) == number


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("x1", "abc", "x₁ must be a number"),
        ("x1", "", "x₁ must be a number"),
        ("x1", "nan", "x₁ must be a number"),
        ("x1", "1e308", "x₁ must lie between −1,000,000 and 1,000,000."),
        ("target", "C", "There is no class “C”: it must be A or B."),
        ("target", "", "There is no class “”: it must be A or B."),
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence(column: str, text: str, said: str) -> None:
    content = _content()
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        content.parsed(text, _column(content, column))


def test_one_cell_is_changed_and_nothing_else() -> None:
    content, drawing = _content(), Drawing(POINTS, np.array([1.0, 0.0, 1.0]), POINTS)
    moved = with_cell(1, _column(content, "x2"), 9.0, is_curve=False)(drawing)
    assert moved.points.tolist() == [[0.5, -1], [2, 9], [-4, 0.25]]
    assert moved.targets is drawing.targets
    told = with_cell(1, _column(content, "target"), 1.0, is_curve=False)(drawing)
    assert told.targets.tolist() == [1, 1, 1]
    curve = with_cell(1, _column(content, "x2"), 0.5, is_curve=True)(drawing)
    assert curve.targets.tolist() == [1, 0.5, 1]
    assert curve.points is drawing.points
