"""The palette: a button for each family of drawing tools."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from app.icons import icon
from app.theme import LIGHT, Theme
from app.views.decision.palette_entries import FAMILIES, Family, ToolEntry, is_offered
from app.views.decision.tool import BRUSH
from app.views.ink import color
from app.widgets.button import Button
from app.widgets.teach import teach

_OPENS = (Qt.Key.Key_Down, Qt.Key.Key_F4, Qt.Key.Key_Menu)


class FamilyButton(Button):
    """Shows the tool of its family that was chosen last; a second click, a right click or Down offers the others.

    ``chosen`` brings the name of the tool.
    """

    chosen = Signal(str)

    def __init__(self, family: Family, parent: QWidget) -> None:
        super().__init__(family.label, "", parent=parent)
        self.family = family
        self._theme = LIGHT
        self._offered: tuple[ToolEntry, ...] = family.entries
        self.entry = family.entries[0]
        self.setCheckable(True)
        self.setProperty("role", "tool")
        self.clicked.connect(self._clicked)
        self._was_checked = False
        self.pressed.connect(self._note)
        self._name()

    @property
    def offered(self) -> tuple[ToolEntry, ...]:
        """The tools that make sense now."""
        return self._offered

    def set_classes(self, classes: int) -> None:
        """Offer what makes sense with this many classes."""
        self._offered = tuple(entry for entry in self.family.entries if is_offered(entry.kind, classes))
        if self._offered and self.entry not in self._offered:
            self.entry = self._offered[0]
        self._name()

    def set_entry(self, entry: ToolEntry) -> None:
        """Show ``entry`` from now on."""
        self.entry = entry
        self._name()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the theme's colors."""
        self._theme = theme
        self._name()

    def following(self) -> ToolEntry:
        """Return the tool after the one that is shown."""
        place = self._offered.index(self.entry)
        return self._offered[(place + 1) % len(self._offered)]

    def open_menu(self) -> None:
        """Offer all tools of the family."""
        if len(self._offered) < 2:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for entry in self._offered:
            action = QAction(icon(entry.kind, self._theme), entry.label, menu)
            action.setToolTip(entry.remark)
            action.setStatusTip(entry.remark)
            action.setCheckable(True)
            action.setChecked(entry == self.entry)
            action.triggered.connect(lambda checked=False, kind=entry.kind: self.chosen.emit(kind))
            menu.addAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _note(self) -> None:
        self._was_checked = self.isChecked()

    def _clicked(self) -> None:
        if self._was_checked:
            self.open_menu()
        self._was_checked = False
        self.chosen.emit(self.entry.kind)

    def _name(self) -> None:
        label, remark = self.entry.label, self.entry.remark
        several = len(self._offered) > 1
        again = "; a second click offers more" if several else ""
        teach(self, f"{label}: {remark[0].lower()}{remark[1:].rstrip('.')} (key {self.family.letter}{again}).")
        name = label if label.startswith(self.family.label) or not several else f"{self.family.label}: {label}"
        self.setAccessibleName(name)
        self.setIcon(icon(self.entry.kind, self._theme))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that open the menu from the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _OPENS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu with Down, F4 or the menu key."""
        if event.key() in _OPENS:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu with the right button."""
        self.open_menu()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark the corner where there is more than one tool."""
        super().paintEvent(event)
        if len(self._offered) < 2:
            return
        side = self._theme.pixels(4)
        right, bottom = self.width() - 3.5, self.height() - 3.5
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(self._theme.muted))
            corner = (QPointF(right, bottom), QPointF(right - side, bottom), QPointF(right, bottom - side))
            painter.drawPolygon(QPolygonF(corner))


class Palette(QObject):
    """Chooses one tool of all families; its ``buttons`` stand in the tool row.

    ``chosen`` brings the name of a tool whenever one is chosen.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons = tuple(FamilyButton(family, parent) for family in FAMILIES)
        self.kind = BRUSH
        self._group = QButtonGroup(self)
        for button in self.buttons:
            self._group.addButton(button)
            button.chosen.connect(self.choose)
        self.buttons[0].setChecked(True)

    def button_of(self, kind: str) -> FamilyButton:
        """Return the button that stands for the tool ``kind``."""
        return next(button for button in self.buttons if kind in [entry.kind for entry in button.family.entries])

    def choose(self, kind: str) -> None:
        """Choose the tool ``kind``."""
        button = self.button_of(kind)
        button.set_entry(next(entry for entry in button.family.entries if entry.kind == kind))
        button.setChecked(True)
        self.kind = kind
        self.chosen.emit(kind)

    def choose_family(self, letter: str) -> None:
        """Choose the family of a key, or the next tool of it if it is chosen already."""
        button = next(button for button in self.buttons if button.family.letter == letter)
        if not button.offered:
            return
        self.choose((button.following() if button.isChecked() else button.entry).kind)

    def set_classes(self, classes: int) -> None:
        """Offer what makes sense with this many classes; 0 for values, 1 for the points of a curve."""
        for button in self.buttons:
            button.set_classes(classes)
        if not is_offered(self.kind, classes):
            button = self.button_of(self.kind)
            self.choose(button.entry.kind if button.offered else BRUSH)

    def set_theme(self, theme: Theme, size: QSize) -> None:
        """Draw the icons in the theme's colors, ``size`` large."""
        for button in self.buttons:
            button.set_theme(theme)
            button.setIconSize(size)
