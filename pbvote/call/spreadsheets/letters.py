"""What groups are written about bids that a sheet brought or changed. Nothing here commits."""

from collections.abc import Iterator, Sequence

from flask import current_app

from pbvote.addresses import base_url
from pbvote.call.bids.letters import tell_group
from pbvote.call.bids.models import Bid
from pbvote.call.spreadsheets.planning import CellChange
from pbvote.call.spreadsheets.sheet_bids import Cells
from pbvote.mail.service import write_letter
from pbvote.people.models import Account
from pbvote.spreadsheets.cells import write_cell
from pbvote.spreadsheets.tables import Kind


def say_imported(bid: Bid, contact: Account, cells: Cells, when: str) -> None:
    """Tell the contact that the council has entered their bid, its number, and all that it says.

    `when` is the day and place of each event, as `when_and_where` says them. The letter holds no link that signs in:
    it may lie for days, and 500 of them at once are 500 open doors.
    """
    config = current_app.config
    parts = (
        f"Dear {contact.name},",
        f"We have entered your bid “{bid.title}” for you. Its number is {bid.reference}.",
        "Organisers check it and write to you.",
        when,
        f"To see it, ask for a link that signs you in: {base_url()}/sign-in/by-mail",
        f"If something is wrong, or you know nothing of this bid, write to {config['CONTACT_EMAIL']}",
        "What we have entered",
        *(f"{name}: {text}" for name, text in _answers(cells)),
        config["COUNCIL_NAME"],
    )
    write_letter(contact.email, f"We have your bid {bid.reference}", "\n\n".join(parts) + "\n")


def _answers(cells: Cells) -> Iterator[tuple[str, str]]:
    """Each column that says something, with what it says."""
    for name, cell in cells.items():
        if cell is not None and cell != "":
            yield name, write_cell(cell, Kind.MONEY if isinstance(cell, int) else Kind.LONG)


def say_changed(bid: Bid, changes: Sequence[CellChange]) -> None:
    """Tell the group what of its bid is changed, before and after."""
    what = "\n\n".join(
        f"{change.column}\nBefore: {change.before or 'Nothing'}\nNow: {change.after or 'Nothing'}" for change in changes
    )
    wrong = f"If something is wrong, write to {current_app.config['CONTACT_EMAIL']}."
    sentence = f"We have changed your bid “{bid.title}”, {bid.reference}.\n\n{what}\n\n{wrong}"
    tell_group(bid, f"Your bid {bid.reference} is changed", sentence)
