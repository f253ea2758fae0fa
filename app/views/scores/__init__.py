"""Scores: how well the network does, in the numbers of its task."""

from app.views.scores.view import ScoresView

__all__ = ["ScoresView"]
