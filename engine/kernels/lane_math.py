"""exp, expm1, tanh, log, log1p, sin and cos on traced values, built from what lanes do well.

exp: Cody–Waite reduction x = k ln 2 + r, then a polynomial for e^r − 1. log: after fdlibm's e_log.c
(Sun Microsystems, 1993), the reduction to [√½, √2) and the series in s = f/(2+f). sin and cos: Cody–Waite reduction
by π/2 in three parts, then fdlibm's k_sin.c and k_cos.c. Checked against NumPy in the tests.
"""

from math import factorial
from typing import Any

import numpy as np

# A value of ``engine.kernels.tracing``; these functions are what its NumPy functions stand for.
Traced = Any

_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
# The largest x whose 2ᵏ is still finite; NumPy goes on to 709.78.
_LARGEST = 709.4
_MAGIC = 1.5 * 2.0**52
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
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
# π/2 in three parts of 33 bits: k times each of the first two is exact for |k| < 2²⁰.
_HALF_PI = (1.57079632673412561417e00, 6.07710050630396597660e-11, 2.02226624879595063154e-21)
_SIN = (
    -1.66666666666666324348e-01,
    8.33333333332248946124e-03,
    -1.98412698298579493134e-04,
    2.75573137070700676789e-06,
    -2.50507602534068634195e-08,
    1.58969099521155010221e-10,
)
_COS = (
    4.16666666666666019037e-02,
    -1.38888888888741095749e-03,
    2.48015872894767294178e-05,
    -2.75573143513906633035e-07,
    2.08757232129817482790e-09,
    -1.13596475577881948265e-11,
)


def _exactly(instruction: str, a: Traced, b: Any) -> Traced:
    """Return a + b or a − b as written: no reassociation, which would lose the digits this is done for."""
    other = b.value if hasattr(b, "value") else a.constant(b)
    return a.like(getattr(a.builder, instruction)(a.value, other))


def _clamp(x: Traced, low: float, high: float) -> Traced:
    """Return x between both bounds; comparisons with NaN are false, so NaN passes through."""
    raised = np.where(x < low, low, x)
    return np.where(raised > high, high, raised)


def _bits(x: Traced) -> Any:
    return x.builder.bitcast(x.value, x.integers)


def _two_to_the(shifted: Traced) -> Traced:
    """Return 2ᵏ, where k sits in the low bits of k + 1.5 · 2⁵²."""
    builder = shifted.builder
    biased = builder.shl(builder.add(_bits(shifted), shifted.integer(1023)), shifted.integer(52))
    return shifted.like(builder.bitcast(biased, shifted.kind))


def _exp_minus_one(x: Traced) -> tuple[Traced, Traced]:
    """Return (2ᵏ, e^r − 1) of x = k ln 2 + r."""
    shifted = _exactly("fadd", x * _LOG2_E, _MAGIC)
    k = _exactly("fsub", shifted, _MAGIC)
    # Reassociation would join both parts of ln 2 and lose the digits that the second one carries.
    r = _exactly("fsub", _exactly("fsub", x, k * _LN2_HIGH), k * _LN2_LOW)
    # Even and odd powers apart: as few operations as Horner's scheme and half the waiting, which counts in a small
    # network, where one value depends on the last.
    r2 = r * r
    even = _E2 + r2 * (_E4 + r2 * (_E6 + r2 * (_E8 + r2 * (_E10 + r2 * _E12))))
    odd = _E3 + r2 * (_E5 + r2 * (_E7 + r2 * (_E9 + r2 * _E11)))
    return _two_to_the(shifted), r + r2 * (even + r * odd)


def exp(x: Traced) -> Traced:
    """Return e^x."""
    power, rest = _exp_minus_one(_clamp(x, -708.0, _LARGEST))
    return np.where(x > _LARGEST, np.inf, np.where(x < -745.0, 0.0, power + power * rest))


def expm1(x: Traced) -> Traced:
    """Return e^x − 1, exact for small x."""
    power, rest = _exp_minus_one(_clamp(x, -40.0, _LARGEST))
    return np.where(x > _LARGEST, np.inf, power * rest + (power - 1.0))


