"""The kin of ReLU: about z for positive z, about flat for negative z, and what they do there."""

import numpy as np

from engine.activations.activation import Activation, Value
from engine.settings import Setting

# Both follow from two equations: normalized inputs keep mean 0 and variance 1 (Klambauer et al., 2017, eq. 14).
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805
GELU_SCALE, GELU_CUBE = 0.7978845608028654, 0.044715  # √(2/π)


def leaky_relu(z: Value, alpha: Value) -> Value:
    return np.where(z > 0.0, z, alpha * z)


def leaky_relu_slope(z: Value, a: Value, alpha: Value) -> Value:
    return np.where(z > 0.0, 1.0, alpha)


def elu(z: Value, alpha: Value) -> Value:
    # Without the minimum, the half that is not taken would overflow for large z.
    return np.where(z > 0.0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def elu_slope(z: Value, a: Value, alpha: Value) -> Value:
    return np.where(z > 0.0, 1.0, a + alpha)


def softplus(z: Value) -> Value:
    # log(1 + eᶻ) with the large part of the sum taken out of the logarithm.
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def softplus_slope(z: Value, a: Value) -> Value:
    # sigmoid(z) = 1 − e⁻ᵃ, which cannot overflow since a > 0.
    return -np.expm1(-a)


def _stable_sigmoid(z: Value) -> Value:
    # Where z multiplies it, it must neither overflow nor lose the digits of a small value.
    small = np.exp(-np.abs(z))
    return np.where(z > 0.0, 1.0, small) / (1.0 + small)


def _gelu_gate(z: Value) -> Value:
    # (1 + tanh u)/2, as the sigmoid of 2u: with tanh all digits would be lost where it is close to −1.
    return _stable_sigmoid(2.0 * GELU_SCALE * (z + GELU_CUBE * z * z * z))


def gelu(z: Value) -> Value:
    return z * _gelu_gate(z)


def gelu_slope(z: Value, a: Value) -> Value:
    gate = _gelu_gate(z)
    return gate + 2.0 * a * (1.0 - gate) * GELU_SCALE * (1.0 + 3.0 * GELU_CUBE * z * z)


def silu(z: Value) -> Value:
    return z * _stable_sigmoid(z)


def silu_slope(z: Value, a: Value) -> Value:
    s = _stable_sigmoid(z)
    return s + a * (1.0 - s)


def selu(z: Value) -> Value:
    return SELU_SCALE * elu(z, SELU_ALPHA)


def selu_slope(z: Value, a: Value) -> Value:
    return np.where(z > 0.0, SELU_SCALE, a + SELU_SCALE * SELU_ALPHA)


RECTIFIERS = (
    Activation(
        name="leaky-relu",
        label="Leaky ReLU",
        formula=r"a = z \text{ if } z > 0, \text{ else } \alpha z",
        slope_formula=r"f'(z) = 1 \text{ if } z > 0, \text{ else } \alpha",
        value=leaky_relu,
        slope=leaky_relu_slope,
        low=-np.inf,
        high=np.inf,
        class_targets=(0.0, 1.0),
        gives="a leaky ReLU gives any number, shrunk below 0",
        remark="A little slope for negative z, so no unit ever dies.",
        source="Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models, 2013.",
        aliases=("leakyrelu", "lrelu", "leaky"),
        settings=(
            Setting(
                name="alpha",
                label="α",
                default=0.01,
                low=0.0,
                high=1.0,
                remark="The slope for negative z: 0 makes it ReLU, 1 makes it linear.",
            ),
        ),
    ),
    Activation(
        name="elu",
        label="ELU",
        formula=r"a = z \text{ if } z > 0, \text{ else } \alpha\,(e^{z} - 1)",
        slope_formula=r"f'(z) = 1 \text{ if } z > 0, \text{ else } a + \alpha",
        value=elu,
        slope=elu_slope,
        low=-1.0,
        high=np.inf,
        class_targets=(0.0, 1.0),
        gives="an ELU gives any number above −α",
        remark="Its negative outputs bring a layer's mean close to zero, and with α = 1 it has no kink.",
        source="Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by ELUs, 2016.",
        aliases=("exponential-linear-unit", "exponential-linear"),
        settings=(
            Setting(
                name="alpha",
                label="α",
                default=1.0,
                low=0.0,
                high=10.0,
                remark="How far below zero it goes: for very negative z the output is −α.",
            ),
        ),
    ),
    Activation(
        name="softplus",
        label="Softplus",
        formula=r"a = \log(1 + e^{z})",
        slope_formula=r"f'(z) = \frac{1}{1 + e^{-z}} = 1 - e^{-a}",
        value=softplus,
        slope=softplus_slope,
        low=0.0,
        high=np.inf,
        class_targets=(0.0, 1.0),
        gives="a softplus gives any number above 0",
        remark="A smooth ReLU: its slope is the sigmoid and never quite zero, so no unit dies.",
        source="Dugas et al., Incorporating second-order functional knowledge for better option pricing, 2001.",
        aliases=("soft-plus", "smooth-relu"),
    ),
    Activation(
        name="gelu",
        label="GELU",
        formula=r"a = \frac{z}{2}\left(1 + \tanh\left(\sqrt{\frac{2}{\pi}}\,(z + 0.044715\,z^3)\right)\right)",
        slope_formula=r"f'(z) = \frac{1 + t}{2} + \frac{z}{2}\,(1 - t^2)\,\sqrt{\frac{2}{\pi}}"
        r"\,(1 + 0.134145\,z^2), \quad t = \tanh\left(\sqrt{\frac{2}{\pi}}\,(z + 0.044715\,z^3)\right)",
        value=gelu,
        slope=gelu_slope,
        low=-0.1701,
        high=np.inf,
        class_targets=(0.0, 1.0),
        gives="a GELU gives any number above −0.18",
        remark="It weighs z by the chance that a standard normal number is smaller; transformers are built with it.",
        source="Hendrycks and Gimpel, Gaussian error linear units, 2016: the tanh form, within 0.0005 of z·Φ(z); "
        "PyTorch and Keras use the exact Φ unless told otherwise.",
        aliases=("gaussian-error-linear-unit", "gelu-tanh"),
    ),
    Activation(
        name="silu",
        label="SiLU",
        formula=r"a = \frac{z}{1 + e^{-z}}",
        slope_formula=r"f'(z) = s + a\,(1 - s), \quad s = \frac{1}{1 + e^{-z}}",
        value=silu,
        slope=silu_slope,
        low=-0.2785,
        high=np.inf,
        class_targets=(0.0, 1.0),
        gives="a SiLU gives any number above −0.28",
        remark="z times its own sigmoid: like ReLU from afar, but smooth and with a small dip below zero.",
        source="Elfwing, Uchibe and Doya, 2018; found again by search as Swish: Ramachandran, Zoph and Le, 2017.",
        aliases=("swish", "sigmoid-linear-unit"),
    ),
    Activation(
        name="selu",
        label="SELU",
        formula=r"a = 1.0507\,z \text{ if } z > 0, \text{ else } 1.7581\,(e^{z} - 1)",
        slope_formula=r"f'(z) = 1.0507 \text{ if } z > 0, \text{ else } a + 1.7581",
        value=selu,
        slope=selu_slope,
        low=-SELU_SCALE * SELU_ALPHA,
        high=np.inf,
        class_targets=(0.0, 1.0),
        gives="a SELU gives any number above −1.76",
        remark="With LeCun-normal weights its two constants keep every layer at mean 0 and variance 1.",
        source="Klambauer, Unterthiner, Mayr and Hochreiter, Self-normalizing neural networks, 2017.",
        aliases=("scaled-elu", "scaled-exponential-linear-unit"),
    ),
)
