"""The look of all standard controls: a palette and a style sheet on top of Qt's Fusion style."""

from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette

from app.theme import RGB, Theme

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "style"
FONT_SIZE = 13

_SHEET = Template("""
QWidget { font-size: ${font}px; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $outline; padding: ${p5}px ${p8}px; }
*[role="caption"] { color: $muted; font-size: ${small}px; }
*[role="heading"] { color: $muted; font-size: ${small}px; font-weight: 600; }
*[role="title"] { font-size: ${large}px; font-weight: 600; }
*[role="figure"] { font-size: ${figure}px; font-weight: 600; }
*[role="problem"] { color: $problem; }

QLabel { background: transparent; }
QLabel:disabled { color: $disabled; }

QToolButton, QPushButton { background: transparent; border: 2px solid transparent; border-radius: 6px;
    padding: ${p3}px ${p6}px; color: $text; }
QPushButton { background: $surface; border-color: $border; padding: ${p4}px ${p12}px; }
QToolButton:hover, QPushButton:hover { background: $hover; }
QToolButton:pressed, QPushButton:pressed, QToolButton:open { background: $pressed; }
QToolButton:checked, QPushButton:checked { background: $selected; }
QToolButton[role="outlined"] { background: $surface; border: 1px solid $border; padding: ${p4}px ${p7}px; }
QToolButton[role="outlined"]:hover { background: $hover; }
QToolButton[role="outlined"]:pressed { background: $pressed; }
QToolButton[role="outlined"]:checked { background: $selected; border-color: $accent; }
QToolButton:focus, QPushButton:focus, QToolButton[role="outlined"]:focus { border-color: $focus; }
QToolButton:disabled, QPushButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="primary"], QPushButton[role="primary"], QPushButton:default { background: $accent;
    color: $accent_text; font-weight: 600; border-color: $accent; }
QPushButton[role="primary"] { padding: ${p5}px ${p16}px; }
*[role="compact"] { padding: ${p2}px; }
QToolButton[role="tool"] { padding: ${p3}px ${q3}px; }
QToolButton[role="primary"]:hover, QPushButton[role="primary"]:hover, QPushButton:default:hover {
    background: $accent_hover; border-color: $accent_hover; }
QToolButton[role="primary"]:focus, QPushButton[role="primary"]:focus, QPushButton:default:focus {
    border-color: $text; }
QToolButton[role="primary"]:disabled, QPushButton[role="primary"]:disabled { background: $pressed;
    color: $disabled; border-color: $pressed; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit { background: $field; color: $text;
    border: 1px solid $outline; border-radius: 6px; padding: ${p4}px ${p7}px;
    selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit { padding-left: ${p5}px; }
QComboBox { padding-right: 0; combobox-popup: 0; }
QAbstractSpinBox { padding-right: 0; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $focus; padding: ${q4}px ${q7}px; }
QLineEdit:focus { padding-left: ${q5}px; }
QComboBox:focus, QAbstractSpinBox:focus { padding-right: 0; }
QLineEdit[invalid="true"] { border: 2px solid $problem; padding: ${q4}px ${q7}px ${q4}px ${q5}px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { background: $window; color: $disabled;
    border-color: $border; }
QComboBox::drop-down { border: none; width: ${p20}px; }
QComboBox::down-arrow { image: url("$pictures/chevron-down-$name.svg"); width: ${p12}px; height: ${p12}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $outline; outline: none;
    padding: 3px; selection-background-color: $selected; selection-color: $text; }
QComboBox QAbstractItemView::item { padding: ${p4}px ${p6}px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $selected; color: $text; }
QComboBox QAbstractItemView::item:disabled { color: $disabled; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit { border: none; padding: 0;
    padding-left: ${p5}px; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent;
    width: ${p18}px; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("$pictures/chevron-up-$name.svg"); width: ${p10}px; height: ${p10}px; }
QAbstractSpinBox::down-arrow { image: url("$pictures/chevron-down-$name.svg"); width: ${p10}px; height: ${p10}px; }

QCheckBox, QRadioButton { spacing: ${p6}px; border: 2px solid transparent; border-radius: 6px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QListView::indicator {
    width: ${p14}px; height: ${p14}px; border: 1px solid $outline; border-radius: 4px; background: $field; }
QRadioButton::indicator { border-radius: ${radio}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $muted; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QListView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$pictures/check-$name.svg"); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5,
    radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.55 $accent, stop: 0.65 $field, stop: 1 $field); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled, QListView::indicator:disabled {
    border-color: $border; background: $window; }

QSlider { min-height: ${p20}px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $border; }
QSlider::add-page:vertical { width: 4px; border-radius: 2px; background: $accent; }
QSlider::handle { width: 12px; height: 12px; border-radius: 8px; background: $surface; border: 2px solid $accent; }
QSlider::handle:horizontal { margin: -6px 0; }
QSlider::handle:vertical { margin: 0 -6px; }
QSlider::handle:hover { background: $selected; }
QSlider::handle:focus { background: $accent; border-color: $text; }
QSlider::sub-page:horizontal:disabled, QSlider::add-page:vertical:disabled { background: $border; }
QSlider::handle:disabled { border-color: $border; background: $window; }

QScrollArea { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $outline; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $window; color: $text; }
QMenuBar::item { padding: ${p4}px ${p9}px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $surface; color: $text; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: ${p5}px ${p24}px ${p5}px ${p10}px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::right-arrow { width: ${p12}px; height: ${p12}px; }

QToolBar { background: $window; border: none; spacing: 4px; padding: 2px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QDockWidget { color: $muted; font-weight: 600; font-size: ${small}px;
    titlebar-close-icon: url("$pictures/close-$name.svg"); titlebar-normal-icon: url("$pictures/float-$name.svg"); }
QDockWidget::title { background: $window; padding: ${p5}px ${p8}px; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button { border: none; border-radius: 4px; padding: 0; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; qproperty-elideMode: ElideNone; qproperty-usesScrollButtons: true; }
QTabBar::scroller { width: ${p20}px; }
QTabBar::tab { background: transparent; color: $muted; padding: ${p5}px ${p10}px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $focus; }
QTabBar QToolButton { background: $window; border-radius: 0; padding: 0; }
QTabBar QToolButton::left-arrow { image: url("$pictures/chevron-left-$name.svg"); width: ${p12}px; height: ${p12}px; }
QTabBar QToolButton::right-arrow { image: url("$pictures/chevron-right-$name.svg"); width: ${p12}px; height: ${p12}px; }

QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QGroupBox { border: 1px solid $border; border-radius: 6px; margin-top: ${p10}px; padding-top: ${p6}px; }
QGroupBox::title { subcontrol-origin: margin; left: 8px; color: $muted; }
QListView, QTreeView, QTableView { background: $field; color: $text; border: 1px solid $border; outline: none;
    selection-background-color: $selected; selection-color: $text; }
QListView:focus, QTreeView:focus, QTableView:focus { border-color: $focus; }
/* No border but where the keys are: Qt leaves the ground of a cell out where its rule has one. */
QTableView::item { padding: 0 ${p4}px; }
QTableView::item:focus { padding: 0 ${q4}px; border: 1px solid $focus; }
QHeaderView::section { background: $raised; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: ${p6}px ${p4}px ${p4}px ${p4}px; }
/* Above the title: beside it there is no room for the sign of the order. */
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-origin: margin; subcontrol-position: top center;
    width: ${p10}px; height: ${p10}px; }
QHeaderView::up-arrow { image: url("$pictures/chevron-up-$name.svg"); }
QHeaderView::down-arrow { image: url("$pictures/chevron-down-$name.svg"); }

#card { background: $surface; border: 1px solid $border; border-radius: 6px; }
#line { background: $border; border: none; }
#note { background: $surface; border: none; border-bottom: 1px solid $border; }
#ticks { border-color: $outline; border-radius: 6px; padding: 2px; }
#ticks:focus { border: 2px solid $focus; padding: 1px; }
#ticks::item { padding: ${p3}px; color: $text; border-radius: 4px; }
#ticks::item:selected { background: $hover; color: $text; }
#ticks::item:disabled { color: $disabled; }
#popover { background: $surface; border: 1px solid $outline; }
#recovery { background: $selected; border: none; border-bottom: 1px solid $border; }
""")


