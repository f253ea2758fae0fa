"""Where each layer's matrix lies in the gradient view: pure layout on plain numbers, no Qt."""

from dataclasses import dataclass

from app.views.parameter_text import Place, index_of, place_of
from engine.parameters import LayerShape, Layout

HEADER = 30.0
TITLE, NORM = 17.0, 24.0
MARGIN, GAP, WIDEST_GAP = 12.0, 18.0, 44.0
LARGEST_CELL = 26
BIAS_GAP = 4
NARROWEST = 74.0


@dataclass(frozen=True)
class Matrix:
    """One layer's place, in widget pixels.

    Attributes:
        layer: its number.
        rows, columns: outputs and inputs.
        left, width: the room the layer has.
        x, y, cell: the upper left corner of the weights, and the side of a cell.
        bias_x: the left edge of the column of biases; the layer has none if it is negative.
    """

    layer: int
    rows: int
    columns: int
    left: float
    width: float
    x: int
    y: int
    cell: int
    bias_x: int

    @property
    def right(self) -> int:
        """The right edge of the last cell."""
        return self.bias_x + self.cell if self.bias_x >= 0 else self.x + self.columns * self.cell

    @property
    def bottom(self) -> int:
        """The lower edge of the last row."""
        return self.y + self.rows * self.cell

    def cell_of(self, place: Place) -> tuple[int, int, int]:
        """Return the upper left corner and the side of the cell of ``place``."""
        x = self.bias_x if place.is_bias else self.x + place.source * self.cell
        return x, self.y + place.target * self.cell, self.cell


def arrange(layout: Layout, width: float, height: float, text_scale: float = 1.0) -> tuple[Matrix, ...]:
    """Return where every layer is drawn in a view of ``width`` × ``height`` pixels.

    All layers have cells of the same size, the largest for which everything fits, unless a layer has too many rows.
    """
    count = len(layout.layers)
    top = (HEADER + TITLE + NORM) * text_scale
    room_y = max(height - top - 8.0, 8.0)
    room_x = max(width - 2.0 * MARGIN, 10.0 * count)
    least = min(NARROWEST * text_scale, room_x / count - GAP)

    for largest in range(round(LARGEST_CELL * text_scale), 0, -1):
        cells = [int(max(1.0, min(largest, room_y / shape.outputs))) for shape in layout.layers]
        widths = [max(_width(shape, cell), least) for shape, cell in zip(layout.layers, cells, strict=True)]
        if sum(widths) + (count - 1) * GAP <= room_x:
            break
    gap = min(max((room_x - sum(widths)) / count, GAP), WIDEST_GAP)
    matrices, left = [], MARGIN
    for number, (shape, cell, own) in enumerate(zip(layout.layers, cells, widths, strict=True)):
        x, y = round(left), round(top)
        bias_x = x + shape.inputs * cell + BIAS_GAP if shape.bias_start >= 0 else -1
        matrices.append(Matrix(number, shape.outputs, shape.inputs, left, own, x, y, cell, bias_x))
        left += own + gap
    return tuple(matrices)


def _width(shape: LayerShape, cell: int) -> float:
    return float(shape.inputs * cell + (cell + BIAS_GAP if shape.bias_start >= 0 else 0))


def parameter_at(matrices: tuple[Matrix, ...], layout: Layout, x: float, y: float) -> int:
    """Return the flat index of the parameter whose cell lies at (x, y), −1 for none."""
    for matrix in matrices:
        row = int((y - matrix.y) // matrix.cell)
        if not 0 <= row < matrix.rows:
            continue
        column = int((x - matrix.x) // matrix.cell)
        if 0 <= column < matrix.columns:
            return index_of(layout, Place(matrix.layer, row, column))
        if matrix.bias_x >= 0 and matrix.bias_x <= x < matrix.bias_x + matrix.cell:
            return index_of(layout, Place(matrix.layer, row, -1))
    return -1


def moved(layout: Layout, index: int, right: int, down: int) -> int:
    """Return the parameter one column to the right (or left, −1) or one row down (or up) from ``index``.

    Behind the last column comes the bias, behind that the next layer.
    """
    layer, target, source = place_of(layout, index)
    column = source if source >= 0 else layout.layers[layer].inputs
    column, target = column + right, target + down
    if column < 0 and layer > 0:
        layer -= 1
        column = _columns(layout, layer) - 1
    elif column >= _columns(layout, layer) and layer + 1 < len(layout.layers):
        layer, column = layer + 1, 0
    shape = layout.layers[layer]
    column = min(max(column, 0), _columns(layout, layer) - 1)
    target = min(max(target, 0), shape.outputs - 1)
    return index_of(layout, Place(layer, target, column if column < shape.inputs else -1))


def _columns(layout: Layout, layer: int) -> int:
    shape = layout.layers[layer]
    return shape.inputs + (1 if shape.bias_start >= 0 else 0)
