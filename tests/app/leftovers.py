"""What a test may leave behind: top-level widgets, threads and timers that still run."""

import gc
import threading

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication


class Leftovers:
    """All that exists now, once deferred deletions and garbage are gone."""

    def __init__(self) -> None:
        for _ in range(2):  # collecting garbage may defer further deletions
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not gc.collect():
                break
        self.widgets = {id(widget): f"widget {widget!r}" for widget in QApplication.topLevelWidgets()}
        # Daemons count, too: the training thread is one.
        self.threads = {id(thread): f"thread {thread.name}" for thread in threading.enumerate() if thread.is_alive()}
        # By their types: a weak proxy whose object is gone answers ``isinstance`` with an error.
        self.timers = {
            id(timer): f"timer of {timer.parent()!r}"
            for timer in gc.get_objects()
            if issubclass(type(timer), QTimer) and shiboken6.isValid(timer) and timer.isActive()
        }

    def since(self, before: "Leftovers") -> list[str]:
        """Return descriptions of what is here now and was not ``before``."""
        pairs = ((self.widgets, before.widgets), (self.threads, before.threads), (self.timers, before.timers))
        return [text for now, then in pairs for key, text in now.items() if key not in then]
