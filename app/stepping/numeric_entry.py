"""What a student types as an answer: a number, a fraction or an expression; and whether it is the right number."""

import math
import re
from collections.abc import Callable
from typing import NamedTuple

MOST_LETTERS, DEEPEST = 200, 40
EXAMPLES = "a number such as 0.552, a fraction such as 3/8, or an expression such as 1/(1 + e^(−0.21))"
# What counts as 0: an exact value that rounding has left, and an answer to it.
EXACT_ZERO, TYPED_ZERO = 1e-9, 5e-4

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "sqrt": math.sqrt,
    "ln": math.log,
    "log": math.log,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
}
_CONSTANTS = {"e": math.e, "pi": math.pi}
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "∙": "*", "÷": "/", ":": "/", "[": "(", "]": ")"}
)
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_REPLACED = (("**", "^"), ("½", "(1/2)"), ("¼", "(1/4)"), ("¾", "(3/4)"), ("√", " sqrt "), ("π", " pi "))
_TOKEN = re.compile(r"\s*(?:(?P<number>(?:\d[\d.,]*|[.,]\d+)(?:[eE][-+]?\d+)?)|(?P<name>[A-Za-z]+)|(?P<sign>\S))")
_PLAIN = re.compile(r"[-+]?(?P<digits>[\d.,]+)(?:e[-+]?\d+|\*10\^\(?[-+]?\d+\)?)?", re.IGNORECASE)


class EntryError(ValueError):
    """An answer that is no number; the message is one sentence."""


class _Token(NamedTuple):
    kind: str
    text: str


def parse_entry(text: str) -> float:
    """Return the number that ``text`` comes to.

    Numbers may have a decimal comma or point. There are ``+ − * / ^``, brackets, ``e`` and ``pi``, and the functions
    exp, sqrt, ln (log is the same), tanh, sin and cos; a product may leave out its sign, as in “2(1 + e)”. Nothing
    else is understood, and nothing is ever run.

    Raises:
        EntryError: it is empty, too long or no such expression, or what it comes to is no finite number.
    """
    if len(text) > MOST_LETTERS:
        raise EntryError(f"This is longer than the {MOST_LETTERS} letters that an answer may have.")
    written = _plain(text).strip().removeprefix("=").strip()
    if not written:
        raise EntryError(f"Type {EXAMPLES}.")
    try:
        value = _Reader(_tokens(written)).whole()
    except OverflowError:
        raise EntryError("This comes to a number that is too large.") from None
    if not math.isfinite(value):
        raise EntryError("This comes to a number that is too large.")
    return value


def significant_digits(text: str) -> int:
    """Return how many significant digits a plain number in ``text`` has; 0 for a fraction or an expression.

    Zeros at the end of a whole number count: “120” has three.
    """
    match = _PLAIN.fullmatch(_plain(text).replace(" ", "").removeprefix("="))
    if match is None:
        return 0
    return len(re.sub(r"\D", "", match["digits"]).lstrip("0"))


def unit_of_third_digit(exact: float) -> float:
    """Return what one more in the third significant digit of ``exact`` is worth: 0.001 for 0.552308."""
    return float(10.0 ** (math.floor(math.log10(abs(exact))) - 2))


def agrees(answer: float, exact: float) -> bool:
    """Return whether ``answer`` is ``exact`` to three significant digits.

    It may differ from it by at most one unit in the third significant digit of ``exact``: for 0.552308 everything from
    0.551308 to 0.553308 is right, so that rounding, cutting digits off, and rounding once on the way all are.
    Where ``exact`` is 0, or nothing but what rounding has left of it (below 1e-9), an answer below 0.0005 in size is.
    """
    if not math.isfinite(exact) or not math.isfinite(answer):
        return False
    if abs(exact) < EXACT_ZERO:
        return abs(answer) < TYPED_ZERO
    return abs(answer - exact) <= unit_of_third_digit(exact) * (1.0 + 1e-9)


