"""The picture of units and edges, put into an image by the kernels or, until they are compiled, by Qt."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from app.pixels import image_of
from app.theme import Theme
from app.views.ink import color, word
from app.views.network import edge_raster, unit_raster
from app.views.network.geometry import Arrangement
from app.views.network.scene import Fields, Pixels, Scene, edge_table, faded, feature_fields, frame_color

FRAME_WIDTH = 1.2
RING_WIDTH = 1.6
BUCKETS = 16


class Canvas:
    """Draws scenes between header and footer; keeps two buffers so that the one on screen is never written to."""

    def __init__(self, theme: Theme) -> None:
        self._buffers: list[NDArray[np.uint32]] = []
        self._turn = 0
        self._feature_fields = feature_fields()
        self._feature_scale = np.abs(self._feature_fields).max(axis=(1, 2)).astype(np.float64)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors."""
        self._theme = theme
        self.edge_table = edge_table(theme)
        self._faded = faded(theme.table, theme)

    def draw(self, arrangement: Arrangement, scene: Scene, ratio: float) -> QImage:
        """Return the canvas band of the view as an opaque image with the device pixel ratio ``ratio``."""
        columns = max(1, round(arrangement.width * ratio))
        rows = max(1, round((arrangement.bottom - arrangement.top) * ratio))
        if not self._buffers or self._buffers[0].shape != (rows, columns):
            self._buffers = [np.empty((rows, columns), dtype=np.uint32) for _ in range(2)]
        self._turn = 1 - self._turn
        pixels = self._buffers[self._turn]
        image = image_of(pixels)
        image.setDevicePixelRatio(ratio)
        if edge_raster.is_compiled():
            self._raster(pixels, arrangement, scene, ratio)
        else:
            self._paint(image, arrangement, scene)
        return image

    def _raster(self, pixels: Pixels, a: Arrangement, scene: Scene, ratio: float) -> None:
        theme = self._theme
        edge_raster.draw_edges(
            pixels,
            word(theme.surface),
            a.edge_x0 * ratio,
            (a.edge_y0 - a.top) * ratio,
            a.edge_x1 * ratio,
            (a.edge_y1 - a.top) * ratio,
            scene.edge_widths * (0.5 * ratio),
            scene.edge_colors,
            scene.edge_opacity,
            scene.edge_order,
        )
        frame, width = frame_color(theme), FRAME_WIDTH * ratio
        for on, table in ((True, theme.table), (False, self._faded)):
            which = np.flatnonzero((a.slot_unit >= 0) == on)
            unit_raster.draw_thumbnails(
                pixels,
                self._feature_fields,
                which,
                np.full(len(which), a.columns[0] * ratio),
                (a.slot_y[which] - a.top) * ratio,
                a.slot_size[which] * ratio,
                np.zeros(len(which)),
                self._feature_scale[which],
                table,
                frame if on else word(theme.border),
                width,
            )
        fields = scene.fields if scene.fields is not None else np.zeros((int(scene.units[-1]) + 1, 1, 1), np.float32)
        unit_raster.draw_thumbnails(
            pixels,
            fields,
            scene.units,
            a.unit_x[scene.units] * ratio,
            (a.unit_y[scene.units] - a.top) * ratio,
            a.unit_size[scene.units] * ratio,
            scene.unit_middle,
            scene.unit_scale,
            theme.table,
            frame,
            width,
        )
        unit_raster.draw_dots(
            pixels,
            a.bias_x * ratio,
            (a.bias_y - a.top) * ratio,
            a.bias_radius * ratio,
            scene.bias_colors,
            word(theme.surface),
            np.where(a.bias_radius > 2.0, RING_WIDTH, 0.5) * ratio,
        )

    def _paint(self, image: QImage, a: Arrangement, scene: Scene) -> None:
        theme = self._theme
        image.fill(color(theme.surface))
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(0.0, -a.top)
            # Neighbors in the order have almost the same strength: one pen for each group and sign.
            for group in np.array_split(scene.edge_order, BUCKETS):
                for tint in np.unique(scene.edge_colors[group]):
                    same = group[scene.edge_colors[group] == tint]
                    painter.setPen(QPen(QColor(int(tint)), float(scene.edge_widths[same].mean())))
                    painter.drawLines(
                        [QLineF(a.edge_x0[e], a.edge_y0[e], a.edge_x1[e], a.edge_y1[e]) for e in same.tolist()]
                    )
            for slot, unit in enumerate(a.slot_unit.tolist()):
                field, scale = self._feature_fields[slot], float(self._feature_scale[slot])
                box = square(a.columns[0], float(a.slot_y[slot]), float(a.slot_size[slot]))
                self._thumbnail(painter, box, field, -scale, scale, unit >= 0)
            for place, unit in enumerate(scene.units.tolist()):
                field = scene.fields[unit] if scene.fields is not None else np.zeros((1, 1), np.float32)
                box = square(float(a.unit_x[unit]), float(a.unit_y[unit]), float(a.unit_size[unit]))
                middle, scale = float(scene.unit_middle[place]), float(scene.unit_scale[place])
                self._thumbnail(painter, box, field, middle - scale, middle + scale, True)
            painter.setPen(QPen(color(theme.surface), RING_WIDTH))
            for place in range(len(a.bias_index)):
                painter.setBrush(QColor(int(scene.bias_colors[place])))
                radius = float(a.bias_radius[place]) + RING_WIDTH / 2.0
                painter.drawEllipse(QPointF(a.bias_x[place], a.bias_y[place]), radius, radius)

    def _thumbnail(self, painter: QPainter, box: QRectF, field: Fields, low: float, high: float, on: bool) -> None:
        image = image_of(self._theme.colors_of(field, low, high))
        outline = QPainterPath()
        outline.addRoundedRect(box, 0.2 * box.width(), 0.2 * box.width())
        painter.save()
        painter.setOpacity(1.0 if on else 0.38)
        painter.setClipPath(outline)
        painter.drawImage(box, image)
        painter.setClipping(False)
        painter.strokePath(outline, QPen(QColor(frame_color(self._theme)), FRAME_WIDTH))
        painter.restore()


def square(x: float, y: float, size: float) -> QRectF:
    """Return the square of ``size`` around (x, y)."""
    return QRectF(x - size / 2.0, y - size / 2.0, size, size)
