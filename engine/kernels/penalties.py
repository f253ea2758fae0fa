"""The regularizers' slopes on lanes: few, and only used when one is on, so they are part of the kernel itself."""

from typing import Any

from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.lanes import LanesType
from engine.kernels.tracing import Traced
from engine.regularizers import REGULARIZERS


def make_penalty_slope(width: int) -> Any:
    """Return ``penalty_slope(w, rates)``: Σ λ · slope(w) over all regularizers."""
    lanes = LanesType(width)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        w = Traced(builder, args[0], width)
        total = 0.0 * w
        rates = cgutils.unpack_tuple(builder, args[1], len(REGULARIZERS))
        for rate, entry in zip(rates, REGULARIZERS, strict=True):
            total = total + Traced(builder, rate) * entry.slope(w)
        return total.value

    @intrinsic
    def penalty_slope(typing_context, w, rates):
        return lanes(w, rates), generate

    return penalty_slope
