"""The test sheet: printed like a slip, and no slip. A phone that reads it shows that printer and network work."""

import hmac

from pbvote.addresses import venue_page, voters_page
from pbvote.code_tags import tag_of
from pbvote.core.codes import code_from, read_code
from pbvote.errors import Refusal
from pbvote.printing.cards import Card
from pbvote.vote.events.models import Event


class UnknownSheet(Refusal):
    """A code that stands on no test sheet of this event, or on one of another address."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This is not the code of the event’s test sheet. Print the sheet again, and scan that one")


def code_of(event: Event) -> str:
    """The sheet's code: our signature of the event's address. It opens nothing, and it lets nobody vote."""
    return code_from(tag_of("venue sheet", voters_page(event.slug)))


def require_sheet(event: Event, typed: str) -> None:
    """Raise `UnknownSheet` unless this is the code of the event's sheet."""
    if not hmac.compare_digest(code_of(event), read_code(typed) or ""):
        raise UnknownSheet


def sheet_of(event: Event) -> bytes:
    """The sheet as a PDF: a QR code about as large as a slip's, and what to do with it."""
    address = venue_page(event.slug, code_of(event))
    card = Card(f"Test sheet of {event.name}", "Test sheet", "No slip: nobody votes with it", event.name, address)
    card.say("In the hall, where people will sit:", is_bold=True)
    card.list("Let a phone join the hall’s Wi-Fi, and switch its mobile data off.")
    card.list("Scan the code with the phone’s camera. The code on slips is nearly as large.")
    card.list("Wait until the page says that the sheet works.")
    card.say("The phone measures the network meanwhile. Nothing is noted about whoever holds it.", space=1)
    return card.pdf()
