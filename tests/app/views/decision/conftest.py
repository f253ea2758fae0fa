"""A shown decision view with a data set and a frame."""

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.views.decision import DecisionView
from engine.experiment import Data, Experiment, Generated, Layer, Network, Output, Points, Training
from tests.app.sample_frame import sample_frame

REGRESSION = Experiment(
    data=Data(task="regression", source=Generated("plane", 60)),
    network=Network(hidden=(Layer(units=3),), output=Output("linear")),
    training=Training(loss="mse"),
)
EMPTY = Experiment(data=Data(source=Points(np.empty((0, 2)), np.empty(0))))

MakeView = Callable[..., DecisionView]


@pytest.fixture
def make_view(qtbot: QtBot) -> MakeView:
    def make(experiment: Experiment = EMPTY, *, focus_unit: int = -1) -> DecisionView:
        view = DecisionView(random=np.random.default_rng(5))
        qtbot.addWidget(view)
        view.resize(380, 400)
        experiment, dataset, shape, frame = sample_frame(experiment, focus_unit=focus_unit)
        view.show_experiment(experiment, dataset, shape)
        view.show_frame(frame)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return make
