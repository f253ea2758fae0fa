"""Numbers as people type them, and as fields show them."""

import math
import re
from bisect import bisect_left, bisect_right

# 1,000 or 1.000 or 1 000: groups of three digits, in a field that takes whole numbers.
_GROUPS = re.compile(r"[-+]?\d{1,3}(?:[.,' ]\d{3})+")
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
_TOLERANCE = 1e-9


class NumberTextError(ValueError):
    """A text that is no number; the message completes a sentence: “must be a number, such as 0.03, not “abc””."""


def parse_number(text: str, *, integer: bool = False) -> float:
    """Return the number in ``text``; decimals may stand behind a point or a comma, “3e-2” and “−1” are fine too.

    Raises:
        NumberTextError: it is not one, or is not whole although ``integer`` asks for it.
    """
    written = text.strip().replace("−", "-").replace("\u00a0", " ").replace("\u202f", " ")
    example = "10" if integer else "0.03"
    if integer and _GROUPS.fullmatch(written):
        written = re.sub(r"[.,' ]", "", written)
    written = written.translate(_SPACES)
    if "," in written and "." in written:
        # With both, the last one is the decimal sign and the other one groups digits.
        written = written.replace("," if written.rindex(".") > written.rindex(",") else ".", "")
    written = written.replace(",", ".")
    try:
        # Python would also read “1_000”, “inf” and “nan”.
        value = float(written) if re.fullmatch(r"[-+.\deE]+", written) else math.nan
    except ValueError:
        value = math.nan
    if not written:
        raise NumberTextError(f"must be a number, such as {example}")
    if not math.isfinite(value):
        raise NumberTextError(f"must be a number, such as {example}, not “{_short(text)}”")
    if integer and value != round(value):
        raise NumberTextError(f"must be a whole number, such as {example}, not {_short(text)}")
    return value


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def format_number(value: float) -> str:
    """Return ``value`` with up to six digits and no more zeros than needed: “0.03”, “250”, “1e-8”."""
    text = f"{value:.0f}" if value == round(value) and abs(value) < 1e7 else f"{value:.6g}"
    if "e" not in text:
        return "0" if text == "-0" else text
    mantissa, exponent = text.split("e")
    # Down to a hundred-thousandth, plain decimals read easier than powers.
    if int(exponent) == -5 and len(mantissa) == 1:
        return f"{value:.5f}"
    return f"{mantissa}e{int(exponent)}"


def next_on_ladder(ladder: tuple[float, ...], value: float, rungs: int) -> float:
    """Return the value ``rungs`` above (or below, if negative) ``value`` on the ascending ``ladder``.

    A value between two rungs first goes to the nearer end of its gap in that direction; one that lies beyond the
    ladder comes back onto it, and never goes further out.
    """
    if rungs > 0:
        place = bisect_right(ladder, value + _TOLERANCE * abs(value)) + rungs - 1
        return max(value, ladder[min(place, len(ladder) - 1)])
    place = bisect_left(ladder, value - _TOLERANCE * abs(value)) + rungs
    return min(value, ladder[max(place, 0)])


def rate_ladder(low_exponent: int, high_exponent: int, *, zero: bool = False) -> tuple[float, ...]:
    """Return 1, 3, 10 … from 10 to the power ``low_exponent`` up to 10 to the power ``high_exponent``."""
    steps = [float(f"{digit}e{exponent}") for exponent in range(low_exponent, high_exponent) for digit in (1, 3)]
    return (*((0.0,) if zero else ()), *steps, 10.0**high_exponent)
