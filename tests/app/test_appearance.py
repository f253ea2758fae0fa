"""The appearance: light or dark, as the system or as chosen, and the size of the text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt

from app.appearance import Appearance


@pytest.fixture
def settings(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


@pytest.fixture(autouse=True)
def normal_look(qapp) -> Iterator[None]:
    """The look belongs to the application: give it back as it was."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    yield
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def test_a_chosen_theme_is_shown_and_kept(qtbot, qapp, settings):
    appearance = Appearance(settings)
    with qtbot.waitSignal(appearance.theme_changed) as told:
        appearance.choose_theme("dark")
    assert told.args[0].is_dark
    assert qapp.palette().window().color().lightness() < 60
    assert Appearance(settings).theme.is_dark


def test_the_system_is_followed_until_a_theme_is_chosen(qtbot, qapp, settings, monkeypatch):
    monkeypatch.setattr("app.appearance.system_is_dark", lambda: False)
    appearance = Appearance(settings)
    assert not appearance.theme.is_dark
    with qtbot.waitSignal(appearance.theme_changed) as told:
        monkeypatch.setattr("app.appearance.system_is_dark", lambda: True)
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert told.args[0].is_dark
    appearance.choose_theme("light")
    with qtbot.assertNotEmitted(appearance.theme_changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not appearance.theme.is_dark


def test_text_scales_have_an_end(settings):
    appearance = Appearance(settings)
    for _ in range(9):
        appearance.change_text_scale(1)
    assert appearance.theme.text_scale == 2.0
    for _ in range(9):
        appearance.change_text_scale(-1)
    assert appearance.theme.text_scale == 1.0


@pytest.mark.parametrize("value", ["big", None, "nan", [], "1.3", -4])
def test_nonsense_in_the_settings_is_a_known_scale(qapp, settings, value):
    settings.setValue("text_scale", value)
    assert Appearance(settings).text_scale in (1.0, 1.25)
