"""A worksheet as a PDF: pages of A4, drawn with the outlines of the formulas."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtSvg import QSvgRenderer

from app.stepping.records import Line
from app.theme import LIGHT, RGB
from app.views.ink import color
from app.views.step_through.formula_layout import Placed, place
from app.widgets.math_path import EM, math_path
from app.worksheet.content import ROUNDING, Item, Section, Worksheet
from app.worksheet.html import entry_text

# All lengths are points: 1/72 inch.
POINTS = 72
MARGIN = 45.0
TEXT, SMALL, HEADING, TITLE, FORMULA = 10.0, 8.5, 13.0, 17.0, 11.5
COLUMN_GAP, BLANK = 24.0, 90.0
SECTION_START = 160.0


class Page:
    """Puts blocks below each other onto as many pages as it takes.

    Args:
        writer: whose pages they are.
        painter: draws on it, in points.
    """

    def __init__(self, writer: QPdfWriter, painter: QPainter, size: QSizeF) -> None:
        self._writer, self._painter, self._size = writer, painter, size
        self.width = size.width() - 2.0 * MARGIN
        self._bottom = size.height() - MARGIN - 14.0
        self._number = 1
        self.y = MARGIN
        self._write_number()

    def room(self, height: float) -> None:
        """Go on to the next page where ``height`` does not fit on this one."""
        if self.y + height > self._bottom and self.y > MARGIN:
            self._writer.newPage()
            self._number += 1
            self.y = MARGIN
            self._write_number()

    def _write_number(self) -> None:
        box = QRectF(MARGIN, self._size.height() - MARGIN, self.width, 14.0)
        self._painter.setFont(font(SMALL))
        self._painter.setPen(color(LIGHT.muted))
        self._painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{self._number}")

    def text(self, text: str, size: float = TEXT, *, ink: RGB = LIGHT.text, bold: bool = False, gap: float = 4) -> None:
        """Put words below what is there, broken to the width."""
        box = self._measured(text, size, bold)
        # A heading is not left behind at the bottom of a page.
        self.room(box.height() + (70.0 if bold else 0.0))
        self._painter.setFont(font(size, bold=bold))
        self._painter.setPen(color(ink))
        place = QRectF(MARGIN, self.y, self.width, box.height() + 2.0)
        self._painter.drawText(place, Qt.TextFlag.TextWordWrap, text)
        self.y += box.height() + gap

    def _measured(self, text: str, size: float, bold: bool) -> QRectF:
        self._painter.setFont(font(size, bold=bold))
        room = QRectF(0.0, 0.0, self.width, 10_000.0)
        return self._painter.boundingRect(room, Qt.TextFlag.TextWordWrap, text)

    def picture(self, svg: str, width: float, height: float) -> None:
        """Put a picture below what is there, made smaller if need be."""
        scale = min(0.75, self.width / width, 300.0 / height)
        self.room(scale * height)
        left = MARGIN + (self.width - scale * width) / 2.0
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        renderer.render(self._painter, QRectF(left, self.y, scale * width, scale * height))
        self.y += scale * height + 6.0

    def row(self, blocks: Sequence["Block"]) -> None:
        """Put blocks side by side."""
        height = max(block.height for block in blocks)
        self.room(height)
        for block, x in zip(blocks, (MARGIN, MARGIN + (self.width + COLUMN_GAP) / 2.0), strict=False):
            block.paint(self._painter, QPointF(x, self.y))
        self.y += height + 8.0


class Block:
    """Something that is ``height`` points high and can be painted anywhere."""

    def __init__(self, height: float, paint: Callable[[QPainter, QPointF], None]) -> None:
        self.height, self.paint = height, paint


def font(size: float, *, bold: bool = False) -> QFont:
    """Return the font of words, ``size`` points high."""
    result = QFont("Helvetica")
    result.setStyleHint(QFont.StyleHint.SansSerif)
    # The painter counts in points, whatever the resolution of the writer.
    result.setPixelSize(max(1, round(size)))
    result.setBold(bold)
    return result


def pdf(sheet: Worksheet) -> bytes:
    """Return ``sheet`` as a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(sheet.title)
    writer.setCreator("Descent")
    writer.setResolution(1200)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    with QPainter(writer) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = writer.resolution() / POINTS
        painter.scale(scale, scale)
        size = QPageSize(QPageSize.PageSizeId.A4).size(QPageSize.Unit.Point)
        _write(sheet, Page(writer, painter, size))
    return bytes(buffer.data().data())


