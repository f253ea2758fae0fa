"""Set-up for all tests: no display is needed, and nothing is written outside the test's own folder."""

import importlib.util
import os
import sys

import pytest
from hypothesis import settings

# Before anything imports Qt.
if "DESCENT_TEST_DISPLAY" not in os.environ and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Compiling on the first call and a busy machine must not fail a test: no deadlines.
settings.register_profile("descent", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("descent")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of the engine run where there is no Qt and so nobody knows the options of pytest-qt."""
    if importlib.util.find_spec("pytestqt") is None:
        for option in ("qt_api", "qt_log_level_fail"):
            parser.addini(option, "an option of pytest-qt, which is not installed")
