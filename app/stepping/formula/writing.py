"""Writing formulas: in symbols, or with the numbers in their place, as tokens that know where they come from."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from app.stepping.formula.numbers import SUPERSCRIPTS, written
from app.stepping.formula.rounding import enough_digits
from app.stepping.formula.tree import (
    Assignment,
    Call,
    Choice,
    Comparison,
    Dots,
    Fraction,
    Group,
    Marked,
    Mean,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Symbol,
    Total,
    has_blank,
    holds,
    taken,
)
from app.stepping.records import Line, Link, Token, tidy

PLUS, MINUS = Token("+", "+", "plus"), Token("-", "−", "minus")
NEGATIVE = Token("{-}", "−", "minus")
TIMES, EQUALS = Token(r"\cdot", "·", "times"), Token("=", "=", "equals")
BECOMES = Token(r"\leftarrow", "←", "becomes")
OPEN, CLOSE = Token("(", "(", "open bracket"), Token(")", ")", "close bracket")
BAR, END_BAR = Token("|", "|", "the size of"), Token("|", "|", "")
COMMA, SLASH = Token(",", ",", ","), Token("/", "/", "over")
DOTS = Token(r"\dots", "…", "and so on")
_COMPARISONS = {
    "<": Token("<", "<", "is less than"),
    ">": Token(">", ">", "is greater than"),
    "≤": Token(r"\le", "≤", "is at most"),
    "≥": Token(r"\ge", "≥", "is at least"),
}
_OPPOSITES = {"<": "≥", ">": "≤", "≤": ">", "≥": "<"}
_RAISED = {"t": "ᵗ"}
_CALLS = {"sign": r"\operatorname{sign}"}


def word(text: str) -> Token:
    """Return words between formulas."""
    return Token(rf"\text{{ {text} }}", text, text)


def dots_line(count: int) -> tuple[Line, ...]:
    """Return a line of dots where ``count`` lines are left out; none where there are none."""
    return (Line("result", (DOTS,)),) if count > 0 else ()


def number_token(value: float, digits: int, link: Link | None = None, *, guard: bool = False) -> Token:
    """Return ``value`` as a token; ``guard`` puts a negative one into parentheses."""
    latex, text, spoken = written(value, digits)
    if guard and text.startswith("−"):
        # “plus minus 2” would be heard as ±2.
        latex, text, spoken = f"({latex})", f"({text})", spoken.replace("minus", "negative", 1)
    return Token(latex, text, spoken, value, link)


class Writer:
    """Writes trees.

    Args:
        digits: how many significant ones.
        with_numbers: whether symbols that have a value are written as that number.
    """

    def __init__(self, digits: int, *, with_numbers: bool) -> None:
        self._digits, self._with_numbers = digits, with_numbers

    def tokens(self, node: Node, *, guard: bool = False) -> tuple[Token, ...]:
        """Return ``node`` from left to right; with ``guard`` a negative number gets parentheses."""
        match node:
            case Symbol(value=value):
                if self._with_numbers and value is not None and not node.is_blank:
                    return (number_token(value, self._digits, node.link, guard=guard),)
                return (Token(node.latex, node.text, node.spoken, None, node.link),)
            case Number():
                return (Token(node.text, node.text, node.text, node.value),)
            case Total(terms):
                return self._total(terms)
            case Product(factors):
                return self._product(factors, guard=guard)
            case Fraction(above, below):
                return (self._fraction(above, below),)
            case Quotient(above, below):
                return (*self.tokens(above, guard=guard), SLASH, *self.tokens(below, guard=True))
            case Power(base, exponent):
                return (self._power(base, exponent),)
            case Root(inside):
                under = _joined(self.tokens(inside))
                text = f"√{_bracketed(under.text)}"
                return (replace(under, latex=rf"\sqrt{{{under.latex}}}", text=text, spoken=f"root of {under.spoken}"),)
            case Group(inside, bars):
                ends = (BAR, END_BAR) if bars else (OPEN, CLOSE)
                return (ends[0], *self.tokens(inside), ends[1])
            case Marked(inside):
                return tuple(replace(token, is_active=True) for token in self.tokens(inside, guard=guard))
            case Dots():
                return (DOTS,)
            case Comparison(left, sign, right):
                return (*self.tokens(left), _COMPARISONS[sign], *self.tokens(right))
            case Call():
                return self._call(node)
            case Choice():
                # Which case holds is part of what is to be found out.
                return self._taken(node) if self._with_numbers and not has_blank(node) else self._cases(node)
            case Mean():
                return self._mean(node)
            case Assignment(forms=forms):
                return self.tokens(forms[0])
        raise TypeError(f"There is no way to write {node}.")

    def _total(self, terms: Sequence[tuple[int, Node]]) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for place, (sign, term) in enumerate(terms):
            if place or sign < 0:
                operator = PLUS if sign > 0 else MINUS if place else NEGATIVE
                tokens.append(replace(operator, is_active=True) if isinstance(term, Marked) and place else operator)
            tokens.extend(self.tokens(term, guard=bool(place) or sign < 0))
        return tuple(tokens)

    def _product(self, factors: Sequence[Node], *, guard: bool) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for place, factor in enumerate(factors):
            if place:
                tokens.append(TIMES)
            tokens.extend(self.tokens(factor, guard=guard or bool(place)))
        return tuple(tokens)

    def _fraction(self, above: Node, below: Node) -> Token:
        over, under = _joined(self.tokens(above)), _joined(self.tokens(below))
        text = "½" if (over.text, under.text) == ("1", "2") else f"{_bracketed(over.text)}/{_bracketed(under.text)}"
        spoken = "one half" if text == "½" else f"the fraction {over.spoken}, over {under.spoken}, end of fraction"
        return _joined((over, under), rf"\frac{{{over.latex}}}{{{under.latex}}}", text, spoken)

    def _power(self, base: Node, exponent: Node) -> Token:
        below, above = _joined(self.tokens(base, guard=True)), _joined(self.tokens(exponent))
        # Of 2·10⁻³ and of ∂L/∂w all is raised, not the end alone.
        if isinstance(base, Symbol) and any(sign in below.text for sign in "·/") and "(" not in below.text:
            below = replace(below, latex=f"({below.latex})", text=f"({below.text})")
        if isinstance(base, Symbol) and below.text.startswith("("):
            below = replace(below, spoken=f"open bracket {below.spoken} close bracket")
        plain = above.text.replace("−", "-")
        if plain.lstrip("-").isdigit():
            raised = plain.translate(SUPERSCRIPTS)
        else:
            raised = _RAISED.get(plain) or f"^{_bracketed(above.text)}"
        spoken = f"{below.spoken} squared" if plain == "2" else f"{below.spoken} to the power of {above.spoken}"
        return _joined((below, above), f"{{{below.latex}}}^{{{above.latex}}}", below.text + raised, spoken)

    def _call(self, node: Call) -> tuple[Token, ...]:
        name = Token(_CALLS.get(node.name, rf"\{node.name}"), node.name, f"{node.name} of")
        if node.bare and not self._with_numbers:
            return (name, *self.tokens(node.arguments[0]))
        inside = node.arguments[0].inside if node.bare and isinstance(node.arguments[0], Group) else None
        tokens = [*self.tokens(inside or node.arguments[0])]
        for argument in node.arguments[1:]:
            tokens += [COMMA, *self.tokens(argument)]
        return (name, OPEN, *tokens, CLOSE)

    def _cases(self, node: Choice) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for place, (value, condition) in enumerate(node.cases):
            if place:
                tokens.append(COMMA)
            if condition is None and node.otherwise == "else":
                tokens += [word("else"), *self.tokens(value)]
            elif condition is None:
                tokens += [*self.tokens(value), word(node.otherwise)]
            else:
                tokens += [*self.tokens(value), word("if"), *self.tokens(condition)]
        return tuple(tokens)

    def _taken(self, node: Choice) -> tuple[Token, ...]:
        chosen = taken(node)
        if chosen is None:
            return self._cases(node)
        value, condition = chosen
        passed = [each for _, each in node.cases if each is not None]
        if condition is None and len(passed) == 1 and not holds(passed[0]):
            condition = Comparison(passed[0].left, _OPPOSITES[passed[0].sign], passed[0].right)
        if condition is None:
            return (*self.tokens(value), word(node.otherwise))
        return (*self.tokens(value), COMMA, word("since"), *self.tokens(condition))

    def _mean(self, node: Mean) -> tuple[Token, ...]:
        if not self._with_numbers:
            mean = Token(r"\frac{1}{n} \sum", "1/n ∑", "the mean over the batch of")
            return (mean, *self._bracketed_sum(node.each))
        share = Token(rf"\frac{{1}}{{{node.count}}}", f"1/{node.count}", f"one over {node.count}", 1.0 / node.count)
        terms: list[tuple[int, Node]] = [
            (1, Group(term) if isinstance(term, Total | Choice) else term) for term in node.terms
        ]
        if len(node.terms) < node.count:
            terms.append((1, Dots()))
        return (share, OPEN, *self._total(terms), CLOSE)

    def _bracketed_sum(self, node: Node) -> tuple[Token, ...]:
        tokens = self.tokens(node)
        return (OPEN, *tokens, CLOSE) if len(tokens) > 1 else tokens


def _joined(
    tokens: Iterable[Token], latex: str | None = None, text: str | None = None, spoken: str | None = None
) -> Token:
    """Return ``tokens`` as one, which keeps what they all come from."""
    parts = tuple(tokens)
    links = {part.link for part in parts if part.link is not None}
    return Token(
        " ".join(part.latex for part in parts) if latex is None else latex,
        tidy(" ".join(part.text for part in parts)) if text is None else text,
        " ".join(part.spoken for part in parts if part.spoken) if spoken is None else spoken,
        parts[0].value if len(parts) == 1 else None,
        links.pop() if len(links) == 1 else None,
        any(part.is_active for part in parts),
    )


def _bracketed(text: str) -> str:
    """Return ``text`` in parentheses, unless it is a single thing."""
    is_one = _is_bracketed(text.removeprefix("√")) or not any(sign in text for sign in " −+/·^")
    return text if is_one else f"({text})"


def _is_bracketed(text: str) -> bool:
    """Return whether one pair of parentheses holds all of ``text``."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(text) - 1 and place > 0
    return False


