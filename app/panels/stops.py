"""The values that a slider offers for a setting."""

import math

from engine.settings import Setting

# More would lie closer together than pixels of a slider in a narrow panel.
MOST = 40


def stops_of(setting: Setting) -> tuple[float, ...]:
    """Return round values all over the range of ``setting``, ascending, with its ends and its default among them."""
    low, high = setting.low, setting.high
    if setting.integer:
        return tuple(float(value) for value in range(math.ceil(low), math.floor(high) + 1))
    step = _round_step((high - low) / MOST)
    inside = (round(place * step, 12) for place in range(math.ceil(low / step), math.floor(high / step) + 1))
    return tuple(sorted(value for value in {low, high, setting.default, *inside} if setting.problem(value) is None))


def _round_step(least: float) -> float:
    """Return the smallest of … 0.1, 0.2, 0.5, 1, 2, 5 … that is at least ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least * (1.0 - 1e-9))
