"""The poster: A3, the running order with numbers to be read across a hall, and where to read more."""

from typing import Final

from flask_babel import gettext

from pbvote.core.qr import qr_rows
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.vote.programme.matter import Matter
from pbvote.vote.programme.sheets.block import Look
from pbvote.vote.programme.sheets.spread import Space, draw_page, spread_out

WIDTH: Final = 297.0
HEIGHT: Final = 420.0
MARGIN: Final = 18.0
QR_SIDE: Final = 46.0
LOOK: Final = Look(number=66, title=34, group=24, summary=0, photo=72)
LEAST: Final = 0.36
_INNER: Final = WIDTH - 2 * MARGIN
_FOOT: Final = QR_SIDE + 14
_NAME: Final = 62.0
_DAY: Final = 28.0


def poster(matter: Matter) -> bytes:
    """The poster as a PDF; more sheets where the bids would be too small on one."""
    pdf = blank_document(gettext("Poster of %(event)s", event=matter.name), language=matter.language, size="A3")
    setting = Setting(pdf, matter.language)
    head = _Head(setting, matter)
    top = head.height + 12
    room = Space(_INNER, HEIGHT - top - _FOOT - MARGIN, HEIGHT - top - _FOOT - MARGIN, gutter=14, gap=0.7)
    spread = spread_out(setting, matter.items, LOOK, room, columns=(1, 2, 3), least=LEAST)
    for page in range(len(spread.pages)):
        pdf.add_page()
        head.draw()
        draw_page(setting, spread, page, MARGIN, top, room)
        _draw_foot(setting, matter, f"{page + 1}/{len(spread.pages)}" if len(spread.pages) > 1 else "")
    return bytes(pdf.output())


class _Head:
    """The event's name, day and place, white on the council's colour."""

    def __init__(self, setting: Setting, matter: Matter) -> None:
        self._setting = setting
        self._council, self._colour = matter.council, matter.colour
        size = _NAME
        while len(setting.lines(matter.name, size, _INNER, bold=True)) > 2 and size > 24:
            size -= 2
        self._size = size
        self._name = setting.lines(matter.name, size, _INNER, bold=True)
        self._day = setting.lines(matter.when, _DAY, _INNER, bold=True)
        self._place = setting.lines(matter.place, _DAY, _INNER)
        self.height = MARGIN + 20 + height_of(self._name, size) + height_of(self._day + self._place, _DAY)

    def draw(self) -> None:
        """On the page that was begun."""
        setting, pdf = self._setting, self._setting.pdf
        pdf.set_fill_color(*self._colour)
        pdf.rect(0, 0, WIDTH, self.height, style="F")
        pdf.set_text_color(255)
        setting.write([self._council], 18, MARGIN, MARGIN - 4, _INNER)
        y = setting.write(self._name, self._size, MARGIN, MARGIN + 7, _INNER, bold=True) + 2
        y = setting.write(self._day, _DAY, MARGIN, y, _INNER, bold=True)
        setting.write(self._place, _DAY, MARGIN, y, _INNER)
        pdf.set_text_color(0)


def _draw_foot(setting: Setting, matter: Matter, sheet: str) -> None:
    """The QR code, and in words what it leads to."""
    top = HEIGHT - MARGIN - QR_SIDE
    setting.rule(MARGIN, top - 8, _INNER, thick=0.6, grey=0)
    draw_qr(setting.pdf, qr_rows(matter.address), setting.left_of(MARGIN, QR_SIDE), top, QR_SIDE)
    setting.write([sheet], 18, MARGIN, HEIGHT - MARGIN - 8, _INNER, edge="end")
    x, width = MARGIN + QR_SIDE + 12, _INNER - QR_SIDE - 12 - (20 if sheet else 0)
    read = setting.lines(gettext("Read about every bid"), 28, width, bold=True)
    y = setting.write(read, 28, x, top - 2, width, bold=True)
    y = setting.write([matter.address.split("://")[-1]], 20, x, y, width) + 1
    for said in (gettext("The numbers are those on the ballot."), matter.access):
        if said and y < HEIGHT - MARGIN - 8:
            lines = setting.lines(said, 18, width)[: int((HEIGHT - MARGIN + 2 - y) / height_of(1, 18))]
            y = setting.write(lines, 18, x, y, width)