def three_lines(
    left: Node,
    right: Node | Sequence[Node],
    value: float,
    digits: int,
    *,
    link: Link | None = None,
    is_arrow: bool = False,
    aside: tuple[Token, ...] = (),
) -> tuple[Line, ...]:
    """Return ``left`` = ``right`` in symbols, with numbers and what it comes to.

    Args:
        right: one formula, or several that are equal: all are shown in symbols, the first with numbers.
        value: the result; it is what the trace says, not what the shown numbers would give.
        link: what the result belongs to.
        aside: what else the result's line says.
    """
    forms = [right] if isinstance(right, Node) else list(right)
    sign = BECOMES if is_arrow else EQUALS
    symbols = Writer(digits, with_numbers=False)
    numbers = Writer(enough_digits(forms[0], digits), with_numbers=True)
    head = symbols.tokens(left)
    in_symbols = [*head]
    for place, form in enumerate(forms):
        in_symbols += [sign if place == 0 else EQUALS, *symbols.tokens(form)]
    result = number_token(value, digits, link)
    in_numbers = numbers.tokens(forms[0])
    lines = [Line("symbols", tuple(in_symbols))]
    # A number that is only repeated says nothing.
    if len(in_numbers) > 1 or in_numbers[0].text != result.text:
        lines.append(Line("numbers", (*head, sign, *in_numbers)))
    return (*lines, Line("result", (*head, sign, result, *aside)))
