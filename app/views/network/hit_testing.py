"""What lies under the mouse: units, biases, features and curved edges. Vectorized; no Qt."""

from dataclasses import dataclass

import numpy as np

from app.stepping.records import Link
from app.views.network.geometry import Arrangement

EDGE_REACH = 5.0
BIAS_REACH = 3.0


@dataclass(frozen=True)
class Target:
    """Something one can point at.

    ``kind`` is “feature” (index: place in the family of features), “unit” (its number), “edge” or “bias” (index: in the
    flat vector).
    """

    kind: str
    index: int


def unit_of(target: Target | None, arrangement: Arrangement) -> int:
    """Return the number of the unit or feature ``target``; −1 for anything else, and a feature that is switched off."""
    if target is None or target.kind not in ("unit", "feature"):
        return -1
    return target.index if target.kind == "unit" else int(arrangement.slot_unit[target.index])


def link_of(target: Target | None, arrangement: Arrangement) -> Link | None:
    """Return ``target`` as pieces of a formula name it, or None."""
    if target is not None and target.kind in ("edge", "bias"):
        return Link(parameter=target.index)
    unit = unit_of(target, arrangement)
    return Link(unit=unit) if unit >= 0 else None


def target_of(link: Link | None, arrangement: Arrangement) -> Target | None:
    """Return where ``link`` is in the network, or None."""
    if link is None:
        return None
    if arrangement.edge_of(link.parameter) >= 0:
        return Target("edge", link.parameter)
    if arrangement.bias_of(link.parameter) >= 0:
        return Target("bias", link.parameter)
    if not 0 <= link.unit < len(arrangement.unit_x):
        return None
    slots = np.flatnonzero(arrangement.slot_unit == link.unit)
    return Target("feature", int(slots[0])) if slots.size else Target("unit", link.unit)


def target_at(arrangement: Arrangement, x: float, y: float) -> Target | None:
    """Return what lies at (x, y): a bias before its unit, a unit before an edge; None for nothing."""
    if not arrangement.top - 10.0 <= y <= arrangement.bottom + 10.0:
        return None
    return (
        _bias_at(arrangement, x, y)
        or _feature_at(arrangement, x, y)
        or _unit_at(arrangement, x, y)
        or _edge_at(arrangement, x, y)
    )


def _bias_at(a: Arrangement, x: float, y: float) -> Target | None:
    if not len(a.bias_index):
        return None
    distance = np.hypot(a.bias_x - x, a.bias_y - y) - a.bias_radius
    # Where units are small, a generous reach would swallow them.
    reach = np.minimum(BIAS_REACH, 0.12 * a.unit_size[a.bias_unit])
    place = int(np.argmin(distance - reach))
    return Target("bias", int(a.bias_index[place])) if distance[place] <= reach[place] else None


def _feature_at(a: Arrangement, x: float, y: float) -> Target | None:
    place = int(np.argmin(np.abs(a.slot_y - y)))
    half = float(a.slot_size.max()) / 2.0
    # The label beside the thumbnail belongs to the feature too.
    if abs(a.slot_y[place] - y) > half or x > a.columns[0] + a.slot_size[place] / 2.0 or x < 0.0:
        return None
    return Target("feature", place)


def _unit_at(a: Arrangement, x: float, y: float) -> Target | None:
    inside = np.maximum(np.abs(a.unit_x - x), np.abs(a.unit_y - y)) - a.unit_size / 2.0
    place = int(np.argmin(inside))
    return Target("unit", place) if inside[place] <= 1.0 else None


def _edge_at(a: Arrangement, x: float, y: float) -> Target | None:
    near = np.flatnonzero((a.edge_x0 - 1.0 <= x) & (x <= a.edge_x1 + 1.0))
    if not near.size:
        return None
    run = a.edge_x1[near] - a.edge_x0[near]
    rise = a.edge_y1[near] - a.edge_y0[near]
    t = np.clip((x - a.edge_x0[near]) / run, 0.0, 1.0)
    slope = rise * 6.0 * t * (1.0 - t) / run
    distance = np.abs(a.edge_y0[near] + rise * t * t * (3.0 - 2.0 * t) - y) / np.hypot(1.0, slope)
    place = int(np.argmin(distance))
    return Target("edge", int(a.edge_index[near[place]])) if distance[place] <= EDGE_REACH else None
