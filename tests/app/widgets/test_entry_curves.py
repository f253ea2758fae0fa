"""The curves beside the names: every entry of every family has one that tells what it does."""

import numpy as np
import pytest

from app.theme import DARK, LIGHT
from app.widgets.curve_picture import CurvePicture, curve_pixmap
from app.widgets.entry_curves import activation_curve, initializer_curve, loss_curve, schedule_curve
from engine.activations import ACTIVATIONS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.schedules import SCHEDULES
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

CURVES = [
    pytest.param(curve, entry, id=f"{family.kind}-{entry.name}")
    for family, curve in (
        (ACTIVATIONS, activation_curve),
        (LOSSES, loss_curve),
        (SCHEDULES, schedule_curve),
        (INITIALIZERS, initializer_curve),
    )
    for entry in family
]


@pytest.mark.parametrize(("curve_of", "entry"), CURVES)
def test_every_entry_has_a_finite_curve_that_can_be_seen(qapp, curve_of, entry):
    curve = curve_of(entry)
    assert curve.x.shape == curve.y.shape
    assert np.isfinite(curve.y).all()
    assert np.diff(curve.x).min() > 0
    inside = (curve.y >= curve.low - 1e-9) & (curve.y <= curve.high + 1e-9)
    assert inside.mean() > 0.5
    for theme in (LIGHT, DARK):
        image = curve_pixmap(curve, theme, 1.0).toImage()
        accent = sum(
            image.pixelColor(x, y).blue() > image.pixelColor(x, y).red() + 60
            for x in range(image.width())
            for y in range(image.height())
        )
        assert accent > 20


def test_curves_are_the_entries_own_functions():
    z = activation_curve(ACTIVATIONS["tanh"])
    np.testing.assert_allclose(z.y, np.tanh(z.x))
    steep = activation_curve(ACTIVATIONS["leaky-relu"], {"alpha": 0.5})
    np.testing.assert_allclose(steep.y[steep.x < 0], 0.5 * steep.x[steep.x < 0])
    error = loss_curve(LOSSES["mse"])
    np.testing.assert_allclose(error.y, error.x**2)
    # The second class is right: the loss grows without end as its probability goes to 0.
    crossed = loss_curve(LOSSES["binary-cross-entropy"])
    np.testing.assert_allclose(crossed.y, -np.log(crossed.x), atol=1e-12)
    apart = loss_curve(LOSSES["contrastive"], {"margin": 1.5})
    assert apart.y[0] == pytest.approx(1.125)
    assert apart.y[-1] == 0.0
    halved = schedule_curve(SCHEDULES["step"], {"every": 10.0, "decay": 0.5})
    assert halved.y[0] == 1.0
    assert np.interp(15.0, halved.x, halved.y) == 0.5


def test_the_picture_shows_a_curve_or_nothing(qtbot):
    picture = CurvePicture()
    qtbot.addWidget(picture)
    curve = schedule_curve(SCHEDULES["cosine"])._replace(at=250.0)
    picture.set_curve(curve)
    assert picture.toolTip() == "Share of η over epochs."
    assert not picture.grab().isNull()
    picture.set_curve(None)
    assert not picture.isVisibleTo(picture.parentWidget())
