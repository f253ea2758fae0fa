"""The window: places the parts and connects them. What happens then is the session's business."""

from functools import partial

from PySide6.QtCore import QSettings, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from app.actions import make_actions, show_history, show_icons, show_running
from app.appearance import Appearance
from app.connections import connect_actions, connect_views
from app.data_transfer import DataTransfer
from app.dialogs.dialog_commands import DialogCommands
from app.files.autosave import Autosave
from app.files.document import UNTITLED, Document
from app.files.drafts import DraftFolder
from app.files.file_commands import FileCommands
from app.files.file_dialogs import FileDialogs
from app.files.recent import RecentFiles
from app.files.table_export import TableExport
from app.menus import build_menus, fill_recent
from app.panels.choices import ChoiceBar
from app.panels.data import DataPanel
from app.panels.transport import TransportBar
from app.recovery import Recovery
from app.recovery_strip import RecoveryStrip
from app.session import Session
from app.showing import Showing
from app.status_line import StatusLine
from app.step_through import StepThrough
from app.theme import Theme
from app.views.example_note import ExampleNote
from app.views.explorers.activation import ActivationExplorer
from app.views.explorers.loss import LossExplorer
from app.views.gradients.view import GradientView
from app.views.loss_curve import LossCurveView
from app.views.network.view import NetworkView
from app.views.output.view import OutputView
from app.views.points_table import PointsTableView
from app.views.scores import ScoresView
from app.views.step_through import StepThroughView
from app.walking import Walking
from app.widgets.scrolled import Scrolled
from app.window_layout import WindowLayout, add_bar, add_docks, stacked
from app.worksheet.export import WorksheetExport

TITLE = "Descent"
# Of the window's height, for the step-through.
WALK_SHARE = 0.45
# More controls than any part has: when Tab has passed over so many, it stays where it is.
MOST_STOPS = 1000
# The names of the docks of the views besides the output, as they are made below.
VIEW_DOCKS = ("loss", "gradients", "scores", "points", "step_through", "activations", "losses")
TRANSPORT_KEYS = ("reset", "new_weights", "run", "step", "epoch")


