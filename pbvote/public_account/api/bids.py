"""Bids for programs: from the day on which an event's page shows them, as that page does."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import sqlalchemy as sa
from msgspec import Meta
from sqlalchemy import orm

from pbvote.call.bids.models import Ask, Bid, BidHistory, BudgetLine
from pbvote.call.rounds.models import Round, Share
from pbvote.data_addresses import programme_bid_page
from pbvote.db import db
from pbvote.public_account.api.collections import SLUG_PART, Asked, Collection, Moment
from pbvote.vote.count.outcome import TAKEN_OUT
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.results.service import ResultPublished

REFERENCE = "[A-Za-z0-9-]{1,40}"


@dataclass(frozen=True, slots=True)
class AskRow:
    """What a bid asks of one locality’s share."""

    locality: Annotated[str, Meta(description="The locality, as addresses call it.")]
    locality_name: Annotated[str, Meta(description="The same by its name.")]
    asked_pence: Annotated[int, Meta(description="What the bid asks of its share, in pence.")]
    event: Annotated[str | None, Meta(description="The id of its event; null until everybody reads of that.")]
    number: Annotated[int | None, Meta(description="The bid’s number on the ballot, likewise.")]
    page: Annotated[str | None, Meta(description="The page for people; null where the event has none.")]

    @classmethod
    def of(cls, ask: Ask, reference: str, slot: Slot | None) -> "AskRow":
        """This ask, with the place in the running order that everybody reads."""
        said = (ask.locality.slug, ask.locality.name, ask.ask_pence)
        if slot is None:
            return cls(*said, None, None, None)
        slug, has_page = slot.event.slug, slot.event.has_page
        return cls(*said, slug, slot.number, programme_bid_page(slug, reference) if has_page else None)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One thing that the money would buy."""

    what: Annotated[str, Meta(description="What it is.")]
    line_pence: Annotated[int, Meta(description="What it costs, in pence.")]

    @classmethod
    def of(cls, line: BudgetLine) -> "LineRow":
        """This line."""
        return cls(line.what, line.line_pence)


@dataclass(frozen=True, slots=True)
class BidRow:
    """A group’s request in a round."""

    id: Annotated[str, Meta(description="The round’s id and the bid’s reference, with a full stop between them.")]
    round: Annotated[str, Meta(description="The id of its round.")]
    reference: Annotated[str, Meta(description="What the bid is called in every file of its round.")]
    group: Annotated[str, Meta(description="Who asks.")]
    title: Annotated[str, Meta(description="What the group calls its project.")]
    summary: Annotated[
        str, Meta(description="What it tells residents that it would do; empty where no event’s page says it.")
    ]
    who_benefits: Annotated[str, Meta(description="Who would benefit; empty where no page says it.")]
    ward: Annotated[str, Meta(description="The ward where most of it would happen; empty for several, or none named.")]
    asks: Annotated[list[AskRow], Meta(description="What it asks of the localities’ shares.")]
    lines: Annotated[list[LineRow], Meta(description="What the money would buy; empty where no page says it.")]
    is_taken_out: Annotated[bool, Meta(description="Whether it was withdrawn or refused. It keeps its number.")]
    changed_at: Annotated[Moment, Meta(description="When something of this row last changed.")]

    @classmethod
    def of(cls, bid: Bid, moved_at: dt.datetime, places: Mapping[int, tuple[Slot, dt.datetime]]) -> "BidRow":
        """This bid, with its places in running orders by locality, each with the moment since which it is public."""
        slots = {locality_id: slot for locality_id, (slot, _) in places.items()}
        moments = [moment for slot, shown_at in places.values() for moment in (slot.placed_at, shown_at)]
        # Where a result came out without a page of its event before it, the result is all that everybody reads.
        has_page = any(slot.event.has_page for slot in slots.values())
        asks = [ask for ask in bid.asks if has_page or ask.locality_id in slots]
        asks.sort(key=lambda ask: ask.locality.name)
        return cls(
            id=f"{bid.round.slug}.{bid.reference}",
            round=bid.round.slug,
            reference=bid.reference,
            group=bid.group.name if bid.group else "",
            title=bid.title,
            summary=bid.summary if has_page else "",
            who_benefits=bid.who_benefits if has_page else "",
            ward=bid.ward.name if bid.ward and has_page else "",
            asks=[AskRow.of(ask, bid.reference, slots.get(ask.locality_id)) for ask in asks],
            lines=[LineRow.of(line) for line in bid.lines if has_page],
            is_taken_out=bid.state in TAKEN_OUT,
            changed_at=max(moved_at, *moments),
        )


def _shown_at() -> sa.ColumnElement[dt.datetime]:
    """Since when everybody reads an event's bids: on its page, or else in its result. NULL before that."""
    is_told = (LedgerEntry.event_id == Event.id, LedgerEntry.type == ResultPublished.type)
    told_at = sa.select(LedgerEntry.at).where(*is_told).correlate(Event).scalar_subquery()
    return sa.func.coalesce(Event.published_at, told_at)


def _find(asked: Asked) -> Sequence[BidRow]:
    """In five statements."""
    last_moved = sa.select(sa.func.max(BidHistory.at)).where(BidHistory.bid_id == Bid.id).scalar_subquery()
    moved_at = sa.func.coalesce(last_moved, Bid.received_at)
    of_bid = (Slot.bid_id == Bid.id, Slot.event_id == Event.id, _shown_at().is_not(None))
    wanted = sa.select(Bid, moved_at).join(Bid.round).where(sa.exists().where(*of_bid))
    wanted = wanted.where(Round.is_imported.is_(False))
    if asked.since:
        is_shown = sa.or_(Slot.placed_at >= asked.since, _shown_at() >= asked.since)
        wanted = wanted.where(sa.or_(moved_at >= asked.since, sa.exists().where(*of_bid, is_shown)))
    wanted = asked.narrow(wanted, [Round.slug, Bid.reference], lambda row_id: row_id.split(".", 1))
    whole = (
        orm.contains_eager(Bid.round).lazyload("*"),
        orm.joinedload(Bid.group),
        orm.joinedload(Bid.ward),
        orm.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
        orm.selectinload(Bid.lines),
    )
    found = db.session.execute(wanted.options(*whole)).all()
    places = _places([bid.id for bid, _ in found])
    return [BidRow.of(bid, at, places.get(bid.id, {})) for bid, at in found]


def _places(bid_ids: Sequence[int]) -> Mapping[int, Mapping[int, tuple[Slot, dt.datetime]]]:
    """The places of these bids in running orders that everybody reads, by bid and locality, and since when."""
    event = orm.contains_eager(Slot.event)
    wanted = sa.select(Slot, Share.locality_id, _shown_at()).join(Slot.event).join(Event.share)
    wanted = wanted.where(Slot.bid_id.in_(bid_ids), _shown_at().is_not(None))
    found: dict[int, dict[int, tuple[Slot, dt.datetime]]] = {}
    for slot, locality_id, shown_at in db.session.execute(wanted.options(event.lazyload("*"), orm.lazyload(Slot.bid))):
        found.setdefault(slot.bid_id, {})[locality_id] = (slot, shown_at)
    return found


BIDS = Collection(
    name="bids",
    row=BidRow,
    sentence="What groups ask for, from the day on which an event’s page shows it.",
    ids=rf"{SLUG_PART}\.{REFERENCE}",
    example="grants-2027.B-08",
    find=_find,
)
