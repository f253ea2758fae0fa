"""Short LaTeX formulas as rich text, for labels: fractions become slashes, indices stay indices."""

import re
from html import escape
from unicodedata import normalize

SYMBOLS = {
    "leftarrow": " ← ",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "Delta": "Δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "sum": "∑ ",
    "partial": "∂",
    "nabla": "∇",
    "cdot": " · ",
    "odot": " ⊙ ",
    "infty": "∞",
    "le": " ≤ ",
    "ge": " ≥ ",
    "sim": " ∼ ",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "left": "",
    "right": "",
    ",": " ",
    ";": " ",
    " ": " ",
    "quad": "   ",
    "|": "‖",
    "{": "{",
    "}": "}",
}
# Functions, which are called by their names, and stay apart from what stands before them.
FUNCTIONS = ("cos", "cosh", "exp", "log", "max", "min", "sin", "tanh")
# What stands on the next letter: Unicode has marks that combine with it.
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
# Commands whose group stays upright as it is.
_UPRIGHT = ("text", "mathrm", "operatorname")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.")
_OPERATORS = re.compile(r"[-+/−·⊙]|\s")


def formula_text(latex: str) -> str:
    """Return ``latex`` as rich text: ``\\frac{a}{b + 1}`` becomes “a / (b + 1)”. Unknown commands keep their name."""
    tokens = _TOKEN.findall(latex)
    tokens.reverse()
    html = _sequence(tokens)
    html = re.sub(r" {2,}", " ", html).strip()
    # No room behind a bracket that opens, nor before one that closes.
    return re.sub(r"(?<=[(\[⌊]) | (?=[)\],⌋])", "", html)


def _sequence(tokens: list[str]) -> str:
    """Take tokens from the end of ``tokens``, up to the end of the group, and return their text."""
    parts = []
    while tokens and tokens[-1] != "}":
        parts.append(_item(tokens))
    return "".join(parts)


def _group(tokens: list[str]) -> str:
    """Return the text of the next group, or of the next token where there are no braces."""
    while tokens and tokens[-1].isspace():
        tokens.pop()
    if not tokens:
        return ""
    if tokens[-1] != "{":
        return _item(tokens)
    tokens.pop()
    inside = _sequence(tokens)
    if tokens:
        tokens.pop()
    return inside


def _item(tokens: list[str]) -> str:
    token = tokens.pop()
    if token == "{":
        tokens.append(token)
        return _group(tokens)
    if token == "^":
        return f"<sup>{_group(tokens)}</sup>"
    if token == "_":
        return f"<sub>{_group(tokens)}</sub>"
    if token.startswith("\\"):
        return _command(token[1:], tokens)
    if token.isspace():
        return " "
    if len(token) == 1 and token.isalpha():
        return f"<i>{token}</i>"
    return escape(token.replace("-", "−"))


def _command(name: str, tokens: list[str]) -> str:
    if name in ("frac", "tfrac", "dfrac"):
        above, below = _group(tokens), _group(tokens)
        if (above, below) == ("1", "2"):
            # “1 / 2 (y − ŷ)” could be read with all of it below the line.
            return "½ "
        return f"{_bracketed(above)} / {_bracketed(below)}"
    if name == "sqrt":
        inside = _group(tokens)
        return f"√{_bracketed(inside)}"
    if name in ACCENTS:
        inside = _group(tokens)
        # Behind the letter, but still in its italics.
        place = len(inside) - len("</i>") if inside.endswith("</i>") else len(inside)
        return normalize("NFC", inside[:place] + ACCENTS[name] + inside[place:])
    if name in _UPRIGHT:
        return re.sub(r"</?i>", "", _group(tokens))
    if name in FUNCTIONS:
        # “y log ŷ”, but “max(0, z)”.
        return f" {name}" if tokens and tokens[-1] in "({" else f" {name} "
    return SYMBOLS.get(name, name)


def _bracketed(html: str) -> str:
    """Return ``html`` in parentheses, unless it is a single term."""
    bare = re.sub(r"<su[bp]>.*?</su[bp]>|<[^>]*>", "", html).strip()
    return f"({html})" if _OPERATORS.search(bare) else html
