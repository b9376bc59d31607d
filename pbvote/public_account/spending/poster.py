"""Where the money went, on A3 for a library's wall: to be read from three metres, from the same figures as the page."""

from collections.abc import Sequence
from typing import Final

from pbvote.addresses import money_page
from pbvote.core.qr import qr_rows
from pbvote.filters import day, money
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import Document, blank_document
from pbvote.printing.words import write_line, write_paragraph
from pbvote.public_account.spending.shown import LocalitySpent, RoundSpent

_WIDTH, _HEIGHT = 297.0, 420.0  # mm
_MARGIN: Final = 18.0
_INNER: Final = _WIDTH - 2 * _MARGIN
_CODE: Final = 62.0
_FOOT: Final = _HEIGHT - _MARGIN - _CODE
"""Where the code begins."""
_ROW, _TALLEST_ROW = 64.0, 84.0
"""What a locality takes where there are four, and the most where there are fewer."""
_YEAR, _MOST_YEARS = 10.0, 4
"""What the line of a year in outline takes, and how many there are at most."""
_INK, _TRACK, _BAR = (11, 12, 12), (226, 223, 214), (26, 94, 99)


def money_poster(spent: RoundSpent, years: Sequence[str] = ()) -> bytes:
    """The poster as a PDF of one page. Its bars are as long as their money is much.

    `years` are lines about years in outline, the latest first; as many of them as there is room for are beneath.
    """
    pdf = blank_document(f"Where the money went: {spent.round.name}", size="A3")
    pdf.add_page()
    y = _draw_head(pdf, spent)
    years = years[:_MOST_YEARS]
    beneath = _YEAR * (len(years) + 2) if years else 0
    row = min(_TALLEST_ROW, (_FOOT - 8 - beneath - y) / len(spent.localities))
    for one in spent.localities:
        _draw_locality(pdf, spent, one, y, row)
        y += row
    if years:
        _draw_years(pdf, years, _FOOT - beneath)
    _draw_foot(pdf, spent)
    return bytes(pdf.output())


def _draw_head(pdf: Document, spent: RoundSpent) -> float:
    currency, figures = spent.round.currency, spent.figures
    pdf.set_text_color(*_INK)
    write_line(pdf, "latin", 32, spent.round.name, _MARGIN, _MARGIN, _INNER)
    write_line(pdf, "latin-bold", 72, "Where the money went", _MARGIN, _MARGIN + 12, _INNER)
    so_far = " decided so far" if spent.to_come else ""
    said = f"{money(figures.awarded, currency)} of {money(figures.share, currency)}{so_far}, {spent.in_grants}"
    write_line(pdf, "latin-bold", 38, said, _MARGIN, _MARGIN + 48, _INNER)
    return _MARGIN + 76


def _draw_locality(pdf: Document, spent: RoundSpent, one: LocalitySpent, y: float, row: float) -> None:
    """Its name and its money over its bar, and under that how many chose. `row` is all the room it has, in mm."""
    currency, scale = spent.round.currency, row / _ROW
    amount = money(one.figures.awarded, currency) if one.is_told else ""
    write_line(pdf, "latin-bold", 40 * scale, one.name, _MARGIN, y, _INNER - 80)
    write_line(pdf, "latin-bold", 44 * scale, amount, _MARGIN + _INNER - 76, y - scale, 76, "R")
    whole = _INNER * one.whole / spent.largest
    top, height = y + 19 * scale, 22 * scale
    pdf.set_fill_color(*_TRACK)
    pdf.rect(_MARGIN, top, whole, height, style="F")
    pdf.set_fill_color(*_BAR)
    for piece in one.pieces:
        width = max(whole * piece.width / 100 - 0.8, 0.4)  # a gap after each, so that groups can be counted
        pdf.rect(_MARGIN + whole * piece.start / 100, top, width, height, style="F")
    share = money(one.figures.share, currency)
    told, untold = f"{one.in_grants}. {one.chosen_by}.", f"{one.chosen_by} about {share}. Not awarded yet."
    said = told if one.is_told else untold
    write_line(pdf, "latin", 30 * scale, said, _MARGIN, top + height + 2 * scale, _INNER)


def _draw_years(pdf: Document, years: Sequence[str], y: float) -> None:
    """What there was to give away in years that pbvote did not run, each with its source."""
    write_line(pdf, "latin-bold", 25, "To give away in other years", _MARGIN, y, _INNER)
    for place, said in enumerate(years, 1):
        write_line(pdf, "latin", 23, said, _MARGIN, y + 2 + _YEAR * place, _INNER)


def _draw_foot(pdf: Document, spent: RoundSpent) -> None:
    address = money_page(spent.round.slug)
    draw_qr(pdf, qr_rows(address), _MARGIN, _FOOT, _CODE)
    beside, width = _MARGIN + _CODE + 12, _INNER - _CODE - 12
    y = write_paragraph(pdf, "latin-bold", 40, "Every group, every pound", beside, _FOOT, width) + 2
    write_line(pdf, "latin", 22, address.partition("://")[2], beside, y, width)
    y += 12
    if spent.to_come:
        y = write_paragraph(pdf, "latin", 22, f"Still to come: {', '.join(spent.to_come)}.", beside, y, width) + 2
    write_line(pdf, "latin", 18, f"As at {day(spent.day)}", beside, _FOOT + _CODE - 8, width)
