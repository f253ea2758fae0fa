"""What a phase says at a place, before it is put together with the title and the labels of the graph."""

import msgspec

from app.stepping.records import Line


class Said(msgspec.Struct, frozen=True):
    """The lines, the sentence, the remarks and the parameters of an ``Explanation``."""

    lines: tuple[Line, ...]
    sentence: str
    remarks: tuple[str, ...] = ()
    parameters: tuple[int, ...] = ()
