"""What was drawn and learned outlives ``kill -9``: a real window, killed while it holds unsaved work."""

import subprocess
from pathlib import Path

import msgspec
import numpy as np

from app.files.drafts import DraftFolder, Weights, parameters_for
from app.files.experiment_files import open_experiment, save_experiment
from app.theme import LIGHT
from engine import experiment_file
from engine.compose import compose
from engine.experiment import Data, Experiment, Points
from engine.trainer import Trainer
from tests.end_to_end.conftest import Display, wait_until

# Inside the output view at 1280×800, one place a class.
PLACES = ((980, 300), (1180, 300), (1075, 450))
STRIP, RESTORE = (400, 141), (766, 157)


def strip_is_there(picture: np.ndarray) -> bool:
    return tuple(picture[STRIP[1], STRIP[0]]) == LIGHT.selected


def kill(program: "subprocess.Popen[str]") -> None:
    """End the program without a chance to do anything, as a power cut does."""
    program.kill()
    program.communicate()


def points(experiment: Experiment | None) -> np.ndarray:
    """Return the targets of the painted points; none without an experiment."""
    source = experiment.data.source if experiment is not None else Points([], [])
    assert isinstance(source, Points)
    return source.targets


def kept(folder: DraftFolder) -> Experiment | None:
    """Return what is kept now, without touching the lock of the program; files are there whole or not at all."""
    for path in folder.path.glob("*.draft"):
        return experiment_file.read(path.read_bytes().partition(b"\n")[2])
    return None


def kept_learning(folder: DraftFolder) -> tuple[int, float]:
    """Return after how many epochs weights were kept, and the share of the training samples that they get right."""
    experiment = kept(folder)
    for path in folder.path.glob("*.weights"):
        assert experiment is not None
        weights = msgspec.json.decode(path.read_bytes(), type=Weights)
        parameters = parameters_for(experiment, weights)
        assert parameters is not None
        trainer = Trainer(experiment)
        trainer.set_parameters(parameters)
        return weights.epoch, trainer.measure().train_metric
    return 0, 0.0


def restore(display: Display) -> None:
    """Wait for the offer and take it."""
    wait_until(lambda: strip_is_there(display.picture()), "the offer")
    display.do("mousemove", *RESTORE, "click", 1)
    wait_until(lambda: "drawing" in display.title(), "what was kept")
    assert "*" in display.title()
    wait_until(lambda: not strip_is_there(display.picture()), "the strip to be gone")


def test_paint_three_classes_save_paint_on_kill_and_recover(display: Display, tmp_path: Path) -> None:
    file = tmp_path / "drawing.json"
    start = compose(task="several-classes", hidden=(8,), optimizer="adam", learning_rate=0.03)
    empty = Data(task="several-classes", classes=start.data.classes, source=Points([], []))
    save_experiment(file, msgspec.structs.replace(start, data=empty))
    folder = DraftFolder(tmp_path / "data" / "descent")

    def saved() -> np.ndarray:
        return points(open_experiment(file))

    program = display.start(str(file))
    try:
        wait_until(lambda: "drawing" in display.title(), "the window")
        display.do("mousemove", *PLACES[0])
        for key, (x, y) in enumerate(PLACES, start=1):
            display.do("key", str(key))
            display.drag((x, y), (x + 10, y + 20), (x - 10, y + 40))
        wait_until(lambda: "*" in display.title(), "the mark of unsaved changes")
        display.do("key", "ctrl+s")
        wait_until(lambda: "*" not in display.title(), "the file to be saved")
        first = saved()
        assert set(first) == {0.0, 1.0, 2.0}
        # One more stroke, which nobody saves.
        display.drag(PLACES[2], (1085, 420), (1095, 430))
        wait_until(lambda: len(points(kept(folder))) > len(first), "the stroke to be kept")
        painted = points(kept(folder))
        kill(program)
        np.testing.assert_array_equal(saved(), first)

        program = display.start()
        restore(display)
        display.do("key", "ctrl+s")
        wait_until(lambda: "*" not in display.title(), "the file to be saved again")
        np.testing.assert_array_equal(saved(), painted)

        # What is learned outlives the next kill.
        display.do("mousemove", *PLACES[0], "key", "space")
        wait_until(lambda: kept_learning(folder)[1] > 0.95, "the network to learn the drawing", seconds=120.0)
        assert kept_learning(folder)[0] > 0
        kill(program)
        program = display.start()
        restore(display)
        # Written anew from the network that goes on: its epochs count from here.
        wait_until(lambda: kept_learning(folder)[0] == 0, "the weights to be kept again")
        assert kept_learning(folder)[1] > 0.95
    finally:
        kill(program)
