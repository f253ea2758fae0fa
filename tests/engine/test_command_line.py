import json
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest

from engine.benchmark import LIBRARIES, WORKLOADS, report
from engine.command_line import main
from engine.compose import compose
from engine.examples import EXAMPLES, Example
from engine.experiment import Data, Generated, Points
from engine.experiment_file import read, write


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "experiment.json"
    path.write_text(write(compose(data="gaussians", hidden=(3,))), encoding="utf-8")
    return path


def test_new_prints_an_experiment(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys, "new", "--data", "spiral", "--hidden", "8,8", "--activation", "relu", "--loss", "mse", "--optimizer",
        "adam", "--set", "beta1=0.8", "--learning-rate", "0.02", "--batch-size", "5", "--seed", "7", "--l2", "0.1",
        "--features", "x1, sin(x2)", "--noise", "0.2", "--samples", "99",
    )  # fmt: skip
    assert code == 0
    assert read(out) == compose(
        data="spiral", hidden=(8, 8), activation="relu", loss="mse", optimizer="adam", settings={"beta1": 0.8},
        learning_rate=0.02, batch_size=5, seed=7, l2=0.1, features=("x1", "sin(x2)"), noise=0.2, samples=99,
    )  # fmt: skip


def test_new_names_the_classes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "new", "--data", "blobs", "--class-names", "cats,, dogs,")
    assert (code, err) == (0, "")
    assert read(out) == compose(data="blobs", class_names=("cats", "", "dogs"))
    assert read(run(capsys, "new", "--class-names", " ,")[1]) == compose()
    code, _, err = run(capsys, "new", "--class-names", "cats,Cats")
    assert (code, "Two classes cannot both be called “Cats”." in err) == (1, True)


def test_new_shapes_the_data_and_their_split(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(
        capsys, "new", "--data", "spiral", "--data-set", "turns=2.5", "--data-set", "arms=4", "--balance", "70,30",
        "--label-noise", "0.1", "--no-stratified", "--split-seed", "3", "--folds", "4", "--fold", "2",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert read(out) == compose(
        data="spiral", data_settings={"turns": 2.5, "arms": 4.0}, balance=(70.0, 30.0), label_noise=0.1,
        stratified=False, split_seed=3, folds=4, fold=2,
    )  # fmt: skip
    data = read(out).data
    assert (data.label_noise, data.stratified, data.split_seed, data.folds, data.fold) == (0.1, False, 3, 4, 2)
    assert data.source == Generated("spiral", 250, {"turns": 2.5, "arms": 4.0}, (70.0, 30.0))


def test_as_many_classes_as_have_a_share(capsys: pytest.CaptureFixture[str]) -> None:
    assert read(run(capsys, "new", "--data", "blobs", "--balance", "4,3,2,1")[1]).data.classes == 4


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--data-set", "turns=2"), "settings: circle has no “turns”; it has radius, gap."),
        (("--data-set", "radius=50"), "radius must be at least 0.5 and at most 3.5, not 50."),
        (("--balance", "1,2,3"), "balance must hold 2 numbers, one for each class, not 3."),
        (("--fold", "6"), "fold must be at most 5, the number of folds, not 6."),
        (("--label-noise", "2"), "label_noise must be at least 0 and at most 1, not 2."),
        (("--csv", "-", "--data-set", "gap=1"), "--data-set does not go with --csv: the table decides it."),
    ],
)
def test_data_that_cannot_be_shaped_so_are_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert run(capsys, "new", *arguments) == (1, "", f"{sentence}\n")


def test_list_names_the_settings_of_data_sets(capsys: pytest.CaptureFixture[str]) -> None:
    assert "turns=1.75" in run(capsys, "list")[1]
    data = json.loads(run(capsys, "list", "--json")[1])["data"]
    spiral = next(entry for entry in data if entry["name"] == "spiral")
    assert [setting["name"] for setting in spiral["settings"]] == ["turns", "arms"]
    assert spiral["settings"][1]["high"] == 8.0


def test_numbers_may_be_written_with_a_comma(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "new", "--learning-rate", "0,02", "--optimizer", "sgd", "--set", "momentum=0,5")[1]
    assert read(out) == compose(learning_rate=0.02, optimizer="sgd", settings={"momentum": 0.5})


def test_what_is_no_number_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(capsys, "new", "--learning-rate", "fast")
    assert "argument --learning-rate: expected a number such as 0.03, not 'fast'" in capsys.readouterr().err


def test_new_without_hidden_layers(capsys: pytest.CaptureFixture[str]) -> None:
    assert read(run(capsys, "new", "--hidden", "none")[1]).network.hidden == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_new_prints_a_worked_example(capsys: pytest.CaptureFixture[str], example: Example) -> None:
    assert read(run(capsys, "new", "--example", example.name)[1]) == example.make()


