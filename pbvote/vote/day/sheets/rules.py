"""The poster with the rules of the day: A3, to hang at the door and in the library."""

from typing import Final

from flask_babel import gettext

from pbvote.core.qr import qr_rows
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.words import in_short, need_in_words, rule_for_latecomers, who_may_vote
from pbvote.vote.programme.entries import entries_of
from pbvote.vote.programme.matter import Matter

WIDTH: Final = 297.0
HEIGHT: Final = 420.0
MARGIN: Final = 18.0
QR_SIDE: Final = 46.0
_INNER: Final = WIDTH - 2 * MARGIN
_ROOM: Final = HEIGHT - QR_SIDE - 2 * MARGIN
_LARGEST: Final = 30.0  # points
_LEAST: Final = 14.0
_HEAD: Final = 0.62  # a heading, in sizes of its words


def rules_poster(event: Event, language: str) -> bytes:
    """The poster as a PDF of one page, in letters as large as its words allow."""
    pdf = blank_document(gettext("Rules of %(event)s", event=event.name), language=language, size="A3")
    setting, matter = Setting(pdf, language), Matter.of(event, entries_of(event), language)
    pdf.add_page()
    top = _draw_head(setting, matter) + 8
    said, size = _said(event, matter), _LARGEST
    while top + _height(setting, said, size) > _ROOM and size > _LEAST:
        size -= 1
    for heading, words in said:
        top = setting.write(setting.lines(heading, size * _HEAD, _INNER), size * _HEAD, MARGIN, top, _INNER)
        top = setting.write(setting.lines(words, size, _INNER, bold=True), size, MARGIN, top, _INNER, bold=True)
        top += size * 0.22
    _draw_foot(setting, matter)
    return bytes(pdf.output())


def _said(event: Event, matter: Matter) -> list[tuple[str, str]]:
    """Heading and words of each rule; what nobody has settled is left out."""
    has = [need_in_words(need) for need in event.day.venue_has]
    said = [
        (gettext("When"), matter.when),
        (gettext("The day"), " · ".join(in_short(event, matter.language))),
        (gettext("Where"), matter.place),
        (gettext("Who may vote"), who_may_vote(event.share)),
        (gettext("Coming late"), rule_for_latecomers(event)),
        (gettext("How you vote"), matter.how),
        (gettext("Getting in"), matter.access),
        (gettext("The hall has"), " · ".join(has)),
    ]
    return [(heading, words) for heading, words in said if words]


def _height(setting: Setting, said: list[tuple[str, str]], size: float) -> float:
    words = sum(height_of(setting.lines(words, size, _INNER, bold=True), size) for _, words in said)
    heads = sum(height_of(setting.lines(heading, size * _HEAD, _INNER), size * _HEAD) for heading, _ in said)
    return words + heads + size * 0.22 * len(said)


def _draw_head(setting: Setting, matter: Matter) -> float:
    """The event's name, white on the council's colour. Returns where it ends."""
    size = 58.0
    while len(setting.lines(matter.name, size, _INNER, bold=True)) > 2 and size > 24:
        size -= 2
    name = setting.lines(matter.name, size, _INNER, bold=True)
    height = MARGIN + 12 + height_of(name, size)
    setting.pdf.set_fill_color(*matter.colour)
    setting.pdf.rect(0, 0, WIDTH, height, style="F")
    setting.pdf.set_text_color(255)
    setting.write([matter.council], 18, MARGIN, MARGIN - 6, _INNER)
    setting.write(name, size, MARGIN, MARGIN + 4, _INNER, bold=True)
    setting.pdf.set_text_color(0)
    return height


def _draw_foot(setting: Setting, matter: Matter) -> None:
    """The QR code, and in words what it leads to."""
    top = HEIGHT - MARGIN - QR_SIDE
    setting.rule(MARGIN, top - 6, _INNER, thick=0.6, grey=0)
    draw_qr(setting.pdf, qr_rows(matter.address), setting.left_of(MARGIN, QR_SIDE), top, QR_SIDE)
    x, width = MARGIN + QR_SIDE + 12, _INNER - QR_SIDE - 12
    y = setting.write(
        setting.lines(gettext("Read about every bid"), 28, width, bold=True), 28, x, top, width, bold=True
    )
    setting.write([matter.address.split("://")[-1]], 20, x, y, width)
