"""The style sheet: Qt understands all of it, its pictures exist in the theme's colors, and it grows with the text."""

import re
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QPushButton, QTabBar, QTableView, QToolButton, QVBoxLayout, QWidget

from app.style import css, palette, style_sheet
from app.theme import LIGHT, THEMES


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_picture_exists_in_the_colors_of_the_theme(theme):
    pictures = {Path(path) for path in re.findall(r'url\("([^"]+)"\)', style_sheet(theme))}
    assert len(pictures) == 7
    for picture in pictures:
        color = theme.accent_text if picture.name.startswith("check") else theme.muted
        assert f'stroke="{css(color)}"' in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_controls_take_the_colors_and_sizes(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    button, choice = QPushButton("Run"), QComboBox()
    button.setProperty("role", "primary")
    choice.addItem("Tanh")
    layout = QVBoxLayout(window)
    layout.addWidget(button)
    layout.addWidget(choice)
    window.setPalette(palette(theme))
    # Qt warns about a sheet it cannot parse, and a warning fails the test.
    window.setStyleSheet(style_sheet(theme))
    window.ensurePolished()
    image = button.grab().toImage()
    assert image.pixelColor(image.width() // 2, 4) == QColor(*theme.accent)
    assert window.palette().color(QPalette.ColorRole.Window) == QColor(*theme.window)
    height = choice.sizeHint().height()
    window.setStyleSheet(style_sheet(msgspec.structs.replace(theme, text_scale=1.5)))
    assert choice.sizeHint().height() >= 1.3 * height


def test_colors_are_written_in_hexadecimal():
    assert css((1, 171, 255)) == "#01abff"
    assert css(LIGHT.surface) in style_sheet(LIGHT)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_ground_of_a_cell_is_seen(qtbot, theme):
    table, model = QTableView(), QStandardItemModel(1, 2)
    qtbot.addWidget(table)
    model.setParent(table)
    item = QStandardItem("")
    item.setBackground(QColor(*theme.selected))
    model.setItem(0, 1, item)
    table.setModel(model)
    table.setStyleSheet(style_sheet(theme))
    image = table.viewport().grab().toImage()
    plain, colored = (image.pixelColor(table.visualRect(model.index(0, column)).center()) for column in (0, 1))
    assert plain == QColor(*theme.field)
    assert colored == QColor(*theme.selected)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_many_tabs_keep_their_names_and_can_be_scrolled(qtbot, theme):
    bar = QTabBar()
    qtbot.addWidget(bar)
    bar.setElideMode(Qt.TextElideMode.ElideRight)
    for name in ("Gradients", "Step through", "Activations", "Losses"):
        bar.addTab(name)
    bar.setStyleSheet(style_sheet(theme))
    bar.resize(150, 40)
    bar.show()
    assert bar.elideMode() == Qt.TextElideMode.ElideNone
    assert sum(button.isVisible() for button in bar.findChildren(QToolButton)) == 2
