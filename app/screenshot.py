"""A picture of the real window after an exact number of epochs, for the documentation and for tests."""

from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.frame import Frame
from app.stepping.state import StepState
from app.window import Window


class Screenshot(QObject):
    """Trains ``epochs`` epochs, saves a picture of ``window`` to ``path`` and ends the application.

    With ``walk``, the picture is taken so many places further on in the next iteration, walking unit by unit.
    ``problem`` says afterwards what went wrong; empty if nothing.
    """

    def __init__(self, window: Window, path: Path, epochs: int, size: tuple[int, int], walk: int | None = None) -> None:
        super().__init__(window)
        self._window, self._path, self._epochs, self._walk = window, path, epochs, walk
        self.problem = ""
        self._done = False
        window.resize(QSize(*size))
        window.window_layout.arrange()
        session = window.session
        session.frame_ready.connect(self._look)
        session.problem.connect(self._give_up)
        window.show()
        window.start()
        if epochs:
            session.train_epochs(epochs)

    @Slot(object)
    def _look(self, frame: Frame) -> None:
        # A condition of the run's own may end it before.
        arrived = frame.epoch == self._epochs or frame.stopped is not None
        if arrived and frame.output_field.size and not self._done:
            self._done = True
            # When the event loop comes round again, all sizes are settled and the last message is shown.
            QTimer.singleShot(0, self, self._take if self._walk is None else self._begin_walk)

    @Slot()
    def _begin_walk(self) -> None:
        self._window.walk.state_changed.connect(self._go_on)
        self._window.walking.show()

    @Slot(object)
    def _go_on(self, state: StepState) -> None:
        if state.trace is None or self._walk is None:
            return
        left, self._walk = self._walk, None
        for _ in range(left):
            self._window.walk.next()
        # Once for the new sizes, once more for what is laid out in them.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._take))

    @Slot(str)
    def _give_up(self, sentence: str) -> None:
        self.problem = sentence
        if not self._done:
            self._done = True
            QTimer.singleShot(0, self, self._take)

    @Slot()
    def _take(self) -> None:
        if not self._window.grab().save(str(self._path)):
            self.problem = f"“{self._path}” could not be saved: the folder must exist and the name end in .png."
        self._window.close()
        QApplication.exit(1 if self.problem else 0)
