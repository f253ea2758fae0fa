"""The program as it is started: exit codes, sentences instead of tracebacks, and the picture."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import main
from app.application import spare_what_stays
from app.files.experiment_files import save_experiment
from engine import __version__
from engine.experiment import Experiment, Layer, Network

PROGRAM = Path(__file__).parents[2] / "main.py"


def start(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end; ``environment`` is added to that of the tests."""
    return subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=120,
        check=False,
    )


def assert_one_sentence(result: subprocess.CompletedProcess[str], part: str) -> None:
    assert result.returncode == 1
    assert part in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_version_and_help(capsys):
    with pytest.raises(SystemExit) as end:
        main.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"Descent {__version__}\n"
    with pytest.raises(SystemExit) as end:
        main.main(["--help"])
    assert end.value.code == 0
    assert "--screenshot OUT.png" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["--size", "big"], ["--size", "0x5"], ["--size", "9999x9999"], ["--epochs", "-1"], ["--theme", "red"], ["a", "b"]],
)
def test_bad_arguments(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        main.main(arguments)
    assert end.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_unreadable_files(capsys, tmp_path):
    assert main.main([str(tmp_path / "none.json")]) == 1
    assert capsys.readouterr().err == "“none.json” could not be opened: there is no such file or folder.\n"
    (tmp_path / "bad.json").write_text('{"seed": -1}')
    assert main.main([str(tmp_path / "bad.json")]) == 1
    assert "seed" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system brings a display")
def test_no_display():
    assert_one_sentence(start(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY=""), "there is no display")
    assert_one_sentence(start(QT_QPA_PLATFORM="", DISPLAY=":987", WAYLAND_DISPLAY=""), "nothing answers")


def test_a_picture_of_a_trained_network(tmp_path):
    file, picture = tmp_path / "small.json", tmp_path / "out.png"
    save_experiment(file, Experiment(network=Network(hidden=(Layer(units=3),))))
    result = start(
        "--screenshot",
        picture,
        file,
        "--epochs",
        5,
        "--size",
        "900x700",
        "--theme",
        "dark",
        XDG_CONFIG_HOME=str(tmp_path),
    )
    assert (result.returncode, result.stderr) == (0, "")
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (900, 700)
    assert image.pixelColor(450, 5).lightness() < 80
    # It leaves no settings behind.
    assert not (tmp_path / "descent").exists()


def test_a_picture_of_an_iteration_taken_apart(tmp_path):
    pictures = [tmp_path / f"{name}.png" for name in ("plain", "batch", "forward")]
    for picture, walk in zip(pictures, ([], ["--walk", 0], ["--walk", 1]), strict=True):
        result = start("--screenshot", picture, *walk)
        assert (result.returncode, result.stderr) == (0, "")
    assert len({picture.read_bytes() for picture in pictures}) == 3


def test_a_picture_that_cannot_be_saved(tmp_path):
    result = start("--screenshot", tmp_path / "none" / "out.png")
    assert_one_sentence(result, "could not be saved")


def test_a_missing_system_library(tmp_path):
    """A PySide6 whose import fails as it does where libEGL is missing."""
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text(
        "raise ImportError('libEGL.so.1: cannot open shared object file: No such file or directory')"
    )
    result = start("--screenshot", tmp_path / "out.png", PYTHONPATH=str(tmp_path))
    assert_one_sentence(result, "libEGL.so is missing")
    assert "libegl1" in result.stderr


def test_what_is_there_once_all_is_compiled_is_no_longer_searched_for_garbage():
    # Other tests may have had it pass over them already.
    gc.unfreeze()
    before = gc.get_freeze_count()
    try:
        spare_what_stays("Compiling", 0.9)
        assert gc.get_freeze_count() == before
        spare_what_stays("", 1.0)
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()


def test_the_typesetter_is_loaded_once_all_is_compiled():
    """In a process of its own: here other tests have long loaded it."""
    code = (
        "import sys, threading\n"
        "from app.application import LOADER, load_typesetter\n"
        "load_typesetter('Compiling', 0.9)\n"
        "assert not [thread for thread in threading.enumerate() if thread.name == LOADER]\n"
        "load_typesetter('', 1.0)\n"
        "[thread.join(30) for thread in threading.enumerate() if thread.name == LOADER]\n"
        "assert 'ziamath.zmath' in sys.modules\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
