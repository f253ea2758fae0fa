"""The data points as a picture that is drawn once and kept until data, size or colors change."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from app.pixels import image_of
from app.theme import Theme
from app.views.decision.density import color_table, density_pixels, dot_size
from app.views.decision.density_raster import FAR, count_drawn, draw_dots, is_compiled
from app.views.decision.markers import Markers, columns_of, draw_shapes, make_markers, stamp_blended
from app.views.decision.plane import HIGH, LOW, Plane
from engine.datasets.dataset import Dataset, frozen

Array = NDArray[np.float64]
S = TypeVar("S", bound=np.generic)

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
        side = max(round(plane.side * ratio), 1)
        own = Plane(0.0, 0.0, plane.side)
        if count_of(dataset, show_test) > MARKER_LIMIT:
            pixels = dense_pixels(dataset, plane.side, ratio, theme, classes=classes, show_test=show_test)
            image = image_of(pixels, QImage.Format.Format_ARGB32_Premultiplied)
            # A copy, for the pixmap may share the image's pixels.
            pixmap = QPixmap.fromImage(image.copy())
            pixmap.setDevicePixelRatio(ratio)
            return pixmap
        points, targets, is_test, soft = _to_draw(dataset, show_test)
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
    if count_of(dataset, show_test) > MARKER_LIMIT:
        return False
    points, targets, is_test, soft = _to_draw(dataset, show_test)
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
    drawn = np.flatnonzero(_is_drawn(dataset, show_test))
    # Test points first, so that the ones that are trained on lie on top.
    drawn = drawn[np.argsort(dataset.is_train[drawn], kind="stable")]
    soft = None if dataset.soft is None else dataset.soft[drawn]
    return dataset.points[drawn], dataset.targets[drawn], ~dataset.is_train[drawn], soft


def count_of(dataset: Dataset, show_test: bool) -> int:
    """Return how many points of ``dataset`` are drawn."""
    if not is_compiled():
        return int(np.count_nonzero(_is_drawn(dataset, show_test)))
    return int(count_drawn(_read_only(dataset.points), _read_only(dataset.is_train), show_test))


def dense_pixels(
    dataset: Dataset, side: float, ratio: float, theme: Theme, *, classes: int, show_test: bool
) -> NDArray[np.uint32]:
    """Return very many points as a picture of premultiplied colors 0xAARRGGBB, ``side`` logical pixels wide."""
    count = max(round(side * ratio), 1)
    dot = dot_size(count_of(dataset, show_test), ratio)
    if is_compiled():
        pixels = np.empty((count, count), dtype=np.uint32)
        table, scale = color_table(theme, classes=classes), Plane(0.0, 0.0, side).unit * ratio
        points, targets, is_train = (
            _read_only(each) for each in (dataset.points, dataset.targets, dataset.is_train)
        )  # fmt: skip
        draw_dots(points, targets, is_train, show_test, LOW, HIGH, scale, classes, dot, table, pixels)
        return pixels
    points, targets, is_test, _ = _to_draw(dataset, show_test)
    places = Plane(0.0, 0.0, side).to_pixels(points) * ratio
    return density_pixels(places, targets, is_test, side=count, dot=dot, theme=theme, classes=classes)


def _is_drawn(dataset: Dataset, show_test: bool) -> NDArray[np.bool_]:
    near = np.all(np.abs(dataset.points) < FAR, axis=1)
    return np.asarray(near & (dataset.is_train | show_test))


def _read_only(array: NDArray[S]) -> NDArray[S]:
    """Return ``array`` as the kernels were compiled for it: in one piece, and read-only."""
    return frozen(np.ascontiguousarray(array).view())


def _sizes(values: Array) -> Array:
    """Return how many times as large as usual a point of each value is drawn, by area; what is no number as usual."""
    return np.asarray(0.5 + 0.9 * np.sqrt(np.minimum(np.abs(np.nan_to_num(values, nan=0.33)), 1.0)))
