"""Which signal goes where: between the parts of the window, and from the actions to what they do."""

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.window import Window


def connect_views(window: "Window") -> None:
    """Let what is done in the views and panels reach the session, and each other."""
    session, output = window.session, window.output
    for editor in (window.network, window.data, window.choices, window.activations, window.losses):
        editor.changed.connect(session.change)
    for part in (*window.views, window.data, window.choices, window.transport):
        part.hint.connect(window.status.show_hint)
    window.network.parameter_edited.connect(session.edit_parameter)
    window.network.unit_hovered.connect(session.focus_unit)
    window.network.weight_hovered.connect(window.gradients.highlight_parameter)
    window.gradients.weight_hovered.connect(window.network.highlight_parameter)
    output.stroke_started.connect(session.begin_stroke)
    output.points_painted.connect(session.paint)
    output.points_erased.connect(session.erase)
    output.points_edited.connect(session.edit)
    output.selection_made.connect(session.selection.choose)
    session.selection.changed.connect(output.show_selection)
    output.stroke_finished.connect(session.end_stroke)
    output.stroke_given_up.connect(session.give_up_stroke)
    session.stroke_ending.connect(output.end_gestures)
    output.points_cleared.connect(session.clear_points)
    output.undo_requested.connect(session.undo)
    output.changed.connect(session.change)
    output.needs_changed.connect(window.showing.ask_for_fields)
    output.large_requested.connect(window.toggle_large)
    window.window_layout.alone_changed.connect(output.show_large)
    window.points.points_edited.connect(session.edit)
    window.points.selection_made.connect(session.selection.choose)
    window.points.problem.connect(window.status.show_problem)
    window.transport.speed_changed.connect(session.set_speed)
    for name, dock in window.docks.items():
        dock.visibilityChanged.connect(partial(window.showing.see, name))


def connect_actions(window: "Window") -> None:
    """Let every action do what it says."""
    session, files, appearance = window.session, window.files, window.appearance
    commands = {
        **window.walking.actions,
        **window.dialogs.actions,
        **window.transfer.actions,
        "new": files.new,
        "open": files.open,
        "save": files.save,
        "save_as": files.save_as,
        "save_with_weights": files.save_with_weights,
        "worksheet": window.worksheets.export,
        "quit": window.close,
        "undo": session.undo,
        "redo": session.redo,
        "clear_points": session.clear_points,
        "run": session.toggle,
        "epoch": session.step_epoch,
        "reset": session.reset,
        "new_weights": session.new_weights,
        "text_larger": lambda: appearance.change_text_scale(1),
        "text_smaller": lambda: appearance.change_text_scale(-1),
        "text_normal": lambda: appearance.choose_text_scale(1.0),
        "draw_large": window.toggle_large,
        "default_layout": window.window_layout.arrange,
        "theme_system": lambda: appearance.choose_theme("system"),
        "theme_light": lambda: appearance.choose_theme("light"),
        "theme_dark": lambda: appearance.choose_theme("dark"),
    }
    for key, command in commands.items():
        # Through a lambda, since an action also says whether it is checked.
        window.actions_by_key[key].triggered.connect(lambda checked=False, command=command: command())
    window.actions_by_key[f"theme_{appearance.choice}"].setChecked(True)
    # Shortcuts of actions that are in no visible menu, as on macOS, need a widget that holds them.
    window.addActions(list(window.actions_by_key.values()))
