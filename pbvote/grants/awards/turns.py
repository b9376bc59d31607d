"""The count as decisions and letters need it: each bid with its turn and with whom to write to. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Ask, Bid
from pbvote.call.groups.models import Group, GroupContact
from pbvote.db import db
from pbvote.tally import Outcome, Step
from pbvote.vote.count.outcome import places_by_reference, stored_outcome
from pbvote.vote.count.published import FEWEST_TO_SHOW_TOTALS
from pbvote.vote.events.models import Event, Slot


@dataclass(frozen=True, slots=True)
class BidTurn:
    """A bid and what happened to it when its turn came."""

    bid: Bid
    step: Step

    @property
    def pence(self) -> int:
        """What it asks of the share that was counted."""
        return self.step.ask

    @property
    def is_funded(self) -> bool:
        """Whether it gets its money."""
        return self.step.verdict.is_funded


@dataclass(frozen=True, slots=True)
class CountedBids:
    """An event's outcome, turn by turn."""

    outcome: Outcome
    turns: Sequence[BidTurn]
    shows_totals: bool
    """Whether totals may be told: with very few voters they would tell how somebody voted."""

    @property
    def funded(self) -> list[BidTurn]:
        """The funded bids, in the order of the count."""
        return [turn for turn in self.turns if turn.is_funded]

    @classmethod
    def of(cls, event: Event) -> "CountedBids | None":
        """The outcome of an event; None before the count. In three statements, however many bids there were."""
        stored = stored_outcome(event)
        if stored is None:
            return None
        _load_ballot(event)
        places = places_by_reference(event)
        turns = [BidTurn(places[step.ref].bid, step) for step in stored.body.steps]
        shows_totals = event.is_chosen_by_members or stored.voters >= FEWEST_TO_SHOW_TOTALS
        return cls(stored.body, turns, shows_totals)


def _load_ballot(event: Event) -> None:
    """Read the bids with their asks, and with everybody who speaks for their groups: few of each for one bid."""
    bid = orm.joinedload(Slot.bid, innerjoin=True)
    contacts = bid.joinedload(Bid.group).joinedload(Group.contacts)
    wanted = sa.select(Slot).where(Slot.event_id == event.id).order_by(Slot.number)
    wanted = wanted.options(
        contacts.joinedload(GroupContact.account), bid.joinedload(Bid.asks).joinedload(Ask.locality, innerjoin=True)
    )
    orm.attributes.set_committed_value(event, "running_order", list(db.session.scalars(wanted).unique()))
