"""The usual slips in working out a formula: a factor left out, a sign turned, a division forgotten."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from msgspec.structs import replace

from app.stepping.formula.tree import (
    Call,
    Choice,
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
    symbols,
    worth,
)
from app.stepping.formula.writing import Writer
from app.stepping.records import tidy

ONE = Number("1")
# Letters by which a quantity is called more than a letter.
_NAMES = (("f′", "the slope"), ("η", "the learning rate"), ("w", "the weight"), ("b", "the bias"))


class Slip(NamedTuple):
    """A wrong number, and the sentence that says how one comes to it."""

    value: float
    sentence: str


def slips(node: Node) -> Iterator[Slip]:
    """Return what ``node`` comes to with one thing left out or turned round, each with what that is."""
    for changed, sentence in _changed(node):
        yield Slip(worth(changed), sentence)


def surplus(node: Node) -> Iterator[Slip]:
    """Return what ``node`` comes to with one of its quantities once too often as a factor."""
    value = worth(node)
    for symbol in dict.fromkeys(symbols(node)):
        if symbol.value is not None:
            yield Slip(value * symbol.value, f"There is a factor too many: {named(symbol)}.")


def named(node: Node) -> str:
    """Return how a part of a formula is called in a sentence: “the slope f′(z)”, “the input x₁”."""
    text = written(node)
    if not isinstance(node, Symbol):
        return f"the factor {text}"
    for letters, name in _NAMES:
        if text.startswith(letters):
            return f"{name} {text}"
    is_input = node.link is not None and node.link.unit >= 0 and text[0] in "xaãs1"
    return f"the input {text}" if is_input else text


def written(node: Node) -> str:
    """Return ``node`` in symbols, as plain text."""
    tokens = Writer(4, with_numbers=False).tokens(node)
    return tidy(" ".join(token.text for token in tokens))


def _capital(text: str) -> str:
    # Letters of formulas stay as they are.
    return text[:1].upper() + text[1:] if text.startswith("the ") else text


def _changed(node: Node) -> Iterator[tuple[Node, str]]:
    match node:
        case Product(factors):
            for place, factor in enumerate(factors):
                rest = factors[:place] + factors[place + 1 :]
                yield Product(rest), f"{_capital(named(factor))} is missing."
            if len(factors) > 2:
                for one, other in combinations(factors, 2):
                    rest = tuple(factor for factor in factors if factor is not one and factor is not other)
                    yield Product(rest), f"{_capital(named(one))} and {named(other)} are missing."
            yield from _within(factors, lambda changed: Product(changed))
        case Total(terms):
            yield from _of_total(terms)
        case Fraction(above, below) | Quotient(above, below):
            if above == ONE and not isinstance(below, Number):
                yield below, f"The fraction is missing: 1 over {written(below)} is asked for."
            yield above, f"The division by {written(below)} is missing."
            yield from _within((above, below), lambda changed: Fraction(*changed))
        case Power(base, exponent):
            what = "The square" if exponent == Number("2") else "The power"
            yield base, f"{what} of {written(base)} is missing."
            yield from _within((base, exponent), lambda changed: Power(*changed))
        case Root(inside):
            yield inside, f"The root of {written(inside)} is missing."
            yield from ((Root(changed), said) for changed, said in _changed(inside))
        case Group(inside, bars):
            if bars:
                yield inside, f"The size of {written(inside)} is asked for, without its sign."
            yield from ((replace(node, inside=changed), said) for changed, said in _changed(inside))
        case Call(name, arguments):
            sign = "" if len(arguments) == 1 else "(…)"
            yield arguments[-1], f"{name}{sign} is missing."
            yield from _within(arguments, lambda changed: replace(node, arguments=changed))
        case Choice(cases):
            for value, _ in cases:
                yield value, f"That would be {written(value)}, which is for another case."


def _within(nodes: tuple[Node, ...], build: Callable[[tuple[Node, ...]], Node]) -> Iterator[tuple[Node, str]]:
    """Return what is built of ``nodes`` with one thing changed inside one of them."""
    for place, node in enumerate(nodes):
        for changed, sentence in _changed(node):
            yield build((*nodes[:place], changed, *nodes[place + 1 :])), sentence


def _of_total(terms: tuple[tuple[int, Node], ...]) -> Iterator[tuple[Node, str]]:
    # Left out is likelier than turned round, so it comes first.
    for place, (_, term) in enumerate(terms if len(terms) > 1 else ()):
        is_bias = isinstance(term, Symbol) and term.text.startswith("b")
        said = f"The bias {written(term)} is forgotten." if is_bias else f"{written(term)} is missing from the sum."
        yield Total((*terms[:place], *terms[place + 1 :])), said
    for place, (sign, term) in enumerate(terms):
        before, after = terms[:place], terms[place + 1 :]
        for changed, sentence in _changed(term):
            yield Total((*before, (sign, changed), *after)), sentence
        ways = ("added", "taken away") if sign > 0 else ("taken away", "added")
        said = f"The sign is flipped: {written(term)} is to be {ways[0]}, not {ways[1]}."
        if len(terms) == 1:
            said = f"The minus before {written(term)} is missing."
        yield Total((*before, (-sign, term), *after)), said
