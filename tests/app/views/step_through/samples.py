"""A place of an iteration by hand: the lecture's example, and what is said at its first unit."""

from app.stepping.records import Explanation, Grain, Label, Line, Link, Phase, Position, Token
from app.stepping.state import StepState
from engine.compose import compose
from engine.experiment import Experiment
from engine.trace import Trace
from engine.trainer import Trainer

X1, X2 = 0.35, 0.7


def sign(text: str, latex: str = "") -> Token:
    """Return a sign between two pieces."""
    words = {"=": "equals", "+": "plus", "·": "times"}
    return Token(latex or {"·": r"\cdot", "−": "-"}.get(text, text), text, words.get(text, text))


def number(value: float, link: Link | None = None, *, active: bool = False) -> Token:
    """Return a number with three digits."""
    text = f"{value:.3g}".replace("-", "−")
    return Token(text.replace("−", "-"), text, text.replace("−", "minus "), value, link, active)


def letter(latex: str, text: str, link: Link | None = None, *, active: bool = False) -> Token:
    """Return a symbol."""
    return Token(latex, text, text, None, link, active)


def unit_lines(active: int = -1) -> tuple[Line, ...]:
    """Return the sum and the activation of the first hidden unit of a 2-2-1 network; ``active`` is a term."""
    weights, inputs = (Link(parameter=0), Link(parameter=1)), (Link(unit=0), Link(unit=1))
    z = letter("z_1", "z₁", Link(unit=2))
    symbols, numbers = [z, sign("=")], [sign("=")]
    for term, value in enumerate((X1, X2)):
        if term:
            symbols.append(sign("+"))
            numbers.append(sign("+"))
        on = term == active
        index = term + 1
        symbols += [
            letter(f"w_{{1{index}}}", f"w₁{'₁₂'[term]}", weights[term], active=on),
            sign("·"),
            letter(f"x_{index}", f"x{'₁₂'[term]}", inputs[term], active=on),
        ]
        numbers += [number(0.2, weights[term], active=on), sign("·"), number(value, inputs[term], active=on)]
    a = letter("a_1", "a₁", Link(unit=2))
    return (
        Line("symbols", tuple(symbols)),
        Line("numbers", tuple(numbers)),
        Line("result", (sign("="), number(0.21, Link(unit=2)))),
        Line("symbols", (a, sign("="), letter(r"\frac{1}{1+e^{-z_1}}", "1/(1 + e^(−z₁))", Link(unit=2)))),
        Line("numbers", (sign("="), letter(r"\frac{1}{1+e^{-0.21}}", "1/(1 + e^(−0.21))"))),
        Line("result", (sign("="), number(0.552307, Link(unit=2)))),
    )


def delta_lines() -> tuple[Line, ...]:
    """Return a chain rule with fractions and slopes."""
    upstream = letter(r"\frac{\partial L}{\partial a_1}", "∂L/∂a₁", Link(unit=2))
    return (
        Line(
            "symbols",
            (
                letter(r"\delta_1", "δ₁", Link(unit=2)),
                sign("="),
                upstream,
                sign("·"),
                letter("f'(z_1)", "f′(z₁)", Link(unit=2)),
            ),
        ),
        Line("numbers", (sign("="), number(-0.0110311, Link(unit=2)), sign("·"), number(0.247264, Link(unit=2)))),
        Line("result", (sign("="), number(-0.00272761, Link(unit=2)))),
    )


def explanation(lines: tuple[Line, ...] | None = None, *, remarks: tuple[str, ...] = ()) -> Explanation:
    """Return what is said at the first hidden unit."""
    return Explanation(
        title="Forward · layer 1 · unit 1",
        lines=lines if lines is not None else unit_lines(),
        sentence="Unit 1 of layer 1 adds up its inputs, each times its weight: 0.21. The sigmoid makes 0.552 of it.",
        remarks=remarks,
        unit=2,
        parameters=(0, 1),
        labels=(
            Label(Link(parameter=0), "", (0.2,)),
            Label(Link(unit=0), "", (0.35,)),
            Label(Link(unit=2), "a", (0.552,)),
        ),
    )


def trace(experiment: Experiment | None = None) -> Trace:
    """Return the first iteration of a 2-2-1 network."""
    found = Trainer(experiment or compose(hidden=(2,), batch_size=10)).trace()
    assert found is not None
    return found


def state(**changes: object) -> StepState:
    """Return the first hidden unit of the first iteration."""
    fields = {
        "trace": trace(),
        "position": Position(Phase.FORWARD, 0, 0),
        "grain": Grain.UNIT,
        "focus": 0,
        "explanation": explanation(),
    }
    return StepState(**{**fields, **changes})  # type: ignore[arg-type]
