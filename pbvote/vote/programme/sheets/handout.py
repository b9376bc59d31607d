"""The handout: A4 on two sides, with what each group would do."""

from typing import Final

from flask_babel import gettext

from pbvote.core.qr import qr_rows
from pbvote.printing.codes import draw_qr
from pbvote.printing.document import A4_HEIGHT, A4_WIDTH, blank_document
from pbvote.printing.setting import Setting, height_of
from pbvote.vote.programme.matter import Matter
from pbvote.vote.programme.sheets.block import Look
from pbvote.vote.programme.sheets.spread import Space, draw_page, spread_out

MARGIN: Final = 12.0
QR_SIDE: Final = 26.0
LOOK: Final = Look(number=24, title=13, group=11.5, summary=11.5, photo=44)
LEAST: Final = 0.63
"""Of that: summaries of 7.2 points, with which twenty long bids fit on a sheet."""
FOOT: Final = 8.0  # points
_INNER: Final = A4_WIDTH - 2 * MARGIN
_WORDS: Final = _INNER - QR_SIDE - 6


def handout(matter: Matter) -> bytes:
    """The handout as a PDF; more sheets where the bids would be too small on one."""
    title = gettext("Handout of %(event)s", event=matter.name)
    pdf = blank_document(title, both_sides=True, language=matter.language)
    setting = Setting(pdf, matter.language)
    bottom = A4_HEIGHT - MARGIN - height_of(1, FOOT) - 1
    pdf.add_page()
    top = max(_draw_head(setting, matter), MARGIN + QR_SIDE + 2) + 4
    room = Space(_INNER, bottom - top, bottom - MARGIN, gutter=8, gap=0.7)
    spread = spread_out(setting, matter.items, LOOK, room, columns=(1, 2), least=LEAST, most_pages=2)
    pages = [page for page in range(len(spread.pages)) if any(spread.pages[page])]
    for page in pages:
        if page:
            pdf.add_page()
        draw_page(setting, spread, page, MARGIN, top if page == 0 else MARGIN, room)
        foot = f"{matter.name}: {page + 1}/{len(pages)}" if len(pages) > 1 else matter.name
        setting.write([foot], FOOT, MARGIN, bottom + 1, _INNER, edge="end")
    return bytes(pdf.output())


def _draw_head(setting: Setting, matter: Matter) -> float:
    """What the event is and how one votes, beside the QR code. Returns where it ends."""
    draw_qr(setting.pdf, qr_rows(matter.address), setting.left_of(MARGIN + _INNER - QR_SIDE, QR_SIDE), MARGIN, QR_SIDE)
    y = MARGIN - 2
    for said, size, bold in (
        (matter.name, 22, True),
        (matter.when, 12, True),
        (matter.place, 11, False),
        (matter.access, 10, False),
        (f"{matter.money} {matter.how}", 10, False),
        (matter.address.split("://")[-1], 9, False),
    ):
        y = setting.write(setting.lines(said, size, _WORDS, bold=bold), size, MARGIN, y, _WORDS, bold=bold)
    setting.rule(MARGIN, max(y, MARGIN + QR_SIDE) + 2, _INNER, thick=0.4, grey=0)
    return y
