"""The learning-rate range test on a thread of its own."""

from collections.abc import Callable

from app.background_task import BackgroundTask
from engine.datasets.dataset import Array, Dataset
from engine.experiment import Experiment
from engine.rate_test import RateTest, rate_test


class RateSearch(BackgroundTask):
    """One range test, from ``parameters`` or else the initial weights; ``found`` brings a RateTest."""

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        parameters: Array | None = None,
        *,
        test: Callable[..., RateTest] = rate_test,
    ) -> None:
        super().__init__("rate search", lambda report: test(experiment, dataset, parameters, report=report))

    def sentence(self, error: Exception) -> str:
        """Return what to say of ``error``."""
        return f"The test could not be made: {error or type(error).__name__}."