def test_list_names_the_examples(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(run(capsys, "list", "--json")[1])["examples"]
    assert [entry["name"] for entry in listed] == list(EXAMPLES.names)
    assert all(entry["group"] for entry in listed)
    assert "lecture-backpropagation" in run(capsys, "list")[1]


def test_trace_prints_the_iteration_after_some_steps(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    reports = [json.loads(run(capsys, "trace", str(file), "--json", "--steps", str(steps))[1]) for steps in (0, 7, 8)]
    assert [report["step"] for report in reports] == [0, 7, 8]
    assert reports[1]["layers"][0]["new_weights"] == reports[2]["layers"][0]["weights"]
    assert [len(layer["weights"]) for layer in reports[0]["layers"]] == [3, 1]
    code, out, err = run(capsys, "trace", str(file), "--steps", "7")
    assert (code, err) == (0, "")
    assert out.startswith("Iteration 8, after 0 epochs: a batch of 10")


def test_trace_without_training_points_is_one_sentence(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    empty = msgspec.structs.replace(compose(), data=Data(source=Points(np.zeros((0, 2)), np.zeros(0))))
    file.write_text(write(empty), encoding="utf-8")
    for extra in ((), ("--json",), ("--steps", "3")):
        assert run(capsys, "trace", str(file), *extra) == (1, "", "There are no training samples to learn from.\n")


def test_train_without_training_points_is_one_sentence(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    empty = msgspec.structs.replace(compose(), data=Data(source=Points(np.zeros((0, 2)), np.zeros(0))))
    file.write_text(write(empty), encoding="utf-8")
    for extra in ((), ("--json",), ("--epochs", "0")):
        assert run(capsys, "train", str(file), *extra) == (1, "", "There are no training samples to learn from.\n")


def test_what_is_not_known_is_not_printed(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_text(write(compose(train_share=1.0)), encoding="utf-8")
    code, out, _ = run(capsys, "train", str(file), "--epochs", "2")
    assert code == 0
    assert "train loss" in out
    assert "nan" not in out
    assert "test loss" not in out


def test_trace_after_the_run_has_ended_says_why(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_text(write(EXAMPLES["exploding-learning-rate"].make()), encoding="utf-8")
    code, out, err = run(capsys, "trace", str(file), "--steps", "5000")
    assert (code, out) == (1, "")
    assert "learning rate 0.1" in err


def test_list_names_everything(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "list")[1]
    assert all(name in out for name in ("spiral", "binary-cross-entropy", "adam", "xavier", "sin(x1)", "relu"))
    assert json.loads(run(capsys, "list", "--json")[1])["optimizers"][1]["name"] == "adam"


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert "$defs" in json.loads(run(capsys, "schema")[1])


def test_train_prints_one_json_object(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, out, err = run(capsys, "train", str(file), "--epochs", "30", "--json")
    result = json.loads(out)
    assert (code, err) == (0, "")
    assert (result["epochs"], result["steps"]) == (30, 30 * 18)
    assert result["accuracy"] > 0.9
    assert result["train_loss"] < 0.3
    assert result["samples_per_second"] > 0.0
    assert [len(layer["weights"]) for layer in result["parameters"]] == [3, 1]
    assert len(result["parameters"][0]["biases"]) == 3


def test_trained_parameters_can_be_the_start_of_another_run(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    first = json.loads(run(capsys, "train", str(file), "--epochs", "20", "--json")[1])
    experiment = json.loads(file.read_text(encoding="utf-8"))
    experiment["network"]["parameters"] = first["parameters"]
    file.write_text(json.dumps(experiment), encoding="utf-8")
    again = json.loads(run(capsys, "train", str(file), "--epochs", "0", "--json")[1])
    assert again["parameters"] == first["parameters"]
    assert again["train_loss"] == pytest.approx(first["train_loss"])


def test_train_for_people_shows_progress_and_the_result(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, out, err = run(capsys, "train", str(file), "--epochs", "5")
    assert code == 0
    assert "train loss" in out
    assert "parameters" not in out
    assert "epoch" in err


def test_a_regression_has_r_squared_in_place_of_accuracy(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_text(write(compose(data="plane", hidden=())), encoding="utf-8")
    result = json.loads(run(capsys, "train", str(file), "--json")[1])
    assert result["accuracy"] is None
    assert result["r_squared"] > 0.99


def test_a_run_that_diverges_says_so_and_fails(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    experiment = compose(loss="mse", output="linear", activation="linear", learning_rate=100.0)
    file.write_text(write(experiment), encoding="utf-8")
    code, out, err = run(capsys, "train", str(file), "--json")
    assert code == 1
    assert "learning rate 100" in json.loads(out)["stopped"]
    assert err.startswith("Stopped at step")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("train", "no such file"), "Cannot read no such file"),
        (("train", "."), "Cannot read ."),
        (("new", "--data", "cloud"), "There is no data set named “cloud”"),
        (("new", "--hidden", "0"), "units must be at least 1"),
        (("new", "--learning-rate", "nan"), "learning_rate must be"),
        (("new", "--set", "beta1=0.5"), "sgd has no “beta1”"),
        (("new", "--example", "xor-three"), "There is no example named “xor-three”"),
        (("trace", "no such file"), "Cannot read no such file"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_code_1(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "--hidden", "a"),
        ("train", "x", "--epochs", "-1"),
        ("fly",),
        ("new", "--set", "x"),
        ("new", "--example", "xor", "--seed", "1"),
        ("new", "--example", "xor", "--set", "momentum=0.5"),
        ("trace", "x", "--steps", "-1"),
        (),
    ],
)
def test_a_wrong_call_is_explained_with_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_broken_file_is_one_sentence(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_bytes(b"\x00\xff not json")
    code, _, err = run(capsys, "train", str(file))
    assert code == 1
    assert "not valid JSON" in err


def test_module_runs_without_qt_and_reads_standard_input() -> None:
    code = """import sys, runpy
sys.modules["PySide6"] = None
sys.argv = ["engine", "train", "-", "--epochs", "2", "--json"]
runpy.run_module("engine", run_name="__main__")
"""
    result = subprocess.run(
        [sys.executable, "-c", code], input=write(compose()), capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["epochs"] == 2


def test_bench_times_every_workload(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.benchmark.LIBRARIES", {k: v for k, v in LIBRARIES.items() if k in ("Descent", "NumPy")})
    rows = report(seconds=0.01)
    assert [row["workload"] for row in rows] == [workload.name for workload in WORKLOADS]
    assert all(row["Descent"] > row["NumPy"] > 0.0 for row in rows)
    assert "2-8-8-1, batch 10" in capsys.readouterr().out
