"""The booklet in large print: A4, one bid after another, nothing on it smaller than 18 points."""

from typing import Final

from flask_babel import gettext

from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.vote.programme.matter import Item, Matter

MARGIN: Final = 18.0
SMALLEST: Final = 18.0  # points
TEXT: Final = 20.0
TITLE: Final = 26.0
NUMBER: Final = 54.0
_INNER: Final = A4_WIDTH - 2 * MARGIN
_BOTTOM: Final = A4_HEIGHT - MARGIN - 12
_GAP: Final = 12.0


def booklet(matter: Matter) -> bytes:
    """The booklet as a PDF: what the event is, then each bid, whole on its page."""
    title = gettext("Booklet in large print of %(event)s", event=matter.name)
    pdf = blank_document(title, both_sides=True, language=matter.language)
    setting = Setting(pdf, matter.language)
    pdf.add_page()
    _draw_cover(setting, matter)
    pdf.add_page()
    y = MARGIN
    for item in matter.items:
        height = _draw(setting, item, 0, is_dry=True)
        if y > MARGIN and y + height > _BOTTOM:
            pdf.add_page()
            y = MARGIN
        if y > MARGIN:
            setting.rule(MARGIN, y - _GAP / 2, _INNER, thick=0.6, grey=0)
        y += _draw(setting, item, y) + _GAP
    for page in range(1, pdf.pages_count + 1):
        pdf.page = page
        with pdf.recording() as foot:
            setting.write([str(page)], SMALLEST, MARGIN, A4_HEIGHT - MARGIN - 5, _INNER, edge="end")
        pdf.stamp(foot, 0, 0)
    return bytes(pdf.output())


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
    """A bid with its top at `y`. Returns what it takes; `is_dry` draws nothing."""
    top = y
    for said, size, bold in (
        (str(item.number), NUMBER, True),
        (item.title, TITLE, True),
        (item.ask, TITLE, True),
        (item.group, TEXT, False),
        (item.summary, TEXT, False),
    ):
        lines = setting.lines(said, size, _INNER, bold=bold)
        if not is_dry:
            setting.write(lines, size, MARGIN, y, _INNER, bold=bold)
        y += height_of(lines, size) * (0.86 if size == NUMBER else 1) + (2 if said == item.group else 0)
    return y - top
