"""The controls above the columns: units, activation, adding and removing layers."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.theme import LIGHT, Theme
from app.views.ink import blend, color, sized
from app.views.network.geometry import CONTROL_ROW, HEADER_MARGIN, TITLE_ROW
from app.widgets.button import Button
from engine.activations import ACTIVATIONS
from engine.experiment import MAXIMUM_UNITS
from engine.losses import LOSSES

PLUS, MINUS, CROSS = "plus", "minus", "cross"
FULL_COUNT_WIDTH = 96.0


class GlyphButton(Button):
    """A small round button with a plus, a minus or a cross."""

    def __init__(self, glyph: str, label: str, remark: str, parent: QWidget, *, outlined: bool = True) -> None:
        super().__init__(label, remark, parent=parent)
        self._glyph, self._outlined = glyph, outlined
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take the colors."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the circle and the sign."""
        theme = self._theme
        side = min(self.width(), self.height())
        middle = QPointF(self.width() / 2.0, self.height() / 2.0)
        active = self.isEnabled() and (self.underMouse() or self.hasFocus())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._outlined or active:
                edge = theme.accent if active else theme.border
                fill = blend(theme.surface, theme.accent, 0.28 if self.isDown() else 0.12) if active else theme.surface
                painter.setPen(QPen(color(edge), 1.6 if self.hasFocus() else 1.0))
                painter.setBrush(color(fill))
                painter.drawEllipse(middle, side / 2.0 - 1.0, side / 2.0 - 1.0)
            ink = theme.accent if active else theme.muted if self.isEnabled() else theme.border
            painter.setPen(QPen(color(ink), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            arm = side * 0.22
            if self._glyph == CROSS:
                arm *= 0.8
                painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
                painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))
            else:
                painter.drawLine(middle + QPointF(-arm, 0.0), middle + QPointF(arm, 0.0))
            if self._glyph == PLUS:
                painter.drawLine(middle + QPointF(0.0, -arm), middle + QPointF(0.0, arm))


