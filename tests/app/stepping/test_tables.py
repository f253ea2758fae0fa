"""The tables of an iteration: the lecture's numbers, and files that lose nothing."""

import csv
import io

import numpy as np
import pytest

from app.stepping.records import MEAN
from app.stepping.tables import (
    PARAMETER_COLUMNS,
    UNIT_COLUMNS,
    Column,
    Values,
    csv_text,
    parameter_values,
    sample_columns,
    sample_values,
    unit_values,
)
from app.views.parameter_text import Place, UnitPlace
from engine.compose import compose
from engine.datasets.dataset import Array
from engine.examples import EXAMPLES
from engine.trace import Trace
from tests.app.views.places import trace_of

LECTURE = EXAMPLES["lecture-backpropagation"]


def rows_of(columns: tuple[Column, ...], values: Values) -> list[dict[str, object]]:
    """Return a table row by row, each with its cells by the names of the columns."""
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def unit_rows(trace: Trace, focus: int) -> list[dict[str, object]]:
    return rows_of(UNIT_COLUMNS, unit_values(trace, focus))


def parameter_rows(trace: Trace, focus: int) -> list[dict[str, object]]:
    return rows_of(PARAMETER_COLUMNS, parameter_values(trace, focus))


def places_of(rows: list[dict[str, object]], *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def numbers_of(rows: list[dict[str, object]], name: str) -> Array:
    return np.array([row[name] for row in rows], float)


def test_the_units_of_the_lecture() -> None:
    rows = unit_rows(trace_of(LECTURE.make()), 0)
    assert places_of(rows, "layer", "unit", "member") == [(1, 1, 1), (1, 2, 1), (2, 1, 1)]
    z, a, slope, upstream, delta = (numbers_of(rows, name) for name in ("z", "a", "slope", "dL/da", "delta"))
    assert z == pytest.approx([0.21, 0.315, 0.685987], abs=1e-6)
    assert a == pytest.approx([0.552308, 0.578105, 0.665074], abs=1e-6)
    assert delta == pytest.approx([0.0027276, 0.0080714, 0.036770], abs=5e-7)
    assert slope == pytest.approx(a * (1.0 - a))
    assert upstream * slope == pytest.approx(delta)


def test_the_weights_of_the_lecture() -> None:
    rows = parameter_rows(trace_of(LECTURE.make()), 0)
    assert places_of(rows, "layer", "unit", "input") == [
        (1, 1, "x1"),
        (1, 1, "x2"),
        (1, 2, "x1"),
        (1, 2, "x2"),
        (2, 1, "1"),
        (2, 1, "2"),
    ]
    before, update, after = (numbers_of(rows, name) for name in ("before", "update", "after"))
    assert list(before) == [0.2, 0.2, 0.3, 0.3, 0.3, 0.9]
    assert after == pytest.approx([0.199045, 0.198091, 0.297175, 0.294350, 0.279691, 0.878743], abs=1e-6)
    # One sample, no penalty, learning rate 1.
    assert numbers_of(rows, "dL/dw of the sample") == pytest.approx(numbers_of(rows, "dL/dw"))
    assert update == pytest.approx(-numbers_of(rows, "dL/dw"))
    assert before + update == pytest.approx(after)


def test_means_are_over_the_batch_and_no_sample_has_them() -> None:
    trace = trace_of(compose(hidden=(3,), batch_size=7))
    rows = unit_rows(trace, MEAN)
    assert numbers_of(rows[:3], "z") == pytest.approx(trace.passes[0][0].z.mean(axis=1))
    assert numbers_of(rows[:3], "delta") == pytest.approx(trace.passes[0][0].deltas.mean(axis=1))
    assert np.isnan(numbers_of(parameter_rows(trace, MEAN), "dL/dw of the sample")).all()


def test_the_gradient_is_the_mean_of_the_samples() -> None:
    trace = trace_of(compose(hidden=(3,), batch_size=5))
    own = [numbers_of(parameter_rows(trace, sample), "dL/dw of the sample") for sample in range(5)]
    assert np.mean(own, axis=0) == pytest.approx(numbers_of(parameter_rows(trace, MEAN), "dL/dw"))


def test_biases_and_the_penalty_are_there() -> None:
    trace = trace_of(compose(hidden=(2,), batch_size=5, l2=0.1))
    rows = parameter_rows(trace, MEAN)
    assert len(rows) == trace.layout.parameter_count
    inputs = ["x1", "x2", "x1", "x2", "bias", "bias", "1", "2", "bias"]
    assert places_of(rows, "layer", "unit", "input") == [
        *zip([1] * 6 + [2] * 3, [1, 1, 2, 2, 1, 2, 1, 1, 1], inputs, strict=True)
    ]
    gradient, penalty = numbers_of(rows, "dL/dw"), numbers_of(rows, "penalty")
    assert penalty.any()
    assert gradient + penalty == pytest.approx(numbers_of(rows, "applied"))


def test_members_of_a_group_stand_below_each_other() -> None:
    trace = trace_of(compose(task="embedding", loss="triplet", hidden=(2,), batch_size=4))
    rows = unit_rows(trace, 1)
    assert places_of(rows, "layer", "unit", "member")[:6] == [
        (1, unit, member) for unit in (1, 2) for member in (1, 2, 3)
    ]
    z = np.stack([passes[0].z[:, 1] for passes in trace.passes], axis=1)
    assert numbers_of(rows[:6], "z") == pytest.approx(z.reshape(-1))


def sample_rows(trace: Trace, unit: UnitPlace, parameter: Place | None) -> list[dict[str, object]]:
    return rows_of(sample_columns(trace), sample_values(trace, unit, parameter))


def test_every_sample_of_the_batch_has_a_row_and_their_means_are_those_of_the_batch() -> None:
    trace = trace_of(compose(hidden=(3,), batch_size=5))
    weight = Place(0, 1, 0)
    rows = sample_rows(trace, UnitPlace(0, 1), weight)
    assert places_of(rows, "sample") == [(1,), (2,), (3,), (4,), (5,)]
    assert numbers_of(rows, "number") == pytest.approx(trace.samples[0] + 1)
    assert np.array([numbers_of(rows, "x1"), numbers_of(rows, "x2")]) == pytest.approx(trace.points[0])
    assert numbers_of(rows, "y") == pytest.approx(trace.wanted[0])
    prediction = numbers_of(rows, "prediction")
    assert prediction == pytest.approx(trace.passes[0][1].a[0])
    # The mean of the cross-entropies, from what stands in the table.
    y = numbers_of(rows, "y")
    assert numbers_of(rows, "loss") == pytest.approx(-np.log(np.where(y == 1.0, prediction, 1.0 - prediction)))
    assert numbers_of(rows, "loss").mean() == pytest.approx(trace.loss)
    assert numbers_of(rows, "dL/da") * numbers_of(rows, "slope") == pytest.approx(numbers_of(rows, "delta"))
    assert numbers_of(rows, "delta") * numbers_of(rows, "x1") == pytest.approx(numbers_of(rows, "dL/dw"))
    gradient = trace.layout.weights(trace.update.gradient, 0)[1, 0]
    assert numbers_of(rows, "dL/dw").mean() == pytest.approx(gradient)
    assert np.isnan(numbers_of(sample_rows(trace, UnitPlace(0, 1), None), "dL/dw")).all()


def test_several_outputs_and_members_have_columns_and_rows_of_their_own() -> None:
    trace = trace_of(compose(task="embedding", loss="triplet", hidden=(2,), batch_size=4))
    rows = sample_rows(trace, UnitPlace(0, 0), None)
    assert places_of(rows, "sample", "member")[:4] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert numbers_of(rows[:3], "number") == pytest.approx(trace.samples[:, 0] + 1)
    outputs = np.array([numbers_of(rows[:3], f"prediction{number}") for number in (1, 2)])
    assert outputs == pytest.approx(np.stack([passes[-1].a[:, 0] for passes in trace.passes], axis=1))
    assert len({row["loss"] for row in rows[:3]}) == 1


def test_files_keep_every_digit() -> None:
    trace = trace_of(compose(hidden=(3,), features=("x1", "x1^2"), batch_size=5))
    tables = (
        (UNIT_COLUMNS, unit_values(trace, 2)),
        (PARAMETER_COLUMNS, parameter_values(trace, 2)),
        (sample_columns(trace), sample_values(trace, UnitPlace(1, 0), Place(1, 0, 2))),
    )
    for columns, values in tables:
        read = list(csv.reader(io.StringIO(csv_text(columns, values))))
        assert read[0] == [column.name for column in columns]
        for line, row in zip(read[1:], zip(*values, strict=True), strict=True):
            assert [type(cell)(text) for cell, text in zip(row, line, strict=True)] == list(row)
