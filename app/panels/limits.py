"""What a field of an experiment may be, taken from where it is written once: its annotation."""

import math
from dataclasses import replace
from typing import Any, get_args, get_type_hints

import msgspec

from engine.settings import Setting


def limits(struct: type[msgspec.Struct], field: str, label: str, remark: str, *, default: float = 0.0) -> Setting:
    """Return the annotated range of ``field`` of ``struct`` as a setting with ``label`` and ``remark``."""
    meta: Any = next(
        part for part in get_args(get_type_hints(struct, include_extras=True)[field]) if isinstance(part, msgspec.Meta)
    )
    low, includes_low = (meta.ge, True) if meta.ge is not None else (meta.gt, False)
    high, includes_high = (meta.le, True) if meta.le is not None else (meta.lt, False)
    return Setting(
        name=field,
        label=label,
        default=default,
        low=-math.inf if low is None else low,
        high=math.inf if high is None else high,
        remark=remark,
        includes_low=includes_low,
        includes_high=includes_high,
    )


def in_percent(share: Setting) -> Setting:
    """Return the setting of a ``share`` from 0 to 1 as one in percent."""
    return replace(share, default=100.0 * share.default, low=100.0 * share.low, high=100.0 * share.high)
