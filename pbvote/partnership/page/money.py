"""What became of a locality's money: who got how much of a share, and how far each grant has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid, BidState
from pbvote.core.clock import now
from pbvote.core.lengths import Length, lengths_of
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.visible import is_public
from pbvote.grants.directory.way import Stop, has_reported, is_met, stop_of
from pbvote.partnership.page.stages import ShareStage
from pbvote.vote.count.outcome import outcomes_of
from pbvote.vote.events.models import Event, Slot

MOST_SHARES: Final = 2
"""How many results are drawn: those of the newest rounds. The others are a line each."""


@dataclass(frozen=True, slots=True)
class FundedBid:
    """One group's piece of a share. Amounts are pence."""

    bid: Bid
    pence: int
    progress: str
    """How far the grant has come, in a word or two."""
    award_id: int | None
    """The award whose page tells the rest; None while the groups have not heard from the council."""

    @property
    def has_photo(self) -> bool:
        """Whether everybody may see the bid's photo: its result is public, so the bid must only still stand."""
        return self.bid.photo_id is not None and self.bid.state is BidState.SHORTLISTED


@dataclass(frozen=True, slots=True)
class ShareSpent:
    """A share whose result is public, and the pieces that groups got of it."""

    event: Event
    funded: Sequence[FundedBid]

    @property
    def whole(self) -> int:
        """What the bar stands for: the share, or more where other money was added."""
        return max(self.event.share.share_pence, self.spent)

    @property
    def spent(self) -> int:
        """What the groups get together."""
        return sum(one.pence for one in self.funded)

    @property
    def pieces(self) -> list[Length]:
        """Where the bar of the groups has each of them."""
        return lengths_of([one.pence for one in self.funded], self.whole)

    @property
    def left(self) -> int:
        """What no group got."""
        return self.whole - self.spent


def shares_spent(stages: Sequence[ShareStage]) -> list[ShareSpent]:
    """The newest shares whose results are public, the larger first; in three statements at most.

    Until the groups have heard from the council, a share is as residents chose.
    """
    events = [stage.event for stage in stages if stage.event and stage.event.is_public][:MOST_SHARES]
    if not events:
        return []
    promised, bids = _promised(events), _bids_of(events)
    untold = [event for event in events if event.id not in promised]
    outcomes = outcomes_of(untold) if untold else {}
    spent = []
    for event in events:
        if event.id in promised:
            by_id = {bid.id: bid for bid in bids[event.id]}
            funded = [
                FundedBid(by_id[one.bid_id], one.award_pence, _way(one).words, one.id) for one in promised[event.id]
            ]
        else:
            by_reference = {bid.reference: bid for bid in bids[event.id]}
            steps = outcomes[event.id].steps if event.id in outcomes else ()
            chosen = "Chosen by the members" if event.is_chosen_by_members else "Chosen by residents"
            funded = [
                FundedBid(by_reference[step.ref], step.ask, chosen, None) for step in steps if step.verdict.is_funded
            ]
        spent.append(ShareSpent(event, funded))
    return sorted(spent, key=lambda one: -one.event.share.share_pence)


def _promised(events: Sequence[Event]) -> Mapping[int, list[sa.Row[*tuple[Any, ...]]]]:
    """The public awards in the order in which the bids were funded, by event; of the events whose groups have heard."""
    told = (Award.event_id, Award.id, Award.bid_id, Award.award_pence, Award.state, Award.paid_pence)
    shown = (is_public().label("is_public"), is_met().label("is_met"), has_reported().label("has_reported"))
    wanted = sa.select(*told, *shown).where(Award.event_id.in_([event.id for event in events]), Award.told_at <= now())
    found: dict[int, list[sa.Row[*tuple[Any, ...]]]] = {}
    for one in db.session.execute(wanted.order_by(Award.id)):
        public = found.setdefault(one.event_id, [])
        if one.is_public:
            public.append(one)
    return found


def _way(one: sa.Row[*tuple[Any, ...]]) -> Stop:
    return stop_of(one.state, one.paid_pence, is_met=one.is_met, has_reported=one.has_reported)


def _bids_of(events: Sequence[Event]) -> Mapping[int, list[Bid]]:
    """The bids on each event's ballot, with their groups and photos."""
    wanted = sa.select(Slot.event_id, Bid).join(Slot.bid).where(Slot.event_id.in_([event.id for event in events]))
    wanted = wanted.options(orm.lazyload(Bid.asks), orm.joinedload(Bid.group), orm.joinedload(Bid.photo))
    found: dict[int, list[Bid]] = {event.id: [] for event in events}
    for event_id, bid in db.session.execute(wanted):
        found[event_id].append(bid)
    return found
