"""The button that names a layer's activation, and the list of those it can be changed to."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.theme import LIGHT, Theme
from app.views.ink import blend, color, sized
from app.widgets.choice import Choice
from app.widgets.entry_curves import activation_curve
from app.widgets.teach import teach
from engine.activations import ACTIVATIONS


class ActivationButton(Choice):
    """Names a layer's activation and opens the list to change it; ``chosen`` carries the name of another one."""

    def __init__(self, parent: QWidget, *, is_output: bool) -> None:
        super().__init__("Activation", "", parent, picture=lambda name: activation_curve(ACTIVATIONS[name]))
        # A click leaves the focus where it was, so that Space goes on to mean “run” after it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumContentsLength(1)
        self._theme = LIGHT
        self.set_family([entry for entry in ACTIVATIONS if is_output or entry.hidden])

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        super().set_theme(theme)
        self._theme = theme
        self.update()

    def show_activation(self, owner: str, activation: str, unfit: Mapping[str, str]) -> None:
        """Show ``activation`` of ``owner``; what is in ``unfit`` cannot be chosen, for the reason given there."""
        entry = ACTIVATIONS[activation]
        self.forbid(dict(unfit))
        self.set_name(entry.name)
        self.setAccessibleName(f"Activation of {owner}: {entry.label}")
        teach(self, f"Activation of {owner}: {entry.label}. {entry.remark}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name and, where there is room, an arrow that points down."""
        theme, label = self._theme, self.currentText()
        active = self.underMouse() or self.hasFocus() or self.view().isVisible()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 1.0, -0.5, -1.0)
            painter.setPen(QPen(color(theme.accent if active else theme.border), 1.6 if self.hasFocus() else 1.0))
            painter.setBrush(color(blend(theme.surface, theme.accent, 0.1) if active else theme.surface))
            painter.drawRoundedRect(box, 5.0, 5.0)
            font = sized(self.font(), theme, 11.0 if self.width() >= 62.0 * theme.text_scale else 10.0)
            metrics = QFontMetricsF(font)
            width = metrics.horizontalAdvance(label)
            arrow = 11.0 * theme.text_scale if box.width() - width >= 20.0 * theme.text_scale else 0.0
            painter.setFont(font)
            painter.setPen(color(theme.text))
            text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, box.width() - arrow - 2.0)
            painter.drawText(box.adjusted(0.0, 0.0, -arrow, 0.0), Qt.AlignmentFlag.AlignCenter, text)
            if arrow:
                tip = QPointF(box.right() - arrow + 1.0, box.center().y() + 1.5)
                painter.setPen(QPen(color(theme.muted), 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPolyline([tip + QPointF(-3.0, -3.0), tip, tip + QPointF(3.0, -3.0)])
