"""What points meant in the table that they come from, in a few short lines."""

from app.views.decision.shapes import class_name
from app.views.parameter_text import short_number
from engine.experiment import Columns

# Words longer than this are cut in the panel; its tooltip has them whole.
LONGEST = 24


def columns_text(columns: Columns, *, longest: int = LONGEST) -> str:
    """Return a line for each coordinate, “x₁ = (width − 3) · 1.2”, and one for the target or its classes."""
    axes = ("x₁", "x₂") if len(columns.weights) == 2 else ("x",)
    lines = [
        f"{axis} = {_combination(columns.names, weights, shift, longest)}"
        for axis, weights, shift in zip(axes, columns.weights, columns.shifts, strict=True)
    ]
    target = _cut(columns.target, longest)
    if columns.classes:
        names = (
            f"{class_name(number, len(columns.classes))} {_cut(name, longest)}"
            for number, name in enumerate(columns.classes)
        )
        return "\n".join((*lines, f"{target}: {', '.join(names)}"))
    value = _scaled(target, columns.target_weight, columns.target_shift)
    return "\n".join((*lines, f"{'y' if len(axes) == 1 else 'value'} = {value}"))


def _combination(names: tuple[str, ...], weights: tuple[float, ...], shift: float, longest: int) -> str:
    """Return the weighted sum that a coordinate is."""
    taken = [(name, weight) for name, weight in zip(names, weights, strict=True) if weight]
    if not taken:
        return short_number(shift)
    if len(taken) == 1:
        return _scaled(_cut(taken[0][0], longest), taken[0][1], shift)
    terms = [f"{_signed(weight)} · {_cut(name, longest)}" for name, weight in taken]
    return " ".join((*terms, _signed(shift))).removeprefix("+ ")


def _scaled(name: str, weight: float, shift: float) -> str:
    """Return weight · name + shift as people write it: (name − center) · weight."""
    center = -shift / weight if weight else 0.0
    moved = f"({name} {_signed(-center)})" if center else name
    return moved if weight == 1.0 else f"{moved} · {short_number(weight)}"


def _signed(value: float) -> str:
    return f"{'−' if value < 0.0 else '+'} {short_number(abs(value))}"


def _cut(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
