"""Formulas set as in a book."""

import pytest
from PySide6.QtGui import QImage

from app.theme import DARK, LIGHT
from app.widgets.formula_label import MAXIMUM_WIDTH, FormulaLabel, formula_picture, plain_text
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.widgets.test_formula_text import FORMULAS

pytestmark = IGNORE_PLATFORM


def ink_of(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_formula_of_every_family_can_be_set(qapp, latex):
    image = formula_picture(latex, LIGHT.text, 15.0, 1.0)
    assert image.width() > 10
    assert ink_of(image) > 10


def test_a_picture_is_made_once(qapp):
    assert formula_picture("a = z", DARK.text, 15.0, 2.0) is formula_picture("a = z", DARK.text, 15.0, 2.0)
    assert formula_picture("a = z", DARK.text, 15.0, 2.0).devicePixelRatio() == 2.0


def test_lines_stand_below_each_other_and_none_is_too_wide(qtbot):
    label = FormulaLabel("What the letters mean.")
    qtbot.addWidget(label)
    label.set_lines(["a = z"])
    single = label.sizeHint()
    label.set_lines(["a = z", r"f'(z) = 1"])
    assert label.sizeHint().height() > 2 * single.height()
    label.set_lines([r"x + y + z = " * 8])
    assert label.sizeHint().width() <= 1.05 * MAXIMUM_WIDTH
    assert label.accessibleDescription().startswith("x + y + z =")


def test_screen_readers_get_plain_text():
    assert plain_text(r"\beta_1^t < \frac{1}{2}") == "β_1^t < ½"
