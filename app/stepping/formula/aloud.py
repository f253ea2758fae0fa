"""Sentences and titles as a screen reader should read them: words in place of symbols."""

import re

DIGIT_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SUBSCRIPTS = {chr(ord("₀") + number): f" {name}" for number, name in enumerate(DIGIT_NAMES)}
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
# In this order: what is longer before what it begins with.
_WORDS = (
    ("‖∇L‖", "the length of the gradient"),
    ("‖g‖", "the length of g"),
    ("∂L/∂", "partial L by "),
    ("f′(z)", "f prime of z"),
    ("|slope|", "the size of the slope"),
    ("1/(1 − ", "one over (1 − "),
    ("⁽¹⁾", " of the first"),
    ("⁽²⁾", " of the second"),
    ("⁽ᵃ⁾", " of the anchor"),
    ("⁽ᵖ⁾", " of the positive"),
    ("⁽ⁿ⁾", " of the negative"),
    ("ŷ", "y hat"),
    ("ã", "a tilde"),
    ("δ", "delta"),
    ("Δ", "the change of "),
    ("η", "eta"),
    ("λ", "lambda"),
    ("μ", "mu"),
    ("β", "beta"),
    ("ρ", "rho"),
    ("ε", "epsilon"),
    ("α", "alpha"),
    ("∞", "infinity"),
    ("½", "one half"),
    ("…", "and so on"),
    (" ≤ ", " is at most "),
    (" ≥ ", " is at least "),
    (" < ", " is less than "),
    (" > ", " is greater than "),
    (" = ", " equals "),
    (" ← ", " becomes "),
    (" × ", " times "),
    (" − ", " minus "),
    ("−", "minus "),
    (" + ", " plus "),
)


def aloud(text: str) -> str:
    """Return ``text`` with its symbols in words: “δ of w₁₂ ≤ −2·10⁻⁵” becomes “delta of w one two is at most minus …”.

    Dots that part a title become commas; those between factors are left to formulas, which know their own words.
    """
    text = re.sub("·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: f" times ten to the {_raised(found[1])}", text)
    text = text.replace(" · ", ", ")
    for sign, words in _WORDS:
        text = text.replace(sign, words)
    text = text.replace("²", " squared").replace("³", " cubed")
    for sign, words in _SUBSCRIPTS.items():
        text = text.replace(sign, words)
    return re.sub("  +", " ", text)


def _raised(exponent: str) -> str:
    return exponent.translate(_RAISED).replace("-", "minus ")
