"""Set-up for all tests: no display is needed, and nothing is written outside the test's own folder."""

import os
import sys

# Before anything imports Qt.
if "DESCENT_TEST_DISPLAY" not in os.environ and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from hypothesis import settings

# Compiling on the first call and a busy machine must not fail a test: no deadlines.
settings.register_profile("descent", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("descent")
