"""What a first-time user does in the first minutes, in a real window with real events."""

import json
import re
from pathlib import Path

import numpy as np

from tests.end_to_end.conftest import Display, wait_until

# Inside the output view at 1280×800: the plane reaches from about (930, 239) to (1210, 519).
LEFT, CENTER, RIGHT = (980, 300), (1075, 365), (1180, 300)


def blueness(picture: np.ndarray, x: int, y: int) -> float:
    """Return how blue (positive) or orange (negative) the screen is around a place."""
    part = picture[y - 6 : y + 7, x - 6 : x + 7]
    return float((part[..., 2] - part[..., 0]).mean())


def is_learned(picture: np.ndarray) -> bool:
    """Return whether the field is orange left and right, where class A was painted, and blue in the middle."""
    left, right = (blueness(picture, x, 375) for x in (950, 1192))
    return left < -100.0 and right < -100.0 and blueness(picture, *CENTER) > 80.0


def loss_line(picture: np.ndarray) -> int:
    """Return how many dark pixels there are in the plot of the loss."""
    return int((picture[640:730, 945:1262].max(axis=2) < 110).sum())


def saved(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_paint_train_see_it_learn_and_quit(display: Display, tmp_path: Path) -> None:
    file = tmp_path / "drawing.json"
    file.write_text('{"data": {"source": {"kind": "points", "inputs": [], "targets": []}}}', encoding="utf-8")
    program = display.start(str(file))
    try:
        wait_until(lambda: "drawing" in display.title(), "the window")
        # Nothing is trained on nothing: the program says so and lives on.
        display.do("mousemove", *CENTER)
        display.do("key", "space")
        # Three strokes of each class, left and right button, where no line could part them.
        display.drag(LEFT, (985, 340), (990, 400), (985, 450))
        display.drag(RIGHT, (1175, 340), (1185, 400), (1180, 450))
        display.drag(CENTER, (1075, 330), (1080, 390), (1070, 420), button=3)
        wait_until(lambda: "*" in display.title(), "the mark of unsaved changes")
        display.do("key", "ctrl+s")
        wait_until(lambda: "*" not in display.title(), "the file to be saved")
        source = saved(file)["data"]["source"]
        targets = source["targets"]
        assert source["kind"] == "points"
        assert {0, 1} == set(targets)
        assert len(targets) > 20
        # Where the strokes were, as far as the brush scatters.
        xs = [x1 for (x1, _), target in zip(source["inputs"], targets, strict=True) if target == 1]
        assert max(map(abs, xs)) < 1.5

        before = display.picture()
        assert not is_learned(before)
        display.do("key", "space")
        # The loss has fallen far when the field has the color of each class, on both sides and in the middle.
        wait_until(lambda: is_learned(display.picture()), "the network to learn the drawing", seconds=120.0)
        display.do("key", "space")
        assert loss_line(display.picture()) > loss_line(before) + 50
        display.do("key", "ctrl+q")
        assert program.wait(timeout=60) == 0
        assert program.stderr is not None
        assert not re.search(r"Traceback|Error", program.stderr.read())
    finally:
        program.kill()
        program.communicate()


def test_a_picture_shows_the_loss_that_fell(display: Display, tmp_path: Path) -> None:
    pictures = [tmp_path / f"{epochs}.png" for epochs in (0, 300)]
    for path, epochs in zip(pictures, ("0", "300"), strict=True):
        program = display.start("--screenshot", str(path), "--epochs", epochs, "--theme", "light")
        _, errors = program.communicate(timeout=120)
        assert program.returncode == 0, errors
    assert pictures[0].read_bytes() != pictures[1].read_bytes()
