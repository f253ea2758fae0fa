"""The popover of an entry: for every entry of every family that has settings, without a word about any of them here."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.widgets.entry_curves import activation_curve, initializer_curve, loss_curve, schedule_curve
from app.widgets.entry_settings import EntrySettings, ladder_of
from engine.activations import ACTIVATIONS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

FAMILIES = (
    (ACTIVATIONS, activation_curve),
    (LOSSES, loss_curve),
    (OPTIMIZERS, None),
    (SCHEDULES, schedule_curve),
    (INITIALIZERS, initializer_curve),
)
ENTRIES = [
    pytest.param(curve, entry, id=f"{family.kind}-{entry.name}") for family, curve in FAMILIES for entry in family
]
SETTINGS = [
    pytest.param(entry, setting, id=f"{family.kind}-{entry.name}-{setting.name}")
    for family, _ in FAMILIES
    for entry in family
    for setting in entry.settings
]


def opened(qtbot, curve=None, theme=LIGHT):
    window = QWidget()
    window.setStyleSheet(style_sheet(theme))
    qtbot.addWidget(window)
    window.show()
    settings = EntrySettings(window, "What the letters mean.", curve)
    settings.set_theme(theme)
    return window, settings


def type_in(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(("curve", "entry"), ENTRIES)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_entry_is_explained_and_fits_the_screen(qtbot, curve, entry, theme):
    window, settings = opened(qtbot, curve, theme)
    settings.show_entry(entry, {})
    settings.open_below(window)
    assert settings.title.text() == entry.label
    assert settings.remark.text() == entry.remark
    assert settings.source.text() == entry.source
    assert settings.formula.lines()
    assert settings.curve.isVisible() is (curve is not None)
    assert set(settings.fields) == {setting.name for setting in entry.settings}
    assert settings.width() <= 560
    assert settings.height() <= 600
    settings.close()


@pytest.mark.parametrize("text", ["abc", "", "1e308", "-1e308", "nan", "1,2,3,x"])
@pytest.mark.parametrize(("entry", "setting"), SETTINGS)
def test_what_is_no_possible_value_is_said_and_loses_nothing(qtbot, entry, setting, text):
    window, settings = opened(qtbot)
    asked = []
    settings.changed.connect(lambda *change: asked.append(change))
    settings.show_entry(entry, {})
    settings.open_below(window)
    field = settings.fields[setting.name]
    before = field.text()
    type_in(qtbot, field, text)
    said = settings.problem_text.text()
    assert said.startswith(f"{setting.label} must be")
    assert said.endswith(".")
    assert field.toolTip() == said
    assert asked == []
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.value()) == (before, setting.default)
    assert settings.problem_text.isHidden()
    settings.close()


@pytest.mark.parametrize(("entry", "setting"), SETTINGS)
def test_the_ends_of_the_range_count_as_they_are_declared(qtbot, entry, setting):
    window, settings = opened(qtbot)
    asked = []
    settings.changed.connect(lambda *change: asked.append(change))
    settings.show_entry(entry, {})
    settings.open_below(window)
    for value, included in ((setting.low, setting.includes_low), (setting.high, setting.includes_high)):
        asked.clear()
        type_in(qtbot, settings.fields[setting.name], repr(value))
        if not included:
            assert asked == []
            assert "must be" in settings.problem_text.text()
            qtbot.keyClick(settings.fields[setting.name], Qt.Key.Key_Escape)
        elif value != setting.default:
            assert asked == [(setting.name, value)]
    settings.close()


@pytest.mark.parametrize(("entry", "setting"), SETTINGS)
def test_every_setting_has_common_values_around_its_default(entry, setting):
    ladder = ladder_of(setting)
    assert list(ladder) == sorted(set(ladder))
    assert setting.default in ladder
    assert len(ladder) >= 4
    assert all(setting.problem(value) is None for value in ladder)


@pytest.mark.parametrize(
    ("entry", "name", "text", "said"),
    [
        (OPTIMIZERS["adam"], "beta1", "1", "β₁ must be at least 0 and less than 1, not 1."),
        (LOSSES["contrastive"], "margin", "-1", "Margin m must be greater than 0 and at most 1,000, not −1."),
        (LOSSES["huber"], "delta", "0", "δ must be greater than 0 and at most 1,000,000, not 0."),
        (LOSSES["triplet"], "margin", "", "Margin α must be a number, such as 0.03."),
    ],
)
def test_some_sentences_as_they_are_read(qtbot, entry, name, text, said):
    window, settings = opened(qtbot)
    settings.show_entry(entry, {})
    settings.open_below(window)
    type_in(qtbot, settings.fields[name], text)
    assert settings.problem_text.text() == said
    settings.close()


def test_the_curve_follows_the_numbers(qtbot):
    window, settings = opened(qtbot, activation_curve)
    settings.show_entry(ACTIVATIONS["leaky-relu"], {"alpha": 0.1})
    settings.open_below(window)
    before = settings.curve.curve().y[0]
    type_in(qtbot, settings.fields["alpha"], "0.5")
    assert settings.curve.curve().y[0] == pytest.approx(5.0 * before)
    assert settings.reset.isEnabled()
    settings.reset.click()
    assert settings.fields["alpha"].value() == ACTIVATIONS["leaky-relu"].settings[0].default
    assert not settings.reset.isEnabled()
    settings.close()


def test_larger_text_is_not_cut(qtbot):
    window, settings = opened(qtbot, loss_curve, msgspec.structs.replace(LIGHT, text_scale=1.5))
    settings.show_entry(LOSSES["contrastive"], {})
    settings.open_below(window)
    for label in settings.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
    assert settings.height() <= 800
    settings.close()
