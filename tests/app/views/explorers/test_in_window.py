"""The explorers in the real window: they cost nothing unseen, and what is set in them reaches the network."""

from app.dialogs.worksheet_options import WorksheetOptions
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def test_where_the_units_are_is_only_worked_out_while_an_explorer_is_seen(qtbot, window):
    qtbot.waitUntil(lambda: window.session.frame is not None)
    assert window.session.frame.statistics is None
    for name, view in (("activations", window.activations), ("losses", window.losses)):
        window.docks[name].raise_()
        qtbot.waitUntil(lambda: window.session.frame.statistics is not None)
        qtbot.waitUntil(lambda view=view: view.frame is window.session.frame)
        window.docks["gradients"].raise_()
        qtbot.waitUntil(lambda: window.session.frame.statistics is None)


def test_a_margin_is_changed_in_the_explorer(qtbot, make_window):
    window = make_window(Experiment())
    window.session.change("data.task", "embedding")
    window.docks["losses"].raise_()
    qtbot.waitUntil(lambda: window.losses.frame is not None and window.losses.frame.statistics is not None)
    window.losses.setting.committed.emit(2.0)
    assert window.session.experiment.training.loss_settings == {"margin": 2.0}
    assert window.losses.picture.panels[0].marks == ((2.0, "margin m"),)
    window.session.undo()
    assert window.losses.picture.panels[0].marks == ((1.0, "margin m"),)


def test_the_batch_is_ringed_while_the_losses_are_seen_and_others_find_the_iteration_there(qtbot, make_window):
    window = make_window(Experiment())
    qtbot.waitUntil(lambda: window.session.frame is not None)
    window.docks["losses"].raise_()
    qtbot.waitUntil(lambda: window.losses.frame is not None and window.losses.frame.trace is not None)
    rings = [points for points in window.losses.picture.panels[0].points if points.are_rings]
    assert sum(len(points.x) for points in rings) > 0
    # The iteration is there already: nobody waits for another frame.
    window.worksheets.export()
    qtbot.waitUntil(lambda: bool(window.findChildren(WorksheetOptions)))
    window.findChildren(WorksheetOptions)[0].reject()
    window.actions_by_key["walk"].trigger()
    qtbot.waitUntil(lambda: window.walk.state.trace is not None)
    window.docks["gradients"].raise_()
    qtbot.waitUntil(lambda: window.session.frame.trace is None)


def test_a_very_large_batch_is_not_taken_apart_to_be_ringed(qtbot, make_window):
    window = make_window(compose(data="circle", samples=3000, batch_size=1001))
    qtbot.waitUntil(lambda: window.session.frame is not None)
    window.docks["losses"].raise_()
    qtbot.waitUntil(lambda: window.losses.frame is not None and window.losses.frame.statistics is not None)
    assert window.session.frame.trace is None
    window.session.change("training.batch_size", 1000)
    qtbot.waitUntil(lambda: window.session.frame.trace is not None)
