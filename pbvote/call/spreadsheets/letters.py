"""What groups are written about bids that a sheet brought or changed. Nothing here commits."""

from collections.abc import Iterator, Sequence

from flask import current_app

from pbvote.call.bids.letters import tell, tell_group, when_and_where
from pbvote.call.bids.models import Bid
from pbvote.call.spreadsheets.planning import Change
from pbvote.call.spreadsheets.sheet_bids import Cells
from pbvote.people.models import Account
from pbvote.spreadsheets.cells import write_cell
from pbvote.spreadsheets.tables import Kind


def say_imported(bid: Bid, contact: Account, cells: Cells) -> None:
    """Tell the contact that the council has entered their bid, its number, and all that it says."""
    when = when_and_where(bid.round_id, [ask.locality_id for ask in bid.asks])
    opening = (
        f"We have entered your bid “{bid.title}” for you. Its number is {bid.reference}. Organisers check it and write "
        f"to you.\n\n{when}\n\n"
        f"If something is wrong, or you know nothing of this bid, write to {current_app.config['CONTACT_EMAIL']}."
    )
    copy = "\n\n".join(f"{name}: {text}" for name, text in _answers(cells))
    tell(contact, f"We have your bid {bid.reference}", opening, f"What we have entered\n\n{copy}")


def _answers(cells: Cells) -> Iterator[tuple[str, str]]:
    """Each column that says something, with what it says."""
    for name, cell in cells.items():
        if cell is not None and cell != "":
            yield name, write_cell(cell, Kind.MONEY if isinstance(cell, int) else Kind.LONG)


def say_changed(bid: Bid, changes: Sequence[Change]) -> None:
    """Tell the group what of its bid is changed, before and after."""
    what = "\n\n".join(
        f"{change.column}\nBefore: {change.before or 'Nothing'}\nNow: {change.after or 'Nothing'}" for change in changes
    )
    wrong = f"If something is wrong, write to {current_app.config['CONTACT_EMAIL']}."
    sentence = f"We have changed your bid “{bid.title}”, {bid.reference}.\n\n{what}\n\n{wrong}"
    tell_group(bid, f"Your bid {bid.reference} is changed", sentence)
