"""The booklet in large print: A4, one bid after another, nothing on it smaller than 18 points."""

from typing import Final

from flask_babel import gettext

from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.printing.words import POINT
from pbvote.vote.programme.matter import Item, Matter
from pbvote.vote.programme.sheets.photos import draw_photo

MARGIN: Final = 18.0
SMALLEST: Final = 18.0  # points
TEXT: Final = 20.0
TITLE: Final = 26.0
NUMBER: Final = 54.0
PHOTO: Final = (66.0, 49.0)
"""The most that a photo takes, in mm."""
_INNER: Final = A4_WIDTH - 2 * MARGIN
_BOTTOM: Final = A4_HEIGHT - MARGIN - 12
_GAP: Final = 12.0
_HEAD: Final = 0.236 * NUMBER * POINT  # what is above the head of a figure in its line


def booklet(matter: Matter) -> bytes:
    """The booklet as a PDF: what the event is, then each bid, whole on its page."""
    title = gettext("Booklet in large print of %(event)s", event=matter.name)
    pdf = blank_document(title, both_sides=True, language=matter.language)
    setting = Setting(pdf, matter.language)
    _begin_page(setting)
    _draw_cover(setting, matter)
    _begin_page(setting)
    y = MARGIN
    for item in matter.items:
        height = _draw(setting, item, 0, is_dry=True)
        if y > MARGIN and y + height > _BOTTOM:
            _begin_page(setting)
            y = MARGIN
        if y > MARGIN:
            setting.rule(MARGIN, y - _GAP / 2, _INNER, thick=0.6, grey=0)
        y += _draw(setting, item, y) + _GAP
    return bytes(pdf.output())


def _begin_page(setting: Setting) -> None:
    setting.pdf.add_page()
    setting.write([str(setting.pdf.page)], SMALLEST, MARGIN, A4_HEIGHT - MARGIN - 5, _INNER, edge="end")


def _draw_cover(setting: Setting, matter: Matter) -> None:
    y = 40.0
    for said, size, bold, after in (
        (matter.council, SMALLEST, False, 10),
        (matter.name, 44, True, 8),
        (matter.when, 24, True, 2),
        (matter.place, 22, False, 6),
        (matter.access, TEXT, False, 8),
        (matter.money, TEXT, False, 2),
        (matter.how, TEXT, False, 8),
        (gettext("The numbers are those on the ballot."), TEXT, False, 0),
    ):
        if said:
            lines = setting.lines(said, size, _INNER, bold=bold)
            y = setting.write(lines, size, MARGIN, y, _INNER, bold=bold) + after


def _draw(setting: Setting, item: Item, y: float, *, is_dry: bool = False) -> float:
    """A bid with its top at `y`, its photo beside the head. Returns what it takes; `is_dry` draws nothing."""
    top, wide, high = y, 0.0, 0.0
    if item.photo:
        wide, high = item.photo.within(*PHOTO)
    beside = _INNER - (wide + 6 if item.photo else 0)
    for said, size, bold in (
        (str(item.number), NUMBER, True),
        (item.title, TITLE, True),
        (item.ask, TITLE, True),
        (item.group, TEXT, False),
    ):
        y += _write(setting, said, size, y, beside, bold=bold, is_dry=is_dry) * (0.86 if size == NUMBER else 1)
    if item.photo and not is_dry:
        draw_photo(setting, item.photo, MARGIN + _INNER - wide, top + _HEAD, wide, high)
    y = max(y, top + _HEAD + high if item.photo else y) + 2
    y += _write(setting, item.summary, TEXT, y, _INNER, is_dry=is_dry)
    return y - top


def _write(
    setting: Setting, said: str, size: float, y: float, width: float, *, bold: bool = False, is_dry: bool
) -> float:
    """Words in lines of this width. Returns what they take."""
    lines = setting.lines(said, size, width, bold=bold)
    if not is_dry:
        setting.write(lines, size, MARGIN, y, width, bold=bold)
    return height_of(lines, size)
