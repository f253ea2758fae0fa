"""What people call the classes, in place of A and B or their numbers."""

from collections.abc import Sequence

from engine.experiment.base import MAXIMUM_OUTPUTS
from engine.validation import ExperimentError

# Letters of a name.
LONGEST_NAME = 40


def check_class_names(names: Sequence[str]) -> None:
    """Raise ExperimentError if ``names``, of the classes 0, 1 … and empty where one has none, cannot be names."""
    if len(names) > MAXIMUM_OUTPUTS:
        raise ExperimentError(f"class_names must be at most {MAXIMUM_OUTPUTS} names, not {len(names)}.")
    for number, name in enumerate(names):
        if name != one_line(name):
            raise ExperimentError(
                f"class_names must be words in one line, of at most {LONGEST_NAME} letters each, not {name[:60]!r}."
            )
        if name and name.casefold() in (other.casefold() for other in names[:number]):
            raise ExperimentError(f"class_names must differ from each other, and “{name}” comes twice.")


def one_line(text: str) -> str:
    """Return ``text`` as a name can be: in one line, without signs that cannot be seen, and cut if it is too long."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"
