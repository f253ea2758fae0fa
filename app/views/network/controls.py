"""The controls above the columns: units, activation, settings, adding and removing layers."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.icons import icon
from app.theme import LIGHT, Theme
from app.views.ink import blend, color, sized
from app.views.network.activation_button import ActivationButton
from app.views.network.geometry import CONTROL_ROW, HEADER_MARGIN, TITLE_ROW
from app.views.network.layer_settings import LayerSettings
from app.widgets.button import Button
from engine.experiment import MAXIMUM_UNITS, Layer, Output

PLUS, MINUS, CROSS, GEAR = "plus", "minus", "cross", "gear"
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


class GearButton(GlyphButton):
    """A small gear; in the accent color while something behind it is not as usual."""

    def __init__(self, label: str, remark: str, parent: QWidget) -> None:
        super().__init__(GEAR, label, remark, parent, outlined=False)
        self.is_marked = False
        self._plain, self._marked = QIcon(), QIcon()

    def set_theme(self, theme: Theme) -> None:
        """Take the colors."""
        self._plain, self._marked = icon("settings", theme, theme.muted), icon("settings", theme, theme.accent)
        super().set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the gear, on a disk under the mouse and in focus."""
        theme = self._theme
        active = self.isEnabled() and (self.underMouse() or self.hasFocus())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if active:
                painter.setPen(QPen(color(theme.accent), 1.6 if self.hasFocus() else 1.0))
                painter.setBrush(color(blend(theme.surface, theme.accent, 0.12)))
                painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
            picture = self._marked if active or self.is_marked else self._plain
            picture.paint(painter, self.rect().adjusted(1, 1, -1, -1))