def _write(sheet: Worksheet, page: Page) -> None:
    page.text(sheet.title, TITLE, bold=True)
    for fact in sheet.facts:
        page.text(fact, gap=1.0)
    if not sheet.has_answers:
        page.text(f"{ROUNDING}   Name: ______________________________", gap=8.0)
    page.y += 8.0
    page.picture(sheet.network.svg, sheet.network.width, sheet.network.height)
    page.text(sheet.network.note, SMALL, ink=LIGHT.muted)
    if sheet.given:
        page.text("Given", HEADING, bold=True)
        for line in sheet.given:
            page.row([_formula((line,), page.width)])
    for number, section in enumerate(sheet.sections, start=1):
        _write_section(section, number, page, has_answers=sheet.has_answers)


def _write_section(section: Section, number: int, page: Page, *, has_answers: bool) -> None:
    page.y += 8.0
    # The name of a phase is not left behind without the first of its formulas.
    page.room(SECTION_START)
    page.text(f"{number}. {section.title}", HEADING, bold=True, gap=2.0)
    page.text(section.sentence)
    if section.score:
        page.text(f"Homework: {section.score}.", bold=True)
    if section.note:
        page.text(section.note, SMALL, ink=LIGHT.muted)
    half = (page.width - COLUMN_GAP) / 2.0
    waiting: list[Block] = []
    for item in section.items:
        if item.place:
            _flush(waiting, page)
            page.text(item.place, SMALL, ink=LIGHT.muted, bold=True, gap=2.0)
        block = _item(item, half, has_answers=has_answers)
        if block is None:
            _flush(waiting, page)
            wide = _item(item, page.width, has_answers=has_answers, is_wide=True)
            assert wide is not None
            page.row([wide])
            continue
        waiting.append(block)
        if len(waiting) == 2:
            _flush(waiting, page)
    _flush(waiting, page)


def _flush(waiting: list[Block], page: Page) -> None:
    if waiting:
        page.row(waiting)
        waiting.clear()


def _item(item: Item, width: float, *, has_answers: bool, is_wide: bool = False) -> Block | None:
    """Return one equation with its blank; None where it would have to be broken."""
    if not is_wide and place(item.lines, 10_000.0, FORMULA).width > width:
        return None
    formula = _formula(item.lines, width)
    head = place((Line("symbols", (item.label,)),), width, FORMULA)
    blank = 0.0 if has_answers else max(head.height, 14.0) + 6.0
    height = formula.height + blank + (0.0 if item.entry is None else 15.0)

    def paint(painter: QPainter, at: QPointF) -> None:
        formula.paint(painter, at)
        if not has_answers:
            top = at.y() + formula.height + 6.0
            y = top + head.placed[0].y
            _paint_setting(painter, QPointF(at.x(), top), head.placed, LIGHT.text)
            x = at.x() + head.width + 5.0
            painter.setFont(font(TEXT))
            painter.setPen(color(LIGHT.text))
            painter.drawText(QPointF(x, y), "=")
            painter.setPen(QPen(color(LIGHT.text), 0.6))
            painter.drawLine(QPointF(x + 12.0, y + 2.0), QPointF(x + 12.0 + BLANK, y + 2.0))
        if item.entry is not None:
            painter.setFont(font(SMALL))
            painter.setPen(color(LIGHT.muted))
            painter.drawText(QPointF(at.x(), at.y() + height - 3.0), f"Written: {entry_text(item.entry)}")

    return Block(height, paint)


def _formula(lines: Sequence[Line], width: float) -> Block:
    setting = place(lines, width, FORMULA)

    def paint(painter: QPainter, at: QPointF) -> None:
        for number, line in enumerate(lines):
            placed = [each for each in setting.placed if each.line == number]
            _paint_setting(painter, at, placed, LIGHT.muted if line.kind == "symbols" else LIGHT.text)

    return Block(setting.height, paint)


def _paint_setting(painter: QPainter, at: QPointF, placed: Sequence[Placed], ink: RGB) -> None:
    for each in placed:
        painter.save()
        painter.translate(at.x() + each.x, at.y() + each.y)
        painter.scale(FORMULA / EM, FORMULA / EM)
        painter.fillPath(math_path(each.token.latex).outline, color(ink))
        painter.restore()
