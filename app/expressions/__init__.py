"""Expressions that a user types: one grammar for all of them, and nothing typed is ever run."""

from app.expressions.evaluation import evaluate
from app.expressions.grammar import MOST_LETTERS, Expression, ExpressionError, Node, read
from app.expressions.words import plain

__all__ = ["MOST_LETTERS", "Expression", "ExpressionError", "Node", "evaluate", "plain", "read"]
