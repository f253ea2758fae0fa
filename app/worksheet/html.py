"""A worksheet as one HTML file that needs nothing else, for the screen and for printing. No Qt."""

from html import escape

from app.stepping.homework import Entry, State
from app.stepping.records import Line, Token
from app.worksheet.content import ROUNDING, Item, Section, Worksheet
from app.worksheet.typesetting import Typesetter

WORDS = {
    State.OPEN: "",
    State.RIGHT: "✓ right",
    State.WRONG: "✗ wrong",
    State.FOLLOWS: "½ follows from an earlier value",
    State.SHOWN: "answer shown",
}
STYLE = """
body { font: 15px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1c2026; background: white;
  max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .4rem; } h2 { font-size: 1.15rem; margin: 1.6rem 0 .2rem; break-after: avoid; }
h3 { font-size: .85rem; color: #5a626d; margin: .7rem 0 .1rem; break-after: avoid; }
p { margin: .2rem 0; } .note { color: #5a626d; font-size: .88rem; }
.name { margin: .2rem 0 1.2rem; } .name span { display: inline-block; border-bottom: 1px solid; width: 14rem; }
.network { display: block; max-width: 100%; height: auto; margin: .8rem auto; }
.item { display: inline-block; vertical-align: top; width: 47%; min-width: 18rem; margin-right: 2%;
  padding: .25rem 0; break-inside: avoid; } .item.wide { display: block; width: auto; }
.line { display: block; padding: .28em 0; font-size: 1.12rem; line-height: 1.35; } .symbols { color: #5a626d; }
.line svg { fill: currentColor; overflow: visible; }
.blank { display: inline-block; border-bottom: 1px solid #1c2026; width: 8rem; height: 1.1em; margin-left: .3em; }
.written { font-size: .88rem; color: #5a626d; } .result { font-weight: 600; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } @page { margin: 16mm; } }
"""


def html(sheet: Worksheet, typesetter: Typesetter) -> str:
    """Return ``sheet`` as a whole page."""
    body = [f"<h1>{escape(sheet.title)}</h1>"]
    body += [f"<p>{escape(fact)}</p>" for fact in sheet.facts]
    if not sheet.has_answers:
        body.append(f'<p class="name">{ROUNDING} &#160; Name: <span></span></p>')
    body.append(sheet.network.svg.replace("<svg ", '<svg class="network" ', 1))
    body.append(f'<p class="note">{escape(sheet.network.note)}</p>')
    if sheet.given:
        body.append("<h2>Given</h2>")
        body += [_line(line, typesetter) for line in sheet.given]
    for number, section in enumerate(sheet.sections, start=1):
        body += _section(section, number, typesetter, has_answers=sheet.has_answers)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title>'
        f"<style>{STYLE}</style></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def _section(section: Section, number: int, typesetter: Typesetter, *, has_answers: bool) -> list[str]:
    parts = [f"<h2>{number}. {escape(section.title)}</h2>", f"<p>{escape(section.sentence)}</p>"]
    if section.score:
        parts.append(f"<p><b>Homework: {escape(section.score)}.</b></p>")
    if section.note:
        parts.append(f'<p class="note">{escape(section.note)}</p>')
    parts.append('<div class="items">')
    for item in section.items:
        if item.place:
            parts.append(f"<h3>{escape(item.place)}</h3>")
        parts.append(_item(item, typesetter, has_answers=has_answers))
    return [*parts, "</div>"]


def _item(item: Item, typesetter: Typesetter, *, has_answers: bool) -> str:
    is_wide = any(len(line.text) > 44 for line in item.lines)
    parts = [_line(line, typesetter) for line in item.lines]
    if not has_answers:
        parts.append(f'<span class="line">{_tokens((item.label,), typesetter)} = <span class="blank"></span></span>')
    if item.entry is not None:
        parts.append(f'<span class="written">Written: {escape(entry_text(item.entry))}</span>')
    return f'<div class="item{" wide" if is_wide else ""}">{"".join(parts)}</div>'


def entry_text(entry: Entry) -> str:
    """Return what a student has written, and how it was marked."""
    if entry.state is State.SHOWN:
        return f"{WORDS[State.SHOWN]}, half a mark" if entry.credit else WORDS[State.SHOWN]
    return f"{entry.text} {WORDS[entry.state]}"


def _line(line: Line, typesetter: Typesetter) -> str:
    """Return a line of a formula; a screen reader reads it in words."""
    return (
        f'<span class="line {line.kind}" role="math" aria-label="{escape(line.spoken)}">'
        f"{_tokens(line.tokens, typesetter)}</span>"
    )


def _tokens(tokens: tuple[Token, ...], typesetter: Typesetter) -> str:
    """Return pieces side by side; between them a row may end."""
    parts = []
    for place, token in enumerate(tokens):
        before = tokens[place - 2] if place > 1 else None
        gap = typesetter.gap(tokens[place - 1], token, before) if place else 0.0
        shape = typesetter.shape(token.latex)
        width, height = max(shape.width, 0.01), max(shape.ascent + shape.descent, 0.01)
        parts.append(
            f'<svg aria-hidden="true" style="margin-left:{gap:.2f}em;width:{width:.3f}em;height:{height:.3f}em;'
            f'vertical-align:{-shape.descent:.3f}em" viewBox="0 {-100 * shape.ascent:.1f} {100 * width:.1f} '
            f'{100 * height:.1f}"><path d="{shape.path}"/></svg>'
        )
    return "<wbr>".join(parts)
