"""Where the parts of the window are: bars above, docks around the network; remembered from one start to the next."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar, QVBoxLayout, QWidget

from app.dock_sizes import DockSizes

GEOMETRY_KEY, STATE_KEY = "window/geometry", "window/state"
# To be raised when docks are added or renamed: an older layout is then left alone.
VERSION = 5
DEFAULT_SIZE = QSize(1280, 800)
# With less height than this, in pixels at a text scale of 1, there is no room for views below each other.
LOWEST_STACK = 650
# With less, the bars keep to one row each.
LOWEST_BARS = 480
Area = Qt.DockWidgetArea


def add_bar(window: QMainWindow, name: str, title: str, bar: QWidget) -> None:
    """Put ``bar`` on a row of its own below the menu; it stays there."""
    tool_bar = QToolBar(title, window)
    tool_bar.setObjectName(name)
    tool_bar.setMovable(False)
    tool_bar.setFloatable(False)
    # Hiding the bars would leave a window that cannot be used.
    tool_bar.toggleViewAction().setVisible(False)
    tool_bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    tool_bar.addWidget(bar)
    window.addToolBar(tool_bar)
    window.addToolBarBreak()


def add_dock(window: QMainWindow, area: Area, name: str, title: str, remark: str, content: QWidget) -> QDockWidget:
    """Put ``content`` into a dock at the side ``area``; it can be moved, closed and opened again."""
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setWidget(content)
    dock.setAccessibleName(title)
    action = dock.toggleViewAction()
    action.setToolTip(remark)
    action.setStatusTip(remark)
    action.triggered.connect(lambda opened: _raise(window, dock, opened))
    window.addDockWidget(area, dock)
    return dock


def _raise(window: QMainWindow, dock: QDockWidget, opened: bool) -> None:
    """Let a dock that was ``opened`` be seen: among tabs it would lie behind the one in front."""
    if opened:
        # Only once it is laid out does it have a tab.
        if (layout := window.layout()) is not None:
            layout.activate()
        dock.raise_()


def stacked(strip: QWidget, view: QWidget) -> QWidget:
    """Return a widget with ``strip``, as high as it needs to be, above ``view``."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(strip)
    column.addWidget(view, 1)
    return place


# name, side, title, what one does there
_DOCKS: tuple[tuple[str, Area, str, str], ...] = (
    ("data", Area.LeftDockWidgetArea, "Data", "Choose what is learned."),
    ("output", Area.RightDockWidgetArea, "Output", "See what the network puts out, and paint data."),
    ("loss", Area.RightDockWidgetArea, "Loss", "Follow the losses over the epochs."),
    ("gradients", Area.BottomDockWidgetArea, "Gradients", "See the numbers of every layer."),
    ("scores", Area.BottomDockWidgetArea, "Scores", "See how well the network does."),
    ("points", Area.BottomDockWidgetArea, "Points", "Read, sort and edit the points one by one."),
    ("step_through", Area.BottomDockWidgetArea, "Step through", "Take one iteration apart, number by number."),
    ("activations", Area.BottomDockWidgetArea, "Activations", "See where the units sit on their activation."),
    (
        "losses",
        Area.BottomDockWidgetArea,
        "Losses",
        "See what each loss makes of a prediction, and of the samples.",
    ),
)


def add_docks(window: QMainWindow, contents: Mapping[str, QWidget]) -> dict[str, QDockWidget]:
    """Put every one of ``contents`` into its dock."""
    return {name: add_dock(window, area, name, title, remark, contents[name]) for name, area, title, remark in _DOCKS}


class Bar(Protocol):
    """What takes less room on request."""

    def set_low(self, low: bool) -> None:
        """Take less room if the window is ``low``."""


