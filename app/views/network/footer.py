"""The band below the network: what the edges show, and what their colors mean."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.theme import LIGHT, Theme
from app.views.network.geometry import FOOTER, MARGIN
from app.views.network.scene import MOST_EDGES, Pixels
from app.views.quantities import QUANTITIES, WEIGHTS
from app.widgets.scale_legend import ScaleLegend
from app.widgets.segmented import SegmentedControl


class NetworkFooter(QWidget):
    """Chooses the quantity of the edges; ``chosen`` carries its name when it changes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.quantity = SegmentedControl("Edges show", QUANTITIES, WEIGHTS, self)
        self.quantity.chosen.connect(self.chosen)
        self.legend = ScaleLegend(self)

    def set_theme(self, theme: Theme, edge_colors: Pixels) -> None:
        """Take the text size and the colors of edges."""
        self._theme = theme
        self.quantity.set_theme(theme)
        self.legend.set_theme(theme, edge_colors)

    def place(self, width: int, height: int) -> None:
        """Lie along the lower edge of a view of ``width`` × ``height`` pixels."""
        own = round(FOOTER * self._theme.text_scale)
        self.setGeometry(0, height - own, width, own)
        self._place_parts()

    def show_scale(self, end: str, edges: int) -> None:
        """Write the value of the strongest color beside the legend; ``edges`` is how many there are."""
        before = self.legend.sizeHint()
        self.legend.show_ends(f"−{end}", f"+{end}")
        colors = "Orange is negative, blue is positive; the wider an edge, the stronger."
        left_out = f" Of the {edges} edges, the {MOST_EDGES} strongest are drawn." if edges > MOST_EDGES else ""
        self.legend.setToolTip(colors + left_out)
        if self.legend.sizeHint() != before:
            self._place_parts()

    def _place_parts(self) -> None:
        middle = self.height() // 2
        self.quantity.move(round(MARGIN), middle - self.quantity.height() // 2)
        size = self.legend.sizeHint()
        x = round(self.width() - MARGIN - size.width())
        self.legend.setVisible(x > self.quantity.geometry().right() + MARGIN)
        self.legend.setGeometry(x, middle - size.height() // 2, size.width(), size.height())
