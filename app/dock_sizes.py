"""How large the docks are to be: remembered while a smaller window has less room for them."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow


class DockSizes(QObject):
    """Gives the docks back, when the window grows, what they had to give up when it shrank.

    Qt takes room from docks once the network in the middle has no more to give, and gives it all to the network when
    there is more again. What the user or an arrangement makes of the docks, at any size of the window, is what holds.
    """

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
        super().__init__(window)
        self._window, self._docks = window, docks
        self._wanted: dict[str, QSize] = {}
        # For which size of the window the docks have their sizes.
        self._size = window.size()
        self._gives_back = False
        window.installEventFilter(self)
        for dock in docks.values():
            dock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell docks that have changed by themselves from those that the window has changed."""
        # While Qt takes things apart, such as at the end, only the rest of this object may be left.
        if event.type() != QEvent.Type.Resize:
            return False
        if watched is self._window:
            # The docks have their new sizes by now.
            grows = self._window.width() > self._size.width(), self._window.height() > self._size.height()
            self._size = self._window.size()
            self._give_back(*grows)
        elif self._window.size() == self._size and not self._gives_back:
            for name, dock in self._docks.items():
                if dock is watched and not dock.isFloating():
                    self._wanted[name] = dock.size()
        return False

    def _give_back(self, wider: bool, higher: bool) -> None:
        seen = [
            (dock, self._wanted[name])
            for name, dock in self._docks.items()
            if name in self._wanted and not dock.isFloating() and not dock.visibleRegion().isEmpty()
        ]
        narrow = [(dock, size.width()) for dock, size in seen if wider and dock.width() < size.width()]
        low = [(dock, size.height()) for dock, size in seen if higher and dock.height() < size.height()]
        self._gives_back = True
        for short, direction in ((narrow, Qt.Orientation.Horizontal), (low, Qt.Orientation.Vertical)):
            if short:
                self._window.resizeDocks([dock for dock, _ in short], [length for _, length in short], direction)
        if (narrow or low) and (layout := self._window.layout()) is not None:
            layout.activate()
        self._gives_back = False
