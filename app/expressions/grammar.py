"""The grammar of expressions, read by the parser Lark: text becomes a tree.

Nothing typed is ever run: a tree holds numbers, names from a short list and the operations below, nothing else.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from app.expressions.words import CONSTANTS, FUNCTIONS, plain

if TYPE_CHECKING:
    # Otherwise where it is needed: the window is seen before anybody types an expression, and sooner without it.
    from lark import Lark, Token, Tree

MOST_LETTERS, DEEPEST = 200, 40
# Letters of what was typed that a sentence repeats.
QUOTED = 20

# Holds the operations add, subtract, multiply, divide, power and negative; a call of a function; a number; a name.
Node: TypeAlias = "Tree[Token]"

# As on paper: powers before signs before products before sums, and a product may leave out its sign. Without brackets a
# function takes the numbers and names up to the next sign or function, a root only the next factor. What could be read
# in two ways, as sin 2^2, is read as the longer argument.
_GRAMMAR = rf"""
?start: comparison | sum
comparison: sum COMPARED sum
?sum: product
    | sum "+" product -> add
    | sum "-" product -> subtract
?product: signed
    | product "*" signed -> multiply
    | product "/" signed -> divide
    | product power -> multiply
?signed: power
    | "-" signed -> negative
    | "+" signed
?power: single
    | single "^" signed -> power
?single: atom | call
    | "(" sum ")"
?atom: NUMBER -> number
    | NAME -> name
?call: (FUNCTION | ROOT) "(" sum ")" -> call
    | FUNCTION argument -> call
    | ROOT first -> call
?argument: first
    | argument factor -> multiply
?first: bare
    | "-" first -> negative
    | "+" first
?bare: factor | call
    | call "^" signed -> power
?factor: atom
    | atom "^" signed -> power

COMPARED: "<=" | ">=" | "<" | ">" | "="
NUMBER: /(?:\d[\d.,]*|[.,]\d+)(?:[eE][-+]?\d+)?/
ROOT.2: /sqrt(?![a-z0-9])/i
FUNCTION.2: /(?:{"|".join(name for name in FUNCTIONS if name != "sqrt")})(?![a-z0-9])/i
NAME: /[a-z][a-z0-9]*/i
%ignore /\s+/
"""


class ExpressionError(ValueError):
    """What was typed cannot be read or has no value; the message is one sentence."""


class Expression:
    """An expression, or a comparison of two, as it was typed.

    Attributes:
        left: the expression, or the left side of the comparison.
        compared: "<", "<=", ">", ">=" or "="; empty if nothing is compared.
        right: the right side of a comparison, else None.
    """

    def __init__(self, tree: Node) -> None:
        self.left, self.compared, self.right = tree, "", None
        if tree.data == "comparison":
            left, sign, right = tree.children
            self.left, self.compared, self.right = as_node(left), str(sign), as_node(right)

    @property
    def names(self) -> frozenset[str]:
        """The names of variables and constants in it, in small letters."""
        sides = (self.left,) if self.right is None else (self.left, self.right)
        return frozenset(str(node.children[0]).lower() for side in sides for node in side.find_data("name"))


def as_node(child: "Node | Token") -> Node:
    """Return a part of a tree that is known to be an operation, a number or a name."""
    from lark import Tree

    if not isinstance(child, Tree):
        raise TypeError(f"“{child}” is no part of an expression by itself.")
    return child


def read(text: str, examples: str, variables: Collection[str] = ()) -> Expression:
    """Return ``text`` as an expression.

    Args:
        text: what was typed, with a decimal comma or point, and with signs of print or of a keyboard.
        examples: what one may type, to be said in an error.
        variables: names in small letters that may stand in it, beside e and pi; they may stand together, as in xy.

    Raises:
        ExpressionError: it is too long, too deep, or no expression.
    """
    from lark import Token
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    if len(text) > MOST_LETTERS:
        raise ExpressionError(f"This is longer than the {MOST_LETTERS} letters that it may have.")
    parsing = _parser().parse_interactive(_apart(plain(text), variables))
    known = (*variables, *CONSTANTS)
    before = Token("START", "")
    brackets = signs = 0
    try:
        for token in parsing.iter_parse():
            if token.type == "NAME" and token.lower() not in known:
                there = ", ".join((*known, *FUNCTIONS))
                raise ExpressionError(f"“{token[:QUOTED]}” is not known here; there are {there}.")
            if token.type == before.type == "NUMBER":
                raise ExpressionError(f"A sign is missing between “{before}” and “{token}”.")
            brackets += (token == "(") - (token == ")")
            signs = signs + 1 if token in ("+", "-") else 0
            if brackets < 0:
                raise ExpressionError("A bracket is closed that was never opened.")
            if brackets + signs > DEEPEST:
                raise ExpressionError("This has too many brackets and signs inside each other.")
            # Told of only once the parser has taken it.
            before, last = token, before
        last = before
        return Expression(parsing.feed_token(Token("$END", "")))
    except UnexpectedCharacters as error:
        raise ExpressionError(f"“{error.char}” is not expected here: type {examples}.") from None
    except UnexpectedToken as error:
        raise ExpressionError(_sentence(error.token, last, brackets, examples)) from None


@cache
def _parser() -> "Lark":
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)


def _apart(text: str, variables: Collection[str]) -> str:
    """Return ``text`` with spaces between variables that stand together, as in 2xy."""
    if not variables:
        return text
    one = "|".join(sorted(variables, key=len, reverse=True))
    together = rf"(?<![a-z])(?:{one}){{2,}}(?![a-z0-9])"
    return re.sub(together, lambda match: re.sub(rf"({one})", r"\1 ", match[0], flags=re.I), text, flags=re.I)


def _sentence(token: "Token", before: "Token", brackets: int, examples: str) -> str:
    if token.type != "$END":
        return f"“{token[:QUOTED]}” is not expected here: type {examples}."
    if not before:
        return f"Type {examples}."
    if brackets and (before.type in ("NUMBER", "NAME") or before == ")"):
        return "A bracket is not closed."
    return f"Something is missing after “{before[:QUOTED]}”."
