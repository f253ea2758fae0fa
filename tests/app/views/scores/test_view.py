"""The scores of every task: numbers worked out by hand or by another way, and a picture of them."""

import gc
import weakref

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.frame import Frame
from app.theme import DARK, LIGHT
from app.views.scores import ScoresView
from app.views.scores.content import scores_of
from engine.compose import compose
from engine.datasets.dataset import Dataset
from engine.datasets.resolve import resolve
from engine.experiment import Points
from engine.parameters import layout
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM


def shown(qtbot, **choices) -> tuple[ScoresView, Frame, Dataset]:
    view = ScoresView()
    qtbot.addWidget(view)
    view.resize(680, 170)
    view.show()
    experiment, dataset, shape, frame = sample_frame(compose(samples=100, **choices))
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    return view, frame, dataset


@pytest.mark.parametrize("task", TASKS.names)
def test_every_task_has_scores_in_both_themes_and_at_any_size(qtbot, task) -> None:
    view, _, dataset = shown(qtbot, task=task)
    assert view.scores is not None
    assert view.scores.count == dataset.test_count
    assert view.names[0].text().lower() == TASKS[task].metric_name.lower()
    for theme, size in ((LIGHT, (680, 170)), (DARK, (1200, 400)), (LIGHT, (120, 90))):
        view.resize(*size)
        view.set_theme(theme)
        assert not view.grab().isNull()
    view.choice.choose("train")
    assert view.scores.count == dataset.train_count


@pytest.mark.parametrize("task", TASKS.names)
def test_numbers_that_are_none_are_calm(qtbot, task) -> None:
    view, frame, _ = shown(qtbot, task=task)
    for value in (np.nan, np.inf, -np.inf):
        broken = np.full_like(frame.test_outputs, value)
        view.show_frame(msgspec.structs.replace(frame, test_outputs=broken, test_metric=float("nan")))
        assert not view.grab().isNull()


def test_the_confusion_matrix_counts_as_by_hand(qtbot) -> None:
    view, frame, dataset = shown(qtbot, task="classes", classes=4)
    confusion = view.scores.confusion
    targets, taken = dataset.targets[~dataset.is_train], frame.test_outputs.argmax(axis=0)
    for actual in range(4):
        for other in range(4):
            assert confusion[actual, other] == np.count_nonzero((targets == actual) & (taken == other))
    box = view.canvas.matrix()
    place = QPointF(box.left() + 3.0, box.bottom() - 3.0)
    none = Qt.MouseButton.NoButton
    with qtbot.waitSignal(view.hint) as hint:
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, view.canvas.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view.canvas, event)
    assert view.canvas._pointed == (3, 0)
    assert "of class 4" in hint.args[0]
    assert "taken for class 1" in hint.args[0]


def test_two_classes_are_told_apart_at_the_middle(qtbot) -> None:
    for loss in ("binary-cross-entropy", "mse", "hinge"):
        _, frame, dataset = shown(qtbot, loss=loss)
        scores = scores_of(frame, dataset, test=True)
        right = np.trace(scores.confusion) / scores.confusion.sum()
        assert right == pytest.approx(frame.test_metric)


def test_errors_of_values_by_hand(qtbot) -> None:
    view, frame, dataset = shown(qtbot, task="regression")
    errors = frame.test_outputs[0] - dataset.targets[~dataset.is_train]
    rows = {name: value for name, value, _ in view.scores.rows}
    assert float(rows["RMSE"]) == pytest.approx(np.sqrt(np.mean(errors**2)), rel=1e-2)
    assert float(rows["Largest error"]) == pytest.approx(np.abs(errors).max(), rel=1e-2)


def test_an_empty_set_says_so(qtbot) -> None:
    view = ScoresView()
    qtbot.addWidget(view)
    experiment = compose()
    empty = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))
    experiment = msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, source=empty))
    view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
    view.show_frame(sample_frame(experiment)[3])
    assert not view.empty.isHidden()


def test_scores_of_other_data_are_not_kept(qtbot) -> None:
    view, _, _ = shown(qtbot)
    experiment = compose(data="moons")
    view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
    assert view.scores is None


PAIRS = [pytest.param(task.name, loss, id=f"{task.name}-{loss}") for task in TASKS for loss in task.losses]


@pytest.mark.parametrize(("task", "loss"), PAIRS)
def test_every_loss_has_scores_whatever_the_numbers_are(qtbot, task, loss) -> None:
    view, frame, _ = shown(qtbot, task=task, loss=loss)
    for value in (None, np.nan, np.inf, -np.inf, 0.0, 1e38, -1e300):
        outputs = frame.test_outputs if value is None else np.full_like(frame.test_outputs, value)
        view.show_frame(msgspec.structs.replace(frame, test_outputs=outputs))
        for size in ((680, 170), (60, 40), (1400, 500)):
            view.resize(*size)
            assert not view.grab().isNull()


