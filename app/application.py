"""The application: checks whether a window can be shown, opens it, and runs until it is closed."""

import gc
import os
import signal
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec
import platformdirs

from app import display_check
from app.files.document import Document
from app.files.drafts import DraftFolder
from app.files.experiment_files import FileError, open_experiment
from engine.atomic_write import file_state
from engine.experiment import Experiment

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from app.session import Session

FAILURE = 1

# Seconds after which a thread that is busy in Python gives way: soon enough for the window never to seem stuck, and for
# the training thread not to wait for a picture to be finished each time a kernel returns.
SWITCH_INTERVAL = 0.0002
LOADER = "loading the typesetter"


class Options(msgspec.Struct, frozen=True):
    """What the command line asks for.

    Attributes:
        file: the experiment to open.
        screenshot: where to save a picture instead of showing a window.
        epochs, size, theme: for the picture; ``theme`` also for a window (None: what the user chose last).
        walk: how many units the picture shows the next iteration walked through; None: it is not taken apart.
    """

    file: Path | None = None
    screenshot: Path | None = None
    epochs: int = 0
    size: tuple[int, int] = (1280, 800)
    theme: str | None = None
    walk: int | None = None


def run(options: Options) -> int:
    """Open the window and return the exit code once it is closed; every failure is one sentence on stderr."""
    # Before reading: what is written in between is then noticed later.
    state = file_state(options.file) if options.file is not None else None
    try:
        experiment = open_experiment(options.file) if options.file is not None else Experiment()
    except FileError as error:
        return _fail(str(error))
    document = Document(experiment, options.file.absolute() if options.file else None, state)
    if options.screenshot is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problem = display_check.problem()
    if problem:
        return _fail(problem)
    try:
        return _show(options, experiment, document)
    except ImportError as error:
        missing = display_check.missing_library(str(error))
        if missing is None:
            raise
        return _fail(missing)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILURE


def _show(options: Options, experiment: Experiment, document: Document) -> int:
    # PySide6 is imported only here, after the checks: where a system library is missing the import itself fails,
    # and where there is no display Qt would abort the process; both are to end in a sentence instead.
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    qInstallMessageHandler(_write_message)
    # Ctrl+C in the terminal: Python's own handler would wait until the next time that Qt calls Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("descent")
    application.setDesktopFileName("descent")
    application.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        # A picture must not depend on how somebody has arranged the window.
        settings = _settings(Path(folder) if options.screenshot is not None else None)
        code, thread_ended = _run_window(options, experiment, document, settings, application)
    if not thread_ended:
        # A kernel is still being compiled. Tearing Python down under it could crash; everything is saved, so go.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _run_window(
    options: Options, experiment: Experiment, document: Document, settings: "QSettings", application: "QApplication"
) -> tuple[int, bool]:
    """Return the exit code, and whether the training thread has ended."""
    from app.screenshot import Screenshot
    from app.session import Session
    from app.training_worker import TrainingWorker
    from app.warm_up import warm_up
    from app.window import Window

    session = Session(experiment, TrainingWorker(warm_up=warm_up))
    # A picture is no work: nothing is kept of it, nor offered in it.
    drafts = None if options.screenshot is not None else DraftFolder(Path(platformdirs.user_data_dir("descent")))
    window = Window(session, settings, document, drafts=drafts)
    session.progress.connect(spare_what_stays)
    session.progress.connect(load_typesetter)
    sys.excepthook = lambda kind, error, place: _report(session, kind, error, place)
    if options.file is not None:
        window.files.recent.add(options.file)
    if options.theme is not None:
        window.appearance.choose_theme(options.theme)
    screenshot = None
    if options.screenshot is not None:
        screenshot = Screenshot(window, options.screenshot, options.epochs, options.size, options.walk)
    else:
        window.show()
        # Where no window manager hands out the keyboard the first Space would be lost.
        window.activateWindow()
        window.start_once_painted()
    code = application.exec()
    sys.excepthook = sys.__excepthook__
    if screenshot is not None and screenshot.problem:
        code = _fail(screenshot.problem)
    return code, window.thread_ended


def spare_what_stays(_: str, share: float) -> None:
    """Once everything is compiled (``share`` 1), leave all there is out of the search for garbage.

    The libraries' objects, some 150,000, stay to the end; to look through them took up to a tenth of a second, in which
    the window stood still, every few hundred steps of a walk.
    """
    if share >= 1.0:
        gc.freeze()


def load_typesetter(_: str, share: float) -> None:
    """Once everything is compiled (``share`` 1), load what sets formulas, on a thread of its own.

    It takes up to a fifth of a second, which the first step of a walk would have to wait for.
    """
    if share >= 1.0:
        # Whoever closes the window at once need not wait for it.
        threading.Thread(target=_load, name=LOADER, daemon=True).start()


def _load() -> None:
    from app.widgets.typesetting import typeset

    typeset("x", 1.0).svg()
    # Its fonts are some ten thousand objects that stay, too.
    gc.freeze()


def _report(session: "Session", kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
    """Write down what no part of the program expected, and tell the user, without ending the program."""
    traceback.print_exception(kind, error, place)
    session.problem.emit(f"Something went wrong inside Descent ({kind.__name__}: {error}); your work is still here.")


def _write_message(kind: object, context: object, text: str) -> None:
    """Pass on what Qt says, but for what the platform without a display says about itself."""
    if "This plugin does not support" not in text:
        print(text, file=sys.stderr)


def _settings(folder: Path | None) -> "QSettings":
    """Return the settings in ``folder``, or in the user's own folder for them."""
    from PySide6.QtCore import QSettings

    folder = folder or Path(platformdirs.user_config_dir("descent"))
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
