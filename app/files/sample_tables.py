"""The tables that come with the program, to try the import on."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "tables"


@dataclass(frozen=True)
class SampleTable:
    """One table: its file below ``resources/tables``, what it is called, and one sentence about it."""

    file: str
    label: str
    remark: str

    @property
    def path(self) -> Path:
        """Where the file is."""
        return FOLDER / self.file


SAMPLE_TABLES = (
    SampleTable(
        "elements.csv",
        "Chemical elements",
        "Metals, semimetals and nonmetals by two numbers of each; three have a gap.",
    ),
    SampleTable("fruits.csv", "Fruits", "Four kinds by weight and sugar, with semicolons, decimal commas and gaps."),
    SampleTable("temperatures.csv", "Temperatures", "A year of noon temperatures: a curve over the days."),
)
