"""Where the pieces of a formula go."""

from itertools import pairwise

import pytest

from app.stepping.records import Line, Token
from app.views.step_through.formula_layout import gap_between, place
from app.widgets.math_path import math_path
from tests.app.views.step_through.samples import delta_lines, letter, number, sign, unit_lines

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = 20.0


def x_of(setting, line: int, text: str) -> float:
    return next(each.x for each in setting.placed if each.line == line and each.token.text == text)


def test_relation_signs_of_lines_that_belong_together_stand_below_each_other() -> None:
    setting = place(unit_lines()[:3], 600.0, SIZE)
    places = [x_of(setting, line, "=") for line in range(3)]
    assert places == pytest.approx([places[0]] * 3)
    assert places[0] > 0.0


def test_every_line_is_below_the_one_before() -> None:
    setting = place(unit_lines()[:3], 600.0, SIZE)
    boxes = [[each.box for each in setting.placed if each.line == line] for line in range(3)]
    for above, below in pairwise(boxes):
        assert max(box.bottom() for box in above) < min(box.top() for box in below)
    assert setting.height == pytest.approx(max(box.bottom() for box in boxes[-1]))


def test_groups_stand_side_by_side_where_there_is_room() -> None:
    wide, narrow = place(unit_lines(), 700.0, SIZE), place(unit_lines(), 260.0, SIZE)
    assert x_of(wide, 3, "a₁") > max(each.box.right() for each in wide.placed if each.line < 3)
    assert x_of(narrow, 3, "a₁") < 60.0
    assert narrow.height > wide.height


def test_neighboring_groups_begin_on_one_baseline() -> None:
    setting = place((*delta_lines(), *unit_lines()[:3]), 900.0, SIZE)
    first, second = (next(each for each in setting.placed if each.line == line) for line in (0, 3))
    assert second.x > first.x + 100.0
    assert second.y == pytest.approx(first.y)
    # The fraction of the first group reaches higher than the letters of the second.
    assert second.box.top() > 0.0


def test_long_sums_are_broken_before_a_plus_and_stay_in_the_width() -> None:
    tokens = [letter("z_1", "z₁"), sign("=")]
    for term in range(12):
        tokens += [sign("+")] if term else []
        tokens += [number(0.123 + term), sign("·"), letter(f"x_{{{term}}}", f"x{term}")]
    setting = place((Line("symbols", tuple(tokens)),), 300.0, SIZE)
    assert all(each.box.right() <= 300.0 + 1e-6 for each in setting.placed)
    rows: dict[float, list[str]] = {}
    for each in setting.placed:
        rows.setdefault(each.y, []).append(each.token.text)
    assert len(rows) > 2
    assert [row[0] for row in list(rows.values())[1:]] == ["+"] * (len(rows) - 1)


def test_a_sum_in_brackets_is_broken_before_a_plus_too() -> None:
    terms = [part for count in range(18) for part in (sign("+"), number(0.123 + count))][1:]
    setting = place((Line("numbers", (sign("("), *terms, sign(")"))),), 300.0, SIZE)
    rows = {each.y: [] for each in setting.placed}
    for each in setting.placed:
        rows[each.y].append(each)
        assert each.box.right() <= 300.0
    assert len(rows) > 2
    for row in list(rows.values())[1:]:
        assert row[0].token.text == "+"
        # Neither do the pieces of a row lie on each other.
        assert all(left.box.right() < right.box.left() for left, right in pairwise(row))
    assert not any(row[-1].token.text == "+" for row in rows.values())


def test_a_piece_wider_than_everything_is_still_shown() -> None:
    setting = place(delta_lines(), 10.0, SIZE)
    assert len(setting.placed) == sum(len(line.tokens) for line in delta_lines())


def test_a_minus_before_a_number_stands_close_and_one_between_two_apart() -> None:
    minus, two = sign("−"), number(2.0)
    assert gap_between(minus, two, sign("=")) < gap_between(minus, two, two)
    words = Token(r"\text{ since }", "since", "since")
    assert gap_between(words, two, None) > gap_between(two, two, None)
    assert gap_between(two, words, None) > gap_between(two, two, None)
    assert gap_between(letter("(", "("), two, None) < gap_between(two, two, None)


@pytest.mark.parametrize(
    ("own", "typeset"),
    [
        ("0.834", "{0.834}"),
        (r"1.2 \cdot 10^{-5}", r"{1.2 \cdot 10^{-5}}"),
        ("{-}0.834", "{{-}0.834}"),
        ("({-}0.834)", "{({-}0.834)}"),
        ("w_{12}", "{w_{12}}"),
        ("x_1", "{x_1}"),
        (r"\delta_{3}", r"{\delta_{3}}"),
        (r"\hat{m}_{12}", r"{\hat{m}_{12}}"),
    ],
)
def test_numbers_and_indices_come_out_as_the_typesetter_sets_them(own, typeset) -> None:
    assert math_path(own).width == pytest.approx(math_path(typeset).width, rel=0.12)
    assert math_path(own).ascent == pytest.approx(math_path(typeset).ascent, abs=4.0)
    assert math_path(own).descent == pytest.approx(math_path(typeset).descent, abs=4.0)


def test_a_fraction_reaches_above_and_below_the_baseline() -> None:
    fraction, letter_z = math_path(r"\frac{\partial L}{\partial a}"), math_path("z")
    assert fraction.ascent > 1.5 * letter_z.ascent
    assert fraction.descent > 20.0


def test_a_long_list_of_results_stands_in_columns() -> None:
    lines = [
        Line("result", (letter(f"a_{{{unit}}}", f"a{unit}"), sign("="), number(0.25 * unit))) for unit in range(1, 11)
    ]
    setting = place(lines, 700.0, SIZE)
    rows = {line: next(each.y for each in setting.placed if each.line == line) for line in range(10)}
    assert len({round(y) for y in rows.values()}) == 4
    assert rows[4] == pytest.approx(rows[0])
    assert x_of(setting, 4, "a5") > x_of(setting, 0, "a1") + 50.0
    # Below each other where there is no room.
    assert place(lines, 150.0, SIZE).height > 2.0 * setting.height
