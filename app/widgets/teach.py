"""What a control teaches: in its tooltip, and in the status bar while the mouse is over it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QWidget


def teach(widget: QWidget, remark: str) -> None:
    """Give ``widget`` the tooltip ``remark``, and the same in one line as the status tip that panels pass on."""
    widget.setToolTip(remark)
    widget.setStatusTip(" ".join(remark.split()))


class Teaching(QWidget):
    """A part of the window whose controls teach; to be named first among the base classes.

    Signals:
        hint(str): one line about the control that is pointed at; empty when the mouse leaves it.
    """

    hint = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Pass on what the control under the mouse teaches."""
        if isinstance(event, QStatusTipEvent):
            self.hint.emit(event.tip())
            return True
        return super().event(event)
