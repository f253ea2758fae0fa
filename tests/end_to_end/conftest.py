"""A display of its own for each run of the real program, driven with real mouse and keyboard events."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SIZE = (1280, 800)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/end_to_end/" in item.path.as_posix():
            item.add_marker(pytest.mark.end_to_end)


class Display:
    """A virtual screen with the program on it; no window manager is needed."""

    def __init__(self, number: str, folder: Path) -> None:
        self._folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")},
            "DISPLAY": number,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
        }
        # The home folder is another one, the compiled kernels need not be.
        cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
        self.environment["XDG_CACHE_HOME"] = cache

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start the program."""
        return subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def do(self, *arguments: str | int) -> str:
        """Send events with xdotool and return what it says."""
        command = ["xdotool", *map(str, arguments)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout

    def title(self) -> str:
        """Return the title of the program's window, empty while there is none."""
        command = ["xdotool", "search", "--onlyvisible", "--name", "Descent", "getwindowname"]
        result = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return result.stdout.strip()

    def drag(self, *path: tuple[int, int], button: int = 1) -> None:
        """Draw along ``path`` with the mouse button held down."""
        self.do("mousemove", *path[0])
        self.do("mousedown", button)
        for place in path[1:]:
            self.do("mousemove", *place)
        self.do("mouseup", button)

    def picture(self) -> np.ndarray:
        """Return the whole screen, shape (height, width, 3): red, green, blue."""
        target = self._folder / "screen.xwd"
        subprocess.run(["xwd", "-root", "-silent", "-out", str(target)], env=self.environment, check=True)
        raw = target.read_bytes()
        # X11/XWDFile.h: big-endian words; the size of the header first, the number of colors in the 20th.
        header = np.frombuffer(raw, dtype=">u4", count=20)
        start = int(header[0]) + 12 * int(header[19])
        pixels = np.frombuffer(raw, dtype=np.uint8, offset=start).reshape(SIZE[1], SIZE[0], 4)
        return pixels[:, :, 2::-1].astype(np.int64)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Display]:
    """A screen of 1280×800."""
    missing = [name for name in ("Xvfb", "xdotool", "xwd") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    read, write = os.pipe()
    # Without a reset when the program, its only client, is killed: nobody could look at the screen meanwhile.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield Display(f":{number}", tmp_path)
    server.terminate()
    server.wait(timeout=10)


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    """Look again and again until ``condition`` holds; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)  # between two looks from outside; there is no signal to wait for in another process
