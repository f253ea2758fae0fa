"""Import, paste, drop, export and copy, without a window."""

import errno
import json
import os
from unittest.mock import Mock

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, QSize, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.files.data_commands import NOTHING_TO_PASTE, DataCommands, is_experiment
from app.files.data_dialogs import EXPORTS, DataDialogs
from app.files.data_export import PICTURE_RATIO, PICTURE_SIZE
from app.files.experiment_files import GivenUpError
from app.session import Session
from app.training_worker import TrainingWorker
from engine.compose import compose
from engine.datasets.tables import FORMATS, SUFFIXES, read_table, suggest, to_points, written
from engine.experiment_file import write
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def draw(painter: QPainter, size: QSize) -> None:
    painter.fillRect(0, 0, size.width(), size.height(), QColor(10, 200, 30))
    painter.drawText(20, 40, "Output")


class Said:
    """What the session says."""

    def __init__(self, session):
        self.messages, self.problems = [], []
        session.message.connect(self.messages.append)
        session.problem.connect(self.problems.append)


@pytest.fixture
def session(qapp):
    worker = Mock(spec=TrainingWorker)
    return Session(compose(data="blobs", samples=30, noise=0.2), worker)


@pytest.fixture
def dialogs():
    return Mock(spec=DataDialogs)


@pytest.fixture
def commands(session, dialogs):
    commands = DataCommands(session, draw, dialogs)
    commands.wanted, commands.opened, commands.pictures = [], [], []
    commands.picture_wanted.connect(lambda source, name: commands.pictures.append((source, name)))
    commands.import_wanted.connect(lambda source, name: commands.wanted.append((source, name)))
    commands.experiment_dropped.connect(commands.opened.append)
    return commands


@pytest.fixture
def clipboard(qapp):
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


def test_import_shows_the_file_that_was_chosen(commands, dialogs, tmp_path):
    dialogs.path_to_import.return_value = None
    commands.import_data()
    assert commands.wanted == []
    dialogs.path_to_import.return_value = tmp_path / "a.csv"
    commands.import_data()
    assert commands.wanted == [(tmp_path / "a.csv", "a.csv")]
    commands.import_data()
    # The next time the dialog begins where the last file was.
    assert dialogs.path_to_import.call_args.args == (tmp_path,)


def test_paste_takes_the_cells_of_a_spreadsheet(commands, clipboard):
    clipboard.setText("a\tb\tkind\n1,5\t2\tgrün\n3\t4\tweiß\n")
    commands.paste()
    ((source, name),) = commands.wanted
    assert name == "Cells from the clipboard"
    table = read_table(source)
    assert table.names == ("a", "b", "kind")
    assert table.column("a").numbers.tolist() == [1.5, 3.0]
    assert table.column("kind").words == ("grün", "weiß")


def test_nothing_to_paste_is_said(commands, session, clipboard):
    said = Said(session)
    commands.paste()
    clipboard.setText("  \n ")
    commands.paste()
    assert said.problems == [NOTHING_TO_PASTE] * 2
    assert commands.wanted == []


def test_a_picture_is_shown_as_one_whichever_way_it_comes(commands, dialogs, clipboard, tmp_path):
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 100, 50))
    clipboard.setImage(image)
    commands.paste()
    ((picture, name),) = commands.pictures
    assert (picture.size(), picture.pixelColor(2, 1), name) == (
        image.size(),
        QColor(200, 100, 50),
        "Picture from the clipboard",
    )
    path = dialogs.path_to_import.return_value = tmp_path / "a.PNG"
    assert image.save(str(path))
    commands.import_data()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    assert commands.take(mime, "from somewhere")
    assert commands.pictures[1:] == [(path, "a.PNG")] * 2
    assert commands.wanted == []


def test_a_dropped_file_is_imported_and_an_experiment_opened(commands, session, tmp_path):
    said = Said(session)
    table, experiment = tmp_path / "t.json", tmp_path / "e.json"
    table.write_text('{"x1": [1, 2], "x2": [3, 4], "class": [0, 1]}')
    experiment.write_text(write(session.experiment))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(table)), QUrl.fromLocalFile(str(experiment))])
    assert commands.take(mime, "from somewhere")
    assert commands.wanted == [(table, "t.json")]
    assert said.messages == ["Of 2 files only the first, “t.json”, is taken."]
    mime.setUrls([QUrl.fromLocalFile(str(experiment))])
    assert commands.take(mime, "from somewhere")
    assert commands.opened == [experiment]
    assert len(commands.wanted) == 1


def test_what_is_no_table_is_not_taken(commands):
    mime = QMimeData()
    mime.setData("application/x-anything", QByteArray(b"1,2"))
    mime.setUrls([QUrl("https://example.org/a.csv")])
    assert not commands.take(mime, "from somewhere")
    assert commands.wanted == []


def test_an_experiment_is_told_by_how_it_begins(tmp_path):
    path = tmp_path / "a.json"
    for text, expected in (
        (write(compose()), True),
        ('{"seed": 3}', True),
        ('{"data": [1, 2], "seed": [3, 4]}', False),
        ("[[1, 2], [3, 4]]", False),
    ):
        path.write_text(text)
        assert is_experiment(path) is expected
    assert not is_experiment(tmp_path / "none.json")
    assert not is_experiment(tmp_path / "a.csv")


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_exported_is_the_same_when_it_is_imported(commands, session, dialogs, tmp_path, form):
    said = Said(session)
    path = dialogs.path_to_export.return_value = tmp_path / f"data.{form}"
    commands.export()
    assert said.messages == [f"Written to “data.{form}”."]
    table = read_table(path)
    points = to_points(table, suggest(table, inputs=("x1", "x2"))).points
    assert points.inputs.tobytes() == session.dataset.points.tobytes()
    assert points.targets.tobytes() == session.dataset.targets.tobytes()


