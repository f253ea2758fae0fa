"""One iteration of backpropagation, walked through by keyboard in a real window."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.examples import EXAMPLES
from engine.experiment_file import write
from tests.end_to_end.conftest import Display, wait_until

# What another program finds in the clipboard.
PASTE = "from PySide6.QtGui import QGuiApplication; print(QGuiApplication([]).clipboard().text())"
# New weights of the lecture's example, exact: into the first hidden unit, into the second, into the output.
NEW_WEIGHTS = (0.199045, 0.198091, 0.297175, 0.294350, 0.279691, 0.878743)


def clipboard(display: Display) -> str:
    command = [sys.executable, "-c", PASTE]
    return subprocess.run(command, env=display.environment, capture_output=True, text=True, check=True).stdout.strip()


def copied(display: Display) -> str:
    """Return the formula that the walk stands at, with all digits."""
    display.do("key", "ctrl+shift+f")
    return clipboard(display)


def is_opened(display: Display) -> bool:
    """Open the step-through; a key that comes before the window has the keyboard is lost."""
    display.do("key", "t")
    return is_walking(display)


def is_walking(display: Display) -> bool:
    """Return whether the walk stands at the beginning of an iteration."""
    return "x₁ = 0.35" in copied(display)


def test_the_lecture_s_iteration_by_keyboard(display: Display, tmp_path: Path) -> None:
    file = tmp_path / "iteration.json"
    file.write_text(write(EXAMPLES["lecture-backpropagation"].make()), encoding="utf-8")
    program = display.start(str(file))
    try:
        wait_until(lambda: "iteration" in display.title(), "the window")
        wait_until(lambda: is_opened(display), "the iteration to be taken apart")
        # From unit to term, and on to the end: nothing is passed over.
        display.do("key", "g")
        shown = [copied(display)]
        for _ in range(60):
            display.do("key", "Right")
            # Every place says something else than the one before.
            wait_until(lambda: copied(display) != shown[-1], "the next place")
            shown.append(clipboard(display))
            if len([text for text in shown if is_update(text)]) == len(NEW_WEIGHTS):
                break
        weights = [float(text.split()[-1]) for text in shown if is_update(text)]
        assert weights == pytest.approx(NEW_WEIGHTS, abs=5e-7)
        # The next step begins the next iteration with them; one back, and the update has not been made.
        display.do("key", "Right")
        wait_until(lambda: is_walking(display), "the second iteration")
        display.do("key", "Left")
        wait_until(lambda: copied(display) == shown[-1], "the first iteration again")
        display.do("key", "ctrl+q")
        assert program.wait(timeout=60) == 0
    finally:
        program.kill()
        program.communicate()


def is_update(formula: str) -> bool:
    """Return whether a formula ends with a new weight: “… w₁₁ ← 0.199…”."""
    last = formula.splitlines()[-1] if formula else ""
    return last.startswith("w") and "←" in last
