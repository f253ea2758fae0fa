"""Losses of pairs and triplets: not what an output is, but how two or three of them lie to each other.

Each member is an array (outputs, samples) of its own; the slope is a tuple with one array for each of them.
"""

import numpy as np

from engine.activations import Value
from engine.losses.loss import Loss
from engine.settings import Setting


def _squared_distance(first: Value, second: Value) -> Value:
    return np.sum((first - second) * (first - second), axis=0)


def contrastive(y: Value, first: Value, second: Value, margin: Value) -> Value:
    squared = _squared_distance(first, second)
    gap = np.maximum(0.0, margin - np.sqrt(squared))
    return 0.5 * (y * squared + (1.0 - y) * gap * gap)


def contrastive_slope(y: Value, first: Value, second: Value, margin: Value) -> tuple[Value, Value]:
    distance = np.sqrt(_squared_distance(first, second))
    # Two points in the same place have no direction in which to part: their push is 0, not 0/0.
    push = np.maximum(0.0, margin - distance) / np.where(distance > 0.0, distance, 1.0)
    pull = (y - (1.0 - y) * push) * (first - second)
    return pull, -pull


def _violation(anchor: Value, positive: Value, negative: Value, margin: Value) -> Value:
    return _squared_distance(anchor, positive) - _squared_distance(anchor, negative) + margin


def triplet(y: Value, anchor: Value, positive: Value, negative: Value, margin: Value) -> Value:
    return np.maximum(0.0, _violation(anchor, positive, negative, margin))


def triplet_slope(
    y: Value, anchor: Value, positive: Value, negative: Value, margin: Value
) -> tuple[Value, Value, Value]:
    twice = np.where(_violation(anchor, positive, negative, margin) > 0.0, 2.0, 0.0)
    return twice * (negative - positive), twice * (positive - anchor), twice * (anchor - negative)


def margin_ranking(y: Value, first: Value, second: Value, margin: Value) -> Value:
    return np.sum(np.maximum(0.0, margin - y * (first - second)), axis=0)


def margin_ranking_slope(y: Value, first: Value, second: Value, margin: Value) -> tuple[Value, Value]:
    slope = np.where(margin - y * (first - second) > 0.0, -y, 0.0)
    return slope, -slope


def _margin(label: str, remark: str) -> tuple[Setting]:
    return (Setting(name="margin", label=label, default=1.0, low=0.0, high=1e3, remark=remark, includes_low=False),)


POINT_OUTPUTS = ("linear", "tanh")
WANTS_POINTS = "must be able to move points apart in every direction"
SLOWED = {"softsign": "a softsign hardly moves what is already far out"}

GROUPS = (
    Loss(
        name="contrastive",
        label="Contrastive loss",
        formula=r"L = \frac{1}{2}\left[y\,d^2 + (1 - y) \max(0, m - d)^2\right], \quad d = \|\hat{y}_1 - \hat{y}_2\|",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}_1} = \left(y - (1 - y)\,\frac{\max(0, m - d)}{d}\right)"
        r"(\hat{y}_1 - \hat{y}_2) = -\frac{\partial L}{\partial \hat{y}_2}",
        value=contrastive,
        slope=contrastive_slope,
        outputs=POINT_OUTPUTS,
        wants=WANTS_POINTS,
        misfits=SLOWED,
        class_targets=None,
        target="pair",
        settings=_margin("Margin m", "Points that differ are pushed apart until they are this far from each other."),
        joint=True,
        members=2,
        remark="Similar points attract each other; different ones repel each other, but only within the margin.",
        source="Hadsell, Chopra and LeCun, Dimensionality reduction by learning an invariant mapping, 2006 (there "
        "y = 0 means similar).",
        aliases=("contrast", "siamese"),
    ),
    Loss(
        name="triplet",
        label="Triplet loss",
        formula=r"L = \max(0, \|\hat{y}_a - \hat{y}_p\|^2 - \|\hat{y}_a - \hat{y}_n\|^2 + \alpha)",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}_a} = 2\,(\hat{y}_n - \hat{y}_p), \quad "
        r"\frac{\partial L}{\partial \hat{y}_p} = 2\,(\hat{y}_p - \hat{y}_a), \quad "
        r"\frac{\partial L}{\partial \hat{y}_n} = 2\,(\hat{y}_a - \hat{y}_n) \text{ while } L > 0",
        value=triplet,
        slope=triplet_slope,
        outputs=POINT_OUTPUTS,
        wants=WANTS_POINTS,
        misfits=SLOWED,
        class_targets=None,
        target="triplet",
        settings=_margin("Margin α", "By how much the squared distance to the other class must be larger."),
        joint=True,
        members=3,
        remark="An anchor must lie closer to a point of its own class than to one of another class, by a margin.",
        source="Schroff, Kalenichenko and Philbin, FaceNet, 2015 (squared distances; PyTorch takes plain ones).",
        aliases=("triplet-margin", "facenet"),
    ),
    Loss(
        name="margin-ranking",
        label="Margin ranking loss",
        formula=r"L = \max(0, -y\,(s_1 - s_2) + m)",
        slope_formula=r"\frac{\partial L}{\partial s_1} = -y \text{ if } L > 0, \text{ else } 0; "
        r"\quad \frac{\partial L}{\partial s_2} = -\frac{\partial L}{\partial s_1}",
        value=margin_ranking,
        slope=margin_ranking_slope,
        outputs=POINT_OUTPUTS,
        wants="needs scores that can lie far apart, on both sides of 0",
        misfits=SLOWED,
        class_targets=None,
        target="order",
        settings=_margin("Margin m", "By how much the better one of a pair must be ahead."),
        joint=True,
        members=2,
        remark="Only the order matters: the score that should be higher must be higher by the margin.",
        source="Herbrich, Graepel and Obermayer, Large margin rank boundaries for ordinal regression, 2000.",
        aliases=("ranking", "pairwise-ranking", "ranking-hinge"),
    ),
)
