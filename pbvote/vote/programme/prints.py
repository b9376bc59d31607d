"""The prints of an event as files: the same bids, drawn for a wall, a hand, a lap and a table."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import BytesIO

from flask import Response, send_file

from pbvote.core.hashes import digest
from pbvote.errors import Refusal
from pbvote.remembering import remembered
from pbvote.vote.events.models import Event
from pbvote.vote.programme.entries import entries_of
from pbvote.vote.programme.matter import Matter
from pbvote.vote.programme.sheets.booklet import booklet
from pbvote.vote.programme.sheets.cards import table_cards
from pbvote.vote.programme.sheets.handout import handout
from pbvote.vote.programme.sheets.poster import poster


@dataclass(frozen=True)
class Print:
    """A kind of print, as the desk offers it."""

    name: str
    what: str
    draw: Callable[[Matter], bytes]


KINDS = {
    "poster": Print("Poster", "A3. The running order with big numbers, and a QR code to the page.", poster),
    "handout": Print("Handout", "A4, to be printed on both sides. Twenty bids fit on one sheet.", handout),
    "booklet": Print("Booklet in large print", "A4. One bid after another, in letters of 18 points and more.", booklet),
    "cards": Print("Table cards", "A5. One card for each bid. For A4, choose 2 pages on a sheet.", table_cards),
}


class NothingToPrint(Refusal):
    """An event without bids."""

    status = 404

    def __init__(self) -> None:
        super().__init__("No bid is in the running order yet, so there is nothing to print.")


def print_of(event: Event, kind: str, language: str, *, looks_ahead: bool = False) -> Response:
    """The print as a PDF in the language that is spoken. Raises `NothingToPrint`, and `Crowded`.

    What everybody may ask for is drawn once for as long as it says the same. `looks_ahead` is for the desk, which
    prints before the page is published: with the photos that everybody will see then.
    """
    matter = Matter.of(event, entries_of(event, looks_ahead=looks_ahead), language)
    if not matter.items:
        raise NothingToPrint
    key = ("programme", kind, digest(asdict(matter)))
    drawn = remembered(key, lambda: KINDS[kind].draw(matter), is_heavy=True)
    name = f"{kind}-{event.slug}-{language}.pdf"
    return send_file(BytesIO(drawn), "application/pdf", as_attachment=False, download_name=name)
