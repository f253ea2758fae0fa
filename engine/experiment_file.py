"""Experiments as JSON: read, write, and the schema. Every complaint is one sentence that names the field."""

import re
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec
import numpy as np

from engine.experiment import VERSION, Experiment, Generated, Points, numbers
from engine.validation import ExperimentError, range_text

# Rows of an array that are written at a time: a fraction of a millisecond.
ROWS = 1000
# Stands for an array until it is written itself. No text of an experiment begins like this.
_PLACEHOLDER = "\0array"


def write(experiment: Experiment) -> str:
    """Return ``experiment`` as JSON text; reading it gives an equal experiment."""
    return b"".join(pieces(experiment)).decode()


def pieces(experiment: Experiment) -> Iterator[bytes]:
    """Yield the same text bit by bit, one line a point.

    A thread that writes a million points this way lets the others work between two pieces: each takes far below a
    millisecond, while writing the whole in one call would hold them all up for as long as that takes.
    """
    arrays: list[np.ndarray[Any, Any]] = []

    def leave_out(value: object) -> object:
        if isinstance(value, np.ndarray):
            arrays.append(value)
            return _PLACEHOLDER
        raise NotImplementedError(f"cannot write {type(value)}")

    text = msgspec.json.format(msgspec.json.encode(experiment, enc_hook=leave_out), indent=2)
    first, *others = text.split(msgspec.json.encode(_PLACEHOLDER))
    yield first
    for array, following in zip(arrays, others, strict=True):
        yield b"["
        for start in range(0, len(array), ROWS):
            rows = msgspec.json.encode(array[start : start + ROWS].tolist())[1:-1]
            yield (b",\n" if start else b"\n") + rows.replace(b"],[", b"],\n[")
        yield b"]" + following


def read(text: str | bytes) -> Experiment:
    """Return the experiment that ``text`` (JSON) describes; what it leaves out has its default.

    Raises:
        ExperimentError: the text is not JSON, comes from a newer version of Descent, or a field is unknown or has a
            value it cannot have.
    """
    try:
        return msgspec.json.decode(text, type=Experiment, dec_hook=_decode)
    except msgspec.ValidationError as error:
        version = _version(text)
        if version > VERSION:
            # Whatever else is unknown in it comes from that.
            raise ExperimentError(
                f"it was saved by a newer version of Descent (format {version}; this one reads up to {VERSION})."
            ) from None
        raise ExperimentError(_sentence(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExperimentError(f"This is not an experiment: the text is not valid JSON ({error}).") from None


def schema() -> dict[str, Any]:
    """Return the JSON schema of an experiment."""
    return msgspec.json.schema(Experiment, schema_hook=_schema)


class _Versioned(msgspec.Struct):
    version: int = VERSION


def _version(text: str | bytes) -> int:
    try:
        return msgspec.json.decode(text, type=_Versioned).version
    except msgspec.DecodeError:
        return VERSION


def _decode(kind: type, value: object) -> object:
    return numbers("", value)


def _schema(kind: type) -> dict[str, Any]:
    return {"type": "array", "description": "numbers (targets) or pairs of numbers (inputs)"}


_PLACE = re.compile(r"^(?P<what>.*) - at `(?P<where>(?:key in )?\$.*)`$", re.DOTALL)
_KINDS = {"int": "a whole number", "float": "a number", "str": "text", "array": "a list", "object": "an object"}
_KINDS |= {"bool": "true or false", "null": "null"}


def _sentence(message: str) -> str:
    """Turn a complaint of msgspec into a sentence for people, with the field in front."""
    match = _PLACE.match(message)
    what, where = (match["what"], match["where"].split("$", 1)[1].lstrip(".")) if match else (message, "")
    unknown = re.match(r"Object contains unknown field `(.*)`", what)
    if unknown:
        allowed = ", ".join(field.name for field in msgspec.structs.fields(_struct_at(where)))
        return f"{_prefix(where)}there is no field “{unknown[1]}”; allowed are {allowed}."
    allowed_range = _range_at(where)
    if allowed_range and re.search("[<>]|out of range", what):
        return f"{where}: must be {allowed_range}."
    if what.startswith("Invalid value"):
        kinds = " or ".join(str(kind.__struct_config__.tag) for kind in (Generated, Points))
        return f"{_prefix(where)}must be {kinds}, not {what.removeprefix('Invalid value ')}."
    for kind, words in _KINDS.items():
        what = what.replace(f"`{kind}`", words)
    what = what.replace(">=", "of at least").replace("<=", "of at most").replace("`", "“", 1).replace("`", "”", 1)
    place = where.rsplit(".", 1)
    # A check of our own already names the last field.
    if place[-1] and what.startswith((f"{place[-1]} ", f"{place[-1]}:")):
        where = place[0] if len(place) == 2 else ""
    return f"{_prefix(where)}{what[0].lower() if where else what[0]}{what[1:].rstrip('.')}."


def _prefix(where: str) -> str:
    return f"{where}: " if where else ""


def _struct_at(where: str) -> type[msgspec.Struct]:
    """Return the structure that a path such as ``network.hidden[...]`` leads to."""
    kind: Any = Experiment
    for name in re.findall(r"\w+", where):
        fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
        kind = next((part for part in _parts(fields.get(name)) if _is_struct(part)), kind)
    return kind  # type: ignore[no-any-return]


def _range_at(where: str) -> str:
    """Return the range of the number that a path leads to, in words; empty if it has none."""
    parent, _, name = where.rpartition(".")
    hint = get_type_hints(_struct_at(parent), include_extras=True).get(name)
    return next((range_text(part) for part in get_args(hint) if isinstance(part, msgspec.Meta)), "")


def _parts(kind: Any) -> list[Any]:
    return [kind, *(inner for part in get_args(kind) for inner in _parts(part))]


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)
