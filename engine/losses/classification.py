"""Losses for classes: cross-entropies of probabilities, hinges of scores.

The cross-entropies have a *partner*, the output activation whose z they are computed from: that stays exact where a
probability rounds to 0 or 1, and its slope at z is as simple as ŷ − y.
"""

import numpy as np

from engine.activations import Value
from engine.activations.bounded import log_softmax
from engine.losses.loss import Loss, output_numbers


def binary_cross_entropy(y: Value, p: Value) -> Value:
    return -(y * np.log(p) + (1.0 - y) * np.log(1.0 - p))


def binary_cross_entropy_slope(y: Value, p: Value) -> Value:
    return (p - y) / (p * (1.0 - p))


def binary_cross_entropy_from_logit(y: Value, z: Value) -> Value:
    return np.maximum(z, 0.0) - y * z + np.log1p(np.exp(-np.abs(z)))


def binary_cross_entropy_delta(y: Value, p: Value) -> Value:
    return p - y


def _where_wanted(y: Value, x: Value) -> Value:
    # A class of share 0 costs nothing, however small its probability: 0 · log 1 instead of 0 · log 0.
    return np.where(y > 0.0, x, 1.0)


def categorical_cross_entropy(y: Value, p: Value) -> Value:
    return -np.sum(y * np.log(_where_wanted(y, p)), axis=0)


def categorical_cross_entropy_slope(y: Value, p: Value) -> Value:
    return -y / _where_wanted(y, p)


def categorical_cross_entropy_from_logits(y: Value, z: Value) -> Value:
    return -np.sum(y * log_softmax(z), axis=0)


def categorical_cross_entropy_delta(y: Value, p: Value) -> Value:
    return p * np.sum(y, axis=0) - y


def one_hot(y: Value, p: Value) -> Value:
    """Return 1 for the output whose number is y, 0 for the others, of the shape of p."""
    return np.where(np.abs(output_numbers(p) - y) < 0.5, 1.0, 0.0)


def sparse_cross_entropy(y: Value, p: Value) -> Value:
    return categorical_cross_entropy(one_hot(y, p), p)


def sparse_cross_entropy_slope(y: Value, p: Value) -> Value:
    return categorical_cross_entropy_slope(one_hot(y, p), p)


def sparse_cross_entropy_from_logits(y: Value, z: Value) -> Value:
    return categorical_cross_entropy_from_logits(one_hot(y, z), z)


def sparse_cross_entropy_delta(y: Value, p: Value) -> Value:
    return p - one_hot(y, p)


def _negative_entropy(y: Value) -> Value:
    return np.sum(y * np.log(_where_wanted(y, y)), axis=0)


def kl_divergence(y: Value, p: Value) -> Value:
    return categorical_cross_entropy(y, p) + _negative_entropy(y)


def kl_divergence_from_logits(y: Value, z: Value) -> Value:
    return categorical_cross_entropy_from_logits(y, z) + _negative_entropy(y)


def hinge(y: Value, p: Value) -> Value:
    return np.maximum(0.0, 1.0 - y * p)


def hinge_slope(y: Value, p: Value) -> Value:
    return np.where(y * p < 1.0, -y, 0.0)


def squared_hinge(y: Value, p: Value) -> Value:
    return hinge(y, p) * hinge(y, p)


def squared_hinge_slope(y: Value, p: Value) -> Value:
    return -2.0 * y * hinge(y, p)


def _lead(y: Value, p: Value) -> Value:
    # By how much each output comes too close to the one of the right class.
    return 1.0 + p - np.sum(y * p, axis=0)


def multi_class_hinge(y: Value, p: Value) -> Value:
    return np.sum((1.0 - y) * np.maximum(0.0, _lead(y, p)), axis=0)


def multi_class_hinge_slope(y: Value, p: Value) -> Value:
    active = np.where(_lead(y, p) > 0.0, 1.0 - y, 0.0)
    return active - y * np.sum(active, axis=0)


