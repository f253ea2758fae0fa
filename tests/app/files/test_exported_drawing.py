"""Drawings in files: nothing stands beside the picture, although such files know no clipping."""

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.files.data_export import PICTURE_SIZE, svg
from app.theme import DARK, LIGHT
from app.views.output import OutputView
from engine.compose import compose
from engine.experiment import Points
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM

# One inside, and one on each side far and near outside.
FAR_OUT = np.array([[0.0, 0.0], [7.0, 0.0], [-7.5, 1.0], [1.0, 6.8], [2.0, -9.0], [40.0, 40.0]])


def rendered(contents: bytes) -> QImage:
    image = QImage(PICTURE_SIZE, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        QSvgRenderer(QByteArray(contents)).render(painter)
    return image


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("task", ["two-classes", "regression-1d"])
def test_what_lies_outside_is_not_seen(qtbot, theme, task):
    view = OutputView()
    qtbot.addWidget(view)
    view.set_theme(theme)
    view.resize(QSize(400, 500))
    view.show()

    def drawn(points: np.ndarray) -> QImage:
        targets = points[:, 1] if task == "regression-1d" else np.zeros(len(points))
        experiment = compose(
            task=task, classes=2, points=Points(inputs=points, targets=targets), train_share=1.0, hidden=(3,)
        )
        experiment, dataset, shape, frame = sample_frame(experiment)
        view.show_experiment(experiment, dataset, shape)
        view.show_frame(frame)
        return rendered(svg(view.draw_picture))

    inside, outside = drawn(FAR_OUT[:1]), drawn(FAR_OUT)
    canvas = view.current.canvas
    scale = min(PICTURE_SIZE.width() / canvas.width(), PICTURE_SIZE.height() / canvas.height())
    left, top = (0.5 * (PICTURE_SIZE - scale * canvas.size())).toTuple()
    plane = canvas.plane.rect
    edge, ceiling = round(left + scale * plane.left()) - 2, round(top + scale * plane.top()) - 2
    # Left of the picture, and above it.
    for part in (QRect(0, 0, edge, PICTURE_SIZE.height()), QRect(0, 0, PICTURE_SIZE.width(), ceiling)):
        assert not part.isEmpty()
        assert inside.copy(part) == outside.copy(part)
