"""The menu bar, built from the actions."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.actions import THEME_CHOICES
from app.files.sample_tables import SAMPLE_TABLES
from app.menu_letters import MenuLetters
from engine.examples import EXAMPLES, Example

SEPARATOR = ""
_MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "&Edit",
        (
            "undo", "redo", "history", SEPARATOR, "paste_data", "copy_data", "copy_picture", SEPARATOR, "clear_points",
        ),
    ),
    (
        "&Training",
        (
            "run", "step", "step_back", "epoch", SEPARATOR, "reset", "new_weights", SEPARATOR,
            "walk", "walk_play", "walk_finer", "walk_coarser", "walk_all_terms", "walk_copy", SEPARATOR, "find_rate",
        ),
    ),
)  # fmt: skip


def build_menus(
    bar: QMenuBar,
    actions: Mapping[str, QAction],
    panels: Iterable[QAction],
    open_example: Callable[[Example], None],
    import_table: Callable[[Path], None],
) -> QMenu:
    """Fill ``bar``; ``panels`` show and hide the docks. Return the menu for the recent files, still empty."""
    file_menu = _menu(bar, "&File", actions, ("new", "open"))
    recent = file_menu.addMenu("Open &recent")
    _fill(file_menu, actions, ("save", "save_as", "save_with_weights"))
    _fill(file_menu, actions, (SEPARATOR, "import_data"))
    _fill_tables(file_menu.addMenu("Import sample &table"), import_table)
    _fill(file_menu, actions, ("export_data", "worksheet", SEPARATOR, "quit"))
    for title, keys in _MENUS[:1]:
        _menu(bar, title, actions, keys)
    view = _menu(bar, "&View", actions, ())
    for action in panels:
        view.addAction(action)
    _fill(view, actions, (SEPARATOR, "draw_large", "default_layout", SEPARATOR))
    _fill(view, actions, ("text_larger", "text_smaller", "text_normal", SEPARATOR))
    _fill(view.addMenu("&Theme"), actions, [f"theme_{name}" for name, _, _ in THEME_CHOICES])
    for title, keys in _MENUS[1:]:
        _menu(bar, title, actions, keys)
    _fill_examples(bar.addMenu("E&xamples"), open_example)
    _menu(bar, "&Help", actions, ("shortcuts", "about"))
    MenuLetters(bar).watch(bar)
    return recent


def fill_recent(menu: QMenu, paths: Iterable[Path], open_path: Callable[[Path], None]) -> None:
    """Offer ``paths`` in ``menu``, newest first."""
    menu.clear()
    for number, path in enumerate(paths, start=1):
        action = menu.addAction(f"&{number}  {path.name.replace('&', '&&')}")
        action.setToolTip(str(path))
        action.setStatusTip(str(path))
        action.triggered.connect(lambda checked=False, path=path: open_path(path))
    menu.setEnabled(not menu.isEmpty())


def _fill_tables(menu: QMenu, import_table: Callable[[Path], None]) -> None:
    """Offer the tables that come with the program."""
    for table in SAMPLE_TABLES:
        action = menu.addAction(table.label)
        action.setToolTip(table.remark)
        action.setStatusTip(table.remark)
        action.triggered.connect(lambda checked=False, table=table: import_table(table.path))


def _fill_examples(menu: QMenu, open_example: Callable[[Example], None]) -> None:
    """Offer the worked examples, each group below its heading."""
    group = ""
    for example in EXAMPLES:
        if example.group != group:
            group = example.group
            if not menu.isEmpty():
                menu.addSeparator()
            # A section of Qt's own loses its text where a style sheet draws the menu.
            menu.addAction(group).setEnabled(False)
        action = menu.addAction(example.label)
        action.setToolTip(example.remark)
        action.setStatusTip(example.remark)
        action.triggered.connect(lambda checked=False, example=example: open_example(example))


def _menu(bar: QMenuBar, title: str, actions: Mapping[str, QAction], keys: Iterable[str]) -> QMenu:
    menu = bar.addMenu(title)
    _fill(menu, actions, keys)
    return menu


def _fill(menu: QMenu, actions: Mapping[str, QAction], keys: Iterable[str]) -> None:
    for key in keys:
        if key == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[key])
