"""How expressions may be written: the signs of print and of a keyboard, numbers with comma or point, names."""

import math
import re

# What is understood as a function, and as a constant.
FUNCTIONS = ("exp", "sqrt", "ln", "log", "tanh", "sin", "cos", "tan", "abs")
CONSTANTS = {"e": math.e, "pi": math.pi}

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "∙": "*", "÷": "/", ":": "/", "[": "(", "]": ")"}
    | {"≤": "<=", "≥": ">=", "₁": "1", "₂": "2", "≦": "<=", "≧": ">="}
)
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_REPLACED = (("**", "^"), ("½", "(1/2)"), ("¼", "(1/4)"), ("¾", "(3/4)"), ("√", " sqrt "), ("π", " pi "))


def plain(text: str) -> str:
    """Return ``text`` with the signs of a keyboard in the place of those of print."""
    text = re.sub(r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda match: f"^({match[0].translate(_RAISED)})", text)
    text = text.translate(_SIGNS)
    for sign, keys in _REPLACED:
        text = text.replace(sign, keys)
    return text


def number(text: str) -> float:
    """Return the number that ``text`` is, with a decimal comma or point.

    Raises:
        ValueError: it has more than one decimal point.
    """
    digits, _, power = text.lower().partition("e")
    if "," in digits and "." in digits:
        # With both, the last one is the decimal sign and the other one groups digits.
        digits = digits.replace("," if digits.rindex(".") > digits.rindex(",") else ".", "")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        raise ValueError(f"“{text}” has more than one decimal point.")
    return float(f"{digits}e{power or '0'}")
