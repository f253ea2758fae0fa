"""What is seen around the mouse tells the tools apart, and with what they would paint."""

import math
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.theme import DARK, LIGHT
from app.views.decision import DecisionView
from app.views.decision.tool_signs import badge_place, paint_color
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.decision.conftest import EMPTY, REGRESSION, MakeView
from tests.app.views.decision.drawn import LEFT, NO_KEYS, RIGHT, choose, move, place

pytestmark = IGNORE_PLATFORM
AT = (2.0, 1.0)


def seen_with(qtbot: QtBot, view: DecisionView, kind: str) -> QImage:
    choose(view, kind)
    qtbot.mouseMove(view.canvas, place(view, *AT))
    return view.canvas.grab().toImage()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_brush_looks_different(make_view: MakeView, qtbot: QtBot, theme) -> None:
    view = make_view(REGRESSION)
    view.set_theme(theme)
    view.tools.options.radius.set_stop(1.0)
    kinds = ("brush", "eraser", "jitter", "attract", "repel", "raise", "lower")
    pictures = {kind: seen_with(qtbot, view, kind) for kind in kinds}
    for one, other in combinations(kinds, 2):
        assert pictures[one] != pictures[other], f"{one} and {other} look the same"


def test_the_arrows_of_a_magnet_point_inward_and_those_of_its_opposite_outward(
    make_view: MakeView, qtbot: QtBot
) -> None:
    view = make_view(EMPTY)
    view.tools.options.radius.set_stop(1.0)
    center = place(view, *AT)
    radius = view.tools.tool.radius * view.canvas.plane.unit
    plain = seen_with(qtbot, view, "eraser")
    broad = {}
    for kind in ("attract", "repel"):
        picture = seen_with(qtbot, view, kind)
        inked = [
            math.hypot(x - center.x(), y - center.y()) - radius
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixel(x, y) != plain.pixel(x, y)
        ]
        near, far = (sum(low <= apart < low + 3.0 for apart in inked) for low in (3.0, 8.0))
        broad[kind] = "near" if near > far else "far"
    # Where there is more ink, there is the head.
    assert broad == {"attract": "near", "repel": "far"}


def test_the_brush_shows_what_it_would_paint(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(EMPTY)
    view.tools.options.radius.set_stop(1.0)

    def shown() -> int:
        radius = view.tools.tool.radius * view.canvas.plane.unit
        return view.canvas.grab().toImage().pixel(badge_place(QPointF(place(view, *AT)), radius).toPoint())

    seen_with(qtbot, view, "brush")
    first, second = (paint_color(LIGHT, number, classes=2).rgb() for number in (0, 1))
    assert shown() == first
    view.tools.choose(1)
    assert shown() == second
    # The right button paints the other class, as long as it is held.
    choose(view, "recolor")
    qtbot.mousePress(view.canvas, RIGHT, pos=place(view, *AT))
    assert shown() == first
    qtbot.mouseRelease(view.canvas, RIGHT, pos=place(view, *AT))
    assert shown() == second


def test_the_eraser_of_one_class_has_its_color(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(EMPTY)
    view.tools.options.radius.set_stop(1.0)
    both = seen_with(qtbot, view, "eraser")
    view.tools.options.only_class.setChecked(True)
    of_one = seen_with(qtbot, view, "eraser")
    view.tools.choose(1)
    of_other = seen_with(qtbot, view, "eraser")
    assert both != of_one != of_other != both


def test_a_stamp_has_the_color_of_what_it_paints(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(EMPTY)
    aims = []
    swaths = []
    for number in (0, 1):
        view.tools.choose(number)
        aims.append(seen_with(qtbot, view, "line").pixel(place(view, *AT)))
        qtbot.mousePress(view.canvas, LEFT, pos=place(view, -4.0, 0.0))
        for stop in ((0.0, 0.0), AT):
            move(view, place(view, *stop), LEFT, NO_KEYS)
        swaths.append(view.canvas.grab().toImage().pixel(place(view, -4.2, 0.0)))
        view.canvas.drawing.cancel()
    assert aims == [paint_color(LIGHT, number, classes=2).rgb() for number in (0, 1)]
    assert swaths[0] != swaths[1]
