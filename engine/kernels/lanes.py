"""A SIMD value for Numba: several float64 lanes that behave like one number.

Inside a compiled function a lane value takes + − * / with lanes and numbers. What formulas need besides is written by
``tracing.py``.
"""

import operator
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, overload, register_model

# Reassociate and contract freely, but keep NaN and infinity meaningful: divergence must be noticed.
FAST = ("nsz", "arcp", "contract", "afn", "reassoc")


class LanesType(types.Type):
    """The Numba type of ``width`` float64 lanes."""

    def __init__(self, width: int) -> None:
        self.width = width
        super().__init__(name=f"f64x{width}")

    @property
    def vector(self) -> ir.VectorType:
        """The LLVM type."""
        return ir.VectorType(ir.DoubleType(), self.width)


@register_model(LanesType)
class LanesModel(models.PrimitiveModel):
    """A lane value is one LLVM vector."""

    def __init__(self, manager: Any, lanes: LanesType) -> None:
        super().__init__(manager, lanes, lanes.vector)


def splatted(builder: Any, scalar: Any, width: int) -> Any:
    """Return LLVM code for ``scalar`` in every lane."""
    undefined = ir.Constant(ir.VectorType(ir.DoubleType(), width), ir.Undefined)
    first = builder.insert_element(undefined, scalar, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, undefined, ir.Constant(ir.VectorType(ir.IntType(32), width), [0] * width))


def as_vector(context: Any, builder: Any, value: Any, kind: types.Type, width: int) -> Any:
    """Return LLVM code for ``value``, a lane value or a number, as a vector."""
    if isinstance(kind, LanesType):
        return value
    return splatted(builder, context.cast(builder, value, kind, types.float64), width)


def _is_number(kind: types.Type) -> bool:
    return isinstance(kind, types.Float | types.Integer)


def common(*kinds: types.Type) -> LanesType | None:
    """Return the lane type among ``kinds`` if the others are numbers or the same, else None."""
    lanes = next((kind for kind in kinds if isinstance(kind, LanesType)), None)
    fitting = lanes is not None and all(kind == lanes or _is_number(kind) for kind in kinds)
    return lanes if fitting else None


def make_load(width: int) -> Any:
    """Return ``load(array, index)``: ``width`` numbers of a flat array from ``index``."""
    lanes = LanesType(width)

    @intrinsic
    def load(typing_context, array, index):
        def generate(context, builder, signature, args):
            data = context.make_array(signature.args[0])(context, builder, args[0]).data
            place = builder.gep(data, [args[1]])
            return builder.load(builder.bitcast(place, lanes.vector.as_pointer()), align=8)

        return lanes(array, types.intp), generate

    return load


def make_store(width: int) -> Any:
    """Return ``store(array, index, value)``: lanes into a flat array from ``index``, float32 arrays included."""
    lanes = LanesType(width)

    @intrinsic
    def store(typing_context, array, index, value):
        def generate(context, builder, signature, args):
            data = context.make_array(signature.args[0])(context, builder, args[0]).data
            place, vector, align = builder.gep(data, [args[1]]), args[2], 8
            if signature.args[0].dtype == types.float32:
                vector = builder.fptrunc(vector, ir.VectorType(ir.FloatType(), width))
                align = 4
            builder.store(vector, builder.bitcast(place, vector.type.as_pointer()), align=align)
            return context.get_dummy_value()

        return types.void(array, types.intp, lanes), generate

    return store


def make_splat(width: int) -> Any:
    """Return ``splat(number)``: the number in every lane."""
    lanes = LanesType(width)

    @intrinsic
    def splat(typing_context, scalar):
        def generate(context, builder, signature, args):
            return splatted(builder, args[0], width)

        return lanes(types.float64), generate

    return splat


def summed(builder: Any, vector: Any, width: int) -> Any:
    """Return LLVM code for the sum of all lanes of ``vector``."""
    kind = ir.FunctionType(ir.DoubleType(), [ir.DoubleType(), vector.type])
    function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.vector.reduce.fadd.v{width}f64")
    return builder.call(function, [ir.Constant(ir.DoubleType(), -0.0), vector], fastmath=FAST)


@intrinsic
def lane_sum(typing_context, value):
    """Return the sum of all lanes, a number."""

    def generate(context, builder, signature, args):
        return summed(builder, args[0], signature.args[0].width)

    return types.float64(value), generate


@intrinsic
def lane_sums(typing_context, v0, v1, v2, v3, v4, v5, v6, v7):
    """Return eight lanes: the sums of eight values, added up as a tree, which costs less than half of eight sums."""

    def generate(context, builder, signature, args):
        def pick(a: Any, b: Any, places: list[int]) -> Any:
            return builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(ir.IntType(32), len(places)), places))

        vectors, width = list(args), signature.args[0].width
        while width > 8:
            width //= 2
            low, high = list(range(width)), list(range(width, 2 * width))
            vectors = [builder.fadd(pick(v, v, low), pick(v, v, high), flags=FAST) for v in vectors]
        # Each round adds neighbors in pairs of vectors; after three, lane i holds the sum of value i.
        while len(vectors) > 1:
            vectors = [
                builder.fadd(pick(a, b, list(range(0, 16, 2))), pick(a, b, list(range(1, 16, 2))), flags=FAST)
                for a, b in zip(vectors[::2], vectors[1::2], strict=True)
            ]
        return vectors[0]

    return LanesType(8)(v0, v1, v2, v3, v4, v5, v6, v7), generate


def make_binary(instruction: str, flags: tuple[str, ...]) -> Any:
    """Return an arithmetic instruction on lanes (and numbers) as a function."""

    @intrinsic
    def binary(typing_context, a, b):
        lanes = common(a, b)
        if lanes is None:
            return None

        def generate(context, builder, signature, args):
            x, y = (as_vector(context, builder, v, k, lanes.width) for v, k in zip(args, signature.args, strict=True))
            return getattr(builder, instruction)(x, y, flags=flags)

        return lanes(a, b), generate

    return binary


def _register_arithmetic(operation: Any, in_place: Any, instruction: str) -> None:
    binary = make_binary(instruction, FAST)

    def implementation(a, b):
        if common(a, b) is not None:
            return lambda a, b: binary(a, b)
        return None

    overload(operation)(implementation)
    overload(in_place)(implementation)


for _operation, _in_place, _instruction in (
    (operator.add, operator.iadd, "fadd"),
    (operator.sub, operator.isub, "fsub"),
    (operator.mul, operator.imul, "fmul"),
    (operator.truediv, operator.itruediv, "fdiv"),
):
    _register_arithmetic(_operation, _in_place, _instruction)
