"""The tables of an iteration: the lecture's numbers, and files that lose nothing."""

import csv
import io

import numpy as np
import pytest

from app.stepping.records import MEAN
from app.stepping.tables import PARAMETER_COLUMNS, UNIT_COLUMNS, csv_text, parameter_rows, unit_rows
from engine.compose import compose
from engine.examples import EXAMPLES
from tests.app.views.places import trace_of

LECTURE = EXAMPLES["lecture-backpropagation"]


def test_the_units_of_the_lecture() -> None:
    rows = unit_rows(trace_of(LECTURE.make()), 0)
    assert [row[:3] for row in rows] == [(1, 1, 1), (1, 2, 1), (2, 1, 1)]
    assert [row.z for row in rows] == pytest.approx([0.21, 0.315, 0.685987], abs=1e-6)
    assert [row.a for row in rows] == pytest.approx([0.552308, 0.578105, 0.665074], abs=1e-6)
    assert [row.delta for row in rows] == pytest.approx([0.0027276, 0.0080714, 0.036770], abs=5e-7)
    assert [row.slope for row in rows] == pytest.approx([row.a * (1.0 - row.a) for row in rows])
    assert [row.upstream * row.slope for row in rows] == pytest.approx([row.delta for row in rows])


def test_the_weights_of_the_lecture() -> None:
    rows = parameter_rows(trace_of(LECTURE.make()), 0)
    assert [(row.layer, row.unit, row.input) for row in rows] == [
        (1, 1, "x1"),
        (1, 1, "x2"),
        (1, 2, "x1"),
        (1, 2, "x2"),
        (2, 1, "1"),
        (2, 1, "2"),
    ]
    assert [row.before for row in rows] == [0.2, 0.2, 0.3, 0.3, 0.3, 0.9]
    after = [0.199045, 0.198091, 0.297175, 0.294350, 0.279691, 0.878743]
    assert [row.after for row in rows] == pytest.approx(after, abs=1e-6)
    # One sample, no penalty, learning rate 1.
    assert [row.own for row in rows] == pytest.approx([row.gradient for row in rows])
    assert [row.update for row in rows] == pytest.approx([-row.gradient for row in rows])
    assert [row.before + row.update for row in rows] == pytest.approx([row.after for row in rows])


def test_means_are_over_the_batch_and_no_sample_has_them() -> None:
    trace = trace_of(compose(hidden=(3,), batch_size=7))
    rows = unit_rows(trace, MEAN)
    for place, row in enumerate(rows[:3]):
        assert row.z == pytest.approx(trace.passes[0][0].z[place].mean())
        assert row.delta == pytest.approx(trace.passes[0][0].deltas[place].mean())
    assert all(np.isnan(row.own) for row in parameter_rows(trace, MEAN))


def test_the_gradient_is_the_mean_of_the_samples() -> None:
    trace = trace_of(compose(hidden=(3,), batch_size=5))
    own = np.array([[row.own for row in parameter_rows(trace, sample)] for sample in range(5)])
    assert own.mean(axis=0) == pytest.approx(np.array([row.gradient for row in parameter_rows(trace, MEAN)]))


def test_biases_and_the_penalty_are_there() -> None:
    trace = trace_of(compose(hidden=(2,), batch_size=5, l2=0.1))
    rows = parameter_rows(trace, MEAN)
    assert len(rows) == trace.layout.parameter_count
    assert [row.input for row in rows] == ["x1", "x2", "x1", "x2", "bias", "bias", "1", "2", "bias"]
    assert any(row.penalty for row in rows)
    for row in rows:
        assert row.gradient + row.penalty == pytest.approx(row.applied)


def test_members_of_a_group_stand_below_each_other() -> None:
    trace = trace_of(compose(task="embedding", loss="triplet", hidden=(2,), batch_size=4))
    assert [row[:3] for row in unit_rows(trace, 1)][:6] == [
        (1, unit, member) for unit in (1, 2) for member in (1, 2, 3)
    ]


def test_files_keep_every_digit() -> None:
    trace = trace_of(compose(hidden=(3,), features=("x1", "x1^2"), batch_size=5))
    for columns, rows in ((UNIT_COLUMNS, unit_rows(trace, 2)), (PARAMETER_COLUMNS, parameter_rows(trace, 2))):
        read = list(csv.reader(io.StringIO(csv_text(columns, rows))))
        assert read[0] == [column.name for column in columns]
        for line, row in zip(read[1:], rows, strict=True):
            assert [type(cell)(text) for cell, text in zip(row, line, strict=True)] == list(row)
