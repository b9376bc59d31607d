"""Table cards: A5, one for each bid, to stand where its group sits or speaks."""

from typing import Final

from flask_babel import gettext

from pbvote.printing.document import blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.printing.words import POINT
from pbvote.vote.programme.matter import Item, Matter

WIDTH: Final = 210.0
HEIGHT: Final = 148.0
MARGIN: Final = 12.0
NUMBER: Final = 200.0
TITLE: Final = 40.0
GROUP: Final = 24.0
EVENT: Final = 12.0
_INNER: Final = WIDTH - 2 * MARGIN
_STEP: Final = 0.95


def table_cards(matter: Matter) -> bytes:
    """The cards as a PDF, one to a page."""
    title = gettext("Table cards of %(event)s", event=matter.name)
    pdf = blank_document(title, language=matter.language, size="A5", is_wide=True)
    setting = Setting(pdf, matter.language)
    for item in matter.items:
        pdf.add_page()
        _draw(setting, matter.name, item)
    return bytes(pdf.output())


def _draw(setting: Setting, event: str, item: Item) -> None:
    """The number beside title, amount and group, all as large as they can be together."""
    number = str(item.number)
    size = min(NUMBER, NUMBER * 82 / setting.width(number, NUMBER, bold=True))
    room = setting.width(number, size, bold=True) + 8
    # The number's figures stand in the middle of the card.
    middle = HEIGHT / 2 - 4
    top = middle - (0.95 - 0.357) * size * POINT
    setting.write([number], size, MARGIN, top, room, bold=True)
    width = _INNER - room
    scale = 1.0
    while _height(setting, item, width, scale) > HEIGHT - 2 * MARGIN - 12 and scale > 0.3:
        scale *= _STEP
    y = middle - _height(setting, item, width, scale) / 2
    for said, letters, bold in _parts(item, scale):
        lines = setting.lines(said, letters, width, bold=bold)
        y = setting.write(lines, letters, MARGIN + room, y, width, bold=bold) + 2 * scale
    setting.write([event], EVENT, MARGIN, HEIGHT - MARGIN - 2, _INNER, edge="end")


def _parts(item: Item, scale: float) -> tuple[tuple[str, float, bool], ...]:
    return (
        (item.title, TITLE * scale, True),
        (item.group, GROUP * scale, False),
        (item.ask, TITLE * scale, True),
    )


def _height(setting: Setting, item: Item, width: float, scale: float) -> float:
    parts = _parts(item, scale)
    return sum(height_of(setting.lines(said, size, width, bold=bold), size) + 2 * scale for said, size, bold in parts)