class Window(QMainWindow):
    """One session in one window.

    Args:
        session: not yet started; the window starts it when it is first shown, and stops it when it closes.
        settings: where layout, theme, text scale and recent files are kept.
        document: the file that the session's experiment comes from.
        dialogs: asks about files; those of the platform unless given.
        drafts: where what the window works on is kept in case it closes unexpectedly; nowhere unless given.
    """

    def __init__(
        self,
        session: Session,
        settings: QSettings,
        document: Document | None = None,
        dialogs: FileDialogs | None = None,
        drafts: DraftFolder | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self._settings = settings
        self.appearance = Appearance(settings, self)
        self.actions_by_key = make_actions(self)
        self.transport = TransportBar({key: self.actions_by_key[key] for key in TRANSPORT_KEYS})
        self.choices = ChoiceBar()
        self.network = NetworkView()
        self.note = ExampleNote()
        self.data = DataPanel()
        self.output = OutputView()
        self.loss = LossCurveView()
        self.gradients = GradientView()
        self.scores = ScoresView()
        self.points = PointsTableView()
        self.steps = StepThroughView()
        self.walk = StepThrough(session, self)
        self.activations, self.losses = ActivationExplorer(), LossExplorer()
        self.status = StatusLine()
        self.files = FileCommands(
            session,
            document or Document(session.experiment),
            RecentFiles(settings),
            dialogs or FileDialogs(self),
            self,
        )
        self.recovery_strip = RecoveryStrip()
        self.dialogs = DialogCommands(self, session, self.actions_by_key, lambda: self.appearance.theme)
        self._keep_drafts(drafts)
        self.walking = Walking(
            session,
            self.walk,
            self.steps,
            self.network,
            self.output,
            self.status,
            TableExport(self),
            partial(self._bring_forward, "step_through"),
            self,
        )
        self.worksheets = WorksheetExport(session, self.walk, lambda: self.steps.homework.works, self._name, self)
        self.transfer = DataTransfer(
            self,
            session,
            draw=self.output.draw_picture,
            open_experiment=self.files.open_path,
            show_dialog=self.dialogs.show,
            theme=lambda: self.appearance.theme,
        )
        views = (self.loss, self.gradients, self.scores, self.points, self.steps, self.activations, self.losses)
        self.showing = Showing(
            session,
            self.walking,
            network=self.network,
            output=self.output,
            docks=dict(zip(VIEW_DOCKS, views, strict=True)),
            transport=self.transport,
            choices=self.choices,
            data=self.data,
            status=self.status,
            parent=self,
        )
        self.views = (self.network, self.output, *views)
        self._arranged = self._started = self._starts_once_painted = False
        # Whether the training thread has ended; after closing, the program must not wait for one that has not.
        self.thread_ended = True
        self._place()
        connect_views(self)
        self._connect_session()
        connect_actions(self)
        self._set_theme(self.appearance.theme)
        self._show_document()

    # ---- placing -------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        self.setObjectName("window")
        self.setDockNestingEnabled(True)
        self.setCentralWidget(stacked(self.recovery_strip, stacked(self.note, self.network)))
        self.setStatusBar(self.status)
        add_bar(self, "transport", "Training", self.transport)
        add_bar(self, "choices", "Choices", self.choices)
        data = Scrolled(self.data)
        self.data.details.unfolded.connect(lambda: data.reveal(self.data.details))
        contents = {
            "data": data,
            "output": self.output,
            **dict(zip(VIEW_DOCKS, self.views[2:], strict=True)),
            "scores": Scrolled(self.scores),
        }
        self.docks = add_docks(self, contents)
        self.window_layout = WindowLayout(self, self.docks, (self.transport, self.choices))
        self._recent_menu = build_menus(
            self.menuBar(),
            self.actions_by_key,
            [dock.toggleViewAction() for dock in self.docks.values()],
            self.files.open_example,
            self.transfer.commands.take_file,
        )
        self.window_layout.restore_size(self._settings)
        self.window_layout.arrange()

    def _keep_drafts(self, folder: DraftFolder | None) -> None:
        """Keep what is worked on in ``folder``, and offer what is there from windows that closed unexpectedly."""
        self.autosave: Autosave | None = None
        self.recovery: Recovery | None = None
        if folder is not None:
            self.autosave = Autosave(self.session, self.files, folder, self)
            self.autosave.failed.connect(self.session.problem)
            self.recovery = Recovery(self.session, self.files, self.autosave, folder, self.recovery_strip, self)

    # ---- connecting ----------------------------------------------------------------------------------------------

    def _connect_session(self) -> None:
        session = self.session
        session.experiment_changed.connect(self.showing.show_experiment)
        session.frame_ready.connect(self.showing.show_frame)
        session.running_changed.connect(self._show_running)
        session.message.connect(self.status.show_message)
        session.problem.connect(self.status.show_problem)
        session.progress.connect(self.status.show_progress)
        session.history_changed.connect(self._show_history)
        session.selection.changed.connect(self.points.show_selection)
        self.walking.veil_changed.connect(self.showing.renew_veil)
        self.worksheets.message.connect(self.status.show_message)
        self.worksheets.problem.connect(self.status.show_problem)
        self.files.changed.connect(self._show_document)
        self.files.began.connect(self.note.show_example)
        self.files.began.connect(self.dialogs.slides.show_example)
        self.note.compare_wanted.connect(self.dialogs.compare_slides)
        self.walk.state_changed.connect(self.dialogs.slides.show_step)
        self.dialogs.slides.place_chosen.connect(self.walking.go_to)
        self.files.began.connect(self.walk.take_example)
        self.data.import_requested.connect(self.transfer.commands.import_data)
        self.appearance.theme_changed.connect(self._set_theme)

    # ---- showing -------------------------------------------------------------------------------------------------

    def toggle_large(self) -> None:
        """Let the output have the whole window, or give the room back."""
        if self.window_layout.is_alone:
            self.window_layout.leave_alone()
        else:
            self.window_layout.show_alone("output")
        # What steps back or comes forward must not take the keys of the tools.
        self.output.setFocus()

    def _bring_forward(self, name: str, height: int) -> None:
        """Bring a dock to the front, and let it be ``height`` pixels high, or its share of a high window."""
        dock = self.docks[name]
        dock.show()
        # What has just been arranged has its tabs only once it is laid out.
        if (layout := self.layout()) is not None:
            layout.activate()
        dock.raise_()
        self.window_layout.give_height(dock, max(height, round(WALK_SHARE * self.height())))

    @Slot(bool)
    def _show_running(self, running: bool) -> None:
        self.transport.set_running(running)
        show_running(self.actions_by_key, self.appearance.theme, running)
        if not running:
            self.status.show_speed(0.0)

    @Slot(str, str)
    def _show_history(self, undo: str, redo: str) -> None:
        show_history(self.actions_by_key, undo, redo)
        self.output.show_undo(undo)
        self.dialogs.renew_history()
        self.showing.catch_up()

    @Slot()
    def _show_document(self) -> None:
        document = self.files.document
        self.setWindowTitle(f"{document.name}[*] – {TITLE}")
        self.setWindowModified(self.files.is_modified)
        self.setWindowFilePath(str(document.path or ""))
        fill_recent(self._recent_menu, self.files.recent.paths, self.files.open_path)

    @Slot(object)
    def _set_theme(self, theme: Theme) -> None:
        was_walking = self.walk.is_open
        # Before the parts grow, or they would push the window beyond the screen.
        self.window_layout.set_text_scale(theme.text_scale, self._settings)
        show_icons(self.actions_by_key, theme, self.session.running)
        for part in (
            self.transport, self.choices, self.data, self.status, self.recovery_strip, self.note, self.dialogs.slides,
            *self.views,
        ):  # fmt: skip
            part.set_theme(theme)
        self.dialogs.renew_history()
        self.window_layout.settle(self._settings)
        if was_walking and not self.walk.is_open:
            # Another text scale has a layout of its own, but whoever walks goes on walking.
            self._bring_forward("step_through", 0)

    def _name(self) -> str:
        name = self.files.document.name
        return "" if name == UNTITLED else name

    # ---- opening and closing -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the session: from now on there are frames."""
        if not self._started:
            self._started = True
            self.showing.ask_for_fields()
            self.session.start()
            if self.recovery is not None:
                self.recovery.look()

    def start_once_painted(self) -> None:
        """Show the experiment now, and start the session when the window has been painted for the first time.

        The training thread loads kernels first. Meanwhile each turn that painting takes costs a change of threads: the
        window would be seen 0.4 s later.
        """
        self.session.announce()
        self._starts_once_painted = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys of the drawing tools work wherever nobody else has a use for them."""
        if not self.output.take_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the bars take less room in a low window."""
        super().resizeEvent(event)
        self.window_layout.fit_bars()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Start what was to wait until now; the docks are painted before the event loop comes round again."""
        super().paintEvent(event)
        if self._starts_once_painted:
            self._starts_once_painted = False
            QTimer.singleShot(0, self, self.start)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Let Tab pass over what lies behind another tab, which Qt counts as visible."""
        for _ in range(MOST_STOPS):
            if not super().focusNextPrevChild(is_next):
                return False
            focus = self.focusWidget()
            hidden = (dock for name, dock in self.docks.items() if name not in self.showing.seen)
            if focus is None or not any(dock.isAncestorOf(focus) for dock in hidden):
                break
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Put the docks back to where they were, the first time."""
        super().showEvent(event)
        if not self._arranged:
            self._arranged = True
            self.window_layout.restore_docks(self._settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, remember the layout, and stop the training thread."""
        if not self.files.may_go_on():
            event.ignore()
            return
        self.window_layout.save(self._settings)
        self._settings.sync()
        # Gone from the screen at once, even if a kernel that is just being compiled takes a moment longer.
        self.hide()
        for keeper in (self.recovery, self.autosave):
            if keeper is not None:
                keeper.close()
        if self._started:
            self.thread_ended = self.session.stop()
        event.accept()
