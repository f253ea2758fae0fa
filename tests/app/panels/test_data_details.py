"""Label noise, class balance and the choice of the test set in the data panel."""

import pytest
from PySide6.QtCore import Qt

from app import changes
from app.panels.data import DataPanel
from app.panels.data_details import SOFT_REMARK
from app.widgets.elided_label import ElidedLabel
from app.widgets.scrolled import Scrolled
from engine.compose import compose
from engine.datasets.tables import read_table, suggest, to_points
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.panels.test_data import own_points, show

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def panel(qtbot):
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(200, 900)
    show(panel, Experiment())
    panel.show()
    return panel


@pytest.fixture
def details(panel):
    panel.details.unfold(True)
    return panel.details


@pytest.fixture
def asked(panel):
    asked = []
    panel.changed.connect(lambda name, value: asked.append((name, value)))
    return asked


def typed(qtbot, field, text):
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_details_are_folded_until_they_are_asked_for(qtbot, panel):
    details = panel.details
    assert not details.label_noise.isVisible()
    qtbot.mouseClick(details.more, Qt.MouseButton.LeftButton)
    assert details.label_noise.isVisible()
    assert details.more.text() == "Less"
    details.more.setFocus()
    qtbot.keyClick(details.more, Qt.Key.Key_Space)
    assert not details.label_noise.isVisible()


def test_what_is_unusual_is_named_while_it_is_folded(panel):
    details = panel.details
    assert not details.unusual.isVisible()
    show(panel, compose(label_noise=0.1, fold=2, balance=(7.0, 3.0), stratified=False, split_seed=3))
    assert details.unusual.line() == "label noise 10 %, balance, fold 2 of 5, not stratified, split 3"
    assert details.unusual.isVisible()
    details.unfold(True)
    assert not details.unusual.isVisible()


def test_label_noise_is_a_share_in_percent(qtbot, panel, details, asked):
    typed(qtbot, details.label_noise.field, "12,5")
    assert asked == [("data.label_noise", 0.125)]
    show(panel, changes.apply(Experiment(), *asked[0]))
    assert details.label_noise.field.text() == "12.5"
    assert len(asked) == 1


def test_values_have_no_labels_and_no_classes(panel, details):
    show(panel, compose(task="regression"))
    for control in (details.label_noise, details.balance, details.stratified):
        assert not control.isVisible()
    assert details.test_set.isVisible()
    show(panel, compose(task="segmentation"))
    assert details.label_noise.isVisible()
    assert not details.balance.isVisible()
    show(panel, own_points())
    assert details.stratified.isVisible()
    assert not details.balance.isVisible()


def test_label_noise_says_what_it_does_to_soft_targets(panel, details):
    show(panel, compose(task="soft-classes", soft="distance"))
    assert details.label_noise.slider.toolTip() == SOFT_REMARK


@pytest.mark.parametrize("classes", [2, 3, 8])
def test_every_class_has_a_share(qtbot, panel, details, asked, classes):
    data = compose(data="circle" if classes == 2 else "blobs", classes=classes)
    show(panel, data)
    assert len(details.balance.fields) == classes
    assert not details.balance.equal.isEnabled()
    typed(qtbot, details.balance.fields[-1], "60")
    assert asked == [("data.share", (classes - 1, 0.6))]
    show(panel, changes.apply(data, *asked[0]))
    shown = [field.value() for field in details.balance.fields]
    assert shown[-1] == 60.0
    assert shown[0] == pytest.approx(40.0 / (classes - 1), abs=0.06)
    qtbot.mouseClick(details.balance.equal, Qt.MouseButton.LeftButton)
    assert asked[-1] == ("data.equal_shares", None)


def test_classes_of_a_balance_are_called_as_everywhere(panel, details):
    names = [field.accessibleName() for field in details.balance.fields]
    assert names == ["Share of class A", "Share of class B"]


def test_classes_with_names_are_called_by_them(qtbot, panel, details):
    named = changes.apply(Experiment(), "data.class_names", ("cats", "a very long name of a class of animals"))
    show(panel, named)
    assert details.balance.fields[0].accessibleName() == "Share of class cats"
    labels = list(details.balance.findChildren(ElidedLabel))
    assert [label.line() for label in labels] == ["cats", "a very long name of a class of animals"]
    qtbot.waitUntil(labels[1].isVisible)
    assert labels[1].text().endswith("…")
    show(panel, Experiment())
    assert details.balance.fields[0].accessibleName() == "Share of class A"


