"""A control with its name above it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.widgets.teach import teach


class Labeled(QWidget):
    """``controls`` side by side below a small label; a click on the label leads to the first of them."""

    def __init__(self, text: str, *controls: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(text)
        self.label.setProperty("role", "caption")
        self.label.setBuddy(controls[0])
        teach(self.label, controls[0].toolTip())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.label)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for control in controls:
            row.addWidget(control)
        column.addLayout(row)
