"""What an expression comes to: for one number or for whole arrays, by the operations that are handed in."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from app.expressions.grammar import ExpressionError, Node, as_node
from app.expressions.words import CONSTANTS, number

V = TypeVar("V")


def evaluate(
    node: Node, operations: Mapping[str, Callable[..., V]], constant: Callable[[float], V], names: Mapping[str, V]
) -> V:
    """Return what ``node``, a side of an ``Expression``, comes to.

    Args:
        node: of a tree.
        operations: what add, subtract, multiply, divide, power, negative and the functions do with values.
        constant: makes a value of a number.
        names: the values of the variables; e and pi are known.

    Raises:
        ExpressionError: a number in it has more than one decimal point.
    """
    first = node.children[0]
    if node.data == "number":
        try:
            return constant(number(str(first)))
        except ValueError as error:
            raise ExpressionError(str(error)) from None
    if node.data == "name":
        name = str(first).lower()
        return names[name] if name in names else constant(CONSTANTS[name])
    if node.data == "call":
        argument = evaluate(as_node(node.children[1]), operations, constant, names)
        return operations[str(first).lower()](argument)
    values = [evaluate(as_node(child), operations, constant, names) for child in node.children]
    return operations[str(node.data)](*values)
