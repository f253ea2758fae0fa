"""The appearance: light or dark, and how large the text is; kept in the settings and applied to the application."""

import msgspec
from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QApplication

from app.actions import TEXT_SCALES, THEME_CHOICES
from app.style import palette, style_sheet
from app.theme import THEMES, Theme

SYSTEM = "system"
THEME_KEY, SCALE_KEY = "theme", "text_scale"
_SCHEMES = {
    SYSTEM: Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Appearance(QObject):
    """Holds the theme that everything is drawn with. Signal ``theme_changed(Theme)``."""

    theme_changed = Signal(object)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        choice = settings.value(THEME_KEY, SYSTEM)
        self.choice: str = choice if choice in {name for name, _, _ in THEME_CHOICES} else SYSTEM
        self.text_scale = _known_scale(settings.value(SCALE_KEY, 1.0))
        hints = QApplication.styleHints()
        # Asking Qt for the scheme, not only drawing in it, makes title bars follow where the platform draws them.
        hints.setColorScheme(_SCHEMES[self.choice])
        self.theme = self._resolved()
        self._apply()
        hints.colorSchemeChanged.connect(self._follow_system)

    def choose_theme(self, choice: str) -> None:
        """Show “light”, “dark” or what the “system” shows."""
        self.choice = choice
        self._settings.setValue(THEME_KEY, choice)
        QApplication.styleHints().setColorScheme(_SCHEMES[choice])
        self._renew()

    def choose_text_scale(self, scale: float) -> None:
        """Show all text ``scale`` times as large as normal."""
        self.text_scale = _known_scale(scale)
        self._settings.setValue(SCALE_KEY, self.text_scale)
        self._renew()

    def change_text_scale(self, steps: int) -> None:
        """Go ``steps`` text scales up (or down, if negative), as far as there are any."""
        place = TEXT_SCALES.index(self.text_scale) + steps
        self.choose_text_scale(TEXT_SCALES[min(max(place, 0), len(TEXT_SCALES) - 1)])

    def _follow_system(self) -> None:
        self._renew()

    def _renew(self) -> None:
        theme = self._resolved()
        if theme != self.theme:
            self.theme = theme
            self._apply()
            self.theme_changed.emit(theme)

    def _resolved(self) -> Theme:
        name = self.choice
        if name == SYSTEM:
            name = "dark" if system_is_dark() else "light"
        return msgspec.structs.replace(THEMES[name], text_scale=self.text_scale)

    def _apply(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(self.theme))
            application.setStyleSheet(style_sheet(self.theme))


def system_is_dark() -> bool:
    """Return whether the system is set to dark windows."""
    return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _known_scale(value: object) -> float:
    """Return the offered scale nearest to ``value``; the normal one if it is no number."""
    try:
        wanted = float(str(value))
    except ValueError:
        return 1.0
    return min(TEXT_SCALES, key=lambda scale: abs(scale - wanted)) if wanted == wanted else 1.0
