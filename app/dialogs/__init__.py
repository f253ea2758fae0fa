"""Dialogs: the shortcut sheet and the About box."""
