"""The import dialog: what is seen, what can be corrected, and what comes out of it."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor

from app.dialogs.importing import ImportDialog
from app.dialogs.importing import dialog as dialog_module
from app.theme import DARK, LIGHT
from engine.datasets.tables import ENCODINGS, Imported
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

FLOWERS = (
    "id;length;width;depth;kind\n"
    "1;1,5;10,5;3,5;red\n2;3,5;20,25;1;blue\n3;5;60;2,5;red\n4;;40;2;blue\n5;4,25;35;7;red\n"
)


@pytest.fixture
def open_dialog(qtbot):
    def open_one(source, name="flowers.csv", theme=LIGHT, *, until_ready=True):
        data = source.encode() if isinstance(source, str) else source
        dialog = ImportDialog(data, name, None, theme)
        qtbot.addWidget(dialog)
        dialog.show()
        if until_ready:
            qtbot.waitUntil(lambda: dialog.report.text() not in ("", "Reading …"))
        return dialog

    return open_one


def preview(dialog):
    model = dialog.preview.rows
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def header(dialog):
    model = dialog.preview.rows
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]


def tick(dialog, **columns):
    for row in range(dialog.choices.inputs.count()):
        item = dialog.choices.inputs.item(row)
        if item.text() in columns:
            item.setCheckState(Qt.CheckState.Checked if columns[item.text()] else Qt.CheckState.Unchecked)


def ready(qtbot, dialog, words):
    qtbot.waitUntil(lambda: words in dialog.report.text())


def test_a_table_is_shown_as_it_was_read(open_dialog):
    dialog = open_dialog(FLOWERS)
    assert dialog.title.text() == "flowers.csv"
    assert dialog.size_text.text() == "5 rows, 5 columns"
    assert dialog.form.delimiter.currentText() == "Semicolon"
    assert dialog.form.decimal.currentText() == "Comma"
    assert dialog.form.encoding.currentText() == "UTF-8"
    assert dialog.form.header.isChecked()
    assert preview(dialog)[:2] == [["1", "1,5", "10,5", "3,5", "red"], ["2", "3,5", "20,25", "1", "blue"]]
    assert header(dialog) == [
        "id\nnumbers",
        "length\ninput: numbers, 1 empty",
        "width\ninput: numbers",
        "depth\ninput: numbers",
        "kind\ntarget: words, 2 different",
    ]
    assert "4 of 5 rows are used: 3 of “red”, 1 of “blue”." not in dialog.report.text()
    assert dialog.report.text().startswith("4 of 5 rows are used: 1 of “blue”, 3 of “red”.")
    assert "3 columns were standardized and projected" in dialog.report.text()
    assert not dialog.progress.isVisible()
    assert dialog.take.isEnabled()


def test_inputs_and_target_are_colored_in_both_themes(open_dialog):
    for theme in (LIGHT, DARK):
        dialog = open_dialog(FLOWERS, theme=theme)
        model = dialog.preview.rows
        grounds = [model.data(model.index(0, column), Qt.ItemDataRole.BackgroundRole) for column in range(5)]
        assert grounds[0] is None
        assert grounds[1] == QColor(*theme.selected)
        assert grounds[4] not in (None, grounds[1])


def test_what_is_chosen_comes_out(qtbot, open_dialog):
    dialog = open_dialog(FLOWERS)
    tick(dialog, depth=False)
    ready(qtbot, dialog, "(“length” − ")
    dialog.choices.missing.choose("mean")
    ready(qtbot, dialog, "1 empty cell of “length” became its mean, 3.562.")
    dialog.choices.normalization.choose("min-max")
    ready(qtbot, dialog, "it goes from 10.5 to 60")
    with qtbot.waitSignal(dialog.imported) as imported:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    result = imported.args[0]
    assert isinstance(result, Imported)
    assert result.task == "two-classes"
    assert result.points.targets.tolist() == [1.0, 0.0, 1.0, 0.0, 1.0]
    lengths = np.array([1.5, 3.5, 5.0, 3.5625, 4.25])
    np.testing.assert_allclose(result.points.inputs[:, 0], 10.0 * (lengths - 1.5) / 3.5 - 5.0)
    assert not dialog.isVisible()


def test_return_imports_what_was_recognized(qtbot, open_dialog):
    dialog = open_dialog(FLOWERS)
    assert dialog.focusWidget() is dialog.preview
    with qtbot.waitSignal(dialog.imported):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_task_follows_target_and_inputs_and_unfit_ones_say_why(qtbot, open_dialog):
    dialog = open_dialog(FLOWERS)
    assert dialog.choices.task.currentData() == "two-classes"
    tick(dialog, depth=False, width=False)
    ready(qtbot, dialog, "where a number belongs")
    # A curve cannot end in words.
    assert not dialog.take.isEnabled()
    dialog.choices.target.setCurrentIndex(dialog.choices.target.findData("width"))
    dialog.choices.target.activated.emit(dialog.choices.target.currentIndex())
    ready(qtbot, dialog, "The target is (“width” − 35.25)")
    assert dialog.choices.task.currentData() == "regression-1d"
    regression = dialog.choices.task.model().item(dialog.choices.task.findData("regression"))
    assert not regression.isEnabled()
    assert regression.toolTip() == "This takes two inputs: tick another column."
    assert dialog.take.isEnabled()


def test_how_it_was_read_can_be_corrected(qtbot, open_dialog):
    dialog = open_dialog("a|b|c\n1|2|x\n3|4|y\n")
    assert dialog.form.delimiter.currentText() == "Bar"
    choose(dialog.form.delimiter, ",")
    # At once from the beginning of the text, and then from all of it.
    assert preview(dialog) == [["1|2|x"], ["3|4|y"]]
    ready(qtbot, dialog, "one column only")
    assert not dialog.take.isEnabled()
    choose(dialog.form.delimiter, "|")
    ready(qtbot, dialog, "2 of 2 rows are used")
    dialog.form.header.click()
    ready(qtbot, dialog, "“a” where a number belongs")
    assert header(dialog)[0] == "column 1\ninput: numbers and 1 word"


def choose(choice, name):
    choice.setCurrentIndex(choice.findData(name))
    choice.activated.emit(choice.currentIndex())


def test_a_wrong_encoding_can_be_corrected(qtbot, open_dialog):
    dialog = open_dialog("x;y;Größe\n1;2;weiß\n2;3;grün\n".encode("cp1250"))
    assert header(dialog)[2].startswith("Größe")
    choose(dialog.form.encoding, "cp1251")
    qtbot.waitUntil(lambda: header(dialog)[2].startswith("GrцЯe\n"))
    choose(dialog.form.encoding, "utf-8")
    ready(qtbot, dialog, "not in the encoding UTF-8")
    choose(dialog.form.encoding, "cp1252")
    ready(qtbot, dialog, "“grün”")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_can_be_chosen_and_the_preview_follows(qtbot, open_dialog, encoding):
    """Short tables tell too little about their encoding, so that all of them are there to be chosen."""
    kind = KINDS.get(encoding, "kind")
    dialog = open_dialog(f"a,b,{kind}\n1,2,x\n2,3,y\n".encode(encoding))
    choose(dialog.form.encoding, encoding)
    qtbot.waitUntil(lambda: header(dialog)[2] == f"{kind}\ntarget: words, 2 different")
    assert dialog.choices.target.currentText() == kind


# A word of those who write so.
KINDS = {
    "cp1252": "Größe", "latin-1": "größe", "iso8859_15": "cœur", "mac_roman": "été", "cp850": "año",
    "cp1250": "řeka", "iso8859_2": "šířka", "cp1253": "είδος", "cp1254": "çeşit", "cp1251": "вид", "koi8_r": "вид",
    "shift_jis": "種類", "euc_jp": "種類", "gb18030": "种类", "big5": "種類", "euc_kr": "종류",
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "There is nothing in it."),
        (bytes(range(256)) * 9, "This is no text: it holds bytes that no table has."),
        (b"a,b\n", "There is a header but no row below it."),
        (b"a,b\n1,2\n3\n", "Line 3 has 1 cell where the first one has 2."),
        (b"color,size\nred,big\nblue,small\nred,small\n", "No column is left for the inputs"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_color_of_problems(open_dialog, source, sentence):
    dialog = open_dialog(source)
    assert dialog.report.text().startswith(sentence)
    assert dialog.report.property("role") == "problem"
    assert not dialog.take.isEnabled()
    assert not dialog.choices.isEnabled() or dialog.choices.target.count()
    assert not dialog.progress.isVisible()


def test_a_file_of_arrays_has_no_format_to_correct(qtbot, open_dialog, tmp_path):
    path = tmp_path / "points.npz"
    np.savez(path, X=np.arange(8.0).reshape(4, 2), y=np.array([0, 1, 1, 0]))
    dialog = ImportDialog(path, path.name)
    qtbot.addWidget(dialog)
    dialog.show()
    ready(qtbot, dialog, "4 of 4 rows are used: 2 of “0”, 2 of “1”.")
    assert not dialog.form.isVisible()
    with qtbot.waitSignal(dialog.imported):
        dialog.take.click()


def test_a_file_that_is_changed_or_removed_meanwhile(qtbot, open_dialog, tmp_path):
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS)
    dialog = ImportDialog(path, path.name)
    qtbot.addWidget(dialog)
    dialog.show()
    ready(qtbot, dialog, "rows are used")
    # What was read is kept: it can be taken although the file is gone.
    path.unlink()
    with qtbot.waitSignal(dialog.imported):
        dialog.take.click()
    path.write_text(FLOWERS)
    second = ImportDialog(path, path.name)
    qtbot.addWidget(second)
    second.show()
    ready(qtbot, second, "rows are used")
    # Only reading it anew needs the file.
    path.write_text("")
    second.form.header.click()
    ready(qtbot, second, "There is nothing in it.")
    assert not second.take.isEnabled()
    path.unlink()
    second.form.header.click()
    ready(qtbot, second, "This file cannot be read: there is no such file or folder.")
    assert not second.take.isEnabled()
    path.write_text(FLOWERS)
    second.form.header.click()
    second.form.header.click()
    ready(qtbot, second, "rows are used")
    assert second.take.isEnabled()


class Slow:
    """Reading that waits until it is told to go on."""

    def __init__(self):
        self.began, self.may_go_on, self.ended = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, source, form, report):
        report(0.25)
        self.began.set()
        try:
            while not self.may_go_on.wait(0.01):
                report(0.5)
        finally:
            self.ended.set()
        return READ(source, form, report)


READ = dialog_module.read_table


def test_progress_is_shown_and_cancel_ends_the_reading(qtbot, open_dialog, monkeypatch):
    slow = Slow()
    monkeypatch.setattr(dialog_module, "read_table", slow)
    dialog = open_dialog(FLOWERS, until_ready=False)
    qtbot.waitUntil(lambda: dialog.progress.value() == 50)
    assert dialog.progress.isVisible()
    assert dialog.report.text() == "Reading …"
    # The beginning is there to be looked at already.
    assert preview(dialog)[0] == ["1", "1,5", "10,5", "3,5", "red"]
    assert not dialog.take.isEnabled()
    imported = []
    dialog.imported.connect(imported.append)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert slow.ended.wait(5.0)
    assert imported == []
    assert not dialog.isVisible()


def test_what_was_read_too_late_is_not_shown(qtbot, open_dialog, monkeypatch):
    """A table that comes in after the format has been corrected must not take the place of the right one."""
    dialog = open_dialog("a;b;c\n1;2;x\n3;4;y\n")
    slow = Slow()
    monkeypatch.setattr(dialog_module, "read_table", slow)
    choose(dialog.form.delimiter, ",")
    assert slow.began.wait(5.0)
    first = dialog._current
    monkeypatch.setattr(dialog_module, "read_table", READ)
    # Its message is on its way when the next reading starts.
    first.failed.emit("This comes too late.")
    choose(dialog.form.delimiter, ";")
    ready(qtbot, dialog, "2 of 2 rows are used")
    slow.may_go_on.set()
    assert "too late" not in dialog.report.text()


def test_a_fault_of_the_program_is_said(qtbot, open_dialog, monkeypatch):
    def broken(source, form, report):
        raise MemoryError

    monkeypatch.setattr(dialog_module, "read_table", broken)
    assert open_dialog(FLOWERS).report.text() == "There is not enough memory for this table."


def test_the_larger_text_still_fits(qtbot, open_dialog):
    dialog = open_dialog(FLOWERS)
    dialog.resize(dialog.minimumSizeHint())
    dialog.grab()
    assert dialog.minimumSizeHint().width() <= 1024
    assert dialog.minimumSizeHint().height() <= 700
    dialog.changeEvent(QEvent(QEvent.Type.StyleChange))
