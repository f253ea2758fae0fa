"""Formulas as trees: read from the LaTeX of an entry or put together, worked out, and written with numbers."""
