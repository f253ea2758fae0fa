"""The five phases of an iteration, the present one filled; a click goes to the beginning of one."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.stepping.records import Phase
from app.theme import LIGHT, Theme
from app.views.ink import blend, color, sized

LABELS = {
    Phase.BATCH: ("Batch", "Which samples are drawn."),
    Phase.FORWARD: ("Forward", "From the inputs to the outputs: sums and activations, layer by layer."),
    Phase.LOSS: ("Loss", "How far the outputs are from what is wanted."),
    Phase.BACKWARD: ("Backward", "From the loss back to the weights: deltas and gradients, layer by layer."),
    Phase.UPDATE: ("Update", "What the optimizer makes of the gradient: the new weights."),
}
HEIGHT, FONT, TIP, PADDING, WIDEST = 26.0, 12.0, 9.0, 10.0, 150.0
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
NAME = "Phase"
# Where there is little room, letters become so small, as a share of their usual size.
SMALLEST = 0.55


class PhaseBar(QWidget):
    """Five arrows in a row; ``chosen`` brings the Phase that the user goes to, ``hint`` what it is."""

    chosen = Signal(object)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._phase: Phase | None = None
        self._hovered: Phase | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription("Left and Right go to the neighboring phase.")
        self.show_phase(None)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_phase(self, phase: Phase | None) -> None:
        """Fill ``phase``; with None there is nothing to go through."""
        self._phase = phase
        self.setEnabled(phase is not None)
        self.setAccessibleName(NAME if phase is None else f"{NAME}: {LABELS[phase][0]}, {phase + 1} of {len(Phase)}")
        self.update()

    @property
    def phase(self) -> Phase | None:
        """The phase that is filled."""
        return self._phase

    def box_of(self, phase: Phase) -> QRectF:
        """Return where ``phase`` is."""
        width = min(self.width() / len(Phase), WIDEST * self._theme.text_scale)
        return QRectF(phase * width, 1.0, width, self.height() - 2.0)

    def sizeHint(self) -> QSize:
        """Return room for all names."""
        theme = self._theme
        metrics = QFontMetricsF(sized(self.font(), theme, FONT, bold=True))
        widest = max(metrics.horizontalAdvance(label) for label, _ in LABELS.values())
        width = widest + (2.0 * TIP + PADDING) * theme.text_scale
        return QSize(round(len(Phase) * width), round(HEIGHT * theme.text_scale))

    def minimumSizeHint(self) -> QSize:
        """Return the size with the smallest letters: a name that is cut could not be told from another."""
        size = self.sizeHint()
        return QSize(round(SMALLEST * size.width()), size.height())

    @property
    def _letters(self) -> float:
        """How large letters are, so that every name fits, as a share of their usual size."""
        return min(max(self.width() / self.sizeHint().width(), SMALLEST), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is past in a lighter tone, the present phase full, the rest as outlines."""
        theme, present = self._theme, self._phase
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for phase in Phase:
                is_present, is_past = phase == present, present is not None and phase < present
                fill = theme.surface
                if is_present:
                    fill = theme.accent
                elif is_past:
                    fill = blend(theme.surface, theme.accent, 0.22)
                elif phase == self._hovered and self.isEnabled():
                    fill = theme.hover
                edge = theme.accent if is_present or is_past else theme.outline
                painter.setPen(QPen(color(edge), 1.0))
                painter.setBrush(color(fill))
                painter.drawPolygon(self._arrow(phase))
                if is_present and self.hasFocus():
                    painter.setPen(QPen(color(theme.text), 2.0))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawPolygon(self._arrow(phase))
                ink = theme.accent_text if is_present else theme.text
                painter.setPen(color(ink if self.isEnabled() else theme.disabled))
                painter.setFont(sized(self.font(), theme, FONT * self._letters, bold=is_present))
                painter.drawText(self.box_of(phase), Qt.AlignmentFlag.AlignCenter, LABELS[phase][0])

    def _arrow(self, phase: Phase) -> QPolygonF:
        box = self.box_of(phase)
        tip = TIP * self._theme.text_scale * self._letters
        left, right, middle = box.left(), box.right(), box.center().y()
        shoulder = right - 3.0
        notch = left + tip if phase else left + 0.5
        return QPolygonF(
            [
                QPointF(left + 0.5, box.top()),
                QPointF(shoulder, box.top()),
                QPointF(shoulder + tip, middle) if phase < Phase.UPDATE else QPointF(shoulder, middle),
                QPointF(shoulder, box.bottom()),
                QPointF(left + 0.5, box.bottom()),
                QPointF(notch, middle),
            ]
        )

    def _phase_at(self, x: float) -> Phase | None:
        number = int(x // self.box_of(Phase.BATCH).width())
        return Phase(number) if 0 <= number < len(Phase) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the phase under the mouse is."""
        self._set_hovered(self._phase_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._set_hovered(None)

    def _set_hovered(self, phase: Phase | None) -> None:
        if phase != self._hovered:
            self._hovered = phase
            self.setCursor(Qt.CursorShape.ArrowCursor if phase is None else Qt.CursorShape.PointingHandCursor)
            self.hint.emit("" if phase is None else _remark(phase))
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the phase under the mouse."""
        phase = self._phase_at(event.position().x())
        if phase is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(phase)

    def event(self, event: QEvent) -> bool:
        """Keep Left and Right from the window's shortcuts while this has the focus; explain a phase in its tooltip."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in _MOVES and not event.modifiers():
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and self._hovered is not None:
            QToolTip.showText(event.globalPos(), _remark(self._hovered), self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighboring phase."""
        step = _MOVES.get(Qt.Key(event.key()), 0)
        if step and self._phase is not None and 0 <= self._phase + step < len(Phase):
            self.chosen.emit(Phase(self._phase + step))
        elif not step:
            super().keyPressEvent(event)


def _remark(phase: Phase) -> str:
    label, remark = LABELS[phase]
    return f"{label}: {remark[0].lower()}{remark[1:]} Click to go there."
