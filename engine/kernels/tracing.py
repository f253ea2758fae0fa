"""From a formula in plain NumPy to LLVM code: the formula is called with values that write down what is done to them.

A formula such as ``1.0 / (1.0 + np.exp(-z))`` works on arrays. Called with a ``Traced`` z it works as well, and every
operation appends an instruction to the kernel being compiled. So each formula is written once, and a new one costs
the compiler next to nothing. As no value is known yet, a formula must not branch on one: ``np.where`` chooses.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils

from engine.kernels import lane_math
from engine.kernels.lanes import FAST, splatted

DOUBLE, COUNT = ir.DoubleType(), ir.IntType(64)


class Traced:
    """A number, or a vector of lanes, of which only the place in the code is known.

    Attributes:
        builder: writes the code.
        value: the LLVM value.
        width: how many lanes; 0 for a number.
    """

    def __init__(self, builder: Any, value: Any, width: int = 0) -> None:
        self.builder, self.value, self.width = builder, value, width

    @property
    def kind(self) -> Any:
        """The LLVM type."""
        return self.value.type

    def like(self, value: Any) -> "Traced":
        """Return ``value``, of the same type, as a traced value."""
        return Traced(self.builder, value, self.width)

    def constant(self, number: float) -> Any:
        """Return ``number`` in every lane."""
        single = ir.Constant(DOUBLE, float(number))
        return ir.Constant(self.kind, [single] * self.width) if self.width else single

    def integer(self, number: int) -> Any:
        """Return the integer ``number`` in every lane."""
        single = ir.Constant(COUNT, number)
        return ir.Constant(self.integers, [single] * self.width) if self.width else single

    @property
    def integers(self) -> Any:
        """The LLVM type of as many 64-bit integers."""
        return ir.VectorType(COUNT, self.width) if self.width else COUNT

    def call(self, name: str, *others: "Traced", flags: tuple[str, ...] = FAST) -> "Traced":
        """Call the LLVM function ``name`` on this value and ``others``, all of the same type."""
        suffix = f"v{self.width}f64" if self.width else "f64"
        kind = ir.FunctionType(self.kind, [self.kind] * (1 + len(others)))
        function = cgutils.get_or_insert_function(self.builder.module, kind, f"{name}.{suffix}")
        return self.like(self.builder.call(function, [self.value, *(o.value for o in others)], fastmath=flags))

    # ---- arithmetic ----------------------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Any:
        return arithmetic("fadd", self, other)

    def __radd__(self, other: Any) -> Any:
        return arithmetic("fadd", other, self)

    def __sub__(self, other: Any) -> Any:
        return arithmetic("fsub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return arithmetic("fsub", other, self)

    def __mul__(self, other: Any) -> Any:
        return arithmetic("fmul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return arithmetic("fmul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return arithmetic("fdiv", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return arithmetic("fdiv", other, self)

    def __neg__(self) -> "Traced":
        return self.like(self.builder.fneg(self.value, flags=FAST))

    def __pow__(self, other: Any) -> Any:
        if isinstance(other, int) and 0 < other <= 4:
            product = self
            for _ in range(other - 1):
                product = product * self
            return product
        base, exponent = _same(self, other)
        return base.call("llvm.pow", exponent)

    def __rpow__(self, other: Any) -> Any:
        base, exponent = _same(other, self)
        return base.call("llvm.pow", exponent)

    def __gt__(self, other: Any) -> Any:
        return _compare(">", self, other)

    def __ge__(self, other: Any) -> Any:
        return _compare(">=", self, other)

    def __lt__(self, other: Any) -> Any:
        return _compare("<", self, other)

    def __le__(self, other: Any) -> Any:
        return _compare("<=", self, other)

    def __eq__(self, other: object) -> Any:
        return _compare("==", self, other)

    def __ne__(self, other: object) -> Any:
        return _compare("!=", self, other)

    __hash__ = None  # type: ignore[assignment]

    # ---- NumPy's functions ---------------------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__" or options or ufunc not in UFUNCS:
            return NotImplemented
        if any(hasattr(value, "at_row") for value in inputs):  # rows know how to go through their outputs
            return NotImplemented
        return UFUNCS[ufunc](*inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        if function is np.where and not any(hasattr(value, "at_row") for value in args):
            return choose(*args)
        return NotImplemented


class Mask:
    """Truth values, one a lane."""

    def __init__(self, builder: Any, value: Any, width: int) -> None:
        self.builder, self.value, self.width = builder, value, width

    def __and__(self, other: "Mask") -> "Mask":
        return Mask(self.builder, self.builder.and_(self.value, other.value), self.width)

    def __or__(self, other: "Mask") -> "Mask":
        return Mask(self.builder, self.builder.or_(self.value, other.value), self.width)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        if function is np.where and not any(hasattr(value, "at_row") for value in args):
            return choose(*args)
        return NotImplemented


class TracedBits:
    """Unsigned integers of 32 bits, one a lane; what is beyond 32 bits is lost."""

    def __init__(self, builder: Any, value: Any, width: int) -> None:
        self.builder, self.value, self.width = builder, value, width

    def _with(self, instruction: str, other: Any) -> "TracedBits":
        if isinstance(other, TracedBits):
            value = other.value
        else:
            value = ir.Constant(self.value.type, [int(other) & 0xFFFFFFFF] * self.width)
        return TracedBits(self.builder, getattr(self.builder, instruction)(self.value, value), self.width)

    def __add__(self, other: Any) -> "TracedBits":
        return self._with("add", other)

    def __mul__(self, other: Any) -> "TracedBits":
        return self._with("mul", other)

    def __xor__(self, other: Any) -> "TracedBits":
        return self._with("xor", other)

    def __and__(self, other: Any) -> "TracedBits":
        return self._with("and_", other)

    def __rshift__(self, other: Any) -> "TracedBits":
        return self._with("lshr", other)


def _same(*values: Any) -> tuple[Traced, ...]:
    """Return numbers, traced numbers and lanes as traced values of one type: the widest."""
    widest = max((v for v in values if isinstance(v, Traced)), key=lambda v: v.width)
    builder, width = widest.builder, widest.width
    result = []
    for value in values:
        if not isinstance(value, Traced):
            result.append(Traced(builder, widest.constant(value), width))
        elif value.width != width:
            result.append(Traced(builder, splatted(builder, value.value, width), width))
        else:
            result.append(value)
    return tuple(result)


def _foreign(*values: Any) -> bool:
    """Return whether a value is none of ours, so that its own class must say what becomes of it."""
    return any(not isinstance(value, Traced | int | float | np.floating | np.integer) for value in values)


def arithmetic(instruction: str, a: Any, b: Any, flags: tuple[str, ...] = FAST) -> Any:
    """Return ``instruction`` of two values."""
    if _foreign(a, b):
        return NotImplemented
    x, y = _same(a, b)
    return x.like(getattr(x.builder, instruction)(x.value, y.value, flags=flags))


def _compare(predicate: str, a: Any, b: Any) -> Any:
    if _foreign(a, b):
        return NotImplemented
    x, y = _same(a, b)
    # As in IEEE arithmetic, NaN differs from everything and no other comparison with it holds.
    compare = x.builder.fcmp_unordered if predicate == "!=" else x.builder.fcmp_ordered
    return Mask(x.builder, compare(predicate, x.value, y.value), x.width)


def choose(mask: Mask, a: Any, b: Any) -> Traced:
    """Return ``np.where(mask, a, b)``."""
    bare = ir.Constant(ir.VectorType(DOUBLE, mask.width) if mask.width else DOUBLE, ir.Undefined)
    _, x, y = _same(Traced(mask.builder, bare, mask.width), a, b)
    return x.like(mask.builder.select(mask.value, x.value, y.value))


def _two(name: str, flags: tuple[str, ...] = ()) -> Callable[[Any, Any], Traced]:
    def apply(a: Any, b: Any) -> Traced:
        x, y = _same(a, b)
        return x.call(name, y, flags=flags)

    return apply


def _sign(x: Traced) -> Traced:
    return choose(x > 0.0, 1.0, choose(x < 0.0, -1.0, x))


UFUNCS: dict[Any, Callable[..., Any]] = {
    np.add: lambda a, b: arithmetic("fadd", a, b),
    np.subtract: lambda a, b: arithmetic("fsub", a, b),
    np.multiply: lambda a, b: arithmetic("fmul", a, b),
    np.divide: lambda a, b: arithmetic("fdiv", a, b),
    np.power: lambda a, b: _same(a, b)[0] ** _same(a, b)[1],
    np.negative: lambda a: -a,
    np.greater: lambda a, b: _compare(">", a, b),
    np.greater_equal: lambda a, b: _compare(">=", a, b),
    np.less: lambda a, b: _compare("<", a, b),
    np.less_equal: lambda a, b: _compare("<=", a, b),
    np.equal: lambda a, b: _compare("==", a, b),
    np.not_equal: lambda a, b: _compare("!=", a, b),
    np.square: lambda a: a * a,
    np.sign: _sign,
    # llvm.maximum, not maxnum: like NumPy it passes NaN on.
    np.maximum: _two("llvm.maximum"),
    np.minimum: _two("llvm.minimum"),
    np.abs: lambda a: a.call("llvm.fabs"),
    np.sqrt: lambda a: a.call("llvm.sqrt"),
    np.floor: lambda a: a.call("llvm.floor", flags=()),
    np.exp: lane_math.exp,
    np.expm1: lane_math.expm1,
    np.tanh: lane_math.tanh,
    np.log: lane_math.log,
    np.log1p: lane_math.log1p,
    np.sin: lane_math.sin,
    np.cos: lane_math.cos,
}
# Worth computing once only, where their results are needed more than once.
COSTLY = frozenset({np.exp, np.expm1, np.tanh, np.log, np.log1p, np.sin, np.cos, np.sqrt, np.divide, np.power})
