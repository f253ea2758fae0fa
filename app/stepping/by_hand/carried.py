"""Errors carried forward: what an equation comes to with the student's own values in the place of the true ones."""

from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from app.stepping.by_hand.equation import Equation, Key, Quantity
from app.stepping.formula.tree import Node, Symbol, mapped, symbols, worth

Own = Mapping[Key, float]


class Earlier(NamedTuple):
    """A student's values of what comes before.

    Attributes:
        wrong: those that are not right, by what they were to be.
        typed: all of them, the right ones perhaps rounded.
    """

    wrong: Own = MappingProxyType({})
    typed: Own = MappingProxyType({})

    def after(self, before: "Earlier") -> "Earlier":
        """Return these values and those that stand ``before`` them."""
        return Earlier({**before.wrong, **self.wrong}, {**before.typed, **self.typed})


def rounded(node: Node, digits: int) -> Node:
    """Return ``node`` with its numbers as they stand on the sheet, with so many significant ``digits``."""

    def change(symbol: Symbol) -> Symbol:
        return symbol if symbol.value is None else replace(symbol, value=float(f"{symbol.value:.{digits - 1}e}"))

    return mapped(node, change)


def sources(equation: Equation, own: Own) -> tuple[Key, ...]:
    """Return which of the student's ``own`` values go into ``equation``, each once."""
    found = (symbol.key for form in equation.forms for symbol in symbols(form) if isinstance(symbol, Quantity))
    return tuple(dict.fromkeys(key for key in found if key in own))


def with_own(node: Node, own: Own) -> Node:
    """Return ``node`` with the student's ``own`` values for those that they have worked out."""

    def change(symbol: Symbol) -> Symbol:
        is_own = isinstance(symbol, Quantity) and symbol.key in own
        return replace(symbol, value=own[symbol.key]) if isinstance(symbol, Quantity) and is_own else symbol

    return mapped(node, change)


def carried(equation: Equation, work: Earlier, digits: int) -> Iterator[float]:
    """Return what ``equation`` may come to for one who goes on with an earlier value that is wrong.

    Args:
        equation: what is asked for.
        work: what stands before it.
        digits: how many significant ones the given numbers have.
    """
    for form, own in product(equation.forms, (work.wrong, work.typed)):
        for given in (form, rounded(form, digits)):
            yield worth(with_own(given, own))
