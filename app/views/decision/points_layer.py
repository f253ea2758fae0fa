"""The data points as a picture that is drawn once and kept until data, size or colors change."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from app.pixels import image_of
from app.theme import Theme
from app.views.decision.density import density_pixels, dot_size
from app.views.decision.markers import Markers, columns_of, draw_shapes, make_markers, stamp_blended
from app.views.decision.plane import Plane
from engine.datasets.dataset import Dataset

Array = NDArray[np.float64]

# Up to here every point gets its own marker.
MARKER_LIMIT = 5_000


def marker_diameter(count: int, plane: Plane) -> float:
    """Return how wide a marker is when there are ``count`` points, in logical pixels."""
    share = 1.0 if count <= 400 else 0.87 if count <= 1_500 else 0.72
    return float(np.clip(plane.side / 300.0, 0.8, 1.7)) * 6.2 * share


class PointsLayer:
    """Draws a data set into a transparent picture as large as the plane, only when it must."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._dataset: Dataset | None = None
        self._pixmap = QPixmap()
        self._markers: Markers | None = None
        self._markers_key: tuple[object, ...] = ()

    def pixmap(
        self, dataset: Dataset, plane: Plane, ratio: float, theme: Theme, *, classes: int, show_test: bool,
        sized: bool = False,
    ) -> QPixmap:  # fmt: skip
        """Return the picture of ``dataset``, drawn anew if anything of this has changed.

        Values are drawn the larger the farther they lie from zero if ``sized``.
        """
        key = (plane.side, ratio, theme, classes, show_test, sized)
        # The data set is compared by identity: the kept reference makes sure that no other takes its place in memory.
        if dataset is not self._dataset or key != self._key:
            self._pixmap = self._draw(dataset, plane, ratio, theme, classes=classes, show_test=show_test, sized=sized)
            self._dataset, self._key = dataset, key
        return self._pixmap

    def markers(self, count: int, plane: Plane, ratio: float, theme: Theme, *, classes: int) -> Markers:
        """Return the sprites that fit ``count`` points."""
        diameter = marker_diameter(count, plane)
        key = (diameter, ratio, theme, classes)
        if self._markers is None or key != self._markers_key:
            self._markers = make_markers(theme, classes=classes, diameter=diameter, ratio=ratio)
            self._markers_key = key
        return self._markers

    def _draw(
        self, dataset: Dataset, plane: Plane, ratio: float, theme: Theme, *, classes: int, show_test: bool, sized: bool
    ) -> QPixmap:
        points, targets, is_test, soft = _to_draw(dataset, show_test)
        side = max(round(plane.side * ratio), 1)
        own = Plane(0.0, 0.0, plane.side)
        if len(points) > MARKER_LIMIT:
            pixels = density_pixels(
                own.to_pixels(points) * ratio,
                targets,
                is_test,
                side=side,
                dot=dot_size(len(points), ratio),
                theme=theme,
                classes=classes,
            )
            image = image_of(pixels, QImage.Format.Format_ARGB32_Premultiplied)
            # A copy, for the pixmap may share the image's pixels.
            pixmap = QPixmap.fromImage(image.copy())
            pixmap.setDevicePixelRatio(ratio)
            return pixmap
        pixmap = QPixmap(side, side)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        markers = self.markers(len(points), plane, ratio, theme, classes=classes)
        places = own.to_pixels(points)
        with QPainter(pixmap) as painter:
            if soft is not None:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                stamp_blended(painter, places, soft, is_test, theme, marker_diameter(len(points), plane))
                return pixmap
            # Only sprites of other sizes than drawn need it, and it takes time.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, sized)
            sizes = _sizes(targets) if sized else 1.0
            markers.stamp(painter, places, columns_of(targets, classes=classes), is_test, sizes)
        return pixmap


def draw_points(
    painter: QPainter, dataset: Dataset, plane: Plane, theme: Theme, *, classes: int, show_test: bool,
    sized: bool = False,
) -> bool:  # fmt: skip
    """Draw ``dataset`` as shapes that can be made larger; return whether there were few enough points for that."""
    points, targets, is_test, soft = _to_draw(dataset, show_test)
    if len(points) > MARKER_LIMIT:
        return False
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    places, diameter = plane.to_pixels(points), marker_diameter(len(points), plane)
    if soft is not None:
        stamp_blended(painter, places, soft, is_test, theme, diameter)
        return True
    sizes = _sizes(targets) if sized else 1.0
    draw_shapes(painter, places, targets, is_test, theme, classes=classes, diameter=diameter, sizes=sizes)
    return True


def _to_draw(dataset: Dataset, show_test: bool) -> tuple[Array, Array, NDArray[np.bool_], Array | None]:
    """Return points, targets, which are for the test, and shares of classes; in the order in which they are drawn."""
    # Points may lie far outside, where pixels have no numbers any more.
    drawn = np.flatnonzero(np.all(np.abs(dataset.points) < 10.0, axis=1) & (dataset.is_train | show_test))
    # Test points first, so that the ones that are trained on lie on top.
    drawn = drawn[np.argsort(dataset.is_train[drawn], kind="stable")]
    soft = None if dataset.soft is None else dataset.soft[drawn]
    return dataset.points[drawn], dataset.targets[drawn], ~dataset.is_train[drawn], soft


def _sizes(values: Array) -> Array:
    """Return how many times as large as usual a point of each value is drawn, by area; what is no number as usual."""
    return np.asarray(0.5 + 0.9 * np.sqrt(np.minimum(np.abs(np.nan_to_num(values, nan=0.33)), 1.0)))
