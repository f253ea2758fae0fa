"""The plan: what the kernels need to know of a network, as plain arrays."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.experiment import MAXIMUM_UNITS
from engine.kernels.formulas import addresses
from engine.kernels.width import NARROW, WIDTH
from engine.parameters import Layout

# Columns of the plan, one row a layer.
INPUTS, OUTPUTS, WEIGHTS, BIASES, HAS_BIASES, ACTIVATION, SLOPE, BELOW, UNITS, COLUMNS = range(10)
# Columns of its options: the activation's α, and the share of units that dropout silences.
ALPHA, DROPOUT, OPTIONS = range(3)


def padded(count: int, width: int = WIDTH) -> int:
    """Return ``count`` rounded up to whole lane values."""
    return -(-count // width) * width


class Plan(msgspec.Struct, frozen=True, eq=False):
    """A network for the kernels.

    Attributes:
        layers: shape (layers, COLUMNS), one row a layer. INPUTS, OUTPUTS: sizes; WEIGHTS, BIASES: first place in the
            parameters (BIASES −1: none); HAS_BIASES: 0 or 1; ACTIVATION, SLOPE: addresses of the formulas; BELOW,
            UNITS: first unit of the layer below and of this one.
        options: shape (layers, OPTIONS), one row a layer.
        units: units in all, input features included.
        size: length of the padded parameter vector.
        slack: how many numbers kernels may read (and throw away) behind its end.
    """

    layers: NDArray[np.int64]
    options: Array
    units: int
    size: int
    slack: int = 0


def _options(layout: Layout) -> Array:
    table = np.zeros((len(layout.layers), OPTIONS))
    for row, layer in zip(table, layout.layers, strict=True):
        row[ALPHA], row[DROPOUT] = layer.alpha, layer.dropout
    return table


def batch_plan(layout: Layout) -> Plan:
    """Return the plan for kernels that put samples in lanes: parameters lie as in ``layout``, padded at the end."""
    table = np.zeros((len(layout.layers), COLUMNS), dtype=np.int64)
    unit = 0
    formulas = addresses(WIDTH)
    for row, layer in zip(table, layout.layers, strict=True):
        row[INPUTS], row[OUTPUTS] = layer.inputs, layer.outputs
        row[WEIGHTS], row[BIASES] = layer.weights_start, layer.bias_start
        row[HAS_BIASES] = layer.bias_start >= 0
        row[ACTIVATION], row[SLOPE] = formulas["activation", layer.activation], formulas["slope", layer.activation]
        row[BELOW], row[UNITS] = unit, unit + layer.inputs
        unit += layer.inputs
    return Plan(table, _options(layout), layout.unit_count, padded(layout.parameter_count))


def single_plan(layout: Layout) -> tuple[Plan, NDArray[np.int64]]:
    """Return the plan for kernels that put units in lanes, and where each parameter goes.

    There, a layer's weights lie input by input, each row padded to whole lane values, and the biases are one more
    row; ``BIASES`` is that row's place, always present (zero for a layer without). ``UNITS`` and ``BELOW`` count lane
    values of NARROW units. ``places[i]`` is the place of parameter i of the flat vector.
    """
    table = np.zeros((len(layout.layers), COLUMNS), dtype=np.int64)
    places = np.zeros(layout.parameter_count, dtype=np.int64)
    start = 0
    unit = 0
    formulas = addresses(NARROW)
    for row, layer in zip(table, layout.layers, strict=True):
        stride = padded(layer.outputs, NARROW)
        row[INPUTS], row[OUTPUTS], row[WEIGHTS] = layer.inputs, layer.outputs, start
        row[BIASES], row[HAS_BIASES] = start + layer.inputs * stride, layer.bias_start >= 0
        row[ACTIVATION], row[SLOPE] = formulas["activation", layer.activation], formulas["slope", layer.activation]
        row[BELOW], row[UNITS] = unit, unit + padded(layer.inputs, NARROW) // NARROW
        unit = int(row[UNITS])
        target = start + np.arange(layer.inputs)[None, :] * stride + np.arange(layer.outputs)[:, None]
        places[layer.weights] = target.ravel()
        places[layer.biases] = row[BIASES] + np.arange(layer.biases.stop - layer.biases.start)
        start = int(row[BIASES]) + stride
    units = unit + padded(layout.layers[-1].outputs, NARROW) // NARROW
    return Plan(table, _options(layout), units, start, slack=NARROW * padded(MAXIMUM_UNITS, NARROW)), places


def aligned(*shape: int, slack: int = 0) -> Array:
    """Return zeros at the start of a cache line, ``slack`` more behind them: a load across two lines costs double."""
    count = int(np.prod(shape))
    raw = np.zeros((count + slack) * 8 + 64, dtype=np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + (count + slack) * 8].view(np.float64)[:count].reshape(shape)


def padded_columns(table: Array) -> Array:
    """Return ``table`` (rows, n) with columns padded to whole lane values by repeating the last; at least one value."""
    rows, count = table.shape
    result = aligned(rows, max(WIDTH, padded(count)))
    result[:, :count] = table
    if count:
        result[:, count:] = table[:, -1:]
    return result
