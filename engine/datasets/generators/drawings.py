"""Small drawings, made by formulas on a grid of pixels: to be learned by class or by gray value."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import DOMAIN, Array
from engine.datasets.generators.generator import Drawn, Generator, Sample
from engine.settings import Setting

# From x (to the right) and y (upward), both from −1 to 1, and the settings to a class or a gray value.
Drawing = Callable[..., NDArray[Any]]


def pixels(side: int) -> Array:
    """Return the centers of side × side pixels of the domain, row by row from the top, shape (side², 2)."""
    low, high = DOMAIN
    axis = low + (np.arange(side) + 0.5) * ((high - low) / side)
    x1, x2 = np.meshgrid(axis, axis[::-1])
    return np.column_stack((x1.ravel(), x2.ravel()))


def _sample(drawing: Drawing) -> Sample:
    def sample(random: np.random.Generator, targets: Array, classes: int, *settings: float) -> Drawn:
        points = pixels(max(1, int(np.sqrt(len(targets)))))
        x, y = points.T / DOMAIN[1]
        return points, drawing(x, y, *settings).astype(np.float64)

    return sample


def _disk(x: Array, y: Array, center: tuple[float, float], radius: float) -> NDArray[np.bool_]:
    return np.hypot(x - center[0], y - center[1]) <= radius


def smiley(x: Array, y: Array, eye: float, mouth_size: float) -> NDArray[Any]:
    face = _disk(x, y, (0.0, 0.0), 0.9)
    eyes = _disk(x, y, (-0.34, 0.3), eye) | _disk(x, y, (0.34, 0.3), eye)
    mouth = (np.abs(np.hypot(x, y + 0.02) - 0.5) <= mouth_size) & (y < -0.18)
    return np.where(eyes | mouth, 2, np.where(face, 1, 0))


def landscape(x: Array, y: Array, height: float, sun_size: float) -> NDArray[Any]:
    hills = y < -0.25 + height * np.sin(3.2 * x + 0.6)
    sun = _disk(x, y, (0.55, 0.6), sun_size)
    wall = (np.abs(x + 0.35) <= 0.28) & (y >= -0.5) & (y <= 0.05)
    roof = (y > 0.05) & (y <= 0.4) & (np.abs(x + 0.35) <= 0.4 * (0.4 - y) / 0.35)
    return np.where(roof, 4, np.where(wall, 3, np.where(sun, 2, np.where(hills, 1, 0))))


def pinwheel(x: Array, y: Array, blades: int, twist: float) -> NDArray[Any]:
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    blade = np.floor((angle / (2.0 * np.pi) + twist * radius) * blades * 2.0) % 2.0
    return np.where(radius > 0.92, 0, np.where(blade == 0.0, 1, 2))


def ball(x: Array, y: Array, radius: float, darkness: float) -> NDArray[Any]:
    """Return a ball lit from the upper left, over its soft shadow."""
    shadow = 0.85 - darkness * np.exp(-(((x - 0.18) / 0.75) ** 2 + ((y + 0.78) / 0.16) ** 2))
    height = np.sqrt(np.maximum(0.0, radius**2 - x * x - (y - 0.05) ** 2)) / radius
    light = np.maximum(0.0, (-0.5 * x + 0.6 * (y - 0.05)) / radius + 0.62 * height)
    return np.where(height > 0.0, np.minimum(1.0, 0.12 + 0.8 * light + 0.5 * light**16), shadow)


def ripples(x: Array, y: Array, frequency: float) -> NDArray[Any]:
    first, second = np.hypot(x + 0.45, y - 0.2), np.hypot(x - 0.5, y + 0.3)
    return 0.5 + 0.25 * (np.cos(frequency * first) + np.cos(frequency * second))


def face(x: Array, y: Array, apart: float, mouth_width: float) -> NDArray[Any]:
    """Return a shaded face: hair, eyes, nose and mouth in gray."""
    head = (x / 0.58) ** 2 + ((y + 0.05) / 0.75) ** 2 <= 1.0
    shade = 0.82 - 0.22 * (x + 0.35) ** 2 - 0.12 * (y + 0.1) ** 2
    hair = ((x / 0.68) ** 2 + ((y - 0.08) / 0.82) ** 2 <= 1.0) & (y > 0.32 - 0.35 * np.abs(x))
    eyes = ((np.abs(x) - apart) / 0.11) ** 2 + ((y - 0.08) / 0.065) ** 2 <= 1.0
    pupils = np.hypot(np.abs(x) - apart, y - 0.08) <= 0.05
    nose = (np.abs(x - 0.02) <= 0.03 + 0.1 * (0.05 - y)) & (y > -0.25) & (y < 0.05)
    mouth = (np.abs(y + 0.42 - 0.35 * x * x) <= 0.035) & (np.abs(x) <= mouth_width)
    value = np.where(head, shade, 0.45 + 0.25 * y)
    value = np.where(nose & head, 0.66, value)
    value = np.where(eyes, 0.97, value)
    return np.where(hair | pupils | mouth, 0.1, value)


def _segmentation(name: str, label: str, drawing: Drawing, classes: int, remark: str, *settings: Setting) -> Generator:
    return Generator(name, label, ("segmentation",), _sample(drawing), remark, (classes, classes), settings=settings)


def _gray(name: str, label: str, drawing: Drawing, remark: str, *settings: Setting) -> Generator:
    return Generator(name, label, ("reconstruction",), _sample(drawing), remark, settings=settings)


# Lengths are shares of half the picture.
DRAWINGS = (
    _segmentation(
        "smiley",
        "Smiley",
        smiley,
        3,
        "Background, face, and what is drawn on it: three parts.",
        Setting("eyes", "Eyes", 0.14, 0.05, 0.3, "How large the eyes are."),
        Setting("mouth", "Mouth", 0.1, 0.04, 0.25, "How wide the mouth is opened."),
    ),
    _segmentation(
        "landscape",
        "Landscape",
        landscape,
        5,
        "Sky, hills, sun, wall and roof: five parts.",
        Setting("hills", "Hills", 0.18, 0.0, 0.4, "How high the hills are."),
        Setting("sun", "Sun", 0.22, 0.12, 0.4, "How large the sun is."),
    ),
    _segmentation(
        "pinwheel",
        "Pinwheel",
        pinwheel,
        3,
        "Bent blades around a center: borders that turn.",
        Setting("blades", "Blades", 3.0, 2.0, 8.0, "How many blades it has.", integer=True),
        Setting("twist", "Twist", 0.25, -1.0, 1.0, "How far the blades are bent, in turns; at 0 they are straight."),
    ),
    _gray(
        "ball",
        "Ball",
        ball,
        "A lit ball and its shadow: smooth shades and one sharp edge.",
        Setting("radius", "Radius", 0.62, 0.3, 0.85, "How large the ball is."),
        Setting("shadow", "Shadow", 0.45, 0.0, 0.8, "How dark its shadow is."),
    ),
    _gray(
        "face",
        "Face",
        face,
        "Large areas and small details: the details come last.",
        Setting("apart", "Eyes apart", 0.24, 0.16, 0.36, "How far from the middle each eye is."),
        Setting("mouth", "Mouth", 0.26, 0.1, 0.4, "How far the mouth reaches to each side."),
    ),
    _gray(
        "ripples",
        "Ripples",
        ripples,
        "Two waves that meet: a pattern without a single straight line.",
        Setting("frequency", "Frequency", 11.0, 3.0, 25.0, "How close the waves follow each other."),
    ),
)
