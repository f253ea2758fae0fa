"""The loss explorer: every curve, slope and point against numbers from another way."""

import gc
import weakref

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.theme import DARK, LIGHT
from app.views.explorers.loss import LossExplorer
from app.views.explorers.loss_curves import PRE_ACTIVATION, PREDICTION
from engine import reference
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment, Points
from engine.losses import LOSSES
from engine.parameters import layout
from engine.sample_tables import sample_table
from engine.tasks import TASKS
from engine.trainer import Trainer
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.explorers.explored import explored, statistics_with
from tests.app.views.networks import hover

pytestmark = IGNORE_PLATFORM

PAIRS = [pytest.param(task.name, loss, id=f"{task.name}-{loss}") for task in TASKS for loss in task.losses]


def shown(qtbot, experiment: Experiment, scale: float = 1.0) -> LossExplorer:
    view = LossExplorer()
    qtbot.addWidget(view)
    view.resize(1000, 220)
    view.show()
    experiment, dataset, shape, frame = explored(experiment, scale)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    return view


def point_losses(view: LossExplorer) -> np.ndarray:
    return np.concatenate([points.y for points in view.picture.panels[0].points])


def point_places(view: LossExplorer) -> np.ndarray:
    return np.concatenate([points.x for points in view.picture.panels[0].points])


@pytest.mark.parametrize(("task", "loss"), PAIRS)
def test_every_loss_is_drawn_whatever_the_numbers_are(qtbot, task, loss) -> None:
    view = shown(qtbot, compose(task=task, loss=loss, samples=60))
    frame = view.frame
    for axis in (PREDICTION, PRE_ACTIVATION):
        view.axis.choose(axis)
        for value in (None, np.nan, np.inf, -np.inf, 0.0, 1e150):
            outputs = frame.statistics.output_a
            outputs = outputs if value is None else np.full_like(outputs, value)
            view.show_frame(msgspec.structs.replace(frame, statistics=statistics_with(frame.statistics, outputs)))
            assert not view.grab().isNull()
    for theme, size in (
        (LIGHT, (676, 130)),
        (msgspec.structs.replace(DARK, text_scale=1.5), (384, 500)),
        (DARK, (40, 30)),
    ):
        view.set_theme(theme)
        view.resize(*size)
        assert not view.grab().isNull()


@pytest.mark.parametrize(("task", "loss"), PAIRS)
def test_the_mean_of_the_points_is_the_train_loss(qtbot, task, loss) -> None:
    """All samples together, of both classes, cost what the reference says of pairs, triplets and samples."""
    experiment = compose(task=task, loss=loss, samples=60)
    view = shown(qtbot, experiment)
    losses = point_losses(view)
    if view.target_class.isVisible():
        view.target_class.set_name("0")
        view.target_class.chosen.emit("0")
        losses = np.concatenate((losses, point_losses(view)))
    table = sample_table(experiment, view.dataset, view.dataset.is_train)
    own, partners = table.inputs[:, : table.count], table.partners
    inputs = (own, *(own[:, partners[k]] for k in range(LOSSES[loss].members - 1))) if LOSSES[loss].members > 1 else own
    setting = LOSSES[loss].settings[0].default if LOSSES[loss].settings else None
    mean = reference.mean_loss(
        view.layout_, view.frame.parameters, inputs, table.wanted[:, : table.count], loss, setting
    )
    assert losses.mean() == pytest.approx(mean, rel=1e-9)


@pytest.mark.parametrize(("task", "loss"), PAIRS)
@pytest.mark.parametrize("axis", [PREDICTION, PRE_ACTIVATION])
def test_slopes_are_those_of_the_curves(qtbot, task, loss, axis) -> None:
    view = shown(qtbot, compose(task=task, loss=loss, samples=40))
    view.axis.choose(axis)
    values, slopes = view.picture.panels
    with np.errstate(invalid="ignore"):
        for line, slope in zip(values.lines, slopes.lines, strict=True):
            if task in ("classes", "segmentation", "soft-classes") and axis == PREDICTION:
                # Along this axis the other classes move, too; the slope is by the right one alone.
                continue
            off = np.abs(np.gradient(line.values, values.x) - slope.values)[1:-1]
            # Kinks and, at the ends of the axis, infinite slopes are where differences tell nothing.
            assert np.nanquantile(off[20:-20], 0.97) < 0.02 * max(
                1.0, float(np.nanmax(np.abs(slope.values[20:-20])))
            ), line.name


