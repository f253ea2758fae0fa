import pytest

from engine.symbols import subscript, written


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (-1.0, "−1"), (0.03, "0.03"), (1e6, "1,000,000"), (1e308, "1e308"), (-2.5e-8, "−2.5e−8"), (0, "0"),
        (float("nan"), "nan"), (float("-inf"), "−inf"),
    ],
)  # fmt: skip
def test_numbers_stand_in_sentences_as_people_write_them(number: float, text: str) -> None:
    assert written(number) == text


def test_indices_are_parted_only_where_they_would_run_together() -> None:
    assert subscript(2, 1) == "₂₁"
    assert subscript(12, 3) == "₁₂,₃"
