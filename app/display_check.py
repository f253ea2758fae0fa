"""Can a window be shown here? Found out before Qt is asked, which would abort the process without a plain word.

Free of Qt. On Linux only: elsewhere the libraries and the display come with the system.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

# Library → Debian package; Ubuntu's have the same names, or the same with “t64”.
PACKAGES = {
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
    "libGL": "libgl1",
    "libOpenGL": "libopengl0",
    "libEGL": "libegl1",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libdbus-1": "libdbus-1-3",
    "libxkbcommon": "libxkbcommon0",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libxcb": "libxcb1",
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-render": "libxcb-render0",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-shm": "libxcb-shm0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-util": "libxcb-util1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libxcb-xkb": "libxcb-xkb1",
    "libX11": "libx11-6",
    "libX11-xcb": "libx11-xcb1",
    "libwayland-client": "libwayland-client0",
    "libwayland-cursor": "libwayland-cursor0",
    "libwayland-egl": "libwayland-egl1",
}
WINDOW_PACKAGES = (
    "libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-shape0"
)


def missing_library(error: str) -> str | None:
    """Return a sentence naming the library that ``error`` (of the dynamic loader) misses, or None if it is another.

    One that is there but cannot be read, being damaged, has to be installed as well.
    """
    match = re.search(
        r"(lib[\w+.-]+?)\.so[.\d]*: (cannot open shared object file|file too short|invalid ELF header)", error
    )
    if match is None:
        return None
    state = "missing" if match[2].startswith("cannot") else "damaged"
    library = f"{match[1]}.so"
    package = PACKAGES.get(match[1])
    advice = f"install {package}" if package else "install the package it belongs to"
    return (
        f"Descent cannot start: the system library {library} is {state}; on Debian and Ubuntu {advice} "
        f"(all that a window needs: {WINDOW_PACKAGES})."
    )


def problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return why no window can be shown, as a sentence, or None."""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if not sys.platform.startswith("linux") or platform not in ("", "xcb", "wayland"):
        return None
    display, wayland = environment.get("DISPLAY", ""), environment.get("WAYLAND_DISPLAY", "")
    if not display and not wayland:
        return (
            "Descent cannot start: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); "
            "for a picture without a display use --screenshot."
        )
    if wayland and platform != "xcb" and _has_wayland(environment, wayland):
        return None
    return _plugin_problem() or (_x11_problem(display) if display else _no_answer(wayland))


def _has_wayland(environment: Mapping[str, str], name: str) -> bool:
    return Path(environment.get("XDG_RUNTIME_DIR", "/run"), name).exists()


def _plugin_problem() -> str | None:
    """Load the part of Qt that talks to X11; it alone needs libraries that the rest does not."""
    package = importlib.util.find_spec("PySide6")
    folder = Path(package.origin).parent if package is not None and package.origin else None
    plugin = folder / "Qt" / "plugins" / "platforms" / "libqxcb.so" if folder else None
    if plugin is None or not plugin.exists():
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return missing_library(str(error))
    return None


def _x11_problem(display: str) -> str | None:
    """Connect to the display as Qt will, and let go of it again."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return missing_library(str(error))
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return _no_answer(display) if failed else None


def _no_answer(display: str) -> str:
    return (
        f"Descent cannot start: nothing answers at the display “{display}”; "
        "for a picture without a display use --screenshot."
    )
