"""Every test of this folder uses Qt: it gets the mark ``gui``, and checks that nothing is left behind."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.app.leftovers import Leftovers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/app/" in item.path.as_posix():
            item.add_marker(pytest.mark.gui)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window, a running thread or a running timer behind."""
    if "qapp" not in request.fixturenames:
        yield
        return
    application = request.getfixturevalue("qapp")
    assert isinstance(application, QApplication)
    before = Leftovers()
    # What is here to stay need not be looked through again after every test: collecting takes a tenth of the time.
    gc.freeze()
    yield
    left = Leftovers().since(before)
    assert not left, f"left behind: {', '.join(left)}"