class LayerHeader(QWidget):
    """The title of one layer and what can be changed about it.

    A hidden layer has all controls; the output layer its activation, and its units where they can be chosen.

    Signals:
        units_wanted: the new number of units (may be 0: for the view to refuse).
        activation_wanted: the name of another activation.
        alpha_wanted, dropout_wanted: another number for the activation's α and for the layer's dropout.
        bias_wanted: whether the units shall have biases.
        removal_wanted: the layer shall go.
        hint: what is wrong with a number; empty when that is over.
    """

    units_wanted = Signal(int)
    activation_wanted = Signal(str)
    alpha_wanted = Signal(float)
    dropout_wanted = Signal(float)
    bias_wanted = Signal(bool)
    removal_wanted = Signal()
    hint = Signal(str)

    def __init__(self, parent: QWidget, *, is_output: bool) -> None:
        super().__init__(parent)
        self.is_output = is_output
        self._theme = LIGHT
        self._units = 1
        self._shows_units = not is_output
        self._title_inset = self._title_start = 0.0
        self._title = "Output" if is_output else ""
        self.fewer = GlyphButton(MINUS, "Remove a unit", "Take the last unit out of this layer.", self)
        self.more = GlyphButton(PLUS, "Add a unit", "Give this layer another unit.", self)
        self.remove = GlyphButton(CROSS, "Remove layer", "Take this whole layer out.", self, outlined=False)
        self.activation = ActivationButton(self, is_output=is_output)
        self.activation.chosen.connect(self.activation_wanted)
        self.gear = GearButton("Settings of the layer", "Formula and settings of this layer.", self)
        # Made when it is first opened: most layers never need it.
        self.settings: LayerSettings | None = None
        self._owner = ""
        self._layer: Layer | Output = Output()
        self.gear.clicked.connect(self.open_settings)
        self.fewer.clicked.connect(self._want_fewer)
        self.more.clicked.connect(self._want_more)
        self.remove.clicked.connect(self.removal_wanted)
        for button in (self.fewer, self.more, self.remove):
            button.setVisible(not is_output)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        for control in (self.activation, self.fewer, self.more, self.remove, self.gear):
            control.set_theme(theme)
        if self.settings is not None:
            self.settings.set_theme(theme)
        self._place()
        self.update()

    def set_title_inset(self, inset: float) -> None:
        """Keep the title row ``inset`` pixels away from both ends, where other buttons stand."""
        if inset != self._title_inset:
            self._title_inset = inset
            self._place()
            self.update()

    def set_title_start(self, start: float) -> None:
        """Begin the title ``start`` pixels from the left, behind a button that stands there."""
        if start != self._title_start:
            self._title_start = start
            self.update()

    def show_hidden(self, number: int, layer: Layer) -> None:
        """Show hidden layer ``number``; 0 is the first."""
        owner = f"layer {number + 1}"
        self._units, self._title = layer.units, f"Layer {number + 1}"
        self.activation.show_activation(owner, layer.activation, {})
        self._show_settings(owner, layer, layer.alpha is not None or layer.dropout > 0.0 or not layer.bias)
        self.fewer.setAccessibleName(f"Remove a unit from {owner}")
        self.more.setAccessibleName(f"Add a unit to {owner}")
        self.remove.setAccessibleName(f"Remove {owner}")
        self.more.setEnabled(layer.units < MAXIMUM_UNITS)
        full = f"A layer has at most {MAXIMUM_UNITS} units."
        self.more.setToolTip("Give this layer another unit." if layer.units < MAXIMUM_UNITS else full)

    def show_output(self, output: Output, unfit: Mapping[str, str], units: tuple[int, int]) -> None:
        """Show the output layer; ``unfit`` says which activations it cannot have, ``units`` how many there may be."""
        low, high = units
        self._units, self._shows_units = output.units, low < high
        self.activation.show_activation("the output layer", output.activation, unfit)
        self._show_settings("the output layer", output, output.alpha is not None or not output.bias)
        for button, name, end in ((self.fewer, "Remove a dimension", low), (self.more, "Add a dimension", high)):
            button.setVisible(self._shows_units)
            button.setAccessibleName(name)
            button.setEnabled(output.units != end)
            button.setToolTip(f"An embedding has {low} to {high} dimensions: one for each output.")

    def _show_settings(self, owner: str, layer: Layer | Output, marked: bool) -> None:
        self._owner, self._layer = owner[:1].upper() + owner[1:], layer
        if self.settings is not None:
            self.settings.show_layer(self._owner, layer)
        self.gear.setAccessibleName(f"Settings of {owner}")
        dropout = layer.dropout if isinstance(layer, Layer) else 0.0
        own = f" Dropout is {dropout:g}." if dropout else ""
        own += "" if layer.bias else " Its units have no biases."
        what = "formula, α, biases and dropout" if isinstance(layer, Layer) else "formula, α and biases"
        self.gear.setToolTip(f"Settings of {owner}: {what}.{own}")
        self.gear.is_marked = marked
        self.gear.update()
        self.setAccessibleName(self._title)
        self.update()

    def open_settings(self) -> None:
        """Open the popover with formula and settings."""
        if self.settings is None:
            self.settings = LayerSettings(self, is_output=self.is_output)
            self.settings.set_theme(self._theme)
            self.settings.changed.connect(self._take_setting)
            self.settings.dropout_wanted.connect(self.dropout_wanted)
            self.settings.bias_wanted.connect(self.bias_wanted)
            self.settings.problem.connect(self.hint)
            self.settings.show_layer(self._owner, self._layer)
        self.settings.open_below(self.gear)

    def _take_setting(self, name: str, value: float) -> None:
        # An activation has one setting at most: its α.
        self.alpha_wanted.emit(value)

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
        # Beside the cross; over the output layer there is none.
        left = width - cross if self.is_output else self.remove.x() - cross - 1
        self.gear.setGeometry(left, self.remove.y(), cross, cross)
        self.activation.setGeometry(0, round(first + row), width, round(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the title and the number of units."""
        theme, scale, width = self._theme, self._theme.text_scale, float(self.width())
        title = QRectF(0.0, HEADER_MARGIN, width, TITLE_ROW * scale)
        with QPainter(self) as painter:
            painter.setPen(color(theme.muted))
            painter.setFont(sized(self.font(), theme, 11.0 if width >= 57.0 * scale or self.is_output else 10.0))
            box = title.adjusted(1.0 + max(self._title_inset, self._title_start), 0.0, 0.0, 0.0)
            room = self.gear.x() + 0.15 * self.gear.width() - box.left()
            # In narrow columns the number says enough; the tooltips and names keep the whole title.
            fits = painter.fontMetrics().horizontalAdvance(self._title) <= room
            text = self._title if fits else self._title.split()[-1]
            if not fits and self.is_output:
                text = "Out" if painter.fontMetrics().horizontalAdvance("Out") <= room else ""
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            if not self._shows_units:
                return
            count = str(self._units)
            if width >= FULL_COUNT_WIDTH * scale:
                count += " unit" if self._units == 1 else " units"
            painter.setPen(color(theme.text))
            painter.setFont(sized(self.font(), theme, 12.0))
            box = QRectF(0.0, HEADER_MARGIN + TITLE_ROW * scale, width, CONTROL_ROW * scale)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, count)
