"""A setting: one number that an entry of a family lets the user choose, with its range and default."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from engine.symbols import written


@dataclass(frozen=True)
class Setting:
    """One hyper-parameter of an optimizer, one measure of a data set (or of any other entry).

    Attributes:
        name: the name in files.
        label: the name or symbol people read.
        default: its value when nothing is said.
        low, high: the allowed range.
        includes_low, includes_high: whether the ends belong to it.
        remark: one sentence that teaches; it is the tooltip.
        integer: whether it is a whole number.
        unit: what is written behind it, such as “°”.
    """

    name: str
    label: str
    default: float
    low: float
    high: float
    remark: str
    includes_low: bool = True
    includes_high: bool = True
    integer: bool = False
    unit: str = ""

    def problem(self, value: float) -> str | None:
        """Return what is wrong with ``value`` in a sentence without a full stop, or None."""
        above = value >= self.low if self.includes_low else value > self.low
        below = value <= self.high if self.includes_high else value < self.high
        if math.isfinite(value) and above and below:
            is_whole = not self.integer or float(value).is_integer()
            return None if is_whole else f"must be a whole number, not {written(value)}"
        low = f"at least {written(self.low)}" if self.includes_low else f"greater than {written(self.low)}"
        high = f"at most {written(self.high)}" if self.includes_high else f"less than {written(self.high)}"
        return f"must be {low} and {high}, not {written(value)}"


def complete(settings: tuple[Setting, ...], chosen: Mapping[str, float]) -> tuple[float, ...]:
    """Return the value of every setting, chosen or default, in the order of ``settings``."""
    return tuple(float(chosen.get(setting.name, setting.default)) for setting in settings)
