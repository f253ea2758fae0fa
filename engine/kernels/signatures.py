"""How kernels call formulas: the arguments of each kind, and functions that call through an address."""

from dataclasses import dataclass
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.tracing import COUNT, DOUBLE
from engine.optimizers import MAXIMUM_SETTINGS

_KINDS = {"f": DOUBLE, "i": COUNT, "p": DOUBLE.as_pointer()}


@dataclass(frozen=True)
class Signature:
    """Arguments as letters (f: number, i: integer, p: flat array) and whether a number is returned."""

    arguments: str
    returns: bool

    @property
    def llvm(self) -> ir.FunctionType:
        """The LLVM type of the function."""
        result = DOUBLE if self.returns else ir.VoidType()
        return ir.FunctionType(result, [_KINDS[letter] for letter in self.arguments])

    def call(self, context: Any, builder: Any, signature: Any, args: Any) -> Any:
        """Write the call of the function whose address is the first argument; arrays become pointers."""
        values = []
        for kind, arg in zip(signature.args, args, strict=True):
            if isinstance(kind, types.Array):
                values.append(context.make_array(kind)(context, builder, arg).data)
            elif isinstance(kind, types.BaseTuple):
                values += cgutils.unpack_tuple(builder, arg, len(kind))
            else:
                wanted = types.float64 if isinstance(kind, types.Float) else types.intp
                values.append(context.cast(builder, arg, kind, wanted))
        function = builder.inttoptr(values[0], self.llvm.as_pointer())
        result = builder.call(function, values[1:])
        return result if self.returns else context.get_dummy_value()


_SETTINGS = "f" * MAXIMUM_SETTINGS
VALUE = Signature("fppii", returns=False)
TIMES_SLOPE = Signature("fpppii", returns=False)
LOSS_SLOPE = Signature("fpippiii", returns=False)
LOSS_VALUE = Signature("fpiippiii", returns=True)
UPDATE = Signature("pppppifff" + _SETTINGS, returns=True)
DROP = Signature("fppiiiii", returns=False)
SCHEDULE = Signature("f" + _SETTINGS, returns=True)
FEATURE = Signature("ff", returns=True)


@intrinsic
def activate(typing_context, address, alpha, z, a, first, count):
    """a = f(z) for ``count`` lane values from ``first`` of flat arrays."""
    return types.void(address, alpha, z, a, first, count), VALUE.call


@intrinsic
def times_slope(typing_context, address, alpha, z, a, delta, first, count):
    """δ ← δ · f'(z) for ``count`` lane values from ``first``."""
    return types.void(address, alpha, z, a, delta, first, count), TIMES_SLOPE.call


@intrinsic
def drop(typing_context, address, rate, a, kept, first, count, low, high, sample):
    """Silence units: a ← a · ``kept``, which becomes 0 or 1 / (1 − rate), for ``count`` lane values from ``first``.

    ``low`` and ``high`` are the key of the step, ``sample`` is the number of the first lane's sample in its batch.
    """
    return types.void(address, rate, a, kept, first, count, low, high, sample), DROP.call


@intrinsic
def loss_slope(typing_context, address, setting, wanted, at, a, delta, first, count, stride):
    """δ ← ∂L/∂a (∂L/∂z from logits) for the ``count`` output units from lane value ``first``.

    Those of the second and third member of a group lie ``stride`` lane values further on; what is wanted lies at
    ``at``.
    """
    return types.void(address, setting, wanted, at, a, delta, first, count, stride), LOSS_SLOPE.call


@intrinsic
def loss_value(typing_context, address, setting, wanted, at, weights, z, a, first, count, stride):
    """Return the sum of the losses of those lanes whose weight (at ``weights`` of ``wanted``) is not zero."""
    return types.float64(address, setting, wanted, at, weights, z, a, first, count, stride), LOSS_VALUE.call


@intrinsic
def update(
    typing_context, address, parameters, gradient, state, is_weight, preparation, size, scale, rate, step, settings
):
    """Move the parameters and the state, in place, by an optimizer's step with ``scale`` · gradient.

    ``address`` is that of the optimizer, or of the formula that prepares the gradient by ``preparation`` (see
    ``formulas.py``) and then calls the optimizer. Returns a number that is finite if and only if all gradients and new
    parameters are (far enough from overflow to be squared).
    """
    arrays = (parameters, gradient, state, is_weight, preparation)
    return types.float64(address, *arrays, size, scale, rate, step, settings), UPDATE.call


@intrinsic
def schedule_factor(typing_context, address, epochs, settings):
    """Return what the learning rate is multiplied with after ``epochs`` epochs."""
    return types.float64(address, epochs, settings), SCHEDULE.call


@intrinsic
def feature_value(typing_context, address, x1, x2):
    """Return a feature of the point (x1, x2)."""
    return types.float64(address, x1, x2), FEATURE.call