class WindowLayout(QObject):
    """Arranges the docks by default, and restores how the user left them: for each text scale apart.

    ``alone_changed`` says whether one dock has come to have the whole window, or has it no longer.
    """

    alone_changed = Signal(bool)

    def __init__(self, window: QMainWindow, docks: dict[str, QDockWidget], bars: Sequence[Bar] = ()) -> None:
        super().__init__(window)
        self._window, self._docks, self._bars = window, docks, bars
        self._sizes = DockSizes(window, docks)
        # The layout to go back to, while one dock has the whole window, and which one that is.
        self._before_alone = QByteArray()
        self._alone: QDockWidget | None = None
        for dock in docks.values():
            dock.visibilityChanged.connect(self._notice)
        self._text_scale = 1.0
        self._restored = False
        # While the text scale changes: the size to go back to.
        self._size: QSize | None = None

    def arrange(self) -> None:
        """Put everything back to where it was at first."""
        self.leave_alone()
        window, docks = self._window, self._docks
        for dock in docks.values():
            # While it still has its place to go back to: one that floats when it is taken out would go on floating.
            dock.setFloating(False)
            # Taken out first: a tab bar of docks that are tabbed once more would stay behind, with nothing in it.
            window.removeDockWidget(dock)
        tight = window.height() < LOWEST_STACK * self._text_scale
        if not self._is_low:
            window.addDockWidget(Area.LeftDockWidgetArea, docks["data"])
        window.addDockWidget(Area.RightDockWidgetArea, docks["output"])
        if tight:
            # Where even the bars have to be brief, only the network and one more view have room beside each other.
            first = ("data",) if self._is_low else ()
            for name in (*first, "loss", "gradients", "scores", "points", "step_through", "activations", "losses"):
                # Not first added to that side: one below the other, even for a moment, would make the window grow.
                window.tabifyDockWidget(docks["output"], docks[name])
        else:
            window.splitDockWidget(docks["output"], docks["loss"], Qt.Orientation.Vertical)
            window.addDockWidget(Area.BottomDockWidgetArea, docks["gradients"])
            for name in ("scores", "points", "step_through", "activations", "losses"):
                window.tabifyDockWidget(docks["gradients"], docks[name])
        for dock in docks.values():
            dock.show()
        docks["output" if tight else "gradients"].raise_()
        # The data panel is tall, the gradients are wide.
        window.setCorner(Qt.Corner.BottomLeftCorner, Area.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Area.RightDockWidgetArea)
        width, height = window.width(), window.height()
        if self._is_low:
            window.resizeDocks([docks["output"]], [round(0.44 * width)], Qt.Orientation.Horizontal)
        else:
            window.resizeDocks(
                [docks["data"], docks["output"]], [round(0.17 * width), round(0.30 * width)], Qt.Orientation.Horizontal
            )
        if not tight:
            window.resizeDocks(
                [docks["output"], docks["loss"]], [round(0.5 * height), round(0.24 * height)], Qt.Orientation.Vertical
            )
            window.resizeDocks([docks["gradients"]], [round(0.22 * height)], Qt.Orientation.Vertical)

    @property
    def is_alone(self) -> bool:
        """Whether one dock has the whole window."""
        return self._alone is not None

    def show_alone(self, name: str) -> None:
        """Give the dock ``name`` the whole window, but for menu, transport bar and status line."""
        if self._alone is not None:
            return
        self._before_alone = self._window.saveState(VERSION)
        alone = self._docks[name]
        for dock in self._docks.values():
            dock.setVisible(dock is alone)
        alone.setFloating(False)
        for part in self._stepping_back:
            part.hide()
        self._alone = alone
        self.alone_changed.emit(True)

    def leave_alone(self) -> None:
        """Put everything back to where it was before one dock got the whole window."""
        if self._alone is None:
            return
        self._alone = None
        for part in self._stepping_back:
            part.show()
        self._window.restoreState(self._before_alone, VERSION)
        self.alone_changed.emit(False)

    @property
    def _stepping_back(self) -> list[QWidget]:
        """The parts besides the docks that make room."""
        parts = (self._window.centralWidget(), self._window.findChild(QToolBar, "choices"))
        return [part for part in parts if part is not None]

    def _notice(self, visible: bool) -> None:
        """An empty window would be left behind where the only dock is closed."""
        if not visible and self._alone is not None and self._alone.isHidden():
            self.leave_alone()

    def give_height(self, dock: QDockWidget, height: int) -> None:
        """Let ``dock`` have at least ``height`` pixels of content, as far as there is room for it."""
        if not dock.isFloating() and dock.widget().height() < height:
            frame = dock.height() - dock.widget().height()
            self._window.resizeDocks([dock], [height + frame], Qt.Orientation.Vertical)

    def restore_size(self, settings: QSettings) -> None:
        """Give the window its last size, or the default one; before it is shown."""
        geometry = settings.value(GEOMETRY_KEY)
        if not (isinstance(geometry, QByteArray) and self._window.restoreGeometry(geometry)):
            self._window.resize(_fitting(DEFAULT_SIZE))

    def restore_docks(self, settings: QSettings) -> None:
        """Put the docks where they were last, or where they are by default.

        Once the window is shown: only then has it its size, from which Qt works out theirs.
        """
        self._restored = True
        state = settings.value(self._state_key)
        self.arrange()
        if isinstance(state, QByteArray) and not state.isEmpty():
            self._window.restoreState(state, VERSION)

    def save(self, settings: QSettings) -> None:
        """Put the layout into the settings."""
        settings.setValue(GEOMETRY_KEY, self._window.saveGeometry())
        state = self._window.saveState(VERSION) if self._alone is None else self._before_alone
        settings.setValue(self._state_key, state)

    def set_text_scale(self, scale: float, settings: QSettings) -> None:
        """Go over to the layout for another text scale: what fits at one is too large or too small at another.

        Before the parts take the new text size, and then ``settle``.
        """
        if scale == self._text_scale:
            return
        self.leave_alone()
        if self._restored:
            self.save(settings)
        self._text_scale = scale
        self.fit_bars()
        if self._restored:
            self._size = self._window.size()
            self.restore_docks(settings)

    def settle(self, settings: QSettings) -> None:
        """Once all parts have the new text size: give the docks the sizes that they could not have before."""
        if self._size is None:
            return
        layout, size, self._size = self._window.layout(), self._size, None
        # While the docks changed places they needed more room for a moment, and larger parts needed more than they do
        # now; only with this does the layout know better.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if layout is not None:
            layout.activate()
        self._window.resize(size)
        self.restore_docks(settings)

    def fit_bars(self) -> None:
        """Let the bars take less room where the window is low for its text."""
        for bar in self._bars:
            bar.set_low(self._is_low)

    @property
    def _is_low(self) -> bool:
        return self._window.height() < LOWEST_BARS * self._text_scale

    @property
    def _state_key(self) -> str:
        return STATE_KEY if self._text_scale == 1.0 else f"{STATE_KEY}-{round(100 * self._text_scale)}"


def _fitting(size: QSize) -> QSize:
    """Return ``size``, or less on a smaller screen."""
    screen = QGuiApplication.primaryScreen()
    return size.boundedTo(screen.availableSize()) if screen is not None else size