WANTS_PROBABILITIES = "needs probabilities that add up to 1 over the classes"
WANTS_SCORE = "wants a score of any size and either sign"
NOT_SHARED = {
    "sigmoid": "sigmoids rate every class on its own, so theirs need not add up to 1",
    "hard-sigmoid": "hard sigmoids rate every class on its own, so theirs need not add up to 1",
    "linear": "linear outputs are scores of any size, not yet probabilities",
}
CROSS_ENTROPY_FORMULA = r"L = -\sum_j y_j \log \hat{y}_j"
CROSS_ENTROPY_SLOPE = r"\frac{\partial L}{\partial \hat{y}_j} = -\frac{y_j}{\hat{y}_j}"

BINARY_CROSS_ENTROPY = Loss(
    name="binary-cross-entropy",
    label="Binary cross-entropy",
    formula=r"L = -\left[y \log \hat{y} + (1 - y) \log(1 - \hat{y})\right]",
    slope_formula=r"\frac{\partial L}{\partial \hat{y}} = \frac{\hat{y} - y}{\hat{y}\,(1 - \hat{y})}",
    value=binary_cross_entropy,
    slope=binary_cross_entropy_slope,
    outputs=("sigmoid",),
    wants="takes the logarithm of a probability between 0 and 1",
    misfits={
        "hard-sigmoid": "a hard sigmoid reaches 0 and 1, where a logarithm is infinite",
        "softmax": "a softmax over a single output is always 1",
    },
    class_targets=(0.0, 1.0),
    partner="sigmoid",
    logit_value=binary_cross_entropy_from_logit,
    logit_delta=binary_cross_entropy_delta,
    remark="With a sigmoid output the slope at z is simply ŷ − y, so a confident mistake is corrected fast.",
    source="Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2.",
    aliases=("bce", "cross-entropy", "log-loss", "logistic-loss"),
)

