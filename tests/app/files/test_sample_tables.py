"""The tables that come with the program can be imported as they are, and the invented ones made anew."""

import runpy

import pytest

from app.files.sample_tables import FOLDER, SAMPLE_TABLES, SampleTable
from engine.datasets.tables import read_table, suggest, to_points


@pytest.mark.parametrize(
    ("table", "task", "classes", "rows"),
    [
        (SAMPLE_TABLES[0], "classes", 3, 66),
        (SAMPLE_TABLES[1], "classes", 4, 158),
        (SAMPLE_TABLES[2], "regression-1d", 2, 122),
    ],
    ids=[table.file for table in SAMPLE_TABLES],
)
def test_each_table_is_recognized_as_what_it_is(table: SampleTable, task: str, classes: int, rows: int) -> None:
    read = read_table(table.path)
    imported = to_points(read, suggest(read))
    assert (imported.task, imported.classes, len(imported.points.targets)) == (task, classes, rows)


def test_every_file_is_told_about_where_it_lies() -> None:
    about = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in about for path in FOLDER.glob("*.csv"))
    assert {path.name for path in FOLDER.glob("*.csv")} == {table.file for table in SAMPLE_TABLES}


def test_invented_tables_are_what_their_script_makes() -> None:
    made = runpy.run_path(str(FOLDER / "make_tables.py"))
    assert (FOLDER / "fruits.csv").read_text(encoding="utf-8") == made["fruits"]()
    assert (FOLDER / "temperatures.csv").read_text(encoding="utf-8") == made["temperatures"]()
