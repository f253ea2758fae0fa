"""The web page: whole and well formed, with blanks and marks; set here by a typesetter that only counts."""

from xml.etree import ElementTree

import pytest

from app.stepping.homework import Homework
from app.stepping.records import Phase, Token
from app.stepping.sheet import sheet
from app.worksheet.content import worksheet
from app.worksheet.html import html
from app.worksheet.outlines import Outlines
from app.worksheet.typesetting import Shape
from engine.examples import EXAMPLES
from tests.app.stepping.test_explanation import traced

LECTURE = traced(next(example for example in EXAMPLES if example.name == "lecture-backpropagation").make())


class Plain:
    """A typesetter that draws squares."""

    def shape(self, latex: str) -> Shape:
        return Shape("M0 0L100 0L100 -50Z", 1.0, 0.5, 0.0)

    def gap(self, left: Token, right: Token, before: Token | None) -> float:
        return 0.2


def body(page: str) -> ElementTree.Element:
    """Return the page as a tree, which only well-formed text can become."""
    closed = page.replace("<!DOCTYPE html>", "").replace('<meta charset="utf-8">', "").replace("<wbr>", "")
    return ElementTree.fromstring(closed.replace("&#160;", " "))


def test_every_formula_is_read_in_words_and_every_blank_is_there() -> None:
    made = worksheet(LECTURE, 0, name="the lecture's <example>")
    page = html(made, Plain())
    tree = body(page)
    assert tree.find(".//h1").text == "One iteration of backpropagation: the lecture's <example>"
    blanks = tree.findall(".//span[@class='blank']")
    assert len(blanks) == sum(len(section.items) for section in made.sections) == 28
    spoken = [element.attrib["aria-label"] for element in tree.iter() if element.attrib.get("role") == "math"]
    assert "z equals w one one times x one plus w one two times x two" in spoken
    assert len(tree.findall(".//{http://www.w3.org/2000/svg}circle")) == 5
    assert "<script" not in page
    assert 'href="http' not in page


def test_with_answers_there_is_no_blank() -> None:
    tree = body(html(worksheet(LECTURE, 0, has_answers=True), Plain()))
    assert tree.findall(".//span[@class='blank']") == []
    assert "Name:" not in "".join(tree.itertext())


def test_what_was_written_stands_there_escaped_and_marked() -> None:
    work = Homework.begin(sheet(LECTURE, 0, Phase.FORWARD)).answered(0, "0,21").answered(1, "<b>6")
    words = "".join(body(html(worksheet(LECTURE, 0, (work,)), Plain())).itertext())
    assert "Homework: 1 of 6 solved." in words
    assert "Written: 0,21 ✓ right" in words
    assert "Written: <b>6 ✗ wrong" in words
    shown = "".join(body(html(worksheet(LECTURE, 0, (work.revealed(),)), Plain())).itertext())
    assert "Written: answer shown" in shown


@pytest.mark.parametrize("latex", ["w_{11}", "0.5523", r"\frac{1}{1 + e^{-z}}", "="])
def test_the_programs_outlines_are_svg_paths(qapp, latex: str) -> None:
    shape = Outlines().shape(latex)
    assert shape.path.startswith("M")
    assert set(shape.path) <= set("MLC-. 0123456789")
    assert 0.1 < shape.width < 8.0
    assert shape.ascent + shape.descent > 0.05
