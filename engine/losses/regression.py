"""Losses for values: how far the prediction is from the target."""

import numpy as np

from engine.activations import ACTIVATIONS, Value
from engine.losses.loss import Loss
from engine.settings import Setting

# Every activation makes values that can be compared, a joint one only shares of a whole: those of the classes.
VALUE_OUTPUTS = tuple(entry.name for entry in ACTIVATIONS if not entry.joint)
SQUARE_OUTPUTS = (*VALUE_OUTPUTS, "softmax")
WANTS_VALUES = "compares each output with a value of its own"


def squared_error(y: Value, p: Value) -> Value:
    return (p - y) * (p - y)


def squared_error_slope(y: Value, p: Value) -> Value:
    return 2.0 * (p - y)


def half_squared_error(y: Value, p: Value) -> Value:
    return 0.5 * squared_error(y, p)


def half_squared_error_slope(y: Value, p: Value) -> Value:
    return p - y


def absolute_error(y: Value, p: Value) -> Value:
    return np.abs(p - y)


def absolute_error_slope(y: Value, p: Value) -> Value:
    return np.sign(p - y)


def huber(y: Value, p: Value, delta: Value) -> Value:
    # With the slope c this is c (e − c/2): ½e² inside, where c = e, and δ|e| − ½δ² outside, where c = ±δ.
    clipped = huber_slope(y, p, delta)
    return clipped * (p - y - 0.5 * clipped)


def huber_slope(y: Value, p: Value, delta: Value) -> Value:
    return np.maximum(-delta, np.minimum(delta, p - y))


def log_cosh(y: Value, p: Value) -> Value:
    # cosh e = e^|e| (1 + e^(−2|e|)) / 2: nothing overflows, and with expm1 small errors keep their digits.
    size = np.abs(p - y)
    return size + np.log1p(0.5 * np.expm1(-2.0 * size))


def log_cosh_slope(y: Value, p: Value) -> Value:
    return np.tanh(p - y)


MEAN_SQUARED_ERROR = Loss(
    name="mse",
    label="Mean squared error",
    formula=r"L = (y - \hat{y})^2",
    slope_formula=r"\frac{\partial L}{\partial \hat{y}} = 2\,(\hat{y} - y)",
    value=squared_error,
    slope=squared_error_slope,
    outputs=SQUARE_OUTPUTS,
    wants=WANTS_VALUES,
    class_targets=None,
    remark="Large errors count most: twice the error costs four times as much.",
    source="Legendre, 1805; Gauss, 1809: least squares.",
    aliases=("mean-squared-error", "squared-error", "l2", "least-squares", "quadratic"),
)

REGRESSION = (
    Loss(
        name="half-squared-error",
        label="Half squared error",
        formula=r"L = \frac{1}{2}\,(y - \hat{y})^2",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}} = \hat{y} - y",
        value=half_squared_error,
        slope=half_squared_error_slope,
        outputs=SQUARE_OUTPUTS,
        wants=WANTS_VALUES,
        class_targets=None,
        remark="The ½ cancels the 2 of the slope, so the slope is just the error ŷ − y: handy for working by hand.",
        source="Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, 1986, eq. 3.",
        aliases=("half-mse", "half-square", "hse"),
    ),
    Loss(
        name="mae",
        label="Mean absolute error",
        formula=r"L = |y - \hat{y}|",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}} = 1 \text{ if } \hat{y} > y, \ -1 \text{ if } "
        r"\hat{y} < y, \ 0 \text{ if equal}",
        value=absolute_error,
        slope=absolute_error_slope,
        outputs=VALUE_OUTPUTS,
        wants=WANTS_VALUES,
        class_targets=None,
        remark="Every error pulls equally hard, so it finds the median and a few wild points do no harm.",
        source="Boscovich, 1757; Laplace, 1774: least absolute deviations. The slope at 0 is taken to be 0.",
        aliases=("mean-absolute-error", "absolute-error", "l1", "least-absolute-deviations"),
    ),
    Loss(
        name="huber",
        label="Huber loss",
        formula=r"L = \frac{1}{2} e^2 \text{ if } |e| \le \delta, \text{ else } \delta |e| - \frac{1}{2} \delta^2, "
        r"\quad e = \hat{y} - y",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}} = \max(-\delta, \min(\delta, \hat{y} - y))",
        value=huber,
        slope=huber_slope,
        outputs=VALUE_OUTPUTS,
        wants=WANTS_VALUES,
        class_targets=None,
        remark="Squared for small errors, absolute for large ones: smooth at the target and calm about wild points.",
        source="Huber, Robust estimation of a location parameter, 1964.",
        settings=(
            Setting(
                name="delta",
                label="δ",
                default=1.0,
                low=0.0,
                high=1e6,
                includes_low=False,
                remark="From this error on the loss grows in a straight line, and the slope stays at ±δ.",
            ),
        ),
        aliases=("smooth-l1", "smooth-mae"),
    ),
    Loss(
        name="log-cosh",
        label="Log-cosh",
        formula=r"L = \log \cosh(\hat{y} - y)",
        slope_formula=r"\frac{\partial L}{\partial \hat{y}} = \tanh(\hat{y} - y)",
        value=log_cosh,
        slope=log_cosh_slope,
        outputs=VALUE_OUTPUTS,
        wants=WANTS_VALUES,
        class_targets=None,
        remark="Like Huber but smooth everywhere: its slope is the tanh of the error.",
        source="Green, Bayesian reconstructions from emission tomography data, 1990: log cosh as a robust penalty.",
        aliases=("logcosh", "log-hyperbolic-cosine"),
    ),
)
