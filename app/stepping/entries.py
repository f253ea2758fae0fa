"""The formulas of entries — activations, losses — with the quantities of a trace in the place of their letters."""

import re
from collections.abc import Mapping
from html import unescape

from app.stepping.formula.reading import FormulaError, read, read_symbol
from app.stepping.formula.tree import Assignment, Node, Symbol, bound, worth
from app.stepping.formula.writing import BECOMES, EQUALS, Writer, number_token, three_lines
from app.stepping.records import Line, Link, Token
from app.stepping.sight import Sight
from app.widgets.formula_text import SYMBOLS, formula_text
from engine.activations import ACTIVATIONS
from engine.settings import Setting

_LATEX = {sign: rf"\{name}" for name, sign in SYMBOLS.items() if len(sign) == 1 and sign.isalpha()}
# Formulas write the rounded form of this letter.
_LATEX["ε"] = r"\varepsilon"
_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def setting_symbol(setting: Setting, value: float) -> Symbol:
    """Return the symbol of a setting, the last word of its label: “Momentum μ”, “β₁”."""
    name = setting.label.split()[-1]
    letter, index = name[0], name[1:].translate(_PLAIN)
    latex = letter_latex(letter) + (f"_{index}" if index else "")
    return Symbol(latex, name, f"{setting.name.rstrip('0123456789').replace('_', ' ')} {index}".strip(), value)


def letter_latex(letter: str) -> str:
    """Return a letter, Greek or not, in LaTeX."""
    return _LATEX.get(letter, letter)


def read_or_none(latex: str) -> Assignment | None:
    """Return the formula as a tree, or None where it is not understood."""
    try:
        return read(latex)
    except FormulaError:
        return None


def completed(formula: Assignment, symbols: Mapping[str, Node]) -> tuple[list[tuple[Symbol, Node]], tuple[Node, ...]]:
    """Return what is defined beside ``formula`` and its forms, all with ``symbols`` in their places."""
    known = dict(symbols)
    where = []
    for name, definition in formula.where:
        node = bound(definition, known)
        symbol = Symbol(name, name, name, worth(node))
        known[name] = symbol
        where.append((symbol, node))
    return where, tuple(bound(form, known) for form in formula.forms)


def formula_lines(
    latex: str, symbols: Mapping[str, Node], left: Symbol, value: float, digits: int, link: Link | None = None
) -> tuple[Line, ...]:
    """Return the lines of an entry's formula for one sample: what stands beside it first, then the formula itself."""
    formula = read_or_none(latex)
    if formula is None:
        return raw_lines(latex, left, value, digits, link)
    where, forms = completed(formula, symbols)
    lines: list[Line] = []
    for symbol, node in where:
        lines += three_lines(symbol, node, worth(node), digits)
    return (*lines, *three_lines(left, forms, value, digits, link=link))


def raw_lines(latex: str, left: Symbol, value: float, digits: int, link: Link | None = None) -> tuple[Line, ...]:
    """Return a formula that cannot be filled in as it stands, and its result."""
    head = Token(left.latex, left.text, left.spoken, None, left.link)
    return (symbols_line(latex), Line("result", (head, EQUALS, number_token(value, digits, link))))


def symbols_line(latex: str) -> Line:
    """Return a formula as it stands in its entry."""
    formula = read_or_none(latex)
    if formula is None or formula.where:
        plain = unescape(re.sub(r"<[^>]*>", "", formula_text(latex)))
        return Line("symbols", (Token(latex, plain, plain),))
    try:
        left = read_symbol(formula.left)
    except FormulaError:
        plain = unescape(re.sub(r"<[^>]*>", "", formula_text(formula.left)))
        left = Symbol(formula.left, plain, plain)
    head = Token(left.latex, left.text, left.spoken)
    writer = Writer(4, with_numbers=False)
    return Line("symbols", (head, BECOMES if formula.is_arrow else EQUALS, *writer.tokens(formula)))


def activation_symbols(sight: Sight, layer: int, unit: int, member: int) -> dict[str, Node]:
    """Return what the letters of an activation's formulas stand for."""
    shape = sight.layout.layers[layer]
    symbols: dict[str, Node] = {"z": sight.z(layer, unit, member), "a": sight.a(layer, unit, member)}
    if ACTIVATIONS[shape.activation].settings:
        symbols[r"\alpha"] = Symbol(r"\alpha", "α", "alpha", shape.alpha)
    return symbols


def class_of(sight: Sight) -> int:
    """Return the number of the wanted class of the sample one looks at, where the target is one."""
    return round(float(sight.trace.wanted[0, max(sight.sample, 0)]))
