"""The learning-rate range test on a thread of its own, so that the window goes on answering."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.rate_test import RateTest, rate_test

Report = Callable[[float], None]


class _StoppedError(Exception):
    """The test is not wanted any more."""


class RateSearch(QObject):
    """One range test, from the initial weights.

    Signals:
        progress(float): the share done.
        found(RateTest): the result.
        failed(str): why there is none, in one sentence.
    """

    progress = Signal(float)
    found = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        parent: QObject | None = None,
        test: Callable[..., RateTest] = rate_test,
    ) -> None:
        super().__init__(parent)
        self._experiment, self._dataset, self._test = experiment, dataset, test
        self._stopping = threading.Event()
        # A Python thread, not a QThread: one that is still compiling when the program ends must not abort it.
        self._thread = threading.Thread(target=self._work, name="rate search", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> bool:
        """End the test and wait for its thread; return whether it ended within ``timeout`` seconds."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            result = self._test(self._experiment, self._dataset, report=self._report)
        except _StoppedError:
            return
        except Exception as error:
            # Whatever it was: a thread that dies in silence would leave a dialog that waits for ever.
            self._say(self.failed, f"The test could not be made: {error or type(error).__name__}.")
            return
        self._say(self.found, result)

    def _report(self, share: float) -> None:
        if self._stopping.is_set():
            raise _StoppedError
        self.progress.emit(share)

    def _say(self, signal: SignalInstance, value: object) -> None:
        if not self._stopping.is_set():
            signal.emit(value)
