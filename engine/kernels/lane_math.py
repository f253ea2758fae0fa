"""exp, expm1, tanh, log and log1p on lanes, as overloads of the NumPy functions.

exp: Cody–Waite reduction x = k ln 2 + r, then a polynomial for e^r − 1. log: after fdlibm's e_log.c
(Sun Microsystems, 1993), the reduction to [√½, √2) and the series in s = f/(2+f). Checked against NumPy in the tests.
"""

from math import factorial

import numpy as np
from llvmlite import ir
from numba.extending import intrinsic, overload

from engine.kernels.compilation import device
from engine.kernels.lanes import LanesType, make_binary

# The rounding by adding a large number must happen as written: no reassociation.
_add_exactly, _subtract_exactly = make_binary("fadd", ()), make_binary("fsub", ())

_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
# The largest x whose 2ᵏ is still finite; NumPy goes on to 709.78.
_LARGEST = 709.4
_MAGIC = 1.5 * 2.0**52
_E2, _E3, _E4, _E5, _E6, _E7, _E8, _E9, _E10, _E11, _E12 = (1.0 / factorial(n) for n in range(2, 13))
_L1, _L2, _L3, _L4, _L5, _L6, _L7 = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)


def _constant(lanes: LanesType, value: int) -> ir.Constant:
    return ir.Constant(ir.VectorType(ir.IntType(64), lanes.width), [value] * lanes.width)


@intrinsic
def _two_to_the(typing_context, shifted):
    """2ᵏ, where k sits in the low bits of k + 1.5 · 2⁵²."""

    def generate(context, builder, signature, args):
        lanes = signature.return_type
        bits = builder.bitcast(args[0], ir.VectorType(ir.IntType(64), lanes.width))
        biased = builder.shl(builder.add(bits, _constant(lanes, 1023)), _constant(lanes, 52))
        return builder.bitcast(biased, lanes.vector)

    return shifted(shifted), generate


@intrinsic
def _exponent(typing_context, x):
    """The k of x = 2ᵏ m with m in [√½, √2), as float64."""

    def generate(context, builder, signature, args):
        lanes = signature.return_type
        bits = builder.bitcast(args[0], ir.VectorType(ir.IntType(64), lanes.width))
        # Subtracting the bits of √½ puts the border between two exponents there.
        moved = builder.sub(bits, _constant(lanes, 0x3FE6A09E667F3BCD))
        return builder.sitofp(builder.ashr(moved, _constant(lanes, 52)), lanes.vector)

    return x(x), generate


@intrinsic
def _mantissa(typing_context, x):
    """The m of x = 2ᵏ m with m in [√½, √2)."""

    def generate(context, builder, signature, args):
        lanes = signature.return_type
        bits = builder.bitcast(args[0], ir.VectorType(ir.IntType(64), lanes.width))
        moved = builder.sub(bits, _constant(lanes, 0x3FE6A09E667F3BCD))
        exponent = builder.shl(builder.ashr(moved, _constant(lanes, 52)), _constant(lanes, 52))
        return builder.bitcast(builder.sub(bits, exponent), lanes.vector)

    return x(x), generate


@device
def _clamp(x, low, high):
    """Return x between both bounds; comparisons with NaN are false, so NaN passes through."""
    raised = np.where(x < low, low, x)
    return np.where(raised > high, high, raised)


@device
def _exp_minus_one(x):
    """Return (2ᵏ, e^r − 1) of x = k ln 2 + r."""
    shifted = _add_exactly(x * _LOG2_E, _MAGIC)
    k = _subtract_exactly(shifted, _MAGIC)
    # Reassociation would join both parts of ln 2 and lose the digits that the second one carries.
    r = _subtract_exactly(_subtract_exactly(x, k * _LN2_HIGH), k * _LN2_LOW)
    # Even and odd powers apart: as few operations as Horner's scheme and half the waiting, which counts in a small
    # network, where one value depends on the last.
    r2 = r * r
    even = _E2 + r2 * (_E4 + r2 * (_E6 + r2 * (_E8 + r2 * (_E10 + r2 * _E12))))
    odd = _E3 + r2 * (_E5 + r2 * (_E7 + r2 * (_E9 + r2 * _E11)))
    return _two_to_the(shifted), r + r2 * (even + r * odd)


@overload(np.exp)
def _exp(x):
    if not isinstance(x, LanesType):
        return None

    def exp(x):
        bounded = _clamp(x, -708.0, _LARGEST)
        power, rest = _exp_minus_one(bounded)
        value = power + power * rest
        return np.where(x > _LARGEST, np.inf, np.where(x < -745.0, 0.0, value))

    return exp


@overload(np.expm1)
def _expm1(x):
    if not isinstance(x, LanesType):
        return None

    def expm1(x):
        bounded = _clamp(x, -40.0, _LARGEST)
        power, rest = _exp_minus_one(bounded)
        value = power * rest + (power - 1.0)
        return np.where(x > _LARGEST, np.inf, value)

    return expm1


@overload(np.tanh)
def _tanh(x):
    if not isinstance(x, LanesType):
        return None

    def tanh(x):
        # tanh x = (e²ˣ − 1) / (e²ˣ − 1 + 2): exact for small x too; beyond ±20 it is ±1 to the last bit.
        doubled = 2.0 * x
        bounded = _clamp(doubled, -40.0, 40.0)
        power, rest = _exp_minus_one(bounded)
        value = power * rest + (power - 1.0)
        return value / (value + 2.0)

    return tanh


@device
def _log_of_normal(x):
    """Return log x for normal, positive, finite x."""
    k = _exponent(x)
    f = _mantissa(x) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    t1 = w * (_L2 + w * (_L4 + w * _L6))
    t2 = z * (_L1 + w * (_L3 + w * (_L5 + w * _L7)))
    half_square = 0.5 * f * f
    return k * _LN2_HIGH - ((half_square - (s * (half_square + t2 + t1) + k * _LN2_LOW)) - f)


@overload(np.log)
def _log(x):
    if not isinstance(x, LanesType):
        return None

    def log(x):
        # Subnormal numbers are lifted into the normal range first.
        tiny = x < 2.2250738585072014e-308
        value = _log_of_normal(np.where(tiny, x * 2.0**54, x)) - np.where(tiny, 54.0 * 0.6931471805599453, 0.0)
        value = np.where(x > 0.0, value, np.where(x < 0.0, np.nan, x - np.inf))
        return np.where(x < np.inf, value, x)

    return log


@overload(np.log1p)
def _log1p(x):
    if not isinstance(x, LanesType):
        return None

    def log1p(x):
        # log(1+x) = log u + (x − (u − 1))/u with u = 1 + x rounded: the second part repairs the rounding.
        u = _add_exactly(x, 1.0)
        repair = _subtract_exactly(x, _subtract_exactly(u, 1.0)) / u
        return np.log(u) + np.where(u > 0.0, np.where(u < np.inf, repair, 0.0), 0.0)

    return log1p
