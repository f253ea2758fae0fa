"""The step-through: one iteration, one place after the other, each with its formula and a plain sentence."""

from app.views.step_through.view import StepThroughView

__all__ = ["StepThroughView"]
