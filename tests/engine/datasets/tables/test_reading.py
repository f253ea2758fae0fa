"""Reading tables: missing cells, portions, caps, progress and the other formats."""

import io
import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from engine.datasets.tables import Choice, TableError, read_table, table, text_file, to_points


def test_numbers_words_and_what_is_missing() -> None:
    source = "a,b,c\n1,NA,x\n,−2.5e-3,\n 3 ,nan,none\n4,5,x\n".encode()
    read = read_table(source)
    a, b, c = read.columns
    np.testing.assert_array_equal(a.numbers, [1.0, np.nan, 3.0, 4.0])
    np.testing.assert_array_equal(b.numbers, [np.nan, -2.5e-3, np.nan, 5.0])
    assert (a.missing, b.missing, c.missing) == (1, 2, 1)
    assert (a.codes, b.codes) == (None, None)
    assert c.codes is not None
    assert (c.words, c.codes.tolist()) == (("x", "none"), [0, -1, 1, 0])
    assert (c.word_count, c.first_word, c.is_numeric) == (3, (1, "x"), False)
    assert all(not column.numbers.flags.writeable for column in read.columns)


def test_a_word_far_down_in_a_column_of_numbers_is_found() -> None:
    source = b"a,b\n" + b"1,2\n" * 5_000 + b"oops,2\n" + b"1_000,3\n"
    a = read_table(source).column("a")
    assert (a.first_word, a.words, a.is_numeric) == ((5_001, "oops"), ("oops", "1_000"), True)
    assert np.flatnonzero(np.isnan(a.numbers)).tolist() == [5_000, 5_001]


@pytest.mark.parametrize("portion", [1, 3, 1_000])
def test_portions_leave_no_seam(monkeypatch: pytest.MonkeyPatch, portion: int) -> None:
    monkeypatch.setattr(text_file, "PORTION_ROWS", portion)
    monkeypatch.setattr(text_file, "BLOCK_BYTES", 7)
    rows = [(number / 7.0, -number, "xy"[number % 2]) for number in range(50)]
    read = read_table(("p,q,r\r\n" + "".join(f"{p!r},{q},{r}\r\n" for p, q, r in rows)).encode())
    assert list(zip(*(column.numbers.tolist() for column in read.columns[:2]), strict=True)) == [r[:2] for r in rows]
    codes = read.column("r").codes
    assert codes is not None
    assert [read.column("r").words[code] for code in codes] == [row[2] for row in rows]


def test_more_rows_than_there_is_room_for_are_left_out_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAXIMUM_ROWS", 2_500)
    read = read_table(b"a,b\n" + b"1,2\n" * 2_501)
    assert (read.row_count, read.is_cut) == (2_500, True)
    assert read.remarks == ("There are more rows than the first 2,500: the rest is left out.",)
    whole = read_table(b"a,b\n" + b"1,2\n" * 2_500)
    assert (whole.row_count, whole.is_cut, whole.remarks) == (2_500, False, ())


def test_what_is_cut_is_counted_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.datasets.tables.table.MAXIMUM_ROWS", 4)
    read = read_table(b"a,b,c\n" + b"1,2,x\n3,4,y\n" * 9)
    remarks = to_points(read, Choice(("a", "b"), "c", "two-classes")).remarks
    assert remarks[0] == "4 of the first 4 rows are used: 2 of “x”, 2 of “y”."


def test_a_wide_table_is_read_less_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAXIMUM_CELLS", 1_000)
    assert read_table((",".join("12345") + "\n").encode() * 900).row_count == 200


def test_progress_is_told_and_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"1.25,2.5\n" * 100_000)
    shares: list[float] = []
    read_table(path, report=shares.append)
    assert len(shares) >= 4
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    class StoppedError(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        read_table(path, report=stop)


class Rows(io.RawIOBase):
    """Many megabytes of rows that nobody wrote."""

    row = b"1.5,2.5," + b"x" * 491 + b"\n"

    def __init__(self, size: int) -> None:
        self.size, self.place = size, 0

    def read(self, count: int = -1) -> bytes:
        count = min(count, self.size - self.place)
        start = self.place % len(self.row)
        self.place += count
        return (self.row * (count // len(self.row) + 2))[start : start + count]

    def seek(self, offset: int, whence: int = 0) -> int:
        self.place = offset
        return offset


def test_a_file_takes_no_more_memory_than_the_numbers_of_its_rows() -> None:
    size = 100_000_000
    tracemalloc.start()
    try:
        read = text_file.read_text(Rows(size), size, None, lambda share: None)  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read.row_count == size // 500
    assert read.column("column 3").words == ("x" * 491,)
    assert peak < size / 5


def test_json_in_all_its_shapes() -> None:
    rows = [{"a": 1, "b": 0.1, "c": "x"}, {"a": -2, "b": None, "c": "y"}]
    shapes: list[object] = [
        rows,
        {"a": [1, -2], "b": [0.1, None], "c": ["x", "y"]},
        [["a", "b", "c"], [1, 0.1, "x"], [-2, None, "y"]],
    ]
    for shape in shapes:
        read = read_table(json.dumps(shape).encode())
        assert read.names == ("a", "b", "c")
        np.testing.assert_array_equal(read.column("b").numbers, [0.1, np.nan])
        assert read.column("c").words == ("x", "y")
    assert read_table(b"[[1,2],[3,4]]").names == ("column 1", "column 2")


def test_numpy_arrays(tmp_path: Path) -> None:
    matrix = np.array([[1.0, 2.0, 0.0], [3.0, np.nan, 1.0]])
    np.save(tmp_path / "a.npy", matrix)
    read = read_table(tmp_path / "a.npy")
    assert read.names == ("column 1", "column 2", "column 3")
    np.testing.assert_array_equal(read.column("column 2").numbers, [2.0, np.nan])
    fields = np.array([(1.5, b"red"), (2.5, b"blue")], dtype=[("x", "f4"), ("color", "S4")])
    np.save(tmp_path / "b.npy", fields)
    assert read_table(tmp_path / "b.npy").column("color").words == ("red", "blue")
    np.savez(tmp_path / "c.npz", X=matrix[:, :2], y=np.array(["no", "yes"]))
    read = read_table(tmp_path / "c.npz")
    assert read.names == ("x1", "x2", "y")
    assert read.preview == (("1.0", "2.0", "no"), ("3.0", "nan", "yes"))
    np.savez_compressed(tmp_path / "d.npz", flags=np.array([True, False]), count=np.array([3, 4], dtype=np.int8))
    assert read_table(tmp_path / "d.npz").column("flags").numbers.tolist() == [1.0, 0.0]


def test_columns_are_found_by_name_whatever_the_case() -> None:
    read = read_table(b"Width,width,Height\n1,2,3\n")
    assert read.column("HEIGHT").name == "Height"
    assert read.column("width").name == "width"
    with pytest.raises(TableError, match="There is no column “WIDTH”; there are “Width”, “width”, “Height”"):
        read.column("WIDTH")
