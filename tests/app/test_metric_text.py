import math

import pytest

from app.metric_text import metric_heading, metric_text


@pytest.mark.parametrize(
    ("metric", "unit", "text"),
    [
        (0.9634, "%", "96.3 %"),
        (20.44, "dB", "20.4 dB"),
        (-3.25, "dB", "−3.2 dB"),
        (0.98765, "", "0.988"),
        (-1.5, "", "−1.500"),
        (-2.5e9, "", "−2.5e9"),
        (math.inf, "dB", "∞"),
        (-math.inf, "", "−∞"),
        (math.nan, "%", "–"),
    ],
)
def test_a_metric_is_written_in_its_unit(metric: float, unit: str, text: str) -> None:
    assert metric_text(metric, unit) == text


def test_a_name_begins_with_a_capital_unless_it_is_a_symbol() -> None:
    assert metric_heading("accuracy") == "Accuracy"
    assert metric_heading("k-NN accuracy") == "k-NN accuracy"
    assert metric_heading("R²") == "R²"
    assert metric_heading("PSNR") == "PSNR"
