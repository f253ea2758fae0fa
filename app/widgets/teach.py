"""What a control teaches: in its tooltip, and in the status bar while the mouse is over it."""

from PySide6.QtWidgets import QWidget


def teach(widget: QWidget, remark: str) -> None:
    """Give ``widget`` the tooltip ``remark``, and the same in one line as the status tip that panels pass on."""
    widget.setToolTip(remark)
    widget.setStatusTip(" ".join(remark.split()))
