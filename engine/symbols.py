"""Symbols and numbers as people read them."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def subscript(*numbers: int) -> str:
    """Return indices as small lowered digits: ₂₁, and ₁₂,₃ where they would run together."""
    joint = "," if any(number > 9 for number in numbers) else ""
    return joint.join(str(number).translate(_SUBSCRIPTS) for number in numbers)


def written(number: float) -> str:
    """Return a number as it stands in a sentence: “−1”, “0.03”, “1,000,000”, “1e308”, “1e−8”."""
    mantissa, _, exponent = f"{number:,.10g}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−") if exponent else mantissa.replace("-", "−")
