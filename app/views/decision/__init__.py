"""The decision view: what the network puts out over the plane, the data, and the tools that paint them."""

from app.views.decision.view import DecisionView

__all__ = ["DecisionView"]