@pytest.mark.parametrize(("task", "loss"), PAIRS)
def test_samples_lie_on_the_curve(qtbot, task, loss) -> None:
    view = shown(qtbot, compose(task=task, loss=loss, samples=60))
    panel = view.picture.panels[0]
    x, y = point_places(view), point_losses(view)
    curves = {line.ink if LOSSES[loss].target == "pair" else "own": line.values for line in panel.lines if line.strong}
    for points in panel.points:
        curve = curves.get(points.ink, curves.get("own"))
        inside = (points.x > panel.x[2]) & (points.x < panel.x[-3])
        expected = np.interp(points.x[inside], panel.x, curve)
        exact = loss in ("categorical-cross-entropy", "sparse-categorical-cross-entropy", "pixel-cross-entropy")
        if TASKS[task].outputs_each and (not exact or task == "soft-classes"):
            # The other classes are not equal to each other, which costs more than the curve says, or targets are soft.
            continue
        np.testing.assert_allclose(points.y[inside], expected, rtol=0.01, atol=0.01)
    assert len(x) == len(y) > 10


@pytest.mark.parametrize(
    ("task", "loss", "axis", "why"),
    [
        ("classes", "mse", PREDICTION, "it lets the wrong classes share evenly what the right one leaves"),
        ("classes", "categorical-cross-entropy", PRE_ACTIVATION, "it lets all wrong classes score alike"),
        ("soft-classes", "kl-divergence", PREDICTION, "these targets are soft"),
        # Cross-entropy looks at the right class alone, and so does every loss at the only output there is.
        ("classes", "categorical-cross-entropy", PREDICTION, ""),
        ("two-classes", "mse", PREDICTION, ""),
        ("regression", "huber", PREDICTION, ""),
        ("embedding", "contrastive", PREDICTION, ""),
    ],
)
def test_points_off_the_curve_are_explained(qtbot, task, loss, axis, why) -> None:
    view = shown(qtbot, compose(task=task, loss=loss), 3.0)
    view.axis.choose(axis)
    view.axis.chosen.emit(axis)
    told = [text for text in view.facts.texts() if "off the curve" in text]
    values = view.picture.panels[0]
    curve = np.interp(point_places(view), values.x, values.lines[0].values)
    apart = float(np.max(np.abs(curve - point_losses(view)))) / (values.up[1] - values.up[0])
    assert len(told) == bool(why)
    if why:
        assert why in told[0]
        assert apart > 0.03
    elif task != "embedding":
        assert apart < 0.03


def test_cross_entropy_and_hinge_stand_side_by_side_over_z(qtbot) -> None:
    view = shown(qtbot, compose(loss="binary-cross-entropy"))
    names = [line.name for line in view.picture.panels[0].lines]
    assert names[0] == "Binary cross-entropy"
    assert not any("Hinge" in name for name in names)
    view.axis.choose(PRE_ACTIVATION)
    panel = view.picture.panels[0]
    lines = {line.name: line.values for line in panel.lines}
    np.testing.assert_allclose(lines["Hinge loss, linear output"], np.maximum(0.0, 1.0 - panel.x))
    np.testing.assert_allclose(lines["Binary cross-entropy"], np.log1p(np.exp(-panel.x)), rtol=1e-12)
    view.target_class.set_name("0")
    view.target_class.chosen.emit("0")
    lines = {line.name: line.values for line in view.picture.panels[0].lines}
    np.testing.assert_allclose(lines["Hinge loss, linear output"], np.maximum(0.0, 1.0 + panel.x))


