"""How to vote: A4, a picture of the slip, and three steps in every language of the event."""

from typing import Final

from flask_babel import force_locale, gettext

from pbvote.addresses import voters_page
from pbvote.core.qr import qr_rows
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, Document, blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.printing.words import write_line
from pbvote.vote.events.models import Event
from pbvote.vote.events.words import rule_for_latecomers
from pbvote.vote.programme.matter import asked

MARGIN: Final = 14.0
_INNER: Final = A4_WIDTH - 2 * MARGIN
_SLIP: Final = (92.0, 52.0)  # mm
_NO_CODE: Final = "XXXX-XXXX-XXXX"
_TOP: Final = MARGIN + 78
_LARGEST: Final = 16.0  # points
_LEAST: Final = 7.0


def how_to_vote(event: Event, _language: str) -> bytes:
    """A PDF of one page. The QR code is the way in without a slip's code: whoever scans it types theirs."""
    pdf = blank_document(f"How to vote at {event.name}")
    pdf.add_page()
    _draw_head(pdf, event)
    settings = {language: Setting(pdf, language) for language in event.day.languages}
    said = {language: _steps(event, language) for language in settings}
    size, room = _LARGEST, A4_HEIGHT - MARGIN - _TOP
    while sum(_height(settings[it], steps, size) for it, steps in said.items()) > room and size > _LEAST:
        size -= 0.5
    gap = (room - sum(_height(settings[it], steps, size) for it, steps in said.items())) / max(len(said), 1)
    top = _TOP
    for language, steps in said.items():
        setting = settings[language]
        with force_locale(language):
            heading = gettext("How you vote")
        setting.rule(MARGIN, top, _INNER, thick=0.4, grey=0)
        y = top + 2
        y = setting.write([heading], size, MARGIN, y, _INNER, bold=True)
        for number, step in enumerate(steps, 1):
            setting.write([f"{number}."], size, MARGIN, y, 8, bold=True)
            y = setting.write(setting.lines(step, size, _INNER - 10), size, MARGIN + 10, y, _INNER - 10)
        top += _height(setting, steps, size) + gap
    return bytes(pdf.output())


def _steps(event: Event, language: str) -> list[str]:
    with force_locale(language):
        return [
            gettext("Take a slip at the door. Nobody writes down which one you get."),
            gettext("Scan your slip, or type the 12 letters and numbers on it."),
            asked(event, len(event.running_order)),
            gettext("No phone? Mark the back of your slip, and put it into the box."),
            rule_for_latecomers(event),
        ]


def _height(setting: Setting, steps: list[str], size: float) -> float:
    return sum(height_of(setting.lines(step, size, _INNER - 10), size) for step in steps) + height_of(1, size) + 4


def _draw_head(pdf: Document, event: Event) -> None:
    """The event's name, and both sides of the slip side by side."""
    write_line(pdf, "latin-bold", 26, event.name, MARGIN, MARGIN - 2, _INNER)
    top = MARGIN + 18
    _draw_front(pdf, event, MARGIN, top)
    _draw_back(pdf, A4_WIDTH - MARGIN - _SLIP[0] + 6, top)


def _draw_front(pdf: Document, event: Event, x: float, top: float) -> None:
    width, height = _SLIP[0] - 6, _SLIP[1]
    _draw_edge(pdf, x, top)
    draw_qr(pdf, qr_rows(voters_page(event.slug)), x + 5, top + 5, 30)
    write_line(pdf, "latin-bold", 13, event.name, x + 39, top + 5, width - 43)
    write_line(pdf, "latin-bold", 15, _NO_CODE, x + 5, top + 38, width - 10)
    write_line(pdf, "latin", 9, voters_page(event.slug).split("://")[-1], x + 5, top + height - 6.5, width - 10)


def _draw_back(pdf: Document, x: float, top: float) -> None:
    """The paper ballot: rows of boxes, one crossed in each."""
    _draw_edge(pdf, x, top)
    pdf.set_draw_color(0)
    pdf.set_line_width(0.25)
    for row in range(5):
        y = top + 6 + row * 9
        write_line(pdf, "latin-bold", 12, str(row + 1), x + 5, y - 0.5, 8)
        pdf.line(x + 14, y + 4.5, x + 40, y + 4.5)
        for column in range(5):
            left = x + 44 + column * 7.6
            pdf.rect(left, y, 5.5, 5.5)
            if column == (row * 3 + 4) % 5:
                pdf.line(left + 1, y + 1, left + 4.5, y + 4.5)
                pdf.line(left + 4.5, y + 1, left + 1, y + 4.5)


def _draw_edge(pdf: Document, x: float, top: float) -> None:
    pdf.set_draw_color(0)
    pdf.set_line_width(0.4)
    pdf.rect(x, top, _SLIP[0] - 6, _SLIP[1], round_corners=True, corner_radius=2)
