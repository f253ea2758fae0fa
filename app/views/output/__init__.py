"""The output of the network: for each task the picture that shows it best."""

from app.views.output.view import OutputView

__all__ = ["OutputView"]
