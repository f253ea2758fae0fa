"""How a text is written is recognized."""

import itertools

import pytest

from engine.datasets.tables import TextFormat, read_table, recognize

ROWS = [("width", "height", "class"), ("1.5", "-2.25", "red"), ("2.75", "3.5", "green"), ("10", "0.125", "red")]
# But for a sign that would mean two things.
WAYS = [way for way in itertools.product(",;\t| ", ".,", ("", '"', "'")) if way[0] != way[1] or way[2]]


def text(delimiter: str, decimal: str, quote: str, end: str = "\n") -> str:
    def cell(value: str) -> str:
        value = value.replace(".", decimal)
        return f"{quote}{value}{quote}" if quote or delimiter in value else value

    return "".join(delimiter.join(map(cell, row)) + end for row in ROWS)


@pytest.mark.parametrize(("delimiter", "decimal", "quote"), WAYS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_way_to_write_the_same_table_is_read_the_same(delimiter: str, decimal: str, quote: str, end: str) -> None:
    source = text(delimiter, decimal, quote, end).encode()
    form = recognize(source)
    assert form == TextFormat("utf-8", delimiter, quote or '"', decimal, True)
    table = read_table(source)
    assert table.names == ("width", "height", "class")
    assert table.column("width").numbers.tolist() == [1.5, 2.75, 10.0]
    assert table.column("height").numbers.tolist() == [-2.25, 3.5, 0.125]
    assert table.column("class").words == ("red", "green")
    assert table.preview[0] == tuple(cell.replace(".", decimal) for cell in ROWS[1])


@pytest.mark.parametrize(
    ("encoding", "prefix", "expected"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("latin-1", b"", "cp1252"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_encodings(encoding: str, prefix: bytes, expected: str) -> None:
    source = prefix + "Länge;Größe;Art\n1,5;2,5;weiß\n3,5;1,5;grün\n".encode(encoding)
    assert recognize(source) == TextFormat(expected, ";", '"', ",", True)
    table = read_table(source)
    assert table.names == ("Länge", "Größe", "Art")
    assert table.column("Art").words == ("weiß", "grün")


@pytest.mark.parametrize(
    ("encoding", "header", "words"),
    [
        ("cp1251", "Рост,Вес,Класс", ("зелёный", "белый")),
        ("koi8_r", "Рост,Вес,Класс", ("зелёный", "белый")),
        ("shift_jis", "身長,体重,種類の名", ("赤いリンゴ", "青いリンゴ")),
    ],
)
def test_other_scripts(encoding: str, header: str, words: tuple[str, ...]) -> None:
    rows = "".join(f"{number},{number * number},{words[number % 2]}\n" for number in range(6))
    table = read_table(f"{header}\n{rows}".encode(encoding))
    assert table.names == tuple(header.split(","))
    assert table.column(table.names[2]).words == words


def test_what_only_shows_far_behind_the_beginning_is_read_as_well() -> None:
    source = b"a,b,c\n" + b"1,2,x\n" * 40_000 + "1,2,grün\n".encode("latin-1")
    assert recognize(source[:65_536]).encoding == "utf-8"
    assert read_table(source).column("c").words == ("x", "grün")


@pytest.mark.parametrize(
    ("source", "has_header"),
    [
        (b"1,2\n3,4\n", False),
        (b"a,b\n3,4\n", True),
        (b"a,1\n3,4\n", False),
        (b"red,small\nred,large\nblue,small\n", False),
        (b"color,size\nred,large\nblue,small\n", True),
    ],
)
def test_the_header_is_recognized(source: bytes, has_header: bool) -> None:
    assert recognize(source).has_header is has_header
    assert read_table(source).names == (tuple(source.decode().split("\n")[0].split(",")) if has_header else
                                        ("column 1", "column 2"))  # fmt: skip


def test_what_was_recognized_can_be_corrected() -> None:
    source = b"1;2;3\n4;5;6\n"
    assert read_table(source, TextFormat(delimiter=";", has_header=True)).names == ("1", "2", "3")
    table = read_table(b"1.500;2.250\n3;4\n", TextFormat(delimiter=";", decimal=",", has_header=False))
    # A point is no decimal sign there, so this is no number.
    assert table.column("column 1").first_word == (1, "1.500")
    assert read_table("é,1\nè,2\n".encode("cp1250", "replace"), TextFormat("cp1250", has_header=False)).row_count == 2


def test_what_a_spreadsheet_and_numpy_write_around_a_table_is_no_trouble() -> None:
    assert read_table(b"sep=;\r\na;b\r\n1;2\r\n").names == ("a", "b")
    table = read_table(b"# a b\n1.0 2.0\n\n3.0 4.0  \n\n")
    assert table.names == ("a", "b")
    assert table.column("b").numbers.tolist() == [2.0, 4.0]
    assert read_table(b"a,b,\n1,2,\n3,4,\n").names == ("a", "b")
    assert read_table(b"a,a,\n1,2,3\n").names == ("a", "a (2)", "column 3")
    lines = read_table(b'a,b\n1,"two\nlines, and ""quotes"""\n2,x\n')
    assert lines.column("b").words == ('two\nlines, and "quotes"', "x")
