"""The strip above the network that says what to watch in a worked example."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.icons import icon
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from engine.examples import Example

# With larger text the button's name is shorter: the title needs the room.
LARGEST_LONG = 1.25


class ExampleNote(QFrame):
    """Shows the two sentences of an example until it is closed or another experiment is opened.

    Signals:
        compare_wanted: the slide's numbers are to be shown beside the exact ones.
    """

    compare_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.title, self.text = QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        # A long one is cut rather than widening the window.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName("What to watch")
        remark = "Show the exact numbers beside those of the slide, and why they differ."
        self.compare = Button("Compare", remark, with_text=True)
        self.compare.setAccessibleName("Compare with the slide")
        self.compare.clicked.connect(self.compare_wanted)
        self.close_button = Button("Close the note", "Close this note; choosing the example again brings it back.")
        self.close_button.clicked.connect(self.hide)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addWidget(self.compare)
        top.addWidget(self.close_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 6, 8, 8)
        rows.setSpacing(4)
        rows.addLayout(top)
        rows.addWidget(self.text)
        self.set_theme(LIGHT)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.close_button.setIcon(icon("close", theme, theme.muted))
        self.close_button.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))
        self.compare.setText("Compare with the slide" if theme.text_scale <= LARGEST_LONG else "Compare")

    def show_example(self, example: Example | None) -> None:
        """Show what to watch in ``example``; None ends the note."""
        self.setVisible(example is not None)
        if example is None:
            return
        self.title.setText(example.label)
        self.title.setToolTip(f"{example.group}: {example.label}")
        self.text.setText(example.remark)
        # Where very large text leaves no room for all of it.
        self.text.setToolTip(example.remark)
        self.setAccessibleName(f"Example: {example.label}")
        self.setAccessibleDescription(example.remark)
        self.compare.setVisible(bool(example.notes))
