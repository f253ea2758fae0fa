"""The batch in words: which samples were drawn, where they lie and what is wanted for them."""

from app.stepping.formula.numbers import text
from app.stepping.formula.tree import Symbol
from app.stepping.formula.writing import COMMA, EQUALS, number_token
from app.stepping.records import Line, Token
from app.stepping.remarks import kept_remark
from app.stepping.said import Said
from app.stepping.sight import MEMBER_NAMES, Sight
from engine.trace import Trace

NAMED_SAMPLES = 12
_COORDINATES = (("x_1", "x₁", "x one"), ("x_2", "x₂", "x two"))


def said(sight: Sight) -> Said:
    """Return what is said about the batch."""
    trace = sight.trace
    what = {1: "sample", 2: "pair", 3: "triplet"}[trace.members] + ("s" if trace.size > 1 else "")
    drawn = f"Step {trace.step + 1} (epoch {trace.epoch + 1}) learns from {trace.size} {what}"
    if sight.is_mean:
        sentence = f"{drawn}{_numbers(trace)}. All numbers that follow are means over them."
        return Said((), sentence, kept_remark(sight))
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
    if trace.size == 1 and trace.members == 1:
        which = f"sample {numbers[0] + 1} of the data set"
    elif trace.members == 1:
        which = f"Shown is number {sight.sample + 1} of them, sample {numbers[0] + 1} of the data set"
    else:
        named = (
            f"{name} is sample {number + 1}" for name, number in zip(MEMBER_NAMES[trace.members], numbers, strict=True)
        )
        which = f"Shown is number {sight.sample + 1} of them: {', '.join(named)} of the data set"
    targets = ", ".join(text(value, sight.digits) for value in wanted)
    asked = f"; its target{'s are' if several else ' is'} {targets}" if wanted else ""
    parted = ": " if trace.size == 1 and trace.members == 1 else ". "
    return Said(tuple(lines), f"{drawn}{parted}{which}{asked}.", _jitter(sight))


def _numbers(trace: Trace) -> str:
    """Return which samples those of a batch are, the first of them; nothing where they come in groups."""
    if trace.members > 1:
        return ""
    numbers = [f"{int(number) + 1}" for number in trace.samples[0, :NAMED_SAMPLES]]
    rest = trace.size - len(numbers)
    if rest:
        return f": {', '.join(numbers)} and {rest} more of the data set"
    listed = " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
    return f": {listed} of the data set"


def _jitter(sight: Sight) -> tuple[str, ...]:
    jitter = sight.trace.experiment.training.jitter
    return (f"Jitter has moved the points at random, by {jitter:g} or so.",) if jitter else ()
