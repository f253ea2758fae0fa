"""A list of which one entry is chosen."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
    QStatusTipEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyleOptionComboBox, QToolTip, QWidget

from app.theme import Theme
from app.widgets.curve_picture import Curve
from app.widgets.entry_delegate import FORBIDDEN_ROLE, NAME_ROLE, REMARK_ROLE, EntryDelegate
from app.widgets.teach import teach
from engine.family import Entry

# How many letters a closed list shows at least, and how many entries an opened one shows without scrolling.
CONTENTS_LENGTH, VISIBLE_ITEMS = 6, 30


class Choice(QComboBox):
    """One entry out of several; ``chosen`` brings its name, and only when the user chose it.

    Args:
        label: what is chosen; the accessible name.
        remark: the tooltip while nothing is chosen; else the chosen entry's own remark is added.
        picture: returns the curve that the opened list shows beside an entry, from the entry's name.
    """

    chosen = Signal(str)

    def __init__(
        self,
        label: str,
        remark: str,
        parent: QWidget | None = None,
        *,
        picture: Callable[[str], Curve] | None = None,
    ) -> None:
        super().__init__(parent)
        self._remark = remark
        self._name: str | None = None
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        # The plain delegate of combo boxes ignores the style sheet's room around items.
        self._delegate = EntryDelegate(picture, self)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # As wide as a short name: longer ones are cut here, and whole in the list and the tooltip.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(CONTENTS_LENGTH)
        self.setMaxVisibleItems(VISIBLE_ITEMS)
        self.setAccessibleName(label)
        teach(self, remark)
        self.activated.connect(self._choose)
        self.view().selectionModel().currentChanged.connect(self._reached)
        self._reasons: dict[str, str] = {}

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw the pictures with."""
        self._delegate.set_theme(theme)

    def set_entries(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """Offer ``entries``: name, label and remark of each. Nothing is chosen afterwards."""
        self.set_groups({"": entries})

    def set_groups(self, groups: Mapping[str, Iterable[tuple[str, str, str]]]) -> None:
        """Offer entries (name, label and remark of each) below the headings that they belong to."""
        self._model.clear()
        for heading, entries in groups.items():
            if heading:
                title = QStandardItem(heading)
                title.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(title)
            for name, label, remark in entries:
                item = QStandardItem(label)
                item.setData(name, NAME_ROLE)
                item.setData(remark, REMARK_ROLE)
                item.setToolTip(remark)
                self._model.appendRow(item)
        self._name = None
        self.setCurrentIndex(-1)

    def set_family(self, family: Iterable[Any], heading: Callable[[Any], str] = lambda entry: "") -> None:
        """Offer all entries of ``family`` by their labels, with their remarks as tooltips.

        ``heading`` says under which heading an entry stands; an empty one is not shown.
        """
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for entry in family:
            groups.setdefault(heading(entry), []).append((entry.name, entry.label, remark_of(entry)))
        self.set_groups(groups)

    def name(self) -> str | None:
        """Return the name of the chosen entry, or None."""
        return self._name

    def set_name(self, name: str | None, otherwise: str = "–") -> None:
        """Show the entry called ``name`` quietly; with None show the text ``otherwise``."""
        self._name = name
        self.setPlaceholderText(otherwise if name is None else "")
        index = -1 if name is None else self.findData(name)
        self.setCurrentIndex(index)
        item = self._model.item(index) if index >= 0 else None
        chosen = ": ".join(part for part in (item.text(), item.toolTip()) if part) if item else ""
        teach(self, "\n".join(line for line in (self._remark, chosen) if line))

    def forbid(self, reasons: dict[str, str]) -> None:
        """Make the entries in ``reasons`` (name: why not) impossible to choose; the reason is read on reaching them."""
        self._reasons = reasons
        for item in self._items():
            item.setToolTip(reasons.get(item.data(NAME_ROLE), item.data(REMARK_ROLE)))
            item.setData(item.toolTip(), Qt.ItemDataRole.AccessibleDescriptionRole)
            item.setData(item.data(NAME_ROLE) in reasons, FORBIDDEN_ROLE)
        self._let_pass(opened=self.view().isVisible())

    def _let_pass(self, *, opened: bool) -> None:
        """Let the keys reach forbidden entries of the ``opened`` list, to read why; the closed one passes over them."""
        for item in self._items():
            item.setEnabled(opened or not item.data(FORBIDDEN_ROLE))

    def _items(self) -> list[QStandardItem]:
        """Return the entries, without the headings."""
        items = (self._model.item(row) for row in range(self._model.rowCount()))
        return [item for item in items if item.data(NAME_ROLE) is not None]

    def showPopup(self) -> None:
        """Open the list, wide enough for its longest entry."""
        view = self.view()
        self._let_pass(opened=True)
        view.setMinimumWidth(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width())
        super().showPopup()
        # Where the screen is too low for the whole list, the chosen entry is in sight with both its neighbors.
        if self.currentIndex() >= 0:
            view.scrollTo(view.currentIndex(), view.ScrollHint.PositionAtCenter)

    def hidePopup(self) -> None:
        """Close the list."""
        super().hidePopup()
        self._let_pass(opened=False)
        QToolTip.hideText()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the closed list; a label that is too long for it ends with dots."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        texts: Any = option
        if self.currentIndex() < 0:
            texts.currentText = self.placeholderText()
        with QPainter(self) as painter:
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            room = self.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
            )
            texts.currentText = self.fontMetrics().elidedText(
                texts.currentText, Qt.TextElideMode.ElideRight, room.width() - 2
            )
            self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)

    def event(self, event: QEvent) -> bool:
        """Keep the up and down arrows from the window's shortcuts; all other keys may be shortcuts."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with Enter too; letters look for an entry only once it is seen, and else go to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        elif event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Choose by wheel only with the focus: a wheel that scrolls past must change nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _choose(self, index: int) -> None:
        name = self.itemData(index)
        if name in self._reasons:
            self.set_name(self._name, self.placeholderText())
            self._say(self._reasons[name])
        elif name is not None and name != self._name:
            self.set_name(name)
            self.chosen.emit(name)

    def _reached(self, index: QModelIndex) -> None:
        """Say of the entry that the keys or the mouse have reached in the opened list what it is, or why not."""
        if not self.view().isVisible() or index.data(NAME_ROLE) is None:
            return
        text = index.data(Qt.ItemDataRole.ToolTipRole)
        self._say(text)
        if index.data(FORBIDDEN_ROLE):
            # The status line lies far away, and maybe under the list.
            beside = self.view().visualRect(index).bottomLeft()
            QToolTip.showText(self.view().viewport().mapToGlobal(beside), text, self.view())
        else:
            QToolTip.hideText()

    def _say(self, text: str) -> None:
        QApplication.sendEvent(self, QStatusTipEvent(" ".join(text.split())))


def remark_of(entry: Entry) -> str:
    """Return the sentence that teaches what ``entry`` is, if it has one."""
    return str(getattr(entry, "remark", ""))
