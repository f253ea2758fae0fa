"""What imported points meant, in the data panel."""

import pytest

from app.panels.columns_text import columns_text
from app.panels.data import DataPanel
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.datasets.tables import Choice, read_table, to_points
from engine.experiment import Columns
from engine.parameters import layout
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

TABLE = read_table(b"width,height,depth,kind\n1,10,3,b\n3,20,1,a\n5,60,2,c\n7,20,5,a\n")


def text(inputs, target, task, normalization):
    columns = to_points(TABLE, Choice(inputs, target, task, normalization=normalization)).points.columns
    assert columns is not None
    return columns_text(columns).splitlines()


@pytest.mark.parametrize(
    ("inputs", "target", "task", "normalization", "lines"),
    [
        (
            ("width", "height"), "kind", "classes", "min-max",
            ["x₁ = (width − 4) · 1.667", "x₂ = (height − 35) · 0.2", "kind: 1 a, 2 b, 3 c"],
        ),
        (("width", "height"), "kind", "classes", "none", ["x₁ = width", "x₂ = height", "kind: 1 a, 2 b, 3 c"]),
        (("width",), "height", "regression-1d", "min-max", ["x = (width − 4) · 1.667", "y = (height − 35) · 0.04"]),
        (("width", "height"), "depth", "regression", "none", ["x₁ = width", "x₂ = height", "value = depth"]),
    ],
)  # fmt: skip
def test_every_kind_of_columns(inputs, target, task, normalization, lines):
    assert text(inputs, target, task, normalization) == lines


def test_a_projection_is_a_sum_and_long_names_are_cut():
    columns = Columns(("a" * 40, "b", "c"), ((1.5, -0.25, 0.0), (0.0, 0.0, 0.0)), (-3.0, 0.0), "t", 2.0, 1.0)
    assert columns_text(columns).splitlines() == [
        f"x₁ = 1.5 · {'a' * 23}… − 0.25 · b − 3",
        "x₂ = 0",
        "value = (t + 0.5) · 2",
    ]


def test_the_panel_shows_it_for_tables_only(qtbot):
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.show()
    points = to_points(TABLE, Choice(("width", "height"), "kind", "classes", normalization="none"))
    for experiment, shown in (
        (compose(points=points.points, task="classes", classes=3), True),
        (compose(), False),
    ):
        panel.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
        assert panel.columns.isVisible() is shown
    assert panel.columns.text() == "x₁ = width\nx₂ = height\nkind: 1 a, 2 b, 3 c"
    assert panel.columns.toolTip().endswith("kind: 1 a, 2 b, 3 c.")


def test_the_button_asks_for_a_table(qtbot):
    panel = DataPanel()
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.import_requested):
        panel.import_data.click()