def test_the_split_is_drawn_again_and_stratified_or_not(qtbot, panel, details, asked):
    qtbot.mouseClick(details.split_again, Qt.MouseButton.LeftButton)
    details.stratified.click()
    assert asked == [("data.split_seed", 1), ("data.stratified", False)]


def test_folds_are_gone_through_by_key_and_mouse(qtbot, panel, details, asked):
    assert not details.strip.isVisible()
    details.test_set.choose("fold")
    assert asked == [("data.fold", 1)]
    show(panel, changes.apply(Experiment(), *asked[-1]))
    assert details.strip.isVisible()
    qtbot.keyClick(details.strip, Qt.Key.Key_Right)
    assert asked[-1] == ("data.fold", 2)
    qtbot.keyClick(details.strip, Qt.Key.Key_Left)
    assert asked[-1] == ("data.fold", 5), "before the first comes the last"
    qtbot.mouseClick(details.strip, Qt.MouseButton.LeftButton, pos=details.strip.box(4).center().toPoint())
    assert asked[-1] == ("data.fold", 4)
    typed(qtbot, details.folds, "10")
    assert asked[-1] == ("data.folds", 10)
    show(panel, compose(fold=4, folds=10))
    details.test_set.choose("share")
    assert asked[-1] == ("data.fold", 0)


def test_the_counts_are_those_of_the_fold_and_the_share_rests(panel):
    show(panel, compose(fold=2, samples=250))
    assert panel.counts.text() == "fold 2: 200 train · 50 test"
    assert not panel.train_share.isEnabled()
    assert "fold" in panel.train_share.field.toolTip()
    show(panel, Experiment())
    assert panel.train_share.isEnabled()


def test_what_is_wrong_with_a_number_of_folds_is_said(qtbot, panel, details, asked):
    show(panel, compose(fold=1))
    with qtbot.waitSignal(panel.hint) as said:
        typed(qtbot, details.folds, "1")
    assert said.args[0] == "Folds must be at least 2 and at most 20, not 1."
    assert asked == []


def test_showing_details_asks_for_nothing(panel, details, asked):
    show(panel, compose(fold=3, folds=7, label_noise=0.2, stratified=False, balance=(1.0, 2.0)))
    show(panel, compose(data="blobs", classes=5))
    show(panel, Experiment())
    assert asked == []


def test_what_is_unfolded_comes_into_view(qtbot):
    panel = DataPanel()
    area = Scrolled(panel)
    qtbot.addWidget(area)
    area.resize(230, 420)
    show(panel, compose(fold=2))
    area.show()
    qtbot.waitExposed(area)
    panel.details.unfolded.connect(lambda: area.reveal(panel.details))
    qtbot.mouseClick(panel.details.more, Qt.MouseButton.LeftButton)
    strip = panel.details.strip
    assert area.viewport().rect().contains(strip.mapTo(area.viewport(), strip.rect().bottomRight()))


def test_folds_that_appear_come_into_view(qtbot):
    panel = DataPanel()
    area = Scrolled(panel)
    qtbot.addWidget(area)
    area.resize(230, 420)
    show(panel, Experiment())
    panel.changed.connect(lambda name, value: show(panel, changes.apply(Experiment(), name, value)))
    panel.details.unfolded.connect(lambda: area.reveal(panel.details))
    area.show()
    qtbot.waitExposed(area)
    panel.details.unfold(True)
    panel.details.test_set.choose("fold")
    strip = panel.details.strip
    assert strip.isVisible()
    assert area.viewport().rect().contains(strip.mapTo(area.viewport(), strip.rect().bottomRight()))


def test_a_split_that_a_table_tells_is_named_until_another_is_drawn(panel):
    table = read_table(b"a,b,kind,split\n" + b"1,2,x,train\n3,4,y,test\n2,2,y,train\n" * 10)
    experiment = changes.apply(Experiment(), "data.points", to_points(table, suggest(table)))
    show(panel, experiment)
    assert panel.counts.text() == "20 train · 10 test"
    assert panel.train_share.field.text() == "66.67"
    assert "The table says which points are for the test" in panel.train_share.field.toolTip()
    assert panel.details.unusual.line() == "split of the table"
    show(panel, changes.apply(experiment, "data.train_share", 0.5))
    assert panel.counts.text() == "15 train · 15 test"
    assert "table" not in panel.train_share.field.toolTip() + panel.details.unusual.line()
