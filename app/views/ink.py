"""Qt colors and fonts made from the theme, for everything that views paint themselves."""

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from app.theme import RGB, Theme


def color(rgb: RGB, opacity: float = 1.0) -> QColor:
    """Return ``rgb`` as a Qt color."""
    return QColor(*rgb, round(255 * opacity))


def blend(first: RGB, second: RGB, share: float) -> RGB:
    """Return ``first`` with ``share`` (0 … 1) of ``second`` mixed in."""
    mixed = [round(a + (b - a) * share) for a, b in zip(first, second, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def word(rgb: RGB) -> int:
    """Return ``rgb`` as the opaque pixel 0xFFRRGGBB."""
    return 0xFF000000 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]


def sized(font: QFont, theme: Theme, pixels: float, *, bold: bool = False) -> QFont:
    """Return ``font`` at ``pixels`` high before the user's text scale."""
    result = QFont(font)
    result.setPixelSize(max(7, round(pixels * theme.text_scale)))
    result.setBold(bold)
    return result


def fill_background(widget: QWidget, theme: Theme) -> None:
    """Let ``widget`` have the color of surfaces behind everything it shows."""
    widget.setAutoFillBackground(True)
    palette = widget.palette()
    palette.setColor(widget.backgroundRole(), color(theme.surface))
    widget.setPalette(palette)