@pytest.mark.parametrize("task", [task.name for task in TASKS if not task.is_image])
def test_no_points_at_all_are_no_fault(qtbot, task) -> None:
    view = ScoresView()
    qtbot.addWidget(view)
    view.show()
    experiment = compose(task=task)
    empty = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))
    experiment = msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, source=empty))
    view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
    view.show_frame(sample_frame(experiment)[3])
    assert not view.grab().isNull()
    assert not view.empty.isHidden()


def test_without_test_samples_the_training_samples_have_scores(qtbot) -> None:
    view = ScoresView()
    qtbot.addWidget(view)
    experiment, dataset, shape, frame = sample_frame(compose(train_share=1.0))
    assert dataset.test_count == 0
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    assert not view.empty.isHidden()
    view.choice.choose("train")
    assert view.empty.isHidden()
    assert view.scores.count == dataset.train_count


def test_precision_recall_f1_and_iou_of_the_parts_of_an_image_by_hand(qtbot) -> None:
    view, frame, dataset = shown(qtbot, task="segmentation")
    wanted, given = dataset.targets[~dataset.is_train], frame.test_outputs.argmax(axis=0)
    columns = {name: values for name, _, values in view.scores.columns}
    for part in range(dataset.classes):
        both = np.count_nonzero((wanted == part) & (given == part))
        either = np.count_nonzero((wanted == part) | (given == part))
        assert columns["IoU"][part] == pytest.approx(both / either)
        assert columns["Recall"][part] == pytest.approx(both / np.count_nonzero(wanted == part))
    assert "IoU" not in [name for name, _, _ in shown(qtbot, task="classes")[0].scores.columns]


def test_errors_are_counted_on_both_sides_of_zero(qtbot) -> None:
    view, frame, dataset = shown(qtbot, task="regression")
    errors = frame.test_outputs[0] - dataset.targets[~dataset.is_train]
    histogram = view.scores.histogram
    ((_, ink, shares),) = histogram.kinds
    assert ink == "sign"
    assert shares.sum() == pytest.approx(1.0)
    assert histogram.edges[-1] == -histogram.edges[0] == pytest.approx(np.abs(errors).max())
    below = histogram.edges[1:] < 0.0
    assert shares[below].sum() == pytest.approx(np.mean(errors < histogram.edges[1:][below].max()))


def test_distances_within_and_between_classes_by_hand(qtbot) -> None:
    view, frame, dataset = shown(qtbot, task="embedding", loss="triplet", loss_settings={"margin": 4.0})
    labels, places = dataset.targets[~dataset.is_train], frame.test_outputs.T
    apart = {True: [], False: []}
    for one in range(len(labels)):
        for other in range(one):
            apart[labels[one] == labels[other]].append(np.linalg.norm(places[one] - places[other]))
    rows = {name: value for name, value, _ in view.scores.rows}
    assert float(rows["Within a class"]) == pytest.approx(np.mean(apart[True]), abs=2e-3)
    assert float(rows["Between classes"]) == pytest.approx(np.mean(apart[False]), abs=2e-3)
    assert view.scores.histogram.mark == (2.0, "√α")
    assert all(shares.sum() == pytest.approx(1.0) for _, _, shares in view.scores.histogram.kinds)


def test_a_score_has_no_unit_to_compare_with_the_hidden_one(qtbot) -> None:
    assert not shown(qtbot, task="ranking")[0].scores.pairs.same_unit
    assert shown(qtbot, task="regression-1d")[0].scores.pairs.same_unit


def test_the_heads_of_the_table_teach(qtbot) -> None:
    view = shown(qtbot, task="classes", classes=3)[0]
    table = view.canvas._table(view.scores)
    place = QPointF(table.left() + 5.0, 5.0)
    none = Qt.MouseButton.NoButton
    with qtbot.waitSignal(view.hint) as hint:
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, view.canvas.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view.canvas, event)
    assert hint.args[0].startswith("Precision: of those taken")


def test_a_closed_view_dies(qtbot) -> None:
    view = ScoresView()
    experiment, dataset, shape, frame = sample_frame(compose(task="classes"))
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    reference = weakref.ref(view)
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert reference() is None


def test_classes_with_names_are_called_by_them(qtbot) -> None:
    view = ScoresView()
    qtbot.addWidget(view)
    view.resize(680, 170)
    view.show()
    named = compose(samples=100, task="classes", classes=3)
    named = msgspec.structs.replace(named, data=msgspec.structs.replace(named.data, class_names=("cats", "", "dogs")))
    experiment, dataset, shape, frame = sample_frame(named)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    box = view.canvas.matrix()
    plain, _, _ = shown(qtbot, task="classes", classes=3)
    # There is room for them beside the rows.
    assert box.left() > plain.canvas.matrix().left() + 40.0
    place = QPointF(box.left() + 3.0, box.bottom() - 3.0)
    none = Qt.MouseButton.NoButton
    with qtbot.waitSignal(view.hint) as hint:
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, view.canvas.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view.canvas, event)
    assert "of class dogs" in hint.args[0]
    assert "taken for class cats" in hint.args[0]
    for theme, size in ((DARK, (680, 170)), (LIGHT, (120, 90))):
        view.resize(*size)
        view.set_theme(theme)
        assert not view.grab().isNull()
