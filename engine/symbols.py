"""Symbols as people read them."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def subscript(*numbers: int) -> str:
    """Return indices as small lowered digits: ₂₁, and ₁₂,₃ where they would run together."""
    joint = "," if any(number > 9 for number in numbers) else ""
    return joint.join(str(number).translate(_SUBSCRIPTS) for number in numbers)