def css(color: RGB) -> str:
    """Return ``color`` as style sheets and rich text write it: “#rrggbb”."""
    red, green, blue = color
    return f"#{red:02x}{green:02x}{blue:02x}"


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the whole application; its sizes follow the theme's text scale.

    It knows the dynamic property ``role``: “primary” (the one important button), “compact” (a button beside a field),
    “tool” (one of many in a row), “outlined” (a button with an edge), “caption”, “heading”, “title”, “figure” (a number
    to be read from afar) and “problem” (labels); and the object names “card”, “line”, “note”, “popover”, “recovery” and
    “ticks” (a list to tick entries in).
    """
    colors = (
        "window surface raised field border outline text muted disabled hover pressed selected accent accent_hover "
        "accent_text focus problem"
    )
    values: dict[str, object] = {name: css(getattr(theme, name)) for name in colors.split()}
    values |= {f"p{size}": theme.pixels(size) for size in range(1, 25)}
    # Padding beside an edge that is wider by one pixel: what gets the focus must not grow.
    values |= {f"q{size}": theme.pixels(size) - 1 for size in (3, 4, 5, 7)}
    values |= {"font": theme.pixels(FONT_SIZE), "small": theme.pixels(11), "large": theme.pixels(17)}
    # Rounding more than half of the width would leave the corners square.
    values["radio"] = theme.pixels(14) // 2 + 1
    values |= {"figure": theme.pixels(19), "name": theme.name, "pictures": PICTURES.as_posix()}
    return _SHEET.substitute(values)


def palette(theme: Theme) -> QPalette:
    """Return the colors of everything that the style sheet does not name."""
    result = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.problem,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: theme.outline,
        role.Shadow: theme.border,
    }
    for name, color in colors.items():
        result.setColor(name, QColor(*color))
    for name in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(*theme.disabled))
    return result
