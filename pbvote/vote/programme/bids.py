"""One bid of an event, with its neighbours."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Ask, Bid
from pbvote.db import db
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.programme.entries import Listed, entry_of


@dataclass(frozen=True)
class BidShown:
    """A bid of the programme between the one before and the one after it, by reference."""

    entry: Listed
    of: int
    """How many bids the event has."""
    before: str | None
    after: str | None


def bid_called(event: Event, reference: str) -> BidShown | None:
    """The bid with this reference in the event's running order, whole; None where there is none."""
    bid = orm.joinedload(Slot.bid, innerjoin=True)
    wanted = sa.select(Slot).join(Slot.bid).where(Slot.event_id == event.id, Bid.reference == reference)
    wanted = wanted.options(
        bid.joinedload(Bid.group),
        bid.joinedload(Bid.ward),
        bid.joinedload(Bid.photo),
        bid.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
        bid.selectinload(Bid.lines),
        bid.selectinload(Bid.wordings),
    )
    slot = db.session.scalar(wanted)
    if slot is None:
        return None
    order = sa.select(Bid.reference).join(Slot, Slot.bid_id == Bid.id).where(Slot.event_id == event.id)
    references = list(db.session.scalars(order.order_by(Slot.number)))
    place = references.index(reference)
    before = references[place - 1] if place else None
    after = references[place + 1] if place + 1 < len(references) else None
    return BidShown(entry_of(event, slot), len(references), before, after)
