"""Frames: consistent, read-only, and no more than somebody looks at."""

import numpy as np
import pytest

from app.changes import apply
from app.frame_builder import FrameBuilder, FrameRequest
from engine.experiment import Experiment, Layer, Network
from engine.trainer import Trainer
from tests.app.sample_frame import sample_frame

SMALL = Experiment(network=Network(hidden=(Layer(units=3),)))


@pytest.fixture
def trainer() -> Trainer:
    return Trainer(SMALL)


def build(trainer, **request):
    return FrameBuilder().build(trainer, FrameRequest(**request), False, 0.0)


def test_a_frame_agrees_with_the_reference(trainer):
    frame = build(trainer, unit_size=40, output_size=128)
    expected = sample_frame(SMALL)[3]
    assert frame.train_loss == pytest.approx(expected.train_loss, abs=1e-12)
    assert frame.test_loss == pytest.approx(expected.test_loss, abs=1e-12)
    assert (frame.train_metric, frame.test_metric) == (expected.train_metric, expected.test_metric)
    np.testing.assert_allclose(frame.gradient, expected.gradient, atol=1e-12)
    np.testing.assert_allclose(frame.unit_fields, expected.unit_fields, atol=1e-6)
    np.testing.assert_allclose(frame.output_field, expected.output_field, atol=1e-6)
    assert (frame.output_low, frame.output_high) == (0.0, 1.0)


def test_arrays_cannot_be_written_to(trainer):
    frame = build(trainer, unit_size=8, output_size=8, focus_unit=2)
    arrays = [frame.parameters, frame.gradient, frame.update, frame.unit_fields, frame.output_field, frame.focus_field]
    arrays += [frame.train_curve.epochs, frame.train_curve.losses, frame.test_curve.epochs, frame.test_curve.losses]
    assert not any(array.flags.writeable for array in arrays)


def test_nothing_is_computed_that_nobody_looks_at(trainer):
    frame = build(trainer)
    assert frame.unit_fields.shape == (6, 0, 0)
    assert frame.output_field.size == 0
    assert frame.focus_field is None


def test_the_focused_unit_has_a_field_of_its_own(trainer):
    frame = build(trainer, unit_size=16, output_size=16, focus_unit=3)
    np.testing.assert_array_equal(frame.focus_field, frame.unit_fields[3])
    assert frame.focus_unit == 3


def test_a_unit_that_is_gone_has_no_field(trainer):
    frame = build(trainer, output_size=16, focus_unit=6)
    assert (frame.focus_unit, frame.focus_field) == (-1, None)


def test_values_are_drawn_on_the_scale_of_their_targets():
    trainer = Trainer(apply(SMALL, "data.task", "regression"))
    frame = build(trainer)
    largest = np.max(np.abs(trainer.dataset.targets))
    assert (frame.output_low, frame.output_high) == (-largest, largest)


def test_scores_are_drawn_from_the_lowest_to_the_highest():
    trainer = Trainer(apply(SMALL, "data.task", "ranking"))
    frame = build(trainer, outputs=True)
    scores = np.concatenate((frame.train_outputs[0], frame.test_outputs[0]))
    assert (frame.output_low, frame.output_high) == (scores.min(), scores.max())
    empty = build(Trainer(apply(apply(SMALL, "data.task", "ranking"), "data.empty", None)))
    assert empty.output_low < empty.output_high


def test_without_points_there_is_still_a_frame_and_a_scale():
    regression = apply(apply(SMALL, "data.task", "regression"), "data.empty", None)
    frame = build(Trainer(regression), unit_size=8, output_size=8)
    assert np.isnan(frame.train_loss)
    assert frame.output_high > 0.0
    assert not frame.gradient.any()


def test_the_curves_are_the_same_objects_while_nothing_was_added(trainer):
    builder = FrameBuilder()
    first, second = (builder.build(trainer, FrameRequest(), False, 0.0) for _ in range(2))
    assert first.train_curve is second.train_curve
    trainer.run_epoch()
    third = builder.build(trainer, FrameRequest(), False, 0.0)
    assert len(third.train_curve.epochs) == len(first.train_curve.epochs) + 1


def test_an_iteration_is_taken_apart_once_as_long_as_nothing_moves(trainer):
    builder, request = FrameBuilder(), FrameRequest(trace=True)
    first, again = (builder.build(trainer, request, False, 0.0).trace for _ in range(2))
    assert first is not None
    assert again is first
    trainer.step_once()
    moved = builder.build(trainer, request, False, 0.0).trace
    assert moved.step == 1
    trainer.go_to(0)
    back = builder.build(trainer, request, False, 0.0).trace
    np.testing.assert_array_equal(back.update.after, first.update.after)
    edited = trainer.parameters
    edited[0] += 1.0
    trainer.set_parameters(edited)
    assert builder.build(trainer, request, False, 0.0).trace.update.before[0] == edited[0]
    trainer.change(apply(SMALL, "training.learning_rate", 1.0))
    assert builder.build(trainer, request, False, 0.0).trace.update.rate == 1.0
    assert builder.build(trainer, request, True, 0.0).trace is None


def test_statistics_are_only_made_for_whoever_asks(trainer):
    builder = FrameBuilder()
    assert builder.build(trainer, FrameRequest(), True, 0.0).statistics is None
    first = builder.build(trainer, FrameRequest(statistics=True), True, 0.0).statistics
    np.testing.assert_allclose(first.output_a, trainer.evaluation.predictions[0], rtol=1e-12)
    trainer.change(apply(SMALL, "data.samples", 40))
    assert builder.build(trainer, FrameRequest(statistics=True), True, 0.0).statistics.train_count == 28
    trainer.change(apply(SMALL, "network.feature", ("x1x2", True)))
    assert builder.build(trainer, FrameRequest(statistics=True), True, 0.0).statistics is not None
