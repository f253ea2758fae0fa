"""What was kept of windows that closed unexpectedly: offered until it is answered, in this window or a later one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.files.autosave import Autosave
from app.files.draft_text import offer
from app.files.drafts import Draft, DraftFolder, parameters_for
from app.files.experiment_files import FileError, GivenUpError
from app.files.file_commands import FileCommands
from app.recovery_strip import RecoveryStrip
from app.session import Session


class Recovery(QObject):
    """Shows the drafts that nobody works on in ``strip``, and does what is answered there."""

    def __init__(
        self,
        session: Session,
        files: FileCommands,
        autosave: Autosave,
        folder: DraftFolder,
        strip: RecoveryStrip,
        parent: QObject | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._session, self._files, self._autosave, self._folder = session, files, autosave, folder
        self._strip, self._now = strip, now
        self._offered: list[Draft] = []
        strip.restore_asked.connect(self._restore)
        strip.discard_asked.connect(self._discard)

    def look(self) -> None:
        """Offer what there is; nobody else can offer it as long as this window is open."""
        for draft in self._folder.abandoned():
            self._offered.append(draft)
            self._strip.offer(draft, offer(draft.heading(), draft.read_weights(), self._now()))

    def close(self) -> None:
        """Leave what was not answered to the next window."""
        while self._offered:
            self._offered.pop().release()

    @Slot(object)
    def _restore(self, draft: Draft) -> None:
        try:
            experiment = self._files.read_patiently(
                draft.size, "Restoring what was kept", "Stop reading; it will be offered again.", draft.read
            )
        except GivenUpError as error:
            self._session.message.emit(str(error))
            return
        except FileError as error:
            self._session.problem.emit(str(error))
            return
        if not self._files.may_go_on():
            return
        heading, weights = draft.heading(), draft.read_weights()
        parameters = parameters_for(experiment, weights)
        path = Path(heading.document) if heading.document else None
        self._files.restore(experiment, parameters, path, heading.state)
        self._autosave.adopt(draft)
        self._answered(draft)
        trained = ""
        if parameters is not None and weights is not None and weights.epoch:
            trained = f" The weights are those after epoch {weights.epoch:,}; epochs count from here."
        self._session.message.emit(f"Restored: {heading.contents}.{trained}")

    @Slot(object)
    def _discard(self, draft: Draft) -> None:
        contents = draft.heading().contents
        draft.remove()
        self._answered(draft)
        self._session.message.emit(f"Discarded: {contents}.")

    def _answered(self, draft: Draft) -> None:
        self._offered.remove(draft)
        self._strip.take_away(draft)
