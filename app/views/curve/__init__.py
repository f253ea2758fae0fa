"""A curve: y over x, as the network draws it through the points."""

from app.views.curve.view import CurveView

__all__ = ["CurveView"]