def _plain(text: str) -> str:
    """Return ``text`` with the signs of a keyboard in the place of those of print."""
    text = re.sub(r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda match: f"^({match[0].translate(_RAISED)})", text)
    text = text.translate(_SIGNS)
    for sign, plain in _REPLACED:
        text = text.replace(sign, plain)
    return text


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        tokens.append(_Token(kind, match[kind]))
    return tokens


def _number(text: str) -> float:
    digits, _, power = text.lower().partition("e")
    if "," in digits and "." in digits:
        # With both, the last one is the decimal sign and the other one groups digits.
        digits = digits.replace("," if digits.rindex(".") > digits.rindex(",") else ".", "")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        raise EntryError(f"“{text}” has more than one decimal point.")
    return float(f"{digits}e{power or '0'}")


class _Reader:
    """Reads a sum from left to right: sum → product → sign → power → number, function or bracket."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = self._depth = 0

    def whole(self) -> float:
        value = self._sum()
        if self._place < len(self._tokens):
            raise self._unexpected()
        return value

    def _next(self) -> _Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else _Token("end", "")

    def _take(self, signs: str) -> str:
        """Take one of ``signs`` if it comes next, and return it; else an empty text."""
        token = self._next()
        if token.kind != "sign" or token.text not in signs:
            return ""
        self._place += 1
        return token.text

    def _sum(self) -> float:
        value = self._product()
        while sign := self._take("+-"):
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> float:
        value = self._signed()
        while True:
            sign = self._take("*/")
            token = self._next()
            if not sign and token.kind not in ("number", "name") and token.text != "(":
                return value
            other = self._signed()
            if sign == "/" and other == 0.0:
                raise EntryError("This divides by zero.")
            value = value / other if sign == "/" else value * other

    def _signed(self) -> float:
        self._depth += 1
        if self._depth > DEEPEST:
            raise EntryError("This has too many brackets and signs inside each other.")
        sign = self._take("+-")
        value = self._signed() if sign else self._power()
        self._depth -= 1
        return -value if sign == "-" else value

    def _power(self) -> float:
        base = self._single()
        if not self._take("^"):
            return base
        exponent = self._signed()
        if base == 0.0 and exponent < 0.0:
            raise EntryError("This divides by zero.")
        try:
            return math.pow(base, exponent)
        except ValueError:
            raise EntryError("There is no real number for a broken power of a negative number.") from None

    def _single(self) -> float:
        token = self._next()
        self._place += 1
        if token.kind == "number":
            if self._next().kind == "number":
                raise EntryError(f"A sign is missing between “{token.text}” and “{self._next().text}”.")
            return _number(token.text)
        if token.kind == "name":
            return self._named(token.text)
        if token.text == "(":
            value = self._sum()
            if not self._take(")"):
                raise EntryError("A bracket is not closed.") if self._next().kind == "end" else self._unexpected()
            return value
        self._place -= 1
        raise self._unexpected()

    def _named(self, name: str) -> float:
        key = name.lower()
        if key in _CONSTANTS:
            return _CONSTANTS[key]
        if key not in _FUNCTIONS:
            raise EntryError(f"“{name[:20]}” is not known here; there are e, pi, {', '.join(_FUNCTIONS)}.")
        argument = self._signed()
        if not math.isfinite(argument):
            raise OverflowError
        try:
            return _FUNCTIONS[key](argument)
        except ValueError:
            what = "positive numbers" if key in ("ln", "log") else "numbers from 0 on"
            raise EntryError(f"{key} takes {what} only.") from None

    def _unexpected(self) -> EntryError:
        token = self._next()
        before = self._tokens[self._place - 1].text if 0 < self._place <= len(self._tokens) else ""
        if token.kind == "end":
            return EntryError(f"Something is missing after “{before}”.")
        if token.text == ")" and before != "(":
            return EntryError("A bracket is closed that was never opened.")
        return EntryError(f"“{token.text[:20]}” is not expected here: type {EXAMPLES}.")
