"""Data sets: frozen arrays, and where they come from."""
