"""The lowest numbers are those that a stable sorting puts first."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.lowest import lowest


@given(st.lists(st.integers(0, 6) | st.integers(0, 2**64 - 1), max_size=60), st.data())
def test_the_lowest_are_the_first_of_a_stable_sorting(numbers: list[int], data: st.DataObject) -> None:
    values = np.array(numbers, dtype=np.uint64)
    count = data.draw(st.integers(0, len(values)))
    expected = np.zeros(len(values), dtype=np.bool_)
    expected[np.argsort(values, kind="stable")[:count]] = True
    np.testing.assert_array_equal(lowest(values, count), expected)
