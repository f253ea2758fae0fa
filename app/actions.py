"""Every command once: text, icon, shortcut, tooltip. Menus and bars are built from these."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from app.icons import icon
from app.theme import Theme

TEXT_SCALES = (1.0, 1.25, 1.5, 2.0)
THEME_CHOICES = (
    ("system", "Like the &system", "Light or dark, as the system is set."),
    ("light", "&Light", "Dark on light: for bright rooms and projectors."),
    ("dark", "&Dark", "Light on dark: for dim rooms."),
)

# key, text, icon (or ""), shortcuts, what it does
_COMMANDS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("new", "&New", "new", ("Ctrl+N",), "Begin with the standard experiment."),
    ("open", "&Open…", "open", ("Ctrl+O",), "Open an experiment from a file."),
    ("save", "&Save", "save", ("Ctrl+S",), "Save the experiment, with all painted points, to its file."),
    ("save_as", "Save &as…", "", ("Ctrl+Shift+S",), "Save the experiment to another file."),
    (
        "save_with_weights",
        "Save with &weights…",
        "",
        ("Ctrl+Alt+S",),
        "Save a copy that starts from the weights as they are now, trained or set by hand.",
    ),
    (
        "worksheet",
        "Export wor&ksheet…",
        "",
        ("Ctrl+Shift+E",),
        "Put the present iteration on paper: formulas with blanks or with the answers, as PDF or web page.",
    ),
    (
        "import_data",
        "&Import data…",
        "",
        ("Ctrl+I",),
        "Learn from a table (CSV, JSON, NumPy) or a picture. It can be dropped onto the window, too.",
    ),
    (
        "export_data",
        "&Export data…",
        "",
        ("Ctrl+E",),
        "Write the points as CSV, JSON or NumPy arrays, or the output as a picture or drawing.",
    ),
    ("quit", "&Quit", "", ("Ctrl+Q",), "Close the window."),
    ("undo", "&Undo", "undo", ("Ctrl+Z",), "Take the last change or stroke back."),
    ("redo", "&Redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Make again what was taken back."),
    ("history", "&History…", "", ("Ctrl+Alt+Z",), "See every step in a list, and go back or forward to any of them."),
    (
        "paste_data",
        "&Paste data…",
        "",
        ("Ctrl+V",),
        "Learn from the cells or the picture that was copied.",
    ),
    ("copy_data", "C&opy data", "", ("Ctrl+Shift+C",), "Copy the points as cells for a spreadsheet."),
    ("copy_picture", "Copy p&icture", "", ("Ctrl+Alt+C",), "Copy the picture of the output."),
    ("clear_points", "&Clear all points", "clear", (), "Begin with an empty canvas and paint points of your own."),
    ("run", "&Run", "run", ("Space",), "Train until paused."),
    ("step", "&Step", "step", ("Right",), "Make one update of the parameters, from one batch."),
    ("step_back", "Step &back", "", ("Left",), "Go back to before the last update, as if it had not been made."),
    ("epoch", "Step one &epoch", "epoch", ("Shift+Right",), "Train once on every training sample."),
    ("reset", "Rese&t", "reset", ("R",), "Start again from the same initial weights."),
    ("new_weights", "&New weights", "new_weights", ("N",), "Start again from other random weights."),
    (
        "walk",
        "Step t&hrough an iteration",
        "",
        ("T",),
        "Take the next iteration apart, and walk through it: Right and Left then go from one formula to the next.",
    ),
    ("walk_play", "&Play the walk", "", ("P",), "Go on through the iteration by itself, or stop there."),
    (
        "walk_copy",
        "Copy the for&mula",
        "",
        ("Ctrl+Shift+F",),
        "Copy the formula that one stands at, its numbers with all digits.",
    ),
    ("walk_finer", "&Finer steps", "", ("G",), "Walk from layer to layer, unit to unit, term to term."),
    ("walk_coarser", "&Coarser steps", "", ("Shift+G",), "Walk from unit to unit, layer to layer, phase to phase."),
    (
        "walk_all_terms",
        "Show &all terms",
        "",
        ("Shift+T",),
        "Write long sums out, or show only where they begin and end.",
    ),
    (
        "find_rate",
        "Find a &learning rate…",
        "",
        ("L",),
        "Train for a moment at ever larger learning rates, and see where the loss falls fastest.",
    ),
    ("text_larger", "&Larger text", "plus", ("Ctrl++", "Ctrl+="), "Make all text larger, as for a projector."),
    ("text_smaller", "&Smaller text", "minus", ("Ctrl+-",), "Make all text smaller."),
    ("text_normal", "&Normal text", "", ("Ctrl+0",), "Show all text in its normal size."),
    ("draw_large", "&Draw large", "large", ("F11",), "Let the output have the whole window, or give the room back."),
    ("default_layout", "Default la&yout", "", (), "Put all parts of the window back to where they were at first."),
    ("shortcuts", "&Shortcuts", "help", ("F1",), "Show all keys and mouse gestures."),
    ("about", "&About Descent", "", (), "Show the version and what Descent is built on."),
)
# A key that is held down repeats these only.
_REPEATING = ("step", "step_back", "epoch", "undo", "redo", "text_larger", "text_smaller")
_ICON_NAMES = {key: name for key, _, name, _, _ in _COMMANDS if name}


def make_actions(parent: QObject) -> dict[str, QAction]:
    """Return every command by its key, as children of ``parent``; not yet connected."""
    actions = {}
    for key, text, _, shortcuts, tip in _COMMANDS:
        action = QAction(text, parent)
        action.setShortcuts([QKeySequence(shortcut) for shortcut in shortcuts])
        # Floating docks are windows of their own: the keys work there as well. A dialog still keeps its own.
        action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        action.setToolTip(tip)
        action.setStatusTip(tip)
        action.setAutoRepeat(key in _REPEATING)
        actions[key] = action
    actions["quit"].setMenuRole(QAction.MenuRole.QuitRole)
    actions["about"].setMenuRole(QAction.MenuRole.AboutRole)
    group = QActionGroup(parent)
    for name, text, tip in THEME_CHOICES:
        action = QAction(text, group)
        action.setCheckable(True)
        action.setData(name)
        action.setToolTip(tip)
        action.setStatusTip(tip)
        actions[f"theme_{name}"] = action
    return actions


def show_icons(actions: Mapping[str, QAction], theme: Theme, running: bool) -> None:
    """Draw the icons in the colors of ``theme``."""
    for key, name in _ICON_NAMES.items():
        actions[key].setIcon(icon("pause" if key == "run" and running else name, theme))


def show_running(actions: Mapping[str, QAction], theme: Theme, running: bool) -> None:
    """Let the command that runs training say what it would do now."""
    tip = "Pause training; it can go on from here." if running else "Train until paused."
    actions["run"].setText("&Pause" if running else "&Run")
    actions["run"].setToolTip(tip)
    actions["run"].setStatusTip(tip)
    actions["run"].setIcon(icon("pause" if running else "run", theme))


def show_history(actions: Mapping[str, QAction], undo: str, redo: str) -> None:
    """Let undo and redo say what they would take back or make again."""
    for key, verb, what in (("undo", "&Undo", undo), ("redo", "&Redo", redo)):
        # The ampersand marks the letter for the keyboard in menus.
        actions[key].setText(f"{verb}: {what.replace('&', '&&')}" if what else verb)
        actions[key].setEnabled(bool(what))
