"""Reading a formula from the LaTeX of an entry: an optimizer's lines, an activation, its slope, a loss."""

import re
from functools import lru_cache
from unicodedata import normalize

from app.stepping.formula.aloud import DIGIT_NAMES
from app.stepping.formula.tree import (
    Assignment,
    Call,
    Choice,
    Comparison,
    Fraction,
    Group,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Symbol,
    Total,
)
from app.widgets.formula_text import SYMBOLS

FUNCTIONS = ("tanh", "sin", "cos", "cosh", "exp", "log", "max", "min", "sign")
_SPACES = {"\\,", "\\;", "\\ ", "\\!", "\\left", "\\right", " "}
_SIGNS = {"<": "<", ">": ">", "\\le": "≤", "\\ge": "≥"}
_TOKEN = re.compile(r"\\text\{[^{}]*\}|\\operatorname\{[^{}]*\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|.")
_SUBSCRIPTS = str.maketrans("0123456789ijkt", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₜ")
_MARKS = {"\\hat": ("\u0302", " hat"), "\\tilde": ("\u0303", " tilde"), "\\bar": ("\u0304", " bar")}


def spoken_digits(number: int) -> str:
    """Return a small number as words: “two one” for 21."""
    return " ".join(DIGIT_NAMES[int(digit)] for digit in str(number))


class FormulaError(ValueError):
    """A formula that is not understood; it can still be shown as it is."""


@lru_cache(maxsize=256)
def read(latex: str) -> Assignment:
    """Return ``latex``, an equation or a “←”, as a tree.

    Raises:
        FormulaError: there is something in it that is not understood.
    """
    main, *definitions = re.split(r",\s*\\quad", latex)
    sides = re.split(r"(?<!\\)=|\\leftarrow", main)
    if len(sides) < 2:
        raise FormulaError(f"There is no “=” in {latex}.")
    where = []
    for definition in definitions:
        name, _, value = definition.partition("=")
        where.append((name.strip(), _Reader(value).whole()))
    return Assignment(
        sides[0].strip(), r"\leftarrow" in main, tuple(_Reader(side).whole() for side in sides[1:]), tuple(where)
    )


def read_symbol(latex: str) -> Symbol:
    """Return a single letter, with its index and marks, as a symbol.

    Raises:
        FormulaError: it is something else.
    """
    node = _Reader(latex).whole()
    if not isinstance(node, Symbol):
        raise FormulaError(f"Not a single letter: {latex}")
    return node


class _Reader:
    """Recursive descent: choice → sum → product → power → primary."""

    def __init__(self, latex: str) -> None:
        self._tokens = [token for token in _TOKEN.findall(latex) if token not in _SPACES]
        self._place = 0
        self._bars = 0

    def whole(self) -> Node:
        node = self._choice()
        if self._peek():
            raise FormulaError(f"Not understood: {self._peek()}")
        return node

    def _peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _word(self) -> str:
        token = self._peek()
        return token[6:-1].strip(" ,") if token.startswith("\\text{") else ""

    def _take(self) -> str:
        token = self._peek()
        self._place += 1
        return token

    def _expect(self, token: str) -> None:
        if self._take() != token:
            raise FormulaError(f"There is no “{token}” where one should be.")

    def _choice(self) -> Node:
        first = self._sum()
        if self._word() != "if":
            return first
        cases: list[tuple[Node, Comparison | None]] = []
        value = first
        while self._word() == "if":
            self._take()
            cases.append((value, self._comparison()))
            self._expect(",")
            if self._word() == "else":
                self._take()
                return Choice((*cases, (self._sum(), None)))
            value = self._sum()
        # “0 if equal”: in words, and what is left.
        words = self._word()
        self._take()
        return Choice((*cases, (value, None)), words)

    def _comparison(self) -> Comparison:
        left = self._sum()
        sign = _SIGNS.get(self._take())
        if sign is None:
            raise FormulaError("A condition has no sign.")
        return Comparison(left, sign, self._sum())

    def _sum(self) -> Node:
        sign = -1 if self._peek() == "-" else 1
        if self._peek() in ("-", "+"):
            self._take()
        terms = [(sign, self._product())]
        while self._peek() in ("-", "+"):
            sign = -1 if self._take() == "-" else 1
            terms.append((sign, self._product()))
        return terms[0][1] if len(terms) == 1 and terms[0][0] == 1 else Total(tuple(terms))

    def _product(self) -> Node:
        factors = [self._power()]
        while True:
            if self._peek() == "\\cdot":
                self._take()
                factors.append(self._power())
            elif self._peek() == "/":
                self._take()
                above = factors[0] if len(factors) == 1 else Product(tuple(factors))
                factors = [Quotient(above, self._power())]
            elif self._begins_factor():
                factors.append(self._power())
            else:
                return factors[0] if len(factors) == 1 else Product(tuple(factors))

    def _begins_factor(self) -> bool:
        token = self._peek()
        if token == "|":
            return not self._bars
        if token.startswith("\\"):
            return not token.startswith("\\text{") and token not in _SIGNS and token != "\\cdot"
        return token in ("(", "[", "{") or token.isalnum()

    def _power(self) -> Node:
        base = self._primary()
        if self._peek() == "^":
            self._take()
            return Power(base, self._braced())
        return base

    def _braced(self) -> Node:
        """Return the next group, or the next single token where there are no braces."""
        if self._peek() == "{":
            self._take()
            inside = self._sum()
            self._expect("}")
            return inside
        return self._primary()

    def _primary(self) -> Node:
        token = self._take()
        if token and token[0].isdigit():
            return Number(token)
        if token in ("(", "["):
            outer, self._bars = self._bars, 0
            inside = self._sum()
            self._bars = outer
            self._expect(")" if token == "(" else "]")
            return Group(inside)
        if token == "|":
            self._bars += 1
            inside = self._sum()
            self._bars -= 1
            self._expect("|")
            return Group(inside, bars=True)
        if token == "\\frac":
            return Fraction(self._braced(), self._braced())
        if token == "\\sqrt":
            return Root(self._braced())
        name = token.removeprefix("\\operatorname{").removesuffix("}").removeprefix("\\")
        if token.startswith("\\") and name in FUNCTIONS:
            return self._call(name)
        return self._symbol(token)

    def _call(self, name: str) -> Node:
        if self._peek() != "(":
            return Call(name, (self._power(),), bare=True)
        self._take()
        outer, self._bars = self._bars, 0
        arguments = [self._sum()]
        while self._peek() == ",":
            self._take()
            arguments.append(self._sum())
        self._bars = outer
        self._expect(")")
        return Call(name, tuple(arguments))

    def _symbol(self, token: str) -> Symbol:
        mark = None
        if token in _MARKS:
            mark = token
            self._expect("{")
            token = self._take()
            self._expect("}")
        name = token.removeprefix("\\")
        if not (token.isalpha() or (token.startswith("\\") and name in SYMBOLS and SYMBOLS[name].isalpha())):
            raise FormulaError(f"Not understood: {token or 'the end'}")
        latex, text = token, SYMBOLS[name] if token.startswith("\\") else token
        spoken = name.removeprefix("var")
        if mark:
            latex, text, spoken = (
                f"{mark}{{{latex}}}",
                normalize("NFC", text + _MARKS[mark][0]),
                spoken + _MARKS[mark][1],
            )
        while self._peek() == "'":
            self._take()
            latex, text, spoken = f"{latex}'", f"{text}′", f"{spoken} prime"
        if self._peek() == "_":
            self._take()
            index = self._index()
            latex = f"{latex}_{index}" if len(index) == 1 else f"{latex}_{{{index}}}"
            text += index.translate(_SUBSCRIPTS)
            spoken += "".join(f" {DIGIT_NAMES[int(each)] if each.isdigit() else each}" for each in index)
        return Symbol(latex, text, spoken)

    def _index(self) -> str:
        if self._peek() != "{":
            return self._take()
        self._take()
        parts = []
        while self._peek() not in ("}", ""):
            parts.append(self._take())
        self._expect("}")
        return "".join(parts)
