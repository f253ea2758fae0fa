"""The families' formulas as compiled functions: each is traced once for a lane width and known by its address.

Kernels call a formula through its address, which is a run-time value like any other. So no kernel is recompiled when
something else is chosen, and a kernel compiles equally fast however many entries the families have.
"""

from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from engine.activations import ACTIVATIONS
from engine.kernels.bodies import Formula, formulas
from engine.kernels.compilation import kernel
from engine.kernels.tracing import COUNT
from engine.kernels.width import NARROW, WIDTH
from engine.losses import LOSSES


def _formulas(width: int) -> list[Formula]:
    everything = formulas(width)
    if width == WIDTH:
        return everything
    # Where units lie in lanes, nothing can look at all units of a layer at once, and groups have no place.
    whole = {entry.name for entry in (*ACTIVATIONS, *LOSSES) if entry.joint or getattr(entry, "members", 1) > 1}
    return [formula for formula in everything if formula[0][1] not in whole]


def _make_fill(width: int) -> Any:
    """Return ``fill(table)``, which writes the address of every formula into ``table``."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        table = context.make_array(signature.args[0])(context, builder, args[0]).data
        for number, ((family, name), kind, body) in enumerate(_formulas(width)):
            function = ir.Function(builder.module, kind.llvm, f"{family} {name} {width}")
            function.linkage = "internal"
            inner = ir.IRBuilder(function.append_basic_block("entry"))
            value = body(inner, *function.args)
            if value is None:
                inner.ret_void()
            else:
                inner.ret(value.value)
            place = builder.gep(table, [ir.Constant(COUNT, number)])
            builder.store(builder.ptrtoint(function, COUNT), place)
        return context.get_dummy_value()

    @intrinsic
    def fill(typing_context, table):
        return types.void(table), generate

    return fill


_fill_wide, _fill_narrow = _make_fill(WIDTH), _make_fill(NARROW)


@kernel
def _wide_addresses(table):
    _fill_wide(table)


@kernel
def _narrow_addresses(table):
    _fill_narrow(table)


@cache
def addresses(width: int) -> dict[tuple[str, str], int]:
    """Return the address of every formula by family (“activation”, “slope” …) and name; compiles them when first asked.

    The code lives as long as the program.
    """
    names = [name for name, _, _ in _formulas(width)]
    table: NDArray[np.int64] = np.zeros(len(names), dtype=np.int64)
    (_wide_addresses if width == WIDTH else _narrow_addresses)(table)
    return dict(zip(names, table.tolist(), strict=True))