def tanh(x: Traced) -> Traced:
    """Return tanh x = (e²ˣ − 1) / (e²ˣ − 1 + 2): exact for small x too; beyond ±20 it is ±1 to the last bit."""
    power, rest = _exp_minus_one(_clamp(2.0 * x, -40.0, 40.0))
    value = power * rest + (power - 1.0)
    return value / (value + 2.0)


def _log_of_normal(x: Traced) -> Traced:
    """Return log x for normal, positive, finite x: of x = 2ᵏ m with m in [√½, √2)."""
    builder = x.builder
    # Subtracting the bits of √½ puts the border between two exponents there.
    exponent = builder.ashr(builder.sub(_bits(x), x.integer(_SQRT_HALF_BITS)), x.integer(52))
    k = x.like(builder.sitofp(exponent, x.kind))
    mantissa = builder.sub(_bits(x), builder.shl(exponent, x.integer(52)))
    f = x.like(builder.bitcast(mantissa, x.kind)) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    t1 = w * (_L2 + w * (_L4 + w * _L6))
    t2 = z * (_L1 + w * (_L3 + w * (_L5 + w * _L7)))
    half_square = 0.5 * f * f
    return k * _LN2_HIGH - ((half_square - (s * (half_square + t2 + t1) + k * _LN2_LOW)) - f)


def log(x: Traced) -> Traced:
    """Return log x: −∞ for 0, NaN below."""
    # Subnormal numbers are lifted into the normal range first.
    tiny = x < 2.2250738585072014e-308
    value = _log_of_normal(np.where(tiny, x * 2.0**54, x)) - np.where(tiny, 54.0 * 0.6931471805599453, 0.0)
    value = np.where(x > 0.0, value, np.where(x < 0.0, np.nan, x - np.inf))
    return np.where(x < np.inf, value, x)


def log1p(x: Traced) -> Traced:
    """Return log(1+x) = log u + (x − (u − 1))/u with u = 1 + x rounded: the second part repairs the rounding."""
    u = _exactly("fadd", x, 1.0)
    repair = _exactly("fsub", x, _exactly("fsub", u, 1.0)) / u
    return log(u) + np.where(u > 0.0, np.where(u < np.inf, repair, 0.0), 0.0)


def _quadrant(x: Traced) -> tuple[Any, Traced, Traced]:
    """Return (k, sin r, cos r) of x = k π/2 + r with |r| ≤ π/4, k as integer bits."""
    shifted = _exactly("fadd", x * (2.0 / np.pi), _MAGIC)
    k = _exactly("fsub", shifted, _MAGIC)
    r = x
    for part in _HALF_PI:
        r = _exactly("fsub", r, k * part)
    # Beyond 10⁹ the reduction has no digits left; the result must still be a sine of something.
    r = _clamp(r, -0.8, 0.8)
    z = r * r
    s1, s2, s3, s4, s5, s6 = _SIN
    c1, c2, c3, c4, c5, c6 = _COS
    sine = r + r * z * (s1 + z * (s2 + z * (s3 + z * (s4 + z * (s5 + z * s6)))))
    cosine = 1.0 - 0.5 * z + z * z * (c1 + z * (c2 + z * (c3 + z * (c4 + z * (c5 + z * c6)))))
    return _bits(shifted), sine, cosine


def _turned(x: Traced, turns: int) -> Traced:
    """Return sin(x + turns · π/2)."""
    bits, sine, cosine = _quadrant(x)
    builder = x.builder
    k = builder.add(bits, x.integer(turns))
    odd = builder.icmp_signed("!=", builder.and_(k, x.integer(1)), x.integer(0))
    value = builder.select(odd, cosine.value, sine.value)
    negative = builder.icmp_signed("!=", builder.and_(k, x.integer(2)), x.integer(0))
    return x.like(builder.select(negative, builder.fneg(value), value))


def sin(x: Traced) -> Traced:
    """Return sin x."""
    return _turned(x, 0)


def cos(x: Traced) -> Traced:
    """Return cos x."""
    return _turned(x, 1)
