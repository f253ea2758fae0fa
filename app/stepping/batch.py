"""The batch in words: which samples were drawn, where they lie and what is wanted for them."""

from app.stepping.formula.numbers import text
from app.stepping.formula.tree import Symbol
from app.stepping.formula.writing import COMMA, EQUALS, number_token
from app.stepping.records import Line, Token
from app.stepping.remarks import kept_remark
from app.stepping.said import Said
from app.stepping.sight import MEMBER_NAMES, Sight

_COORDINATES = (("x_1", "x₁", "x one"), ("x_2", "x₂", "x two"))


def said(sight: Sight) -> Said:
    """Return what is said about the batch."""
    trace = sight.trace
    what = {1: "sample", 2: "pair", 3: "triplet"}[trace.members] + ("s" if trace.size > 1 else "")
    drawn = f"Drawn for step {trace.step + 1} (epoch {trace.epoch + 1}): {trace.size} {what}."
    if sight.is_mean:
        return Said((), f"{drawn} All that follows are means over the batch.", kept_remark(sight))
    lines: list[Line] = []
    for member in sight.members:
        tokens: list[Token] = []
        for row, (latex, written, spoken) in enumerate(_COORDINATES):
            value = float(trace.points[member, row, sight.sample])
            tokens += [COMMA] if tokens else []
            name = sight.of_member(Symbol(latex, written, spoken), member)
            tokens += [Token(name.latex, name.text, name.spoken), EQUALS, number_token(value, sight.digits)]
        lines.append(Line("result", tuple(tokens)))
    # A triplet has no target: which is the anchor, the positive and the negative says it all.
    wanted = [float(value) for value in trace.wanted[:, sight.sample]] if trace.members < 3 else []
    several = len(wanted) > 1
    tokens = []
    for row, value in enumerate(wanted):
        target = sight.target(row, several=several)
        tokens += [COMMA] if tokens else []
        tokens += [Token(target.latex, target.text, target.spoken), EQUALS, number_token(value, sight.digits)]
    lines += [Line("result", tuple(tokens))] if tokens else []
    numbers = [int(number) for number in trace.samples[:, sight.sample]]
    if trace.members == 1:
        which = f"This is number {sight.sample + 1} of it, sample {numbers[0] + 1} of the data set"
    else:
        named = (
            f"{name} is sample {number + 1}" for name, number in zip(MEMBER_NAMES[trace.members], numbers, strict=True)
        )
        which = f"In number {sight.sample + 1} of it, {', '.join(named)}"
    asked = "; the target is " + ", ".join(text(value, sight.digits) for value in wanted) if wanted else ""
    return Said(tuple(lines), f"{drawn} {which}{asked}.", _jitter(sight))


def _jitter(sight: Sight) -> tuple[str, ...]:
    jitter = sight.trace.experiment.training.jitter
    return (f"Jitter has moved the points at random, by {jitter:g} or so.",) if jitter else ()
