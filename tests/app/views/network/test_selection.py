from app.views.network.geometry import arrange
from app.views.network.hit_testing import Target
from app.views.network.selection import DOWN, LEFT, RIGHT, UP, layer_of, moved
from tests.app.views.networks import shape

LAYOUT = shape(4, 2)
A = arrange(LAYOUT, 660.0, 430.0)


def walk(start: Target | None, *directions: str) -> Target:
    for direction in directions:
        start = moved(A, LAYOUT, start, direction)
    assert start is not None
    return start


def test_it_starts_at_the_first_feature() -> None:
    assert walk(None, RIGHT) == Target("feature", 0)


def test_to_the_right_come_edges_and_units_in_turn() -> None:
    # x₁ → w₁₁ → unit 1 of layer 1 (unit 2 of the layout)
    assert walk(Target("feature", 0), RIGHT) == Target("edge", 0)
    assert walk(Target("feature", 0), RIGHT, RIGHT) == Target("unit", 2)
    assert walk(Target("feature", 0), *(RIGHT,) * 6) == Target("unit", 8)
    assert walk(Target("unit", 8), RIGHT) == Target("unit", 8)


def test_and_back() -> None:
    assert walk(Target("unit", 2), LEFT, LEFT) == Target("feature", 0)
    assert walk(Target("feature", 0), LEFT) == Target("feature", 0)


def test_down_walks_through_all_edges_of_a_layer() -> None:
    seen = [Target("edge", 0)]
    while (following := moved(A, LAYOUT, seen[-1], DOWN)) != seen[-1]:
        seen.append(following)
    assert sorted(target.index for target in seen) == list(range(8))
    assert walk(seen[-1], *(UP,) * 7) == seen[0]


def test_units_stay_in_their_column() -> None:
    assert walk(Target("unit", 2), UP) == Target("unit", 2)
    assert walk(Target("unit", 2), *(DOWN,) * 9) == Target("unit", 5)


def test_features_that_are_switched_off_can_be_reached() -> None:
    assert walk(Target("feature", 0), *(DOWN,) * 9) == Target("feature", 6)
    assert walk(Target("feature", 6), RIGHT) == Target("unit", 2)


def test_layers_of_what_is_selected() -> None:
    assert layer_of(LAYOUT, None) == -1
    assert layer_of(LAYOUT, Target("feature", 0)) == -1
    assert layer_of(LAYOUT, Target("unit", 6)) == 1
    assert layer_of(LAYOUT, Target("edge", 8 + 4)) == 1
    assert layer_of(LAYOUT, Target("bias", 8)) == 0
