"""Tables on the command line."""

import io
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.command_line import main
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Points
from engine.experiment_file import read, write
from tests.engine.test_command_line import run

TABLE = "Breite;Höhe;Tiefe;Art\n1,0;10;3;a\n3,0;20;1;b\n5,0;60;2;a\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(TABLE.encode("latin-1"))
    return path


def test_new_makes_an_experiment_of_a_table(capsys: pytest.CaptureFixture[str], table: Path) -> None:
    code, out, err = run(
        capsys, "new", "--csv", str(table), "--inputs", "Breite,Höhe", "--target", "Art", "--normalize", "min-max",
        "--hidden", "3", "--learning-rate", "0.5",
    )  # fmt: skip
    assert code == 0
    experiment = read(out)
    assert isinstance(experiment.data.source, Points)
    np.testing.assert_allclose(experiment.data.source.inputs, [[-5.0, -5.0], [0.0, -3.0], [5.0, 5.0]])
    assert experiment.data.source.targets.tolist() == [0.0, 1.0, 0.0]
    assert [layer.units for layer in experiment.network.hidden] == [3]
    assert experiment.training.learning_rate == 0.5
    assert "3 of 3 rows are used: 2 of “a”, 1 of “b”." in err
    assert "x₁ = (“Breite” − 3) · 2.5" in err


def test_without_a_word_about_columns_all_are_projected(capsys: pytest.CaptureFixture[str], table: Path) -> None:
    code, out, err = run(capsys, "new", "--csv", str(table))
    assert code == 0
    assert "3 columns were standardized and projected" in err
    assert read(out).data.source.columns.names == ("Breite", "Höhe", "Tiefe")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "task", "outputs"),
    [
        (("--inputs", "Breite,Höhe", "--target", "Tiefe"), "regression", 1),
        (("--inputs", "Breite", "--target", "Höhe"), "regression-1d", 1),
        (("--inputs", "Breite,Höhe", "--target", "Tiefe", "--task", "classes"), "classes", 3),
        (("--inputs", "Breite,Höhe", "--task", "metric-learning"), "embedding", 2),
        (("--inputs", "Breite,Höhe", "--task", "soft-classes"), "soft-classes", 2),
        (("--inputs", "Breite,Höhe", "--target", "Tiefe", "--task", "ranking"), "ranking", 1),
    ],
)
def test_every_task_that_a_table_can_have(
    capsys: pytest.CaptureFixture[str], table: Path, arguments: tuple[str, ...], task: str, outputs: int
) -> None:
    code, out, err = run(capsys, "new", "--csv", str(table), *arguments)
    assert code == 0, err
    experiment = read(out)
    assert (experiment.data.task, experiment.network.output.units) == (task, outputs)
    assert len(resolve(experiment.data)) == 3


def test_a_table_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"x1\tx2\tclass\n1\t2\t0\n-1\t-2\t1\n"))
    monkeypatch.setattr(sys, "stdin", stream)
    code, out, _ = run(capsys, "new", "--csv", "-")
    assert code == 0
    assert read(out).data.source.inputs.tolist() == [[1.0, 2.0], [-1.0, -2.0]]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--csv", "no such file"), "no such file: This file cannot be read: there is no such file or folder."),
        (("--inputs", "a,b"), "--inputs is about a table: name one with --csv."),
        (("--csv", "TABLE", "--data", "circle"), "--data does not go with --csv"),
        (("--csv", "TABLE", "--inputs", "Breite,Weite"), "There is no column “Weite”"),
        (("--csv", "TABLE", "--task", "regression"), "Row 1 of “Art” holds “a” where a number belongs."),
        (("--csv", "TABLE", "--task", "segmentation"), "not segmentation"),
        (("--csv", "TABLE", "--task", "flying"), "no task named “flying”"),
        (("--csv", "TABLE", "--loss", "mse", "--target", "Tiefe", "--inputs", "Art,Höhe"), "holds “a”"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_code_1(
    capsys: pytest.CaptureFixture[str], table: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, err = run(capsys, "new", *(str(table) if word == "TABLE" else word for word in arguments))
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("form", ["csv", "json"])
def test_data_writes_points_that_new_reads_again(capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str) -> None:
    experiment = compose(data="spiral", samples=80, noise=0.4)
    file, out = tmp_path / "experiment.json", tmp_path / f"points.{form}"
    file.write_text(write(experiment), encoding="utf-8")
    code, _, err = run(capsys, "data", str(file), f"--{form}", str(out))
    assert (code, err) == (0, f"80 points written to {out}.\n")
    source = read(run(capsys, "new", "--csv", str(out))[1]).data.source
    assert isinstance(source, Points)
    dataset = resolve(experiment.data)
    assert source.inputs.tobytes() == dataset.points.tobytes()
    assert source.targets.tobytes() == dataset.targets.tobytes()


def test_a_split_of_the_table_is_followed_unless_another_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b,kind,split\n" + "1,2,x,test\n3,4,y,train\n2,2,x,train\n5,1,y,train\n" * 5)
    code, out, err = run(capsys, "new", "--csv", str(path))
    assert code == 0
    assert "“split” says which rows are for the test: 5." in err
    assert resolve(read(out).data).is_train.tolist() == [False, True, True, True] * 5
    assert read(out).data.train_share == 0.75
    for options, count in ((("--train-share", "0.5"), 10), (("--split-seed", "1"), 14), (("--fold", "1"), 16)):
        assert resolve(read(run(capsys, "new", "--csv", str(path), *options)[1]).data).train_count == count


def test_data_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    file = tmp_path / "experiment.json"
    file.write_text(write(compose(samples=3)), encoding="utf-8")
    assert main(("data", str(file), "--csv", "-")) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"x1,x2,class,split\n")
    assert out.count(b"\n") == 4


def test_a_place_that_cannot_be_written_is_said_and_nothing_lost(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "experiment.json"
    file.write_text(write(compose()), encoding="utf-8")
    for out in (tmp_path / "no" / "where.csv", tmp_path):
        code, _, err = run(capsys, "data", str(file), "--csv", str(out))
        assert code == 1
        assert err.startswith(f"Cannot write {out}: ")
        assert err.count("\n") == 1
    with pytest.raises(SystemExit):
        main(("data", str(file)))
