"""The status bar: messages, problems, hints, compiling and the speed."""

import pytest
from PySide6.QtCore import QCoreApplication

from app.status_line import StatusLine, speed_text
from app.theme import LIGHT
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def status(qtbot) -> StatusLine:
    status = StatusLine()
    qtbot.addWidget(status)
    status.set_theme(LIGHT)
    status.show()
    return status


def test_a_hint_covers_the_message_for_a_while(status):
    status.show_message("Paused.")
    status.show_hint("A weight.")
    assert status.currentMessage() == "A weight."
    status.show_hint("")
    assert status.text.isVisible()
    assert status.text.text() == "Paused."


def test_what_a_click_did_shows_in_place_of_the_hint(status):
    status.show_hint("Take the last change back.")
    status.show_message("Undone: 6 points painted.")
    assert status.currentMessage() == ""
    assert status.text.isVisible()


def test_a_hint_can_be_read_while_kernels_are_compiled(status):
    status.show_hint("A weight.")
    status.show_progress("Compiling the losses", 0.5)
    assert status.currentMessage() == "A weight."


def test_a_problem_shows_through_a_hint(status):
    status.show_hint("A weight.")
    status.show_problem("There are no training points yet.")
    assert status.currentMessage() == ""
    assert status.text.property("role") == "problem"
    status.show_message("Training.")
    assert status.text.property("role") == ""


def test_compiling_has_a_beginning_and_an_end(status):
    status.show_progress("Compiling the losses", 0.25)
    assert status.progress.isVisible()
    assert status.progress.value() == 25
    status.show_progress("", 1.0)
    assert not status.progress.isVisible()
    assert status.text.text() == "Ready. Space trains and pauses."


def test_the_end_of_compiling_hides_no_problem(status):
    status.show_problem("There are no training points yet.")
    status.show_progress("", 1.0)
    assert status.text.text() == "There are no training points yet."


@pytest.mark.parametrize(
    ("speed", "text"),
    [(12.3, "12"), (950.0, "950"), (999.7, "1.0 thousand"), (10_550.0, "10.6 thousand"), (23.1e6, "23.1 million")],
)
def test_speeds_are_short(speed, text):
    assert speed_text(speed) == text


def test_standing_still_has_no_speed(status):
    status.show_speed(1000.0)
    assert status.speed.text() == "1.0 thousand samples/s"
    status.show_speed(0.0)
    assert status.speed.text() == ""


def test_a_hint_hides_the_message_however_the_bar_is_laid_out(status):
    status.show_message("Ready.")
    status.show_hint("What this does.")
    # As when the text size, and so the height of the bar, changes.
    status.text.setMinimumHeight(60)
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents()
    assert not status.text.isVisible()
    status.show_hint("")
    assert status.text.isVisible()
    assert status.text.text() == "Ready."
