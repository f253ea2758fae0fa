"""Formulas as trees, and what they come to."""

from collections.abc import Callable, Iterator, Mapping

import msgspec
import numpy as np

from app.stepping.records import Link


class Node(msgspec.Struct, frozen=True, gc=False):
    """Any part of a formula; a tree has no cycles, so there is nothing for the search for garbage to find."""


class Symbol(Node, frozen=True, gc=False):
    """A quantity: its name, and the number it stands for (None: only a name).

    One that is a ``blank`` keeps its name among numbers: what it comes to is still to be found out.
    """

    latex: str
    text: str
    spoken: str
    value: float | None = None
    link: Link | None = None
    is_blank: bool = False


class Number(Node, frozen=True, gc=False):
    """A number that belongs to the formula, such as the 2 of a square."""

    text: str

    @property
    def value(self) -> float:
        """The number."""
        return float(self.text)


class Total(Node, frozen=True, gc=False):
    """A sum: each term with its sign, +1 or −1."""

    terms: tuple[tuple[int, Node], ...]


class Product(Node, frozen=True, gc=False):
    """Factors side by side."""

    factors: tuple[Node, ...]


class Fraction(Node, frozen=True, gc=False):
    """One thing over another, with a line between."""

    above: Node
    below: Node


class Quotient(Node, frozen=True, gc=False):
    """One thing divided by another, with a slash."""

    above: Node
    below: Node


class Power(Node, frozen=True, gc=False):
    """A base with an exponent."""

    base: Node
    exponent: Node


class Root(Node, frozen=True, gc=False):
    """A square root."""

    inside: Node


class Call(Node, frozen=True, gc=False):
    """A function of one or more things; ``bare`` without parentheses: tanh z."""

    name: str
    arguments: tuple[Node, ...]
    bare: bool = False


class Group(Node, frozen=True, gc=False):
    """Something in parentheses, or between the bars of an absolute value."""

    inside: Node
    bars: bool = False


class Comparison(Node, frozen=True, gc=False):
    """A condition: ``sign`` is “<”, “>”, “≤” or “≥”."""

    left: Node
    sign: str
    right: Node


class Choice(Node, frozen=True, gc=False):
    """One of several values: each with its condition, or None for “else”."""

    cases: tuple[tuple[Node, Comparison | None], ...]
    otherwise: str = "else"


class Marked(Node, frozen=True, gc=False):
    """The term one stands at."""

    inside: Node


class Dots(Node, frozen=True, gc=False):
    """Terms that are left out; nothing with it can be worked out."""


class Mean(Node, frozen=True, gc=False):
    """The mean over ``count`` samples of ``each``; the first samples' ``terms`` are the same with their numbers."""

    each: Node
    terms: tuple[Node, ...]
    count: int


class Assignment(Node, frozen=True, gc=False):
    """``name ← right`` or ``name = right``; further equal forms, and what other letters stand for.

    Attributes:
        left: the left side as LaTeX.
        is_arrow: whether it is an arrow.
        forms: the right sides, which are equal to each other.
        where: letters that are defined beside it.
    """

    left: str
    is_arrow: bool
    forms: tuple[Node, ...]
    where: tuple[tuple[str, Node], ...] = ()


_FUNCTIONS = {
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "cosh": np.cosh,
    "exp": np.exp,
    "log": np.log,
    "sign": np.sign,
}


def bound(node: Node, symbols: Mapping[str, Node]) -> Node:
    """Return ``node`` with each symbol whose LaTeX is a key of ``symbols`` replaced by what is there."""
    return mapped(node, lambda symbol: symbols.get(symbol.latex, symbol))


def filled(node: Node) -> Node:
    """Return ``node`` with no blanks: every quantity that has a number shows it."""
    return mapped(node, lambda symbol: msgspec.structs.replace(symbol, is_blank=False))


def mapped(node: Node, change: Callable[[Symbol], Node]) -> Node:
    """Return ``node`` with what ``change`` makes of each of its quantities in the quantity's place."""
    if isinstance(node, Symbol):
        return change(node)
    changed: dict[str, object] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, Node):
            changed[name] = mapped(value, change)
        elif isinstance(value, tuple):
            changed[name] = _mapped_all(value, change)
    return msgspec.structs.replace(node, **changed) if changed else node


def _mapped_all(values: tuple[object, ...], change: Callable[[Symbol], Node]) -> tuple[object, ...]:
    return tuple(
        mapped(value, change)
        if isinstance(value, Node)
        else _mapped_all(value, change)
        if isinstance(value, tuple)
        else value
        for value in values
    )


def worth(node: Node) -> float:
    """Return what ``node`` comes to; not a number where a symbol in it has no value or a term is left out."""
    with np.errstate(all="ignore"):
        return float(_worth(node))


def _worth(node: Node) -> np.float64:
    result = np.float64(np.nan)
    match node:
        case Symbol(latex="e", value=None):
            result = np.float64(np.e)
        case Symbol(latex=r"\pi", value=None):
            result = np.float64(np.pi)
        case Symbol(value=value) if value is not None:
            result = np.float64(value)
        case Number():
            result = np.float64(node.value)
        case Total(terms):
            result = np.float64(0.0)
            for sign, term in terms:
                result = result + sign * _worth(term)
        case Product(factors):
            result = np.float64(1.0)
            for factor in factors:
                result = result * _worth(factor)
        case Fraction(above, below) | Quotient(above, below):
            result = _worth(above) / _worth(below)
        case Power(base, exponent):
            result = np.float64(_worth(base) ** _worth(exponent))
        case Root(inside):
            result = np.float64(np.sqrt(_worth(inside)))
        case Group(inside, bars):
            result = np.abs(_worth(inside)) if bars else _worth(inside)
        case Marked(inside):
            result = _worth(inside)
        case Call():
            result = _worth_of_call(node)
        case Choice():
            chosen = taken(node)
            result = result if chosen is None else _worth(chosen[0])
        case Assignment(forms=forms):
            result = _worth(forms[0])
    return result


def _worth_of_call(node: Call) -> np.float64:
    values = [_worth(argument) for argument in node.arguments]
    if node.name in ("max", "min"):
        return np.float64(max(values) if node.name == "max" else min(values))
    return np.float64(_FUNCTIONS[node.name](values[0]))


def has_blank(node: Node) -> bool:
    """Return whether a quantity in ``node`` is still to be found out."""
    return any(symbol.is_blank for symbol in symbols(node))


def symbols(node: Node) -> Iterator[Symbol]:
    """Return every quantity in ``node``, as often as it is there."""
    if isinstance(node, Symbol):
        yield node
    for part in parts(node):
        yield from symbols(part)


def parts(node: Node) -> Iterator[Node]:
    """Return the nodes that ``node`` is made of."""
    for name in node.__struct_fields__:
        yield from _nodes_in(getattr(node, name))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _nodes_in(each)


def holds(condition: Comparison) -> bool:
    """Return whether ``condition`` holds."""
    left, right = worth(condition.left), worth(condition.right)
    return {"<": left < right, ">": left > right, "≤": left <= right, "≥": left >= right}[condition.sign]


def taken(choice: Choice) -> tuple[Node, Comparison | None] | None:
    """Return the case of ``choice`` that holds, or None where none does."""
    for case in choice.cases:
        if case[1] is None or holds(case[1]):
            return case
    return None
