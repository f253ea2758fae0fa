"""A formula as text for the clipboard."""

from collections.abc import Sequence

from app.stepping.records import Line, Token


def as_text(lines: Sequence[Line]) -> str:
    """Return ``lines`` as plain text, one below the other."""
    return "\n".join(line.text for line in lines)


def as_latex(lines: Sequence[Line]) -> str:
    """Return ``lines`` as LaTeX, one below the other; to be put between the marks of a formula."""
    return "\n".join(line.latex for line in lines)


def in_full(lines: Sequence[Line]) -> str:
    """Return ``lines`` as plain text with all digits of every number."""
    return "\n".join(" ".join(_in_full(token) for token in line.tokens) for line in lines)


def full_number(value: float) -> str:
    """Return ``value`` with as many digits as it takes to tell it from every other number."""
    return repr(float(value))


def _in_full(token: Token) -> str:
    return token.text if token.value is None else full_number(token.value)
