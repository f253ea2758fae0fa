"""The commands of the File menu: what each does, whatever the answers and errors on the way."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.files.document import UNTITLED, Document
from app.files.experiment_files import (
    MANY_POINTS,
    SUFFIX,
    FileError,
    GivenUpError,
    Report,
    open_experiment,
    save_experiment,
)
from app.files.file_dialogs import Answer, FileDialogs
from app.files.recent import RecentFiles
from app.session import Session
from engine.atomic_write import FileState, file_state
from engine.datasets.dataset import Array
from engine.examples import Example
from engine.experiment import Experiment, Points

# From here on (bytes) a file takes so long that the window must not stand still meanwhile.
LARGE_FILE = 2_000_000


class FileCommands(QObject):
    """New, open, examples, save, save as.

    Signals:
        changed: the document's name, its state or the recent files are others.
        began: another experiment has been begun or opened; brings the worked example that it is, or None.
    """

    changed = Signal()
    began = Signal(object)

    def __init__(
        self,
        session: Session,
        document: Document,
        recent: RecentFiles,
        dialogs: FileDialogs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self.document, self.recent, self._dialogs = session, document, recent, dialogs
        session.experiment_changed.connect(self._experiment_changed)

    @property
    def is_modified(self) -> bool:
        """Whether the experiment differs from its file."""
        return self.document.is_modified(self._session.experiment)

    def new(self) -> None:
        """Begin with the standard experiment."""
        if self.may_go_on():
            self._begin(Experiment(), None)
            self._session.message.emit("A new experiment.")

    def open_example(self, example: Example) -> None:
        """Begin with a worked example, after asking about unsaved changes."""
        if self.may_go_on():
            self._begin(example.make(), None, example)
            self._session.message.emit(f"Opened the example “{example.label}”.")

    def open(self) -> None:
        """Ask for a file and open it."""
        if self.may_go_on():
            path = self._dialogs.path_to_open(self._folder())
            if path is not None:
                self._open(path)

    def open_path(self, path: Path) -> None:
        """Open ``path``, after asking about unsaved changes."""
        if self.may_go_on():
            self._open(path)

    def save(self) -> bool:
        """Save to the document's file, or ask for one; return whether it was saved."""
        path = self.document.path
        if path is None:
            return self.save_as()
        now = file_state(path)
        if now == self.document.state:
            return self._save(path)
        answer = self._dialogs.ask_about_foreign_changes(path.name, gone=now is None)
        if answer is Answer.SAVE_ELSEWHERE:
            return self.save_as()
        return answer is Answer.SAVE and self._save(path)

    def save_as(self) -> bool:
        """Ask for a file and save to it; return whether it was saved."""
        suggestion = self.document.path or self._folder() / f"experiment{SUFFIX}"
        path = self._dialogs.path_to_save(suggestion)
        return path is not None and self._save(path)

    def save_with_weights(self) -> bool:
        """Ask for a file and save the experiment with the weights as they are now; the document stays the same."""
        document = self.document
        folder = document.path.parent if document.path else self._folder()
        path = self._dialogs.path_to_save(folder / f"{document.name.lower()}-trained{SUFFIX}")
        if path is None:
            return False

        def saved() -> None:
            state = self._write(path, self._session.with_weights())
            if path.absolute() == document.path:
                document.state = state
            self.recent.add(path)
            self._session.message.emit(f"Saved as “{path.name}”, with the weights as they are now.")

        done = self._guarded(saved)
        self.changed.emit()
        return done

    def may_go_on(self) -> bool:
        """Return whether the present experiment may go: nothing would be lost, or the user has agreed."""
        if not self.document.would_lose(self._session.experiment):
            return True
        answer = self._dialogs.ask_about_changes(self.document.name)
        return self.save() if answer is Answer.SAVE else answer is Answer.DISCARD

    def restore(
        self, experiment: Experiment, parameters: Array | None, path: Path | None, state: FileState | None
    ) -> None:
        """Go on with what was kept of a window that closed unexpectedly: trained, and not as it is in its file."""
        self.document.restored(path, state)
        self._session.replace(experiment, parameters)
        self.began.emit(None)
        self.changed.emit()

    def _open(self, path: Path) -> None:
        def opened() -> None:
            # Before reading: what is written in between is then noticed later.
            state = file_state(path)
            self._begin(self._read(path, state), path.absolute(), state=state)
            self.recent.add(path)
            self._session.message.emit(f"Opened “{path.name}”.")

        if not self._guarded(opened) and not path.exists():
            self.recent.remove(path)
        self.changed.emit()

    def _save(self, path: Path) -> bool:
        def saved() -> None:
            experiment = self._session.experiment
            state = self._write(path, experiment)
            self.document.began(experiment, path.absolute(), state=state)
            self.recent.add(path)
            kept = " It starts from the initial weights; File > Save with weights keeps these."
            self._session.message.emit(f"Saved as “{path.name}”.{kept if self._session.is_trained else ''}")

        done = self._guarded(saved)
        self.changed.emit()
        return done

    def read_patiently(self, size: int, doing: str, remark: str, read: Callable[[Report], Experiment]) -> Experiment:
        """Return what ``read`` does; if it has many bytes (``size``) to read, the window lives on meanwhile.

        Raises:
            FileError: it could not be read.
            GivenUpError: it was given up.
        """
        if size < LARGE_FILE:
            return read(lambda share: None)
        experiment: Experiment = self._dialogs.wait_for(doing, remark, read)
        return experiment

    def _read(self, path: Path, state: FileState | None) -> Experiment:
        doing, remark = f"Opening “{path.name}”", "Stop reading; what is open now stays."
        size = state.size if state is not None else 0
        return self.read_patiently(size, doing, remark, lambda report: open_experiment(path, report))

    def _write(self, path: Path, experiment: Experiment) -> FileState:
        """Write ``experiment`` into ``path``; very many points are written while the window lives on."""
        source = experiment.data.source
        if not isinstance(source, Points) or len(source.targets) < MANY_POINTS:
            return save_experiment(path, experiment)
        doing, remark = f"Saving “{path.name}”", "Stop writing; what is in the file now stays."
        state: FileState = self._dialogs.wait_for(
            doing, remark, lambda report: save_experiment(path, experiment, report)
        )
        return state

    def _guarded(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except GivenUpError as error:
            self._session.message.emit(str(error))
            return False
        except FileError as error:
            self._session.problem.emit(str(error))
            return False
        return True

    def _begin(
        self,
        experiment: Experiment,
        path: Path | None,
        example: Example | None = None,
        state: FileState | None = None,
    ) -> None:
        self.document.began(experiment, path, example.label if example else UNTITLED, state)
        self._session.replace(experiment)
        self.began.emit(example)
        self.changed.emit()

    def _folder(self) -> Path:
        newest = self.recent.paths[:1]
        return newest[0].parent if newest and newest[0].parent.is_dir() else Path.home()

    def _experiment_changed(self) -> None:
        self.changed.emit()
