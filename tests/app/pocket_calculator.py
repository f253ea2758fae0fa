"""Works out what stands in a formula as plain text, the way a student does with a calculator."""

import math
import re

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_FUNCTIONS = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "sqrt": math.sqrt,
    "max": max,
    "min": min,
    "sign": lambda value: math.copysign(1.0, value) if value else 0.0,
}


def parts(line: str) -> tuple[str, str]:
    """Return what stands left and right of the last “=” or “←”; what is said after a comma is left out."""
    head, _, right = re.split(", since|, the sum so far", line)[0].replace(" ← ", " = ").rpartition(" = ")
    return head, right


def worked_out(formula: str) -> float:
    """Return what ``formula``, in which only numbers are left, comes to.

    Raises:
        ValueError: something else is left in it.
    """
    text = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: f"**({found[0].translate(_RAISED)})", formula)
    for sign, code in (
        ("−", "-"),
        ("·", "*"),
        ("½", "0.5"),
        ("e^(", "exp("),
        ("^(", "**("),
        ("e**(", "exp("),
        ("√(", "sqrt("),
    ):
        text = text.replace(sign, code)
    left = set(re.findall("[^-+*/().,0-9 ]+", text)) - set(_FUNCTIONS)
    if left:
        raise ValueError(f"{formula} holds more than numbers: {', '.join(sorted(left))}")
    return float(eval(text, {"__builtins__": {}}, _FUNCTIONS))
