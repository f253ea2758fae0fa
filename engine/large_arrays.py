"""Reading the long arrays of an experiment bit by bit, so that other threads can work meanwhile.

A JSON text of a million points, read in one call, holds all other threads up for a second. So its arrays are cut out
and read a few hundred rows at a time, and what is left of the text is short.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec
import numpy as np

from engine.datasets.dataset import Array, frozen

Report = Callable[[float], None]

# A text shorter than this takes milliseconds as it is.
SHORTEST = 1_000_000
# Bytes of an array that are read at a time: a fraction of a millisecond.
CHUNK = 20_000
# Stands for the array of this number in what is left.
PLACEHOLDER = "\0cut"
_BEGINNING = re.compile(rb'"(?:inputs|targets|origins|is_train)"\s*:\s*\[')
_SPACE = re.compile(rb"\s*")


class _NoArrayError(Exception):
    """What stands there is no array of numbers, or of pairs of them."""


class Cut(NamedTuple):
    """What is left of a text, with placeholders where the arrays were, and the arrays, read-only."""

    text: bytes
    arrays: dict[str, Array]


def cut_out(text: bytes, report: Report = lambda share: None) -> Cut | None:
    """Return ``text`` (JSON) without its long arrays of numbers, and these.

    ``report`` is told the share done and may raise to give up. None if there are none, or if one is not as it should
    be: whoever reads the text as a whole can say what is wrong.
    """
    if len(text) < SHORTEST:
        return None
    left: list[bytes] = []
    arrays: dict[str, Array] = {}
    position = 0
    try:
        while (beginning := _BEGINNING.search(text, position)) is not None:
            start = beginning.end() - 1
            end = _end_of(text, start)
            name = f"{PLACEHOLDER}{len(arrays)}"
            arrays[name] = _read(text, start, end, report)
            left += [_without_placeholder(text[position:start]), msgspec.json.encode(name)]
            position = end
        left.append(_without_placeholder(text[position:]))
    except (msgspec.DecodeError, _NoArrayError):
        return None
    return Cut(b"".join(left), arrays) if arrays else None


def _end_of(text: bytes, start: int) -> int:
    """Return the place behind the array at ``start``, which holds nothing but numbers: the next name ends it."""
    stops = [place for place in (text.find(b'"', start), text.find(b"}", start)) if place >= 0]
    last = text.rfind(b"]", start, min(stops, default=len(text)))
    if last < 0:
        raise _NoArrayError("it does not end")
    return last + 1


def _read(text: bytes, start: int, end: int, report: Report) -> Array:
    """Return the array between ``start`` and ``end``, brackets included: numbers (n,) or pairs (n, 2).

    Raises:
        _NoArrayError, msgspec.DecodeError: it is none.
    """
    place, last = _behind_space(text, start + 1), end - 1
    paired = text[place : place + 1] == b"["
    kind: type = list[tuple[float, float]] if paired else list[float]
    parts: list[Array] = []
    while place < last:
        # Behind a pair, or before a comma between two numbers.
        stop = text.find(b"]" if paired else b",", min(place + CHUNK, last), end) + paired
        stop = last if stop <= paired or stop > last else stop
        rows: list[object] = msgspec.json.decode(b"[" + text[place:stop] + b"]", type=kind)
        if not rows:
            raise _NoArrayError("there is a comma too many")
        parts.append(np.array(rows, dtype=np.float64))
        report(stop / len(text))
        place = _behind_space(text, stop)
        if place < last:
            if text[place : place + 1] != b",":
                raise _NoArrayError("there is no comma between two rows")
            place = _behind_space(text, place + 1)
            if place == last:
                raise _NoArrayError("there is a comma too many")
    return frozen(np.concatenate(parts)) if parts else frozen(np.zeros(0))


def _without_placeholder(text: bytes) -> bytes:
    """Return ``text`` itself; raise _NoArrayError if something in it could be taken for a placeholder."""
    if b"\\u0000" in text or b"\0" in text:
        raise _NoArrayError("it has a placeholder of its own")
    return text


def _behind_space(text: bytes, place: int) -> int:
    found = _SPACE.match(text, place)
    return place if found is None else found.end()
