"""A board report as a document (.docx) of two pages that a screen reader can read.

Headings are headings, the table's first row is marked as its head, picture and table have texts, and the language is
set.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from flask import current_app

from pbvote.core.plain import plain_lines
from pbvote.public_account.boards.picture import bars_picture
from pbvote.public_account.boards.shown import BoardPaper, BoardSection

TABLE_TEXT: Final = "Grants and money by locality, with the sums in the last row."
_FONT: Final = "Arial"
_INK: Final = RGBColor(0x0B, 0x0C, 0x0C)


def board_document(paper: BoardPaper) -> bytes:
    """The file."""
    document = docx.Document()
    _set_up(document, paper)
    for name, value in paper.head:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(2))
        line.add_run(f"{name}:\t").bold = True
        line.add_run(plain_lines(value))
    document.add_heading(plain_lines(paper.report.title), 1)
    document.add_paragraph(plain_lines(paper.under_title))
    _write(document, paper.corrections)
    _write(document, [*paper.opening, paper.money_words])
    if paper.figures.places:
        _write_table(document, paper)
        document.add_heading(paper.heading_of_picture, 2)
        document.add_picture(BytesIO(bars_picture(paper.bars)), width=Cm(16.8))
        _describe(document, paper.heading_of_picture, paper.text_of_picture)
    if paper.stories:
        document.add_heading("Stories, with the groups’ consent", 2)
        _write(document, paper.stories, level=3)
    _write(document, paper.closing)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_up(document: WordDocument, paper: BoardPaper) -> None:
    """Size, margins, letters, language, and what the window shows as the title."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.6)
    for name, size, before in (("Normal", 10.5, 0), ("Heading 1", 17, 8), ("Heading 2", 12, 7), ("Heading 3", 10.5, 3)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(3)
        style.paragraph_format.line_spacing = 1.05
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "en-GB")
    facts = document.core_properties
    facts.title, facts.author, facts.language = (
        plain_lines(paper.report.title),
        current_app.config["COUNCIL_NAME"],
        "en-GB",
    )
    facts.subject, facts.comments, facts.keywords = paper.quarter, "", ""


def _write(document: WordDocument, sections: Sequence[BoardSection], level: int = 2) -> None:
    for section in sections:
        document.add_heading(plain_lines(section.heading), level)
        for words in section.paragraphs:
            document.add_paragraph(plain_lines(words))
        for words in section.points:
            point = document.add_paragraph(plain_lines(words), style="List Bullet")
            point.paragraph_format.space_after = Pt(0)


def _write_table(document: WordDocument, paper: BoardPaper) -> None:
    rows = [paper.head_of_table, *paper.table]
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    table.autofit = False
    for place, column_of_table in enumerate(table.columns):
        column_of_table.width = Cm(5.2 if place == 0 else 2.9)
    for line, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(line, column).width = Cm(5.2 if column == 0 else 2.9)
            cell = table.cell(line, column).paragraphs[0]
            cell.paragraph_format.space_after = Pt(0)
            cell.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column else WD_ALIGN_PARAGRAPH.LEFT
            cell.add_run(plain_lines(words)).bold = line in {0, len(rows) - 1}
    _mark(table)


def _mark(table: Table) -> None:
    """Say which row is the head, that it comes again on another page, and what the table shows."""
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for name, text in (("w:tblCaption", "The numbers by locality"), ("w:tblDescription", TABLE_TEXT)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)


def _describe(document: WordDocument, title: str, text: str) -> None:
    """Give the picture its words."""
    drawn = document.inline_shapes[-1]._inline.docPr
    drawn.set("title", title)
    drawn.set("descr", text)
    drawn.set("name", title)
