"""Formulas over all outputs of a sample: a value for every output, gone through by a loop in the compiled code.

In the reference such a value is an array (outputs, n), in a kernel it is ``Rows``: for each output one vector of
lanes. ``np.sum(p * y, axis=0)`` means the same in both.
"""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils

from engine.experiment import MAXIMUM_OUTPUTS
from engine.kernels.tracing import COSTLY, COUNT, DOUBLE, UFUNCS, Traced, choose


class Rows:
    """One value for each of ``count`` outputs; ``at_row(j)`` writes the code that computes number j."""

    def __init__(self, builder: Any, width: int, count: Any, at_row: Callable[[Any], Any]) -> None:
        self.builder, self.width, self.count, self.at_row = builder, width, count, at_row

    @classmethod
    def of_memory(cls, builder: Any, width: int, count: Any, pointer: Any, first: Any) -> "Rows":
        """Return the ``count`` lane values of the flat array at ``pointer`` that start at lane value ``first``."""

        def at_row(j: Any) -> Traced:
            place = builder.mul(builder.add(first, j), ir.Constant(COUNT, width))
            return load_at(builder, width, pointer, place)

        return cls(builder, width, count, at_row)

    def output_numbers(self) -> "Rows":
        """Return the number of each output: 0, 1, 2 …"""
        kind = ir.VectorType(DOUBLE, self.width)

        def at_row(j: Any) -> Traced:
            zero = ir.Constant(kind, [ir.Constant(DOUBLE, 0.0)] * self.width)
            lanes: Traced = Traced(self.builder, zero, self.width) + Traced(
                self.builder, self.builder.sitofp(j, DOUBLE)
            )
            return lanes

        return self.each_row(at_row)

    def each(self, function: Callable[..., Any], *values: Any) -> "Rows":
        """Return ``function`` of ``values`` for every output; those that are no rows are the same for all."""

        def at_row(j: Any) -> Any:
            return function(*(value.at_row(j) if isinstance(value, Rows) else value for value in values))

        return self.each_row(at_row)

    def each_row(self, at_row: Callable[[Any], Any]) -> "Rows":
        """Return as many rows, computed by ``at_row``."""
        return Rows(self.builder, self.width, self.count, at_row)

    def loop(self, body: Callable[[Any], object]) -> None:
        """Write a loop over the outputs."""
        with cgutils.for_range(self.builder, self.count, intp=COUNT) as loop:
            body(loop.index)

    def computed(self) -> "Rows":
        """Return the same, computed now and kept in memory."""
        kind = ir.VectorType(DOUBLE, self.width)
        memory = cgutils.alloca_once(self.builder, kind, size=ir.Constant(COUNT, MAXIMUM_OUTPUTS))
        memory.align = 8 * self.width

        def place(j: Any) -> Any:
            return self.builder.gep(memory, [j])

        self.loop(lambda j: self.builder.store(self.at_row(j).value, place(j)))
        return self.each_row(lambda j: Traced(self.builder, self.builder.load(place(j)), self.width))

    def store(self, pointer: Any, first: Any) -> None:
        """Write the code that stores every output's value, the first at lane value ``first`` of a flat array."""

        def body(j: Any) -> None:
            place = self.builder.mul(self.builder.add(first, j), ir.Constant(COUNT, self.width))
            store_at(self.builder, pointer, place, self.at_row(j))

        self.loop(body)

    def fold(self, start: float, function: Callable[[Any, Any], Any]) -> Traced:
        """Return what ``function`` makes of all outputs, one after the other, beginning with ``start``."""
        kind = ir.VectorType(DOUBLE, self.width)
        zero = ir.Constant(kind, [ir.Constant(DOUBLE, start)] * self.width)
        place = cgutils.alloca_once(self.builder, kind)
        self.builder.store(zero, place)

        def body(j: Any) -> None:
            so_far = Traced(self.builder, self.builder.load(place), self.width)
            self.builder.store(function(so_far, self.at_row(j)).value, place)

        self.loop(body)
        return Traced(self.builder, self.builder.load(place), self.width)

    # ---- NumPy's functions and operators -------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__" or options or ufunc not in UFUNCS:
            return NotImplemented
        return self._apply(ufunc, *inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        if function is np.where:
            return self.each(choose, *args)
        if function is np.sum and options == {"axis": 0}:
            return self.fold(0.0, lambda total, value: total + value)
        if function is np.max and options == {"axis": 0}:
            return self.fold(-np.inf, UFUNCS[np.maximum])
        return NotImplemented

    def _apply(self, ufunc: Any, *values: Any) -> "Rows":
        result = self.each(UFUNCS[ufunc], *values)
        return result.computed() if ufunc in COSTLY else result

    def __add__(self, other: Any) -> "Rows":
        return self._apply(np.add, self, other)

    def __radd__(self, other: Any) -> "Rows":
        return self._apply(np.add, other, self)

    def __sub__(self, other: Any) -> "Rows":
        return self._apply(np.subtract, self, other)

    def __rsub__(self, other: Any) -> "Rows":
        return self._apply(np.subtract, other, self)

    def __mul__(self, other: Any) -> "Rows":
        return self._apply(np.multiply, self, other)

    def __rmul__(self, other: Any) -> "Rows":
        return self._apply(np.multiply, other, self)

    def __truediv__(self, other: Any) -> "Rows":
        return self._apply(np.divide, self, other)

    def __rtruediv__(self, other: Any) -> "Rows":
        return self._apply(np.divide, other, self)

    def __neg__(self) -> "Rows":
        return self._apply(np.negative, self)

    def __pow__(self, other: Any) -> "Rows":
        return self.each(lambda value: value**other, self)

    def __gt__(self, other: Any) -> "Rows":
        return self._apply(np.greater, self, other)

    def __ge__(self, other: Any) -> "Rows":
        return self._apply(np.greater_equal, self, other)

    def __lt__(self, other: Any) -> "Rows":
        return self._apply(np.less, self, other)

    def __le__(self, other: Any) -> "Rows":
        return self._apply(np.less_equal, self, other)

    def __eq__(self, other: object) -> Any:
        return self._apply(np.equal, self, other)

    def __and__(self, other: Any) -> "Rows":
        return self.each(operator.and_, self, other)

    def __or__(self, other: Any) -> "Rows":
        return self.each(operator.or_, self, other)

    __hash__ = None  # type: ignore[assignment]


def load_at(builder: Any, width: int, pointer: Any, place: Any) -> Traced:
    """Return ``width`` numbers of a flat array from ``place``."""
    vector = ir.VectorType(DOUBLE, width)
    at = builder.bitcast(builder.gep(pointer, [place]), vector.as_pointer())
    return Traced(builder, builder.load(at, align=8), width)


def store_at(builder: Any, pointer: Any, place: Any, value: Any) -> None:
    """Write the code that stores the lanes of ``value`` into a flat array from ``place``."""
    at = builder.bitcast(builder.gep(pointer, [place]), value.value.type.as_pointer())
    builder.store(value.value, at, align=8)