def test_every_loss_of_the_task_is_compared_over_z(qtbot) -> None:
    view = shown(qtbot, compose(loss="mse"))
    view.axis.choose(PRE_ACTIVATION)
    assert len(view.picture.legend) == len(TASKS["two-classes"].losses)


def test_the_family_of_values_and_its_delta(qtbot) -> None:
    view = shown(qtbot, compose(task="regression", loss="mse"))
    view.target.committed.emit(view.target.value())
    assert view._setting_box.label.text() == "δ (Huber)"
    with qtbot.assertNotEmitted(view.changed):
        view.setting.committed.emit(0.5)
    panel = view.picture.panels[0]
    huber = next(line for line in panel.lines if line.name == "Huber loss (δ = 0.5)")
    error = np.abs(panel.x)
    np.testing.assert_allclose(huber.values, np.where(error <= 0.5, 0.5 * error**2, 0.5 * error - 0.125), atol=1e-12)
    view.show_experiment(*explored(compose(task="regression", loss="huber"))[:3])
    with qtbot.waitSignal(view.changed) as changed:
        view.setting.committed.emit(0.25)
    assert changed.args == ["training.loss_setting", ("delta", 0.25)]


def test_the_target_moves_curve_and_points_together(qtbot) -> None:
    view = shown(qtbot, compose(task="regression", loss="mae"))
    before = point_places(view)
    view.target.set_value(3.0)
    view.target.committed.emit(3.0)
    panel = view.picture.panels[0]
    np.testing.assert_allclose(panel.lines[0].values, np.abs(panel.x - 3.0), atol=1e-12)
    np.testing.assert_allclose(point_places(view), before + 3.0)


@pytest.mark.parametrize(
    ("loss", "label"), [("contrastive", "Margin m"), ("triplet", "Margin α"), ("margin-ranking", "Margin m")]
)
def test_groups_show_their_margin(qtbot, loss, label) -> None:
    task = "ranking" if loss == "margin-ranking" else "embedding"
    view = shown(qtbot, compose(task=task, loss=loss, loss_settings={"margin": 2.0}))
    assert view._setting_box.label.text() == label
    assert view.picture.panels[0].marks == ((2.0, label.lower()),)
    with qtbot.waitSignal(view.changed) as changed:
        view.setting.committed.emit(3.0)
    assert changed.args == ["training.loss_setting", ("margin", 3.0)]
    assert not view.target.isVisible()
    assert not view.axis.isVisible()


def test_pairs_cost_what_the_lecture_says(qtbot) -> None:
    view = shown(qtbot, compose(task="embedding", loss="contrastive", loss_settings={"margin": 2.0}))
    panel = view.picture.panels[0]
    for line, expected in zip(panel.lines, ((0.125, 4.5), (1.125, 0.0)), strict=True):
        # Half of 0.25 and 9; half of 2.25 and 0.
        np.testing.assert_allclose(np.interp((0.5, 3.0), panel.x, line.values), expected, atol=1e-3)


def test_a_mistake_where_the_output_is_flat_is_pointed_out(qtbot) -> None:
    view = shown(qtbot, compose(loss="mse", output="tanh"))
    statistics = view.frame.statistics
    labels = view.dataset.targets[view.dataset.is_train]
    z = np.where(labels > 0.5, 5.0, -5.0)[None, :]
    z[0, :3] *= -1.0
    changed = msgspec.structs.replace(statistics, output_z=z, output_a=np.tanh(z))
    view.show_frame(msgspec.structs.replace(view.frame, statistics=changed))
    assert "3 wrong samples sit where the output is flat: their error hardly comes back." in view.facts.texts()


def test_what_costs_nothing_is_said(qtbot) -> None:
    view = shown(qtbot, compose(loss="hinge"))
    labels = view.dataset.targets[view.dataset.is_train]
    outputs = np.where(labels > 0.5, 2.0, -2.0)[None, :]
    view.show_frame(msgspec.structs.replace(view.frame, statistics=statistics_with(view.frame.statistics, outputs)))
    assert "100 % of the samples cost nothing: there is nothing left to learn from them." in view.facts.texts()


