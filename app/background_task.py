"""One piece of work on a thread of its own, so that the window goes on answering."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

Report = Callable[[float], None]


class _StoppedError(Exception):
    """The work is not wanted any more."""


class BackgroundTask(QObject):
    """Calls ``work`` with a function that it is to tell the share done; a stop ends it there.

    It has no parent: whatever becomes of the dialog that waits for it, it lives as long as its thread needs it.

    Signals:
        progress(float): the share done.
        found(object): the result.
        failed(str): why there is none, in one sentence.
    """

    progress = Signal(float)
    found = Signal(object)
    failed = Signal(str)

    def __init__(self, name: str, work: Callable[[Report], Any]) -> None:
        super().__init__()
        self._work = work
        self._stopping = threading.Event()
        # A Python thread, not a QThread: one that is still busy when the program ends must not abort it.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> bool:
        """End the work and wait for its thread; return whether it ended within ``timeout`` seconds.

        Nothing is said any more, even if the thread needs longer.
        """
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def sentence(self, error: Exception) -> str:
        """Return what to say of ``error``."""
        return f"Something went wrong: {error or type(error).__name__}."

    def _run(self) -> None:
        try:
            result = self._work(self._report)
        except _StoppedError:
            return
        except Exception as error:
            # Whatever it was: a thread that dies in silence would leave a dialog that waits for ever.
            self._say(self.failed, self.sentence(error))
            return
        self._say(self.found, result)

    def _report(self, share: float) -> None:
        if self._stopping.is_set():
            raise _StoppedError
        self.progress.emit(share)

    def _say(self, signal: SignalInstance, value: object) -> None:
        if not self._stopping.is_set():
            signal.emit(value)
