"""How a metric is written: its name at the head of a number, and the number in its unit."""

import math

NONE = "–"
# What stands in the place of a number that is homework.
UNKNOWN = "?"


def metric_heading(name: str) -> str:
    """Return the name of a metric as it stands above a number: “Accuracy”, but “k-NN accuracy”."""
    return name if name[1:2] == "-" else name[:1].upper() + name[1:]


def metric_text(metric: float, unit: str) -> str:
    """Return a share in percent, or another metric as it is, with its unit."""
    if math.isnan(metric):
        return NONE
    if unit == "%":
        return f"{100.0 * metric:.1f} %"
    if math.isinf(metric):
        return "∞" if metric > 0.0 else "−∞"
    if unit:
        return f"{metric:.1f} {unit}".replace("-", "−")
    return (f"{metric:.3f}" if metric > -100.0 else power_text(metric)).replace("-", "−")


def power_text(value: float) -> str:
    """Return ``value`` with two digits and a power of ten: “1.2e-5”, “1.0e30”."""
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}"
