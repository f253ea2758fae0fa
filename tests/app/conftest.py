"""Every test of this folder uses Qt: it gets the mark ``gui``, and checks that nothing is left behind."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/app/" in item.path.as_posix():
            item.add_marker(pytest.mark.gui)


def leftovers(before: set[int]) -> list[str]:
    """Return what a test left behind: top-level widgets that are new since ``before``, and running threads."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widgets = [f"widget {widget!r}" for widget in QApplication.topLevelWidgets() if id(widget) not in before]
    main = threading.main_thread()
    threads = [f"thread {thread.name}" for thread in threading.enumerate() if thread is not main and not thread.daemon]
    return widgets + threads


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a widget, a thread or a child thread object behind."""
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    yield
    left = leftovers(before)
    assert not left, f"left behind: {', '.join(left)}"
    assert QThread.currentThread().isMainThread()