def test_loss_and_slope_are_read_off(qtbot) -> None:
    view = shown(qtbot, compose())
    place = view.canvas.place_of(1, 100)
    with qtbot.waitSignal(view.hint) as said:
        hover(view.canvas, place.x(), place.y())
    p = view.picture.panels[0].x[view.canvas.index]
    assert said.args[0] == (
        f"At ŷ = {p:.4g} Binary cross-entropy is {-np.log(p):.3f}, its slope −{1.0 / p:.3f}: training pushes it up."
    )


def test_samples_of_other_data_are_not_kept(qtbot) -> None:
    view = shown(qtbot, compose(data="spiral"))
    view.show_experiment(*explored(compose(data="moons"))[:3])
    assert view.picture.panels[0].points == ()
    view = shown(qtbot, compose(loss="mse", output="linear"))
    view.show_experiment(*explored(compose(loss="hinge"))[:3])
    assert view.picture.panels[0].points == ()


def test_a_frame_of_other_samples_is_drawn_without_points(qtbot) -> None:
    view = shown(qtbot, compose(samples=100))
    view.show_frame(explored(compose(samples=50))[3])
    assert view.picture.panels[0].points == ()
    assert not view.grab().isNull()


@pytest.mark.parametrize("task", [task.name for task in TASKS if not task.is_image])
def test_without_samples_it_says_so(qtbot, task) -> None:
    view = LossExplorer()
    qtbot.addWidget(view)
    experiment = compose(task=task)
    empty = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))
    experiment = msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, source=empty))
    view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
    assert view.facts.texts() == ["No training samples: paint some to see where they are on the curve."]
    assert not view.grab().isNull()


def test_one_task_follows_the_other(qtbot) -> None:
    view = LossExplorer()
    qtbot.addWidget(view)
    view.show()
    everything = [explored(compose(task=task.name, loss=loss, samples=40)) for task in TASKS for loss in task.losses]
    for shown_before in (*everything, *reversed(everything)):
        view.show_experiment(*shown_before[:3])
        view.show_frame(shown_before[3])
        assert not view.grab().isNull()


def test_a_closed_view_dies(qtbot) -> None:
    view = LossExplorer()
    experiment, dataset, shape, frame = explored(compose())
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    dying = weakref.ref(view)
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert dying() is None


def test_the_batch_of_the_next_step_is_ringed(qtbot) -> None:
    view = shown(qtbot, compose(data="plane", hidden=(3,), batch_size=12))
    assert not any(points.are_rings for points in view.picture.panels[0].points)
    trace = Trainer(view.experiment).trace()
    view.show_frame(msgspec.structs.replace(view.frame, trace=trace))
    (rings,) = [points for points in view.picture.panels[0].points if points.are_rings]
    # By their losses one can tell that they are the samples of the batch.
    assert np.sort(rings.y) == pytest.approx(np.sort(trace.losses))
    assert any("Ringed: the batch of the next step." in text for text in view.facts.texts())
    # Of two classes those of the class that is looked at; pairs are drawn anew for every step.
    view = shown(qtbot, compose(data="circle", hidden=(3,), batch_size=12))
    trace = Trainer(view.experiment).trace()
    view.show_frame(msgspec.structs.replace(view.frame, trace=trace))
    (rings,) = [points for points in view.picture.panels[0].points if points.are_rings]
    assert len(rings.x) == np.count_nonzero(trace.wanted[0] == 1.0)
    pairs = shown(qtbot, compose(task="embedding", loss="contrastive", hidden=(3,)))
    pairs.show_frame(msgspec.structs.replace(pairs.frame, trace=Trainer(pairs.experiment).trace()))
    assert not any(points.are_rings for points in pairs.picture.panels[0].points)
