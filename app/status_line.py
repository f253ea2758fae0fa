"""The status bar: what has happened, the hint of what is under the mouse, compiling, and the training speed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QStatusBar, QWidget

from app.theme import Theme


class StatusLine(QStatusBar):
    """A hint covers the message until something happens; a problem is shown in its own color."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        # In line with the texts of the panels above.
        self.setContentsMargins(8, 0, 8, 0)
        self.text = QLabel()
        self.text.setAccessibleName("Status")
        # Long sentences are cut rather than widening the window.
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Compiling")
        self.progress.setToolTip("Kernels are compiled once, on the first start; later ones find them ready.")
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.speed = QLabel()
        self.speed.setAccessibleName("Training speed")
        self.speed.setToolTip("How many samples training looks at in a second.")
        self.addWidget(self.text, 1)
        # Qt hides the text under a hint, and yet shows it again when it lays out the bar: the two lay over each other.
        self.messageChanged.connect(lambda hint: self.text.setVisible(not hint))
        self.addPermanentWidget(self.progress)
        self.addPermanentWidget(self.speed)

    def set_theme(self, theme: Theme) -> None:
        """Take the sizes to draw with."""
        self.progress.setFixedSize(theme.pixels(140), theme.pixels(8))
        self.setMinimumHeight(theme.pixels(28))

    def show_message(self, sentence: str) -> None:
        """Show what has happened, in place of the hint of what was clicked for it."""
        self.clearMessage()
        self._show(sentence, "")

    def show_problem(self, sentence: str) -> None:
        """Show what could not be done, or why training stopped."""
        # A hint must not hide it.
        self.clearMessage()
        self._show(sentence, "problem")

    def show_hint(self, text: str) -> None:
        """Show what is under the mouse; empty when nothing is."""
        if text:
            self.showMessage(text)
        else:
            self.clearMessage()

    def show_progress(self, what: str, share: float) -> None:
        """Show what is being compiled, until ``share`` is 1."""
        self.progress.setVisible(share < 1.0)
        self.progress.setValue(round(100.0 * share))
        if what:
            # Compiling goes on for a while: a hint may cover it.
            self._show(f"{what} …", "")
        elif share >= 1.0 and self.text.text().endswith("…"):
            self._show("Ready. Space trains and pauses.", "")

    def show_speed(self, samples_per_second: float) -> None:
        """Show the training speed; nothing while it stands still."""
        text = f"{speed_text(samples_per_second)} samples/s" if samples_per_second > 0.0 else ""
        if text != self.speed.text():
            self.speed.setText(text)

    def _show(self, sentence: str, role: str) -> None:
        self.text.setText(sentence)
        self.text.setToolTip(sentence)
        if self.text.property("role") != role:
            self.text.setProperty("role", role)
            self.text.style().polish(self.text)


def speed_text(samples_per_second: float) -> str:
    """Return the speed with two or three digits that mean something: “950”, “10.6 thousand”, “23.1 million”."""
    for unit, name in ((1e6, " million"), (1e3, " thousand")):
        if samples_per_second >= 0.9995 * unit:
            return f"{samples_per_second / unit:.1f}{name}"
    return f"{samples_per_second:.0f}"
