"""Where no window can be shown, one sentence says why and what to do."""

import sys

import pytest

from app import display_check

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system brings a display")


@pytest.mark.parametrize(
    ("error", "library", "package"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "libEGL.so", "libegl1"),
        (
            "libxcb-cursor.so.0: cannot open shared object file: No such file or directory",
            "libxcb-cursor.so",
            "libxcb-cursor0",
        ),
        ("libglib-2.0.so.0: cannot open shared object file", "libglib-2.0.so", "libglib2.0-0"),
        ("libxkbcommon-x11.so.0: cannot open shared object file", "libxkbcommon-x11.so", "libxkbcommon-x11-0"),
    ],
)
def test_a_missing_library_is_named_with_its_package(error, library, package):
    sentence = display_check.missing_library(error)
    assert f"the system library {library} is missing" in sentence
    assert f"install {package} (" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("reason", ["file too short", "invalid ELF header"])
def test_a_damaged_library_is_named_too(reason):
    sentence = display_check.missing_library(f"/usr/lib/x86_64-linux-gnu/libEGL.so.1: {reason}")
    assert "the system library libEGL.so is damaged; on Debian and Ubuntu install libegl1 (" in sentence


def test_another_error_is_not_a_missing_library():
    assert display_check.missing_library("No module named 'PySide6'") is None


@linux_only
def test_no_display_at_all():
    assert "there is no display" in display_check.problem({})


@linux_only
def test_a_display_that_does_not_answer():
    assert "nothing answers at the display “:987”" in display_check.problem({"DISPLAY": ":987"})
    wayland = display_check.problem({"WAYLAND_DISPLAY": "none", "XDG_RUNTIME_DIR": "/nowhere"})
    assert "nothing answers at the display “none”" in wayland


@linux_only
def test_a_wayland_display_is_taken_as_it_is(tmp_path):
    (tmp_path / "wayland-0").touch()
    assert display_check.problem({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}) is None


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=10x10"])
def test_other_platforms_need_no_display(platform):
    assert display_check.problem({"QT_QPA_PLATFORM": platform}) is None