def test_pictures_are_sharp_and_whole(commands, dialogs, tmp_path):
    path = dialogs.path_to_export.return_value = tmp_path / "p.png"
    commands.export()
    picture = QImage(str(path))
    assert picture.size() == PICTURE_SIZE * PICTURE_RATIO
    assert picture.pixelColor(picture.width() - 1, picture.height() - 1) == QColor(10, 200, 30)
    path = dialogs.path_to_export.return_value = tmp_path / "p.svg"
    commands.export()
    assert QSvgRenderer(str(path)).viewBox() == QRect(QPoint(), PICTURE_SIZE)
    assert 'width="190.5mm"' in path.read_text()
    # Words stay words.
    assert ">Output</text>" in path.read_text().replace("\n", "")


def test_a_file_that_cannot_be_written_is_said_and_what_it_held_is_kept(commands, session, dialogs, tmp_path):
    said = Said(session)
    dialogs.path_to_export.return_value = tmp_path / "no" / "data.csv"
    commands.export()
    assert said.problems[-1] == "“data.csv” could not be written: there is no such file or folder."
    dialogs.path_to_export.return_value = tmp_path / "data.docx"
    commands.export()
    assert said.problems[-1].startswith("“data.docx” could not be written: its name must end in one of .csv, ")
    dialogs.path_to_export.return_value = None
    commands.export()
    assert len(said.problems) == 2
    assert said.messages == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "png"])
@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.ENOSPC, "no space left on device"), (errno.EROFS, "read-only file system")],
)
def test_a_full_or_read_only_disk_leaves_what_was_there(
    commands, session, dialogs, tmp_path, monkeypatch, form, number, why
):
    def fail(path, parts):
        next(iter(parts))
        raise OSError(number, os.strerror(number))

    path = tmp_path / f"data.{form}"
    path.write_bytes(b"kept")
    monkeypatch.setattr("app.files.data_export.write_atomically", fail)
    said, before = Said(session), session.experiment
    dialogs.path_to_export.return_value = path
    commands.export()
    assert len(said.problems) == 1
    assert said.problems[0].startswith(f"“{path.name}” could not be written: ")
    assert why in said.problems[0].casefold()
    assert path.read_bytes() == b"kept"
    assert session.experiment == before


@pytest.mark.parametrize("form", FORMATS)
def test_very_many_points_are_written_and_copied_behind_a_dialog(
    qtbot, commands, session, dialogs, clipboard, tmp_path, monkeypatch, form
):
    monkeypatch.setattr("app.files.data_commands.MANY_POINTS", 1)
    monkeypatch.setattr("engine.datasets.tables.writing.PORTION_ROWS", 7)
    dialogs.wait_for.side_effect = DataDialogs(None).wait_for
    path = dialogs.path_to_export.return_value = tmp_path / f"many.{form}"
    commands.export()
    assert path.read_bytes()[:100] == written(session.experiment.data, session.dataset, form)[:100]
    commands.copy()
    assert clipboard.text().count("\n") == 31
    assert [call.args[0] for call in dialogs.wait_for.call_args_list] == [
        f"Writing “{path.name}”",
        "Copying the points",
    ]


def test_an_export_that_is_given_up_leaves_what_was_there(commands, session, dialogs, clipboard, tmp_path, monkeypatch):
    def given_up(doing, remark, work):
        def stop(share):
            raise GivenUpError(f"{doing} was cancelled.")

        return work(stop)

    monkeypatch.setattr("app.files.data_commands.MANY_POINTS", 1)
    dialogs.wait_for.side_effect = given_up
    said = Said(session)
    path = dialogs.path_to_export.return_value = tmp_path / "data.csv"
    path.write_bytes(b"kept")
    commands.export()
    clipboard.setText("kept")
    commands.copy()
    assert said.messages == ["Writing “data.csv” was cancelled.", "Copying the points was cancelled."]
    assert said.problems == []
    assert clipboard.text() == "kept"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"data.csv": b"kept"}


def test_cells_that_were_copied_can_be_pasted_again(commands, session, clipboard):
    said = Said(session)
    commands.copy()
    assert said.messages == ["30 points copied: paste them into a spreadsheet."]
    assert clipboard.text().startswith("x1\tx2\tclass\tsplit\n")
    commands.paste()
    table = read_table(commands.wanted[0][0])
    points = to_points(table, suggest(table)).points
    assert np.array_equal(points.inputs, session.dataset.points)
    assert np.array_equal(points.targets, session.dataset.targets)


def test_the_picture_is_copied_as_an_image(commands, clipboard):
    commands.copy_picture()
    assert clipboard.image().size() == PICTURE_SIZE * PICTURE_RATIO


def test_every_format_is_offered():
    assert {f".{form}" for form in FORMATS} < set(EXPORTS)
    assert {".csv", ".json", ".npz", ".npy", ".tsv"} <= set(SUFFIXES)
    assert json.dumps(EXPORTS)
