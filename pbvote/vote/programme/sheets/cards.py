"""Table cards: A5, one for each bid, to stand where its group sits or speaks."""

from typing import Final

from flask_babel import gettext

from pbvote.printing.document import blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.printing.words import POINT
from pbvote.vote.programme.matter import Item, Matter
from pbvote.vote.programme.sheets.photos import draw_photo

WIDTH: Final = 210.0
HEIGHT: Final = 148.0
MARGIN: Final = 12.0
NUMBER: Final = 200.0
TITLE: Final = 40.0
GROUP: Final = 24.0
EVENT: Final = 12.0
PHOTO: Final = (78.0, 54.0)
"""The most that a photo takes, in mm."""
_INNER: Final = WIDTH - 2 * MARGIN
_FIGURE: Final = 0.714 * POINT  # how tall a figure is, for each point of its size
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
    """The number over the photo; beside them title, amount and group, all as large as they can be together."""
    middle = HEIGHT / 2 - 4
    room = _draw_side(setting, item, middle) + 8
    width = _INNER - room
    scale = 1.0
    while _height(setting, item, width, scale) > HEIGHT - 2 * MARGIN - 12 and scale > 0.3:
        scale *= _STEP
    y = middle - _height(setting, item, width, scale) / 2
    for said, letters, bold in _parts(item, scale):
        lines = setting.lines(said, letters, width, bold=bold)
        y = setting.write(lines, letters, MARGIN + room, y, width, bold=bold) + 2 * scale
    setting.write([event], EVENT, MARGIN, HEIGHT - MARGIN - 2, _INNER, edge="end")


def _draw_side(setting: Setting, item: Item, middle: float) -> float:
    """The number, and under it the photo, around the card's middle. Returns how wide they are."""
    number = str(item.number)
    size = min(NUMBER, NUMBER * 82 / setting.width(number, NUMBER, bold=True))
    room = setting.width(number, size, bold=True)
    wide, high = item.photo.within(*PHOTO) if item.photo else (0.0, 0.0)
    foot = middle + (size * _FIGURE - (high + 8 if item.photo else 0)) / 2
    setting.write([number], size, MARGIN, foot - 0.95 * size * POINT, room, bold=True)
    if item.photo:
        draw_photo(setting, item.photo, MARGIN, foot + 8, wide, high)
    return max(room, wide)


def _parts(item: Item, scale: float) -> tuple[tuple[str, float, bool], ...]:
    return (
        (item.title, TITLE * scale, True),
        (item.group, GROUP * scale, False),
        (item.ask, TITLE * scale, True),
    )


def _height(setting: Setting, item: Item, width: float, scale: float) -> float:
    parts = _parts(item, scale)
    return sum(height_of(setting.lines(said, size, width, bold=bold), size) + 2 * scale for said, size, bold in parts)
