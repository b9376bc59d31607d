"""Cards for the tables, and the list for the door: on A4."""

from collections.abc import Sequence
from typing import Final

from pbvote.filters import hours
from pbvote.partnership.gatherings.models import Gathering
from pbvote.partnership.gatherings.shown import AtTable
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, blank_document
from pbvote.printing.flow import MARGIN, WIDTH, Flow
from pbvote.printing.words import paragraph_height, write_line, write_paragraph

_HALF: Final = A4_HEIGHT / 2
_PAD: Final = 18.0  # mm
_INNER: Final = A4_WIDTH - 2 * _PAD
_WORDS: Final = 19.0
_LEAST: Final = 10.0
_BOX: Final = 5.0


def table_cards(gathering: Gathering, groups: Sequence[AtTable]) -> bytes:
    """A PDF with a card for each group, two to a page, to be cut along the line between them."""
    pdf = blank_document(f"Table cards for {gathering.title}")
    for place, group in enumerate(groups):
        if place % 2 == 0:
            pdf.add_page()
            pdf.set_draw_color(170)
            pdf.set_line_width(0.1)
            pdf.line(0, _HALF, A4_WIDTH, _HALF)
        _draw_card(pdf, gathering, group, place % 2 * _HALF)
    if not groups:
        pdf.add_page()
        write_line(pdf, "latin", _WORDS, "No group has signed up yet.", _PAD, _PAD, _INNER)
    return bytes(pdf.output())


def _parts(group: AtTable) -> list[tuple[str, str]]:
    """What the card says under the name: what it is called, and the words."""
    needs = " · ".join(group.needs)
    needs = f"{needs}: {group.needs_words}" if needs and group.needs_words else needs or group.needs_words
    said = (("", group.sentence), ("We can give", group.gives), ("We could use", needs))
    return [(label, words) for label, words in said if words]


def _draw_card(pdf: Document, gathering: Gathering, group: AtTable, top: float) -> None:
    size = _largest(pdf, group)
    y = write_paragraph(pdf, "latin-bold", size * 2, group.called, _PAD, top + _PAD, _INNER) + 3
    for label, words in _parts(group):
        if label:
            y = write_paragraph(pdf, "latin-bold", size * 0.8, label, _PAD, y + 2, _INNER)
        y = write_paragraph(pdf, "latin", size, words, _PAD, y, _INNER) + 2
    write_line(pdf, "latin", 9, gathering.title, _PAD, top + _HALF - 12, _INNER)


def _largest(pdf: Document, group: AtTable) -> float:
    """The largest letters, in points, with which a card holds all that its group says."""
    size = _WORDS
    while size > _LEAST and _height(pdf, group, size) > _HALF - _PAD - 16:
        size -= 1
    return size


def _height(pdf: Document, group: AtTable, size: float) -> float:
    tall = paragraph_height(pdf, "latin-bold", size * 2, group.called, _INNER) + 3
    for label, words in _parts(group):
        tall += paragraph_height(pdf, "latin-bold", size * 0.8, label, _INNER) + 2 if label else 0
        tall += paragraph_height(pdf, "latin", size, words, _INNER) + 2
    return tall


def door_list(gathering: Gathering, groups: Sequence[AtTable]) -> bytes:
    """A PDF for the door: each group with its number of people, a box to tick, and lines for those who walk in."""
    pdf = blank_document(f"Door list of {gathering.title}")
    flow = Flow(pdf)
    flow.heading(gathering.title, 22)
    flow.paragraph(f"{hours(gathering.starts_at, gathering.ends_at)}, {gathering.venue}", font="latin-bold")
    people = sum(group.people for group in groups)
    flow.paragraph(f"{len(groups)} {'group' if len(groups) == 1 else 'groups'}, {people} of {gathering.places} places")
    flow.y += 3
    for group in sorted(groups, key=lambda each: each.called.casefold()):
        _draw_line(flow, group)
    flow.heading("Without signing up")
    for _ in range(4):
        flow.blanks(("Group", "How many came"), 9)
    flow.number_pages(gathering.title)
    return bytes(pdf.output())


def _draw_line(flow: Flow, group: AtTable) -> None:
    flow.need(9)
    flow.pdf.set_draw_color(0)
    flow.pdf.set_line_width(0.25)
    flow.pdf.rect(MARGIN, flow.y, _BOX, _BOX)
    write_line(flow.pdf, "latin", 12, group.called, MARGIN + _BOX + 4, flow.y, WIDTH * 0.6)
    came = f"{group.people} expected, came: ........"
    write_line(flow.pdf, "latin", 11, came, MARGIN + WIDTH * 0.66, flow.y, WIDTH * 0.34, "R")
    flow.y += 9