class ActivationButton(Button):
    """Names a layer's activation and opens the menu to change it; ``chosen`` carries the name of another one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Activation", "", parent=parent)
        self._theme = LIGHT
        self._current = ""
        self._loss: str | None = None
        self.clicked.connect(self.open_menu)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        self.update()

    def show_activation(self, owner: str, activation: str, loss: str | None = None) -> None:
        """Show ``activation`` of ``owner``; only what fits ``loss`` is offered, if that is given."""
        entry = ACTIVATIONS[activation]
        self._current, self._loss = entry.name, loss
        self.setText(entry.label)
        self.setAccessibleName(f"Activation of {owner}: {entry.label}")
        self.setToolTip(f"Activation of {owner}: {entry.label}. {entry.remark}")
        self.update()

    def menu_of_activations(self) -> QMenu:
        """Return the menu; what does not fit the loss stays visible and says why."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(self.accessibleName())
        loss = LOSSES[self._loss] if self._loss is not None else None
        for entry in ACTIVATIONS:
            action = menu.addAction(entry.label)
            action.setToolTip(entry.remark)
            action.setCheckable(True)
            action.setChecked(entry.name == self._current)
            action.setData(entry.name)
            # Only the output layer is shown with its loss.
            reason, note = (loss.unfit(entry.name), f"not with {loss.label.lower()}") if loss else (None, "")
            if loss is None and not entry.hidden:
                reason, note = f"{entry.label} makes shares of all outputs: it is for the output layer.", "output only"
            if reason:
                action.setText(f"{entry.label} – {note}")
                action.setToolTip(reason)
                action.setEnabled(False)
        return menu

    def open_menu(self) -> None:
        """Ask for another activation below the button."""
        menu = self.menu_of_activations()
        menu.triggered.connect(lambda action: self.chosen.emit(action.data()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name and, where there is room, an arrow that points down."""
        theme = self._theme
        active = self.underMouse() or self.hasFocus() or self.isDown()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 1.0, -0.5, -1.0)
            painter.setPen(QPen(color(theme.accent if active else theme.border), 1.6 if self.hasFocus() else 1.0))
            painter.setBrush(color(blend(theme.surface, theme.accent, 0.1) if active else theme.surface))
            painter.drawRoundedRect(box, 5.0, 5.0)
            font = sized(self.font(), theme, 11.0 if self.width() >= 62.0 * theme.text_scale else 10.0)
            metrics = QFontMetricsF(font)
            width = metrics.horizontalAdvance(self.text())
            arrow = 11.0 * theme.text_scale if box.width() - width >= 20.0 * theme.text_scale else 0.0
            painter.setFont(font)
            painter.setPen(color(theme.text))
            text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width() - arrow - 2.0)
            painter.drawText(box.adjusted(0.0, 0.0, -arrow, 0.0), Qt.AlignmentFlag.AlignCenter, text)
            if arrow:
                tip = QPointF(box.right() - arrow + 1.0, box.center().y() + 1.5)
                painter.setPen(QPen(color(theme.muted), 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPolyline([tip + QPointF(-3.0, -3.0), tip, tip + QPointF(3.0, -3.0)])


class LayerHeader(QWidget):
    """The title of one layer and what can be changed about it.

    A hidden layer has all controls; the output layer only its activation.

    Signals:
        units_wanted: the new number of units (may be 0: for the view to refuse).
        activation_wanted: the name of another activation.
        removal_wanted: the layer shall go.
    """

    units_wanted = Signal(int)
    activation_wanted = Signal(str)
    removal_wanted = Signal()

    def __init__(self, parent: QWidget, *, is_output: bool) -> None:
        super().__init__(parent)
        self.is_output = is_output
        self._theme = LIGHT
        self._units = 1
        self._title_inset = 0.0
        self._title = "Output" if is_output else ""
        self.fewer = GlyphButton(MINUS, "Remove a unit", "Take the last unit out of this layer.", self)
        self.more = GlyphButton(PLUS, "Add a unit", "Give this layer another unit.", self)
        self.remove = GlyphButton(CROSS, "Remove layer", "Take this whole layer out.", self, outlined=False)
        self.activation = ActivationButton(self)
        self.activation.chosen.connect(self.activation_wanted)
        self.fewer.clicked.connect(self._want_fewer)
        self.more.clicked.connect(self._want_more)
        self.remove.clicked.connect(self.removal_wanted)
        for button in (self.fewer, self.more, self.remove):
            button.setVisible(not is_output)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        for control in (self.activation, self.fewer, self.more, self.remove):
            control.set_theme(theme)
        self._place()
        self.update()

    def set_title_inset(self, inset: float) -> None:
        """Keep the title row ``inset`` pixels away from both ends, where other buttons stand."""
        if inset != self._title_inset:
            self._title_inset = inset
            self._place()
            self.update()

    def show_layer(self, number: int, units: int, activation: str, loss: str | None) -> None:
        """Show hidden layer ``number`` (0 is the first); for the output layer ``loss`` limits the activations."""
        self._units = units
        if self.is_output:
            self.activation.show_activation("the output layer", activation, loss)
        else:
            owner = f"layer {number + 1}"
            self._title = f"Layer {number + 1}"
            self.activation.show_activation(owner, activation)
            self.fewer.setAccessibleName(f"Remove a unit from {owner}")
            self.more.setAccessibleName(f"Add a unit to {owner}")
            self.remove.setAccessibleName(f"Remove {owner}")
            self.more.setEnabled(units < MAXIMUM_UNITS)
            self.more.setToolTip(
                "Give this layer another unit."
                if units < MAXIMUM_UNITS
                else f"A layer has at most {MAXIMUM_UNITS} units."
            )
        self.setAccessibleName(self._title)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the controls into their rows."""
        self._place()

    def _want_fewer(self) -> None:
        self.units_wanted.emit(self._units - 1)

    def _want_more(self) -> None:
        self.units_wanted.emit(self._units + 1)

    def _place(self) -> None:
        scale, width = self._theme.text_scale, self.width()
        row, title = CONTROL_ROW * scale, TITLE_ROW * scale
        first = HEADER_MARGIN + title
        side = round(min(18.0 * scale, width * 0.3))
        y = round(first + (row - side) / 2.0)
        self.fewer.setGeometry(0, y, side, side)
        self.more.setGeometry(width - side, y, side, side)
        cross = round(min(16.0 * scale, width * 0.23))
        self.remove.setGeometry(
            width - cross - int(self._title_inset), round(HEADER_MARGIN + (title - cross) / 2.0), cross, cross
        )
        self.activation.setGeometry(0, round(first + row), width, round(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the title and the number of units."""
        theme, scale, width = self._theme, self._theme.text_scale, float(self.width())
        title = QRectF(0.0, HEADER_MARGIN, width, TITLE_ROW * scale)
        with QPainter(self) as painter:
            painter.setPen(color(theme.muted))
            painter.setFont(sized(self.font(), theme, 11.0 if width >= 57.0 * scale or self.is_output else 10.0))
            if self.is_output:
                painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self._title)
                return
            box = title.adjusted(1.0 + self._title_inset, 0.0, 0.0, 0.0)
            room = self.remove.x() + 0.15 * self.remove.width() - box.left()
            # In narrow columns the number says enough; the tooltips and names keep the whole title.
            fits = painter.fontMetrics().horizontalAdvance(self._title) <= room
            text = self._title if fits else self._title.split()[-1]
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            count = str(self._units)
            if width >= FULL_COUNT_WIDTH * scale:
                count += " unit" if self._units == 1 else " units"
            painter.setPen(color(theme.text))
            painter.setFont(sized(self.font(), theme, 12.0))
            box = QRectF(0.0, HEADER_MARGIN + TITLE_ROW * scale, width, CONTROL_ROW * scale)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, count)
