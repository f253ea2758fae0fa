"""What a unit computes, as text that a first-year student can check by hand. Pure functions."""

import re
from html import unescape

from app.frame import Array
from app.views.parameter_text import Place, input_symbol, number_text, subscript, symbol
from app.widgets.formula_text import formula_text
from engine.activations import ACTIVATIONS
from engine.parameters import Layout

_LOWERED = str.maketrans("0123456789ijk", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖ")
MOST_TERMS = 6
MOST_SYMBOLIC_TERMS = 3


def activation_text(
    activation: str, *, is_output: bool = False, number: int = -1, alpha: float = 0.0, letter: str = "ŷ"
) -> str:
    """Return “a = tanh(z)”; the output's value is ``letter``, with the index of ``number`` where there are several.

    What has an α or acts on all units at once is written out, from the formula of its entry.
    """
    index = subscript(number + 1) if number >= 0 else ""
    value, z = (letter if is_output else "a") + index, "z" + index
    entry = ACTIVATIONS[activation]
    if entry.name == "linear":
        return f"{value} = {z}"
    if entry.joint:
        return f"{value} = {plain_formula(entry.formula).partition(' = ')[2].replace('zᵢ', z)}"
    if entry.settings:
        written = re.sub(r"\bz\b", z, plain_formula(entry.formula).partition(" = ")[2])
        return f"{value} = {written}, α = {f'{alpha:g}'.replace('-', '−')}"
    # “Tanh” is written tanh; a name with capitals inside, such as ReLU, stays as it is.
    label = entry.label if any(letter.isupper() for letter in entry.label[1:]) else entry.label.lower()
    return f"{value} = {label}({z})"


def plain_formula(latex: str) -> str:
    """Return a short formula as plain text: powers of e as exp(…), indices as small lowered letters."""
    text = re.sub(r"</?i>", "", formula_text(latex))
    text = re.sub(r"<sub>(.*?)</sub>", lambda match: match[1].translate(_LOWERED), text)
    text = re.sub(r"e<sup>(.*?)</sup>", r"exp(\1)", text)
    text = unescape(re.sub(r"<sup>(.*?)</sup>", r"^\1", text))
    return text.replace("∑ ", "∑").replace("α ", "α·")


def symbolic(layout: Layout, layer: int, number: int) -> str:
    """Return what the unit adds up, in symbols: z = w₂₁·x₁ + w₂₂·x₂ + b₂."""
    shape = layout.layers[layer]
    terms = [
        f"{symbol(Place(layer, number, source))}·{input_symbol(layout, layer, source)}"
        for source in range(shape.inputs)
    ]
    if len(terms) > MOST_SYMBOLIC_TERMS:
        terms = [*terms[: MOST_SYMBOLIC_TERMS - 1], "…", terms[-1]]
    if shape.bias_start >= 0:
        terms.append(symbol(Place(layer, number, -1)))
    return f"{_sum_symbol(layout, layer, number)} = {' + '.join(terms)}"


def numeric(layout: Layout, flat: Array, layer: int, number: int) -> str:
    """Return the same with the numbers of ``flat``: z = 0.83·x₁ − 1.20·x₂ + 0.10."""
    shape = layout.layers[layer]
    weights = layout.weights(flat, layer)[number]
    terms = [
        (float(weights[source]), f"·{input_symbol(layout, layer, source)}")
        for source in range(min(shape.inputs, MOST_TERMS))
    ]
    text = _sum(terms)
    if shape.inputs > MOST_TERMS:
        text += " + …"
    if shape.bias_start >= 0:
        bias = float(layout.biases(flat, layer)[number])
        text += f" {'−' if bias < 0.0 else '+'} {number_text(abs(bias), 2)}"
    return f"{_sum_symbol(layout, layer, number)} = {text}"


def _sum_symbol(layout: Layout, layer: int, number: int) -> str:
    """Return z, or z₂ for one of several outputs: they are spoken of together."""
    several = layer == len(layout.layers) - 1 and layout.layers[layer].outputs > 1
    return f"z{subscript(number + 1)}" if several else "z"


def inputs_note(layout: Layout, layer: int) -> str:
    """Return what the a₁ … of the formula are; nothing where the inputs are features."""
    if layer == 0:
        return ""
    count = layout.layers[layer].inputs
    if count == 1:
        return f"a₁ is the output of layer {layer}"
    joint = " and " if count == 2 else " … "
    return f"a₁{joint}a{subscript(count)} are the outputs of layer {layer}"


def _sum(terms: list[tuple[float, str]]) -> str:
    parts = []
    for place, (value, factor) in enumerate(terms):
        sign = "−" if value < 0.0 else "+"
        lead = ("−" if value < 0.0 else "") if place == 0 else f" {sign} "
        parts.append(f"{lead}{number_text(abs(value), 2)}{factor}")
    return "".join(parts)
