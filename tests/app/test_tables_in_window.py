"""Tables in the real window: dropped, pasted and imported, with the engine running."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.dialogs.importing import ImportDialog, PictureDialog
from app.files.data_dialogs import DataDialogs
from engine.compose import compose
from engine.experiment_file import write
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

CSV = "x1,x2,class\n" + "".join(f"{number % 5 - 2},{number % 3 - 1},{'ab'[number % 2]}\n" for number in range(40))


def open_dialog(qtbot, window) -> ImportDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportDialog)))
    (dialog,) = [each for each in window.findChildren(ImportDialog) if each.isVisible()]
    qtbot.waitUntil(dialog.take.isEnabled)
    return dialog


def drop(window, mime):
    """Drag ``mime`` onto the window and let it go; return whether it was accepted."""
    place, buttons, keys = QPoint(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, buttons, keys))
    return True


def files(*paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_dropped_table_is_learned_and_can_be_undone(qtbot, window, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(CSV)
    before = window.session.experiment
    assert drop(window, files(path))
    dialog = open_dialog(qtbot, window)
    assert dialog.title.text() == "mine.csv"
    dialog.take.click()
    assert window.session.dataset.points[:3].tolist() == [[-2.0, -1.0], [-1.0, 0.0], [0.0, 1.0]]
    assert "40 points of a table" in window.actions_by_key["undo"].text()
    window.session.step_epoch()
    qtbot.waitUntil(lambda: window.session.frame.epoch == 1, timeout=30_000)
    window.actions_by_key["undo"].trigger()
    assert window.session.experiment is before


def test_closing_the_dialog_leaves_everything_as_it_was(qtbot, window, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(CSV)
    before = window.session.experiment
    drop(window, files(path))
    open_dialog(qtbot, window).cancel.click()
    assert window.session.experiment is before
    qtbot.waitUntil(lambda: not window.findChildren(ImportDialog))


def test_dropped_cells_and_pictures_are_shown_in_their_dialogs(qtbot, window, tmp_path):
    cells = QMimeData()
    cells.setText("a\tb\tkind\n1,5\t2\tx\n3\t4\ty\n")
    assert drop(window, cells)
    dialog = open_dialog(qtbot, window)
    assert dialog.title.text() == "Cells from another window"
    assert dialog.report.text().startswith("2 of 2 rows are used")
    dialog.reject()
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    picture.setPixel(12, 9, 0xFFFFFFFF)
    assert picture.save(str(tmp_path / "mine.png"))
    image = QMimeData()
    image.setImageData(picture)
    for mime, name in ((files(tmp_path / "mine.png"), "mine.png"), (image, "Picture from another window")):
        assert drop(window, mime)
        (shown,) = [each for each in window.findChildren(PictureDialog) if each.isVisible()]
        assert shown.title.text() == name
        shown.take.click()
        assert window.session.dataset.shape == (48, 48)
        window.session.undo()


def test_a_dropped_experiment_is_opened(qtbot, window, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(write(compose(data="spiral", samples=60, hidden=(3,))))
    assert drop(window, files(path))
    assert window.session.experiment.data.source.name == "spiral"
    assert not [each for each in window.findChildren(ImportDialog) if each.isVisible()]


def test_what_is_no_table_is_not_accepted(window):
    mime = QMimeData()
    mime.setData("application/x-anything", b"1,2")
    assert not drop(window, mime)


def test_ctrl_v_takes_the_cells_of_a_spreadsheet(qtbot, window):
    QGuiApplication.clipboard().setText(CSV.replace(",", "\t"))
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = open_dialog(qtbot, window)
    assert dialog.title.text() == "Cells from the clipboard"
    assert dialog.size_text.text() == "40 rows, 3 columns"
    dialog.take.click()
    assert len(window.session.dataset) == 40
    window.actions_by_key["copy_data"].trigger()
    assert QGuiApplication.clipboard().text().startswith("x1\tx2\tclass\tsplit\n-2.0\t-1.0\ta\ttrain\n")
    QGuiApplication.clipboard().clear()


def test_import_and_export_by_menu(qtbot, window, monkeypatch, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(CSV)
    monkeypatch.setattr(DataDialogs, "path_to_import", lambda self, folder: path)
    window.actions_by_key["import_data"].trigger()
    open_dialog(qtbot, window).take.click()
    for name in ("out.csv", "out.npz", "out.json", "out.png", "out.svg"):
        out = tmp_path / name
        monkeypatch.setattr(DataDialogs, "path_to_export", lambda self, suggestion, out=out: out)
        window.actions_by_key["export_data"].trigger()
        assert window.status.text.text() == f"Written to “{name}”."
        assert out.stat().st_size > 400
    again = (tmp_path / "out.csv").read_text().splitlines()
    assert again[:2] == ["x1,x2,class,split", "-2.0,-1.0,a,train"]
