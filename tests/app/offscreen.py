"""What the offscreen platform says, and what does not matter."""

import pytest

# The offscreen platform has no window manager: it reports that it ignores size hints, raising and grabbing.
IGNORE_PLATFORM = pytest.mark.qt_log_ignore("This plugin does not support")
