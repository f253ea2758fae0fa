"""Checks for frozen configuration: every field's range is written once, in its annotation."""

import math
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from engine.family import Entry, Family, UnknownNameError
from engine.symbols import written


class ExperimentError(ValueError):
    """An experiment that cannot be; the message is one sentence that names the field and what is allowed."""


@cache
def _ranges(struct: type[msgspec.Struct]) -> tuple[tuple[str, msgspec.Meta], ...]:
    """Return the (field, range) pairs that are annotated on ``struct``."""
    hints = get_type_hints(struct, include_extras=True)
    return tuple(
        (name, part) for name, hint in hints.items() for part in get_args(hint) if isinstance(part, msgspec.Meta)
    )


@cache
def _choices(struct: type[msgspec.Struct]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the (field, allowed words) pairs of ``struct``."""
    hints = get_type_hints(struct)
    return tuple((name, get_args(hint)) for name, hint in hints.items() if get_origin(hint) is Literal)


def check_ranges(struct: msgspec.Struct) -> None:
    """Raise ExperimentError for the first field of ``struct`` with a value that is not allowed."""
    for name, words in _choices(type(struct)):
        if getattr(struct, name) not in words:
            raise ExperimentError(f"{name} must be {' or '.join(words)}, not {getattr(struct, name)!r}.")
    for name, meta in _ranges(type(struct)):
        value: Any = getattr(struct, name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ExperimentError(f"{name} must be a number, not {value!r}.")
        problem = range_problem(meta, value)
        if problem:
            raise ExperimentError(f"{name} {problem}.")


def range_problem(meta: msgspec.Meta, value: float) -> str | None:
    """Return what is wrong with ``value`` in a sentence without a full stop, or None."""
    fits = (
        math.isfinite(value)
        and (meta.ge is None or value >= meta.ge)
        and (meta.gt is None or value > meta.gt)
        and (meta.le is None or value <= meta.le)
        and (meta.lt is None or value < meta.lt)
    )
    return None if fits else f"must be {range_text(meta)}, not {written(value)}"


def range_text(meta: msgspec.Meta) -> str:
    """Return the allowed range in words: “at least 1 and at most 32”."""
    words = (("at least", meta.ge), ("greater than", meta.gt), ("at most", meta.le), ("less than", meta.lt))
    return " and ".join(f"{word} {written(bound)}" for word, bound in words if bound is not None)


def check_name(struct: msgspec.Struct, field: str, family: Family[Any]) -> None:
    """Replace an alias in ``field`` of ``struct`` by the entry's own name; raise ExperimentError for an unknown one."""
    name = getattr(struct, field)
    msgspec.structs.force_setattr(struct, field, canonical(field, name, family))


def canonical(field: str, name: str, family: Family[Any]) -> str:
    """Return the name of the entry that ``name`` means; raise ExperimentError naming ``field`` if there is none."""
    try:
        entry: Entry = family[name]
    except UnknownNameError as error:
        raise ExperimentError(f"{field}: {error}") from None
    return entry.name
