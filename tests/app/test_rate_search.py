"""The range test on its thread: it reports, ends when asked, and says what went wrong."""

import threading

import numpy as np
import pytest

from app.rate_search import RateSearch
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.rate_test import RateTest
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

EXPERIMENT = compose(data="moons", samples=50)
DATASET = resolve(EXPERIMENT.data)


def test_it_finds_a_rate_and_reports(qtbot):
    search = RateSearch(EXPERIMENT, DATASET)
    shares = []
    search.progress.connect(shares.append)
    with qtbot.waitSignal(search.found, timeout=60_000) as found:
        search.start()
    result = found.args[0]
    assert isinstance(result, RateTest)
    assert len(result.rates) == len(result.losses)
    qtbot.waitUntil(lambda: shares[-1:] == [1.0])
    assert shares == sorted(shares)
    assert search.stop()


def test_stopping_ends_the_thread_and_nothing_is_said_any_more(qtbot):
    reached = threading.Event()

    def endless(experiment, dataset, parameters, report):
        while True:
            report(0.5)
            reached.set()

    search = RateSearch(EXPERIMENT, DATASET, test=endless)
    said = []
    search.found.connect(said.append)
    search.failed.connect(said.append)
    search.start()
    assert reached.wait(10.0)
    assert search.stop()
    assert said == []


@pytest.mark.parametrize("error", [ValueError("No luck"), MemoryError()])
def test_a_fault_is_said_in_a_sentence(qtbot, error):
    def broken(experiment, dataset, parameters, report):
        raise error

    search = RateSearch(EXPERIMENT, DATASET, test=broken)
    with qtbot.waitSignal(search.failed) as failed:
        search.start()
    assert failed.args[0].startswith("The test could not be made: ")
    assert failed.args[0].endswith(".")
    assert search.stop()


def test_it_starts_from_the_given_weights(qtbot):
    given = []

    def test(experiment, dataset, parameters, report):
        given.append(parameters)
        return RateTest(np.ones(1), np.ones(1), None)

    weights = np.ones(3)
    search = RateSearch(EXPERIMENT, DATASET, weights, test=test)
    with qtbot.waitSignal(search.found):
        search.start()
    assert given[0] is weights
    assert search.stop()


def test_one_that_never_began_can_be_stopped(qtbot):
    assert RateSearch(EXPERIMENT, DATASET, test=lambda *_, **__: RateTest(np.ones(1), np.ones(1), None)).stop()