CLASSIFICATION = (
    Loss(
        name="categorical-cross-entropy",
        label="Categorical cross-entropy",
        formula=CROSS_ENTROPY_FORMULA,
        slope_formula=CROSS_ENTROPY_SLOPE,
        value=categorical_cross_entropy,
        slope=categorical_cross_entropy_slope,
        outputs=("softmax",),
        wants=WANTS_PROBABILITIES,
        misfits=NOT_SHARED,
        class_targets=None,
        joint=True,
        partner="softmax",
        logit_value=categorical_cross_entropy_from_logits,
        logit_delta=categorical_cross_entropy_delta,
        remark="Only the probability of the right class counts: the smaller it is, the higher the price.",
        source="Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4.",
        aliases=("cce", "softmax-loss", "multi-class-cross-entropy"),
    ),
    Loss(
        name="sparse-categorical-cross-entropy",
        label="Sparse categorical cross-entropy",
        formula=r"L = -\log \hat{y}_{y}",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}_j} = -\frac{1}{\hat{y}_j} \text{ if } j = y, "
        r"\text{ else } 0",
        value=sparse_cross_entropy,
        slope=sparse_cross_entropy_slope,
        outputs=("softmax",),
        wants=WANTS_PROBABILITIES,
        misfits=NOT_SHARED,
        class_targets=None,
        target="index",
        joint=True,
        partner="softmax",
        logit_value=sparse_cross_entropy_from_logits,
        logit_delta=sparse_cross_entropy_delta,
        remark="The same as categorical cross-entropy; the target is the number of the class, not a row of 0s and a 1.",
        source="Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4; the name is from Keras, 2015.",
        aliases=("scce", "sparse-cross-entropy", "nll", "negative-log-likelihood"),
    ),
    Loss(
        name="kl-divergence",
        label="KL divergence",
        formula=r"L = \sum_j y_j \log \frac{y_j}{\hat{y}_j}",
        slope_formula=CROSS_ENTROPY_SLOPE,
        value=kl_divergence,
        slope=categorical_cross_entropy_slope,  # the entropy of y does not depend on ŷ
        outputs=("softmax",),
        wants=WANTS_PROBABILITIES,
        misfits=NOT_SHARED,
        class_targets=None,
        joint=True,
        partner="softmax",
        logit_value=kl_divergence_from_logits,
        logit_delta=categorical_cross_entropy_delta,
        remark="How far one distribution is from another: 0 only where the predicted shares are the wanted ones.",
        source="Kullback and Leibler, On information and sufficiency, 1951.",
        aliases=("kl", "kld", "kl-div", "kullback-leibler", "kullback-leibler-divergence", "relative-entropy"),
    ),
    Loss(
        name="hinge",
        label="Hinge loss",
        formula=r"L = \max(0, 1 - y \hat{y})",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}} = -y \text{ if } y \hat{y} < 1, \text{ else } 0",
        value=hinge,
        slope=hinge_slope,
        outputs=("linear",),
        wants=WANTS_SCORE,
        class_targets=(-1.0, 1.0),
        remark="Right is not enough: the score must be right by a margin of 1, and beyond it nothing is left to learn.",
        source="Cortes and Vapnik, Support-vector networks, 1995.",
        aliases=("svm", "max-margin"),
    ),
    Loss(
        name="squared-hinge",
        label="Squared hinge loss",
        formula=r"L = \max(0, 1 - y \hat{y})^2",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}} = -2\,y \max(0, 1 - y \hat{y})",
        value=squared_hinge,
        slope=squared_hinge_slope,
        outputs=("linear",),
        wants=WANTS_SCORE,
        class_targets=(-1.0, 1.0),
        remark="The hinge without its corner: points far on the wrong side pull hardest.",
        source="Cortes and Vapnik, Support-vector networks, 1995 (the error to the power 2); Tang, 2013, for networks.",
        aliases=("l2-svm",),
    ),
    Loss(
        name="multi-class-hinge",
        label="Multi-class hinge loss",
        formula=r"L = \sum_{j, y_j = 0} \max(0, 1 + \hat{y}_j - \hat{y}_c), \quad y_c = 1",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}_j} = 1 \text{ if } 1 + \hat{y}_j > \hat{y}_c, "
        r"\text{ else } 0; \quad \frac{\partial L}{\partial \hat{y}_c} = \text{minus their sum}",
        value=multi_class_hinge,
        slope=multi_class_hinge_slope,
        outputs=("linear",),
        wants="compares the scores of the classes, of any size and either sign",
        class_targets=None,
        joint=True,
        remark="The right class must lead every other one by 1; each class that comes too close costs something.",
        source="Weston and Watkins, Support vector machines for multi-class pattern recognition, 1999 (margin 2 there; "
        "PyTorch divides by the number of classes, Keras takes only the closest one).",
        aliases=("multiclass-hinge", "weston-watkins", "categorical-hinge", "multi-margin"),
    ),
    Loss(
        name="pixel-cross-entropy",
        label="Pixel-wise cross-entropy",
        formula=CROSS_ENTROPY_FORMULA,
        slope_formula=CROSS_ENTROPY_SLOPE,
        value=categorical_cross_entropy,
        slope=categorical_cross_entropy_slope,
        outputs=("softmax",),
        wants="needs for every pixel probabilities that add up to 1 over the classes",
        misfits=NOT_SHARED,
        class_targets=None,
        joint=True,
        partner="softmax",
        logit_value=categorical_cross_entropy_from_logits,
        logit_delta=categorical_cross_entropy_delta,
        remark="Categorical cross-entropy with every pixel as one sample: the mean runs over the pixels of the image.",
        source="Long, Shelhamer and Darrell, Fully convolutional networks for semantic segmentation, 2015.",
        aliases=("pixel-wise", "pixelwise-cross-entropy", "segmentation"),
    ),
)
