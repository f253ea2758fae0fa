"""The dialog that finds a learning rate."""

from unittest.mock import create_autospec

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal

from app import changes
from app.dialogs.rate_finder import RateFinder, why_not
from app.dialogs.rate_plot import RatePlot, rounded_rate
from app.rate_search import RateSearch
from app.theme import DARK, LIGHT
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment
from engine.optimizers import OPTIMIZERS
from engine.rate_test import RateTest
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

RATES = np.geomspace(1e-6, 1.0, 60)
PRESENT = np.arange(3.0)
RESULT = RateTest(RATES, 1.0 / (1.0 + RATES), 0.1234)


class Signals(QObject):
    progress = Signal(float)
    found = Signal(object)
    failed = Signal(str)


def make_search():
    search = create_autospec(RateSearch, instance=True)
    signals = Signals()
    search.progress, search.found, search.failed = signals.progress, signals.found, signals.failed
    search.signals = signals
    search.stop.return_value = True
    return search


@pytest.fixture
def searches():
    """Every test that was made, with the weights that it starts from."""
    return []


@pytest.fixture
def search(finder):
    return finder.search


@pytest.fixture
def finder(qtbot, searches):
    experiment = Experiment()

    def make(experiment, dataset, parameters):
        searches.append((make_search(), parameters))
        return searches[-1][0]

    finder = RateFinder(experiment, resolve(experiment.data), None, LIGHT, PRESENT, make)
    qtbot.addWidget(finder)
    finder.show()
    return finder


def show_result(qtbot, finder, result=RESULT):
    finder.search.found.emit(result)
    qtbot.waitUntil(lambda: not finder.progress.isVisible())


def test_the_suggestion_is_offered_and_taken_over(qtbot, finder, search):
    search.start.assert_called_once_with()
    assert finder.focusWidget() is finder.cancel
    search.progress.emit(0.5)
    qtbot.waitUntil(lambda: finder.progress.value() == 50)
    assert not finder.use.isEnabled()
    show_result(qtbot, finder)
    assert finder.use.text() == "Use 0.12"
    assert finder.focusWidget() is finder.use
    assert "about 0.12" in finder.verdict.text()
    with qtbot.waitSignal(finder.rate_chosen) as chosen:
        qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert chosen.args == [0.12]
    changed = changes.apply(Experiment(), "training.learning_rate", chosen.args[0])
    assert changed.training.learning_rate == 0.12
    search.stop.assert_called()
    assert not finder.isVisible()


def test_the_present_weights_can_be_started_from_and_a_late_word_of_the_other_test_is_not_heard(
    qtbot, finder, searches
):
    (first, parameters), *others = searches
    assert parameters is None
    assert not others
    show_result(qtbot, finder)
    finder.start.choose("present")
    first.stop.assert_called_once_with()
    second, parameters = searches[1]
    assert parameters is PRESENT
    second.start.assert_called_once_with()
    assert finder.verdict.text() == "Testing …"
    assert finder.progress.isVisible()
    assert not finder.use.isEnabled()
    first.found.emit(RateTest(RATES, 1.0 / (1.0 + RATES), 0.5))
    second.found.emit(RESULT)
    qtbot.waitUntil(lambda: not finder.progress.isVisible())
    assert finder.use.text() == "Use 0.12"
    finder.start.choose("initial")
    assert searches[2][1] is None


def test_a_word_already_under_way_is_not_heard_after_the_start_was_changed(qtbot, finder, searches):
    searches[0][0].found.emit(RESULT)
    finder.start.choose("present")
    searches[1][0].progress.emit(0.7)
    qtbot.waitUntil(lambda: finder.progress.value() == 70)
    assert finder.verdict.text() == "Testing …"


def test_before_training_there_is_nothing_to_choose(qtbot):
    experiment = Experiment()
    finder = RateFinder(experiment, resolve(experiment.data), None, LIGHT, None, lambda *_: make_search())
    qtbot.addWidget(finder)
    finder.show()
    assert not finder.start.isVisible()
    finder.close()


def test_escape_ends_the_test_and_changes_nothing(qtbot, finder, search):
    chosen = []
    finder.rate_chosen.connect(chosen.append)
    qtbot.keyClick(finder, Qt.Key.Key_Escape)
    search.stop.assert_called_once_with()
    assert chosen == []
    assert not finder.isVisible()


def test_closing_the_window_ends_the_test_too(finder, search):
    finder.close()
    search.stop.assert_called_once_with()


def test_another_rate_can_be_picked_by_mouse_and_by_keyboard(qtbot, finder):
    show_result(qtbot, finder)
    plot = finder.plot
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(plot.width() // 2, plot.height() // 2))
    rate = float(finder.use.text().removeprefix("Use "))
    assert 1e-4 < rate < 1e-1
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    larger = float(finder.use.text().removeprefix("Use "))
    assert larger > rate
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert float(finder.use.text().removeprefix("Use ")) < rate


def test_a_loss_that_never_falls_is_said_and_a_rate_may_still_be_picked(qtbot, finder):
    show_result(qtbot, finder, RateTest(RATES, np.ones(60), None))
    assert "falls at no learning rate" in finder.verdict.text()
    assert not finder.use.isEnabled()
    qtbot.mouseClick(finder.plot, Qt.MouseButton.LeftButton, pos=finder.plot.rect().center())
    assert finder.use.isEnabled()


def test_a_failure_is_said(qtbot, finder):
    finder.search.failed.emit("The test could not be made: No luck.")
    qtbot.waitUntil(lambda: finder.verdict.text() == "The test could not be made: No luck.")
    assert not finder.use.isVisible()
    assert finder.cancel.text() == "Close"


@pytest.mark.parametrize("name", OPTIMIZERS.names)
def test_optimizers_without_a_rate_have_none_to_look_for(name):
    experiment = compose(optimizer=name)
    reason = why_not(experiment, resolve(experiment.data))
    assert (reason == "") is OPTIMIZERS[name].uses_rate


def test_nothing_to_train_on_is_said_and_no_test_begins(qtbot):
    empty = changes.cleared(Experiment())
    finder = RateFinder(empty, resolve(empty.data))
    qtbot.addWidget(finder)
    finder.show()
    assert "no training points" in finder.verdict.text()
    assert finder.search is None
    assert not finder.plot.isVisible()
    finder.close()


def test_the_whole_of_it_on_a_real_experiment(qtbot):
    experiment = compose(data="moons", samples=60)
    finder = RateFinder(experiment, resolve(experiment.data), None, DARK)
    qtbot.addWidget(finder)
    finder.show()
    qtbot.waitUntil(lambda: finder.use.isEnabled(), timeout=60_000)
    assert not finder.grab().isNull()
    finder.close()


def test_the_plot_draws_any_result(qtbot):
    plot = RatePlot(LIGHT, 0.03)
    qtbot.addWidget(plot)
    plot.resize(300, 160)
    for losses in (np.zeros(60), np.ones(60), np.geomspace(1.0, 1e12, 60)):
        plot.show_result(RATES, losses, 0.01)
        assert not plot.grab().isNull()
    plot.show_result(RATES[:1], np.ones(1), None)
    assert not plot.grab().isNull()


def test_suggestions_have_two_digits():
    assert rounded_rate(0.12345) == 0.12
    assert rounded_rate(3.0e-5) == 3e-5
