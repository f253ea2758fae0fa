"""What stands on a worksheet. No Qt, no layout."""

from collections.abc import Iterable

import msgspec

from app.stepping.explanation import PHASE_NAMES, explain
from app.stepping.formula.numbers import text as number_text
from app.stepping.homework import Entry, Homework, State
from app.stepping.records import MEAN, Line, Phase, Position, Token
from app.stepping.sheet import Cell, sheets, solved_lines
from app.worksheet.network import Drawing, drawing
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.trace import Trace

SENTENCES = {
    Phase.FORWARD: "From the inputs to the outputs: the weighted sum z of each unit, then its activation.",
    Phase.LOSS: "How far the output is from what is wanted.",
    Phase.BACKWARD: "From the loss back to the weights: the δ of each unit, then the gradients of its parameters.",
    Phase.UPDATE: "What the optimizer makes of the gradients: the new parameters.",
}
GROUPS = {1: ("Sample", "samples"), 2: ("Pair", "pairs"), 3: ("Triplet", "triplets")}
ROUNDING = "Give every number with three significant digits."


class Item(msgspec.Struct, frozen=True):
    """One equation.

    Attributes:
        place: whose it is, where that is another than before; else empty.
        lines: the formula in symbols and with the given numbers; with the answers, all numbers and the result.
        label: what is to be found.
        entry: what the student has written, if there is homework.
    """

    place: str
    lines: tuple[Line, ...]
    label: Token
    entry: Entry | None = None


class Section(msgspec.Struct, frozen=True):
    """One phase; ``note`` says what is left out, and ``score`` how much of the homework was solved."""

    title: str
    sentence: str
    items: tuple[Item, ...]
    note: str = ""
    score: str = ""


class Worksheet(msgspec.Struct, frozen=True):
    """A whole worksheet.

    Attributes:
        title: what it is about.
        facts: which iteration, which sample, which activations, loss and optimizer; a sentence each.
        given: the sample's numbers.
        network: its picture.
        sections: the phases.
        has_answers: whether the blanks are filled in.
    """

    title: str
    facts: tuple[str, ...]
    given: tuple[Line, ...]
    network: Drawing
    sections: tuple[Section, ...]
    has_answers: bool


def worksheet(
    trace: Trace, focus: int, works: Iterable[Homework] = (), *, has_answers: bool = False, name: str = ""
) -> Worksheet:
    """Return the worksheet of an iteration.

    Args:
        trace: the iteration.
        focus: number of the kept sample whose numbers it has; with MEAN the first one's.
        works: homework of this iteration; what is written and its score stand on the sheet.
        has_answers: whether the answers are filled in.
        name: what the experiment is called.
    """
    sample = 0 if focus == MEAN else focus
    done = {work.sheet.phase: work for work in works if work.sheet.trace is trace and work.sheet.sample == sample}
    sections = []
    for each in sheets(trace, sample):
        work = done.get(each.phase)
        written = _written(work)
        items, place = [], ""
        for cell in each.cells:
            shown = cell.heading if cell.place != place else ""
            place = cell.place
            lines = solved_lines(cell) if has_answers else cell.lines
            items.append(Item(shown, lines, cell.label, written.get(cell.equation.key)))
        score = "" if work is None else f"{work.score} solved"
        sections.append(Section(PHASE_NAMES[each.phase], SENTENCES[each.phase], tuple(items), each.note, score))
    return Worksheet(
        title=f"One iteration of backpropagation{f': {name}' if name else ''}",
        facts=_facts(trace, sample),
        given=explain(trace, Position(Phase.BATCH), sample).lines,
        network=drawing(trace),
        sections=tuple(sections),
        has_answers=has_answers,
    )


def _written(work: Homework | None) -> dict[object, Entry]:
    if work is None:
        return {}
    pairs: zip[tuple[Cell, Entry]] = zip(work.sheet.cells, work.entries, strict=True)
    return {cell.equation.key: entry for cell, entry in pairs if entry.state is not State.OPEN}


def _facts(trace: Trace, sample: int) -> tuple[str, ...]:
    training = trace.experiment.training
    one, several = GROUPS[trace.members]
    which = f"Iteration {trace.step + 1:,} of the run, epoch {trace.epoch + 1:,}. "
    if trace.size > 1:
        which += f"{one} {sample + 1} of the {trace.size} {several} of its batch."
    else:
        which += f"Its batch is one {one.lower()}."
    activations = list(dict.fromkeys(ACTIVATIONS[layer.activation].label for layer in trace.layout.layers))
    optimizer = OPTIMIZERS[training.optimizer.name]
    settings = [f"η = {number_text(trace.update.rate)}"] if optimizer.uses_rate else []
    for setting, value in zip(optimizer.settings, trace.update.settings, strict=True):
        # “Momentum μ = 0.9”, but not a momentum of 0.
        settings += [f"{setting.label} = {number_text(value)}"] if value else []
    how = (
        f"Activation: {', '.join(activations)}. Loss: {LOSSES[training.loss].label}. Optimizer: {optimizer.label}"
        f"{' (' + ', '.join(settings) + ')' if settings else ''}."
    )
    return which, how
