"""A bar that keeps to one row where the window is low, and unfolds on request."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from app.icons import icon
from app.theme import Theme
from app.widgets.button import Button
from app.widgets.flow_bar import FlowBar
from app.widgets.teach import teach

MORE, FEWER = "More", "Fewer"


class FoldingBar(FlowBar):
    """Parts side by side. Folded it shows those of them, by rank, that one row has room for, and a button for all."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 10, row_gap: int = 6) -> None:
        super().__init__(parent, gap=gap, row_gap=row_gap)
        # With its rank: what has the lowest stays longest.
        self._parts: list[tuple[QWidget, int]] = []
        self._is_low = False
        self.more = Button("More settings", "Show the settings for which one row has no room.", with_text=True)
        self.more.setProperty("role", "outlined")
        self.more.setCheckable(True)
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.toggled.connect(self._show_parts)
        self._name_button()

    def add_parts(self, *parts: tuple[QWidget, int]) -> None:
        """Put ``parts``, each with its rank, from left to right; the button comes last."""
        for part, rank in parts:
            self._parts.append((part, rank))
            self.flow.addWidget(part)
        self.flow.addWidget(self.more)
        self._show_parts()

    def set_low(self, low: bool) -> None:
        """Keep to one row if the window is so ``low`` that further rows would take the room of the views."""
        if low != self._is_low:
            self._is_low = low
            self.more.setChecked(False)
            self._show_parts()

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.more.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        self.more.setIcon(icon("chevron_down", theme))

    def _fit(self) -> None:
        self._choose_parts()
        super()._fit()

    def _show_parts(self) -> None:
        self._name_button()
        self._fit()

    def _name_button(self) -> None:
        folded = not self.more.isChecked()
        self.more.setText(MORE if folded else FEWER)
        self.more.setAccessibleName(f"{self.more.text()} settings")
        teach(
            self.more,
            "Show the settings for which one row has no room."
            if folded
            else "Go back to one row of settings, so that there is more room below.",
        )

    def _choose_parts(self) -> None:
        margins = self.flow.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        gap = self.flow.gap
        widths = [part.sizeHint().expandedTo(part.minimumSizeHint()).width() + gap for part, _ in self._parts]
        folds = self._is_low and sum(widths) - gap > room
        shown = set(range(len(widths)))
        if folds and not self.more.isChecked():
            shown = set()
            room -= self.more.sizeHint().width()
            for number in sorted(range(len(widths)), key=lambda number: self._parts[number][1]):
                if widths[number] <= room:
                    shown.add(number)
                    room -= widths[number]
        for number, (part, _) in enumerate(self._parts):
            if part.isHidden() == (number in shown):
                part.setVisible(number in shown)
        if self.more.isHidden() == folds:
            self.more.setVisible(folds)
