"""From columns to points: classes, missing cells, scaling and projection, each checked by another way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.datasets.tables import Choice, Imported, Table, read_table, suggest, to_points
from engine.datasets.tables.projection import principal_components
from engine.experiment_file import read, write

IRIS = b"""id,width,height,kind
1,1.0,10,setosa
2,3.0,20,virginica
3,5.0,60,setosa
"""


def imported(source: bytes, **changes: object) -> Imported:
    table = read_table(source)
    chosen = suggest(table)
    fields = {name: getattr(chosen, name) for name in chosen.__struct_fields__}
    return to_points(table, Choice(**{**fields, **changes}))


def test_numbers_too_far_apart_to_subtract_are_no_row_numbers() -> None:
    table = read_table(b"a,b,c\n1e308,2,x\n-1e308,3,y\n1,5,x\n")
    assert suggest(table).inputs == ("a", "b")


def test_the_suggestion_leaves_row_numbers_out_and_learns_the_words() -> None:
    assert suggest(read_table(IRIS)) == Choice(("width", "height"), "kind", "two-classes", "drop", "standard")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"x1,x2,class\n9,9,0\n1,1,1\n", Choice(("x1", "x2"), "class", "two-classes", "drop", "none")),
        (b"x,y\n1,2\n2,2.5\n", Choice(("x",), "y", "regression-1d", "drop", "none")),
        (b"height,weight\n150,60\n180,80\n", Choice(("height",), "weight", "regression-1d")),
        (b"a,b,c\n1.5,2,0.5\n2,3,0.25\n", Choice(("a", "b"), "c", "regression", "drop", "none")),
        (b"kind,a,b\nx,1,20\ny,2,30\nz,5,1\n", Choice(("a", "b"), "kind", "classes")),
        (b"a,b,c,d\n1,2,9,0\n2,3,5,1\n2,3,7,2\n", Choice(("a", "b", "c"), "d", "classes")),
        (b"x,y,kind\n1,20,a\n2,30,b\n3,40,a\n", Choice(("x", "y"), "kind", "two-classes")),
        (b"day,price\n1,20.5\n2,30\n3,40\n", Choice(("day",), "price", "regression-1d", "drop", "none")),
        (b"y,a,b\n0.5,10,20\n1.5,2,30\n", Choice(("a", "b"), "y", "regression")),
    ],
)
def test_suggestions(source: bytes, expected: Choice) -> None:
    assert suggest(read_table(source)) == expected


def test_what_is_said_is_kept() -> None:
    table = read_table(IRIS)
    assert suggest(table, inputs=("HEIGHT",), target="width") == Choice(("height",), "width", "regression-1d")
    assert suggest(table, target="height").inputs == ("width",)
    assert suggest(table, inputs=("id", "height")).target == "kind"


def test_standard_scaling_by_hand() -> None:
    result = imported(IRIS)
    # Widths 1, 3, 5: mean 3, standard deviation √(8/3).
    np.testing.assert_allclose(result.points.inputs[:, 0], np.array([-2.0, 0.0, 2.0]) * 2.0 / np.sqrt(8.0 / 3.0))
    np.testing.assert_allclose(result.points.inputs[:, 1].std(), 2.0)
    assert result.points.targets.tolist() == [0.0, 1.0, 0.0]
    assert (result.task, result.classes) == ("two-classes", 2)
    assert result.remarks == (
        "3 of 3 rows are used: 2 of “setosa”, 1 of “virginica”.",
        "x₁ = (“width” − 3) · 1.225: its mean is 3, its standard deviation 1.633.",
        "x₂ = (“height” − 30) · 0.09258: its mean is 30, its standard deviation 21.6.",
    )


def test_min_max_scaling_and_none() -> None:
    result = imported(IRIS, normalization="min-max")
    np.testing.assert_allclose(result.points.inputs, [[-5.0, -5.0], [0.0, -3.0], [5.0, 5.0]])
    assert result.remarks[1] == "x₁ = (“width” − 3) · 2.5: it goes from 1 to 5."
    result = imported(IRIS, normalization="none")
    assert result.points.inputs.tolist() == [[1.0, 10.0], [3.0, 20.0], [5.0, 60.0]]
    assert result.remarks[1:] == ("3 points lie outside the picture, which goes from −6 to 6.",)


@pytest.mark.parametrize("normalization", ["none", "standard", "min-max"])
@pytest.mark.parametrize("inputs", [("a", "b"), ("a", "b", "c", "d"), ("a",)])
def test_the_kept_numbers_lead_from_the_table_to_the_points(normalization: str, inputs: tuple[str, ...]) -> None:
    random = np.random.default_rng(3)
    values = random.normal(size=(40, 5)) * (1.0, 20.0, 300.0, 0.01, 50.0) + (0.0, 5.0, -100.0, 1.0, 7.0)
    text = "a,b,c,d,goal\n" + "".join(",".join(map(repr, row)) + "\n" for row in values.tolist())
    task = "regression-1d" if len(inputs) == 1 else "regression"
    points = imported(text.encode(), inputs=inputs, target="goal", task=task, normalization=normalization).points
    columns = points.columns
    assert columns is not None
    assert (columns.names, columns.target) == (inputs, "goal")
    chosen = values[:, ["abcd".index(name) for name in inputs]]
    placed = chosen @ np.array(columns.weights).T + columns.shifts
    wanted = values[:, 4] * columns.target_weight + columns.target_shift
    np.testing.assert_allclose(points.targets, wanted, atol=1e-9)
    expected = np.column_stack((placed, wanted)) if len(inputs) == 1 else placed
    np.testing.assert_allclose(points.inputs, expected, atol=1e-9)
    if normalization != "none":
        assert (points.targets.min(), points.targets.max()) == pytest.approx((-1.0, 1.0))


def test_principal_components_against_eigenvectors() -> None:
    random = np.random.default_rng(1)
    matrix = random.normal(size=(200, 2)) @ random.normal(size=(2, 5)) + 0.05 * random.normal(size=(200, 5)) + 7.0
    found = principal_components(matrix)
    standard = (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)
    variances, vectors = np.linalg.eigh(np.cov(standard.T, bias=True))
    for place, which in enumerate((-1, -2)):
        expected = standard @ vectors[:, which]
        np.testing.assert_allclose(np.abs(found.values[:, place]), np.abs(expected), atol=1e-9)
    assert found.share == pytest.approx(variances[-2:].sum() / variances.sum())
    assert found.share > 0.95
    np.testing.assert_allclose(matrix @ found.weights.T + found.shifts, found.values, atol=1e-9)


def test_a_projection_is_said_and_a_constant_column_does_not_matter() -> None:
    source = b"a,b,c,k,kind\n1,2,1.5,7,x\n4,4,3.5,7,y\n3,7,3.5,7,x\n"
    result = imported(source)
    assert result.points.columns is not None
    assert len(result.points.columns.names) == 4
    assert [row[3] for row in result.points.columns.weights] == [0.0, 0.0]
    assert result.remarks[1].startswith("4 columns were standardized and projected onto their two principal components")
    without = imported(source, inputs=("a", "b", "c"))
    np.testing.assert_allclose(result.points.inputs, without.points.inputs)


def test_missing_cells() -> None:
    source = b"a,b,kind\n1,10,x\n,20,y\n3,NA,x\n5,60,\n8,90,y\n"
    left_out = imported(source, normalization="none")
    assert left_out.points.inputs.tolist() == [[1.0, 10.0], [8.0, 90.0]]
    assert "3 rows were left out for want of a number in every chosen column." in left_out.remarks
    filled = imported(source, normalization="none", missing="mean")
    assert filled.points.inputs.tolist() == [[1.0, 10.0], [4.25, 20.0], [3.0, 45.0], [8.0, 90.0]]
    assert filled.remarks[:4] == (
        "4 of 5 rows are used: 2 of “x”, 2 of “y”.",
        "1 empty cell of “a” became its mean, 4.25.",
        "1 empty cell of “b” became its mean, 45.",
        "1 row was left out for want of a target.",
    )


@pytest.mark.parametrize(
    ("entries", "targets", "names"),
    [
        ("bab", [1, 0, 1], ("a", "b")),
        ("020", [0, 2, 0], ("0", "1", "2")),
        ("131", [0, 1, 0], ("1", "3")),
        ("1b2", [0, 2, 1], ("1", "2", "b")),
        (("-1", "1", "-1"), [0, 1, 0], ("-1", "1")),
        (("0", "0.5", "0"), [0, 1, 0], ("0", "0.5")),
        (("none", "mild", "none"), [1, 0, 1], ("mild", "none")),
        (("b ", "B", "b"), [1, 0, 1], ("B", "b")),
    ],
)
def test_classes(entries: str, targets: list[int], names: tuple[str, ...]) -> None:
    rows = "".join(f"{place},{place * place},{entry}\n" for place, entry in enumerate(entries))
    result = imported(f"a,b,c\n{rows}".encode(), target="c", task="classes", inputs=("a", "b"))
    assert result.points.targets.tolist() == targets
    assert result.points.columns is not None
    assert result.points.columns.classes == names
    assert result.classes == max(2, len(names))


def test_the_experiment_keeps_what_the_numbers_meant() -> None:
    result = imported(IRIS)
    experiment = compose(points=result.points, task=result.task, classes=result.classes)
    again = read(write(experiment))
    assert again == experiment
    assert again.data.source.columns == result.points.columns  # type: ignore[union-attr]
    assert resolve(again.data).points.tolist() == result.points.inputs.tolist()


@given(arrays(np.float64, (6, 2), elements=st.floats(-1e100, 1e100)), st.sampled_from(["standard", "min-max"]))
def test_scaling_never_leaves_the_numbers(values: np.ndarray, normalization: str) -> None:
    rows = "".join(f"{a!r},{b!r},{place % 2}\n" for place, (a, b) in enumerate(values.tolist()))
    table: Table = read_table(f"a,b,c\n{rows}".encode())
    points = to_points(table, Choice(("a", "b"), "c", "two-classes", "drop", normalization)).points  # type: ignore[arg-type]
    assert np.all(np.abs(points.inputs) <= 6.0)
