"""Whatever a file holds: one sentence, and never a hang."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.tables import Choice, TableError, TextFormat, read_table, suggest, to_points


def npz(**arrays: object) -> bytes:
    file = io.BytesIO()
    np.savez(file, **{name: np.asarray(array) for name, array in arrays.items()})  # type: ignore[arg-type]
    return file.getvalue()


def npy(array: np.ndarray, **options: bool) -> bytes:
    file = io.BytesIO()
    np.save(file, array, **options)  # type: ignore[arg-type]
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


FALSE_SIZE = npy(np.zeros((2, 2))).replace(b"(2, 2)", b"(2000000000, 2)").replace(b"          \n", b" \n")

FILES = {
    "empty": (".csv", b"", "There is nothing in it."),
    "blank": (".csv", b"  \r\n \n\t\n", "There is nothing in it."),
    "only a mark": (".csv", b"\xef\xbb\xbf", "There is nothing in it."),
    "header only": (".csv", b"a,b,c\n", "There is a header but no row below it."),
    "one column": (".csv", b"a\n1\n2\n3\n", "one column only"),
    "one column of decimal commas": (".csv", b"1,5\n" * 3 + b"2\n", "Line 4 has 1 cell where the first one has 2."),
    "ragged, too short": (".csv", b"a,b,c\n1,2,3\n4,5\n6,7,8\n", "Line 3 has 2 cells where the first one has 3."),
    "ragged, too long": (".csv", b"a,b\n1,2\n4,5,6\n", "Line 3 has 3 cells where the first one has 2."),
    "junk": (".csv", bytes(range(256)) * 40, "This is no text"),
    "zeros": (".csv", bytes(5_000), "There is nothing in it."),
    "junk behind a good beginning": (".csv", b"a,b\n" + b"1,2\n" * 70_000 + b"\0\1\2", "This is no text"),
    "a picture": (".csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "This is no table but a picture."),
    "a workbook": (".xlsx", workbook(), "save its sheet as CSV first"),
    "compressed": (".csv.gz", gzip.compress(b"a,b\n1,2\n"), "unpack it first"),
    "an endless cell": (".csv", b'a,b\n1,"2\n' + b"3,4\n" * 50_000, "a quotation mark may be missing"),
    "an endless line": (".csv", b"a,b\n" + b"1" * 5_000_000, "longer than 4,000,000 letters"),
    "too many columns": (".csv", b",".join([b"1"] * 3_000) + b"\n", "at most 2,000 can be read"),
    "no JSON": (".json", b"{1, 2}", "not valid JSON"),
    "deep JSON": (".json", b"[" * 100_000, "not valid JSON"),
    "JSON without a table": (".json", b'{"a": 1}', "There is no table in this JSON"),
    "JSON with nothing": (".json", b"[]", "There is no table in this JSON"),
    "JSON of lists in cells": (".json", b'[{"a": [1], "b": 2}]', "holds a list or an object"),
    "ragged JSON": (".json", b"[[1, 2], [3]]", "Row 2 has 1 cells"),
    "uneven JSON": (".json", b'{"a": [1, 2], "b": [1]}', "“b” has 1 cells where “a” has 2"),
    "an experiment": (".json", b'{"data": {}, "network": {}, "training": {}}', "open it with File ▸ Open"),
    "no array": (".npy", b"1,2\n3,4\n", "no NumPy array"),
    "half an array": (".npy", npy(np.zeros((9, 2)))[:-9], "less of it than it says"),
    "an array of a false size": (".npy", FALSE_SIZE, "less of it than it says"),
    "a flat array": (".npy", npy(np.zeros(4)), "the shape 4"),
    "a block": (".npy", npy(np.zeros((4, 2, 2))), "the shape 4 × 2 × 2"),
    "complex": (".npy", npy(np.zeros((4, 2), dtype=complex)), "holds complex128"),
    "objects": (".npy", npy(np.array([["a", None]], dtype=object), allow_pickle=True), "could run code"),
    "no archive": (".npz", b"1,2\n3,4\n", "no NumPy archive"),
    "an archive without arrays": (".npz", workbook(), "There is no array"),
    "uneven arrays": (".npz", npz(a=[1, 2], b=[1, 2, 3]), "not columns of one length: a 2, b 3"),
    "an array of nothing": (".npz", npz(a=np.zeros((0, 2))), "There are no rows"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_table_is_one_sentence(tmp_path: Path, name: str) -> None:
    suffix, contents, sentence = FILES[name]
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(contents)
    with pytest.raises(TableError) as caught:
        read_table(path)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"cannot be read: there is no such file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(TableError, match="This is a folder, not a table"):
        read_table(tmp_path)
    if os.path.exists("/dev/zero"):
        with pytest.raises(TableError, match="This is a device, not a table"):
            read_table(Path("/dev/zero"))


def test_a_wrong_encoding_that_was_chosen_is_said() -> None:
    with pytest.raises(TableError, match="not in the encoding UTF-8: choose another one"):
        read_table("a,b\né,1\n".encode("latin-1"), TextFormat("utf-8"))
    with pytest.raises(TableError, match="not in the encoding UTF-16"):
        read_table(b"a,b\n1,2\nx", TextFormat("utf-16-le"))


CHOICES = {
    "a word where a number belongs": (
        b"a,b,c\n1,2,x\n3,oops,y\n5,6,x\n", Choice(("a", "b"), "c", "two-classes"), "Row 2 of “b” holds “oops”"),
    "too large": (b"a,b,c\n1,1e308,x\n3,4,y\n", Choice(("a", "b"), "c", "two-classes"), "Row 1 of “b” holds 1e+308"),
    "infinite": (b"a,b,c\n1,2,x\n3,-inf,y\n", Choice(("a", "b"), "c", "two-classes"), "Row 2 of “b” holds −inf"),
    "nothing but NaN": (b"a,b,c\n1,nan,x\n3,,y\n", Choice(("a", "b"), "c", "two-classes"), "column “b” is empty"),
    "never complete": (b"a,b,c\n1,,x\n,2,y\n", Choice(("a", "b"), "c", "two-classes"), "No row is left"),
    "one class": (b"a,b,c\n1,2,x\n3,4,x\n", Choice(("a", "b"), "c", "two-classes"), "Every row has “x” in “c”"),
    "one class that is left": (b"a,b,c\n1,2,x\n,4,y\n", Choice(("a", "b"), "c", "two-classes"), "Every row has “x”"),
    "one value": (b"a,b,c\n1,2,7\n3,4,7\n", Choice(("a", "b"), "c", "regression"), "Every row has the same number"),
    "three of two": (
        b"a,b,c\n1,2,x\n3,4,y\n5,6,z\n", Choice(("a", "b"), "c", "two-classes"), "has 3 classes; the task “Two"),
    "thousands of classes": (
        b"a,b,c\n" + b"".join(b"1,2,n%d\n" % n for n in range(3_000)),
        Choice(("a", "b"), "c", "classes"), "more than 1,000 different entries; there can be at most 8 classes."),
    "nine classes": (
        b"a,b,c\n" + b"".join(b"1,2,n%d\n" % n for n in range(9)),
        Choice(("a", "b"), "c", "classes"), "“c” has 9 different entries; there can be at most 8 classes."),
    "thousands of numbers as classes": (
        b"a,b,c\n" + b"".join(b"1,2,%d\n" % n for n in range(3_000)),
        Choice(("a", "b"), "c", "classes"), "“c” has 3,000 different entries"),
    "words as a value": (
        b"a,b,c\n1,2,x\n3,4,y\n", Choice(("a", "b"), "c", "regression"), "Row 1 of “c” holds “x” where a number"),
    "no such column": (b"a,b,c\n1,2,x\n", Choice(("a", "q"), "c", "two-classes"), "There is no column “q”"),
    "an input twice": (b"a,b,c\n1,2,x\n", Choice(("a", "a"), "c", "two-classes"), "chosen twice"),
    "the target as input": (b"a,b,c\n1,2,3\n", Choice(("a", "c"), "c", "regression"), "input and the target at once"),
    "one input": (b"a,b,c\n1,2,3\n", Choice(("a",), "c", "regression"), "takes two inputs or more, not 1"),
    "two inputs of a curve": (b"a,b,c\n1,2,3\n", Choice(("a", "b"), "c", "regression-1d"), "takes one input, not 2"),
    "a task of pictures": (b"a,b,c\n1,2,3\n", Choice(("a", "b"), "c", "segmentation"), "not segmentation"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_cannot_be_is_one_sentence(name: str) -> None:
    source, choice, sentence = CHOICES[name]
    with pytest.raises(TableError) as caught:
        to_points(read_table(source), choice)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_without_numbers_has_no_inputs() -> None:
    with pytest.raises(TableError, match="No column is left for the inputs"):
        suggest(read_table(b"color,size,shape\nred,big,round\nblue,small,round\n"))


def is_read_or_refused(source: bytes) -> bool:
    """Return whether ``source`` becomes finite points, or is refused with a sentence."""
    try:
        table = read_table(source)
        imported = to_points(table, suggest(table))
    except TableError as error:
        return str(error).endswith(".") and "\n" not in str(error)
    return bool(np.isfinite(imported.points.inputs).all()) and len(imported.remarks) > 0


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(source: bytes) -> None:
    assert is_read_or_refused(source)


@given(st.text(alphabet="0123456789.,;-eEnaif \t\n\"'ab|", max_size=120))
def test_any_text_is_a_table_or_a_sentence(source: str) -> None:
    assert is_read_or_refused(source.encode())


CELLS = st.none() | st.booleans() | st.floats() | st.text(max_size=5)
JSON = st.recursive(CELLS, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner), max_leaves=12)


@given(JSON)
def test_any_json_is_a_table_or_a_sentence(value: object) -> None:
    assert is_read_or_refused(json.dumps(value).encode())


@given(
    st.sampled_from([npy(np.ones((3, 2))), npz(a=[1.0, 2.0], b=["x", "y"])]),
    st.integers(0, 10**6),
    st.binary(max_size=3),
)
def test_a_damaged_array_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, good: bytes, place: int, bad: bytes
) -> None:
    place %= len(good)
    path = tmp_path_factory.mktemp("damaged") / ("a.npy" if good.startswith(b"\x93") else "a.npz")
    path.write_bytes(good[:place] + bad + good[place + len(bad) :])
    try:
        table = read_table(path)
    except TableError as error:
        table = None
        sentence = str(error)
    assert sentence.endswith(".") if table is None else table.row_count > 0
