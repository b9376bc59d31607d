"""The ballot paper of an event: its rules, its bids in order, and the hash that a cast must name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.core.hashes import digest
from pbvote.db import db
from pbvote.tally import BallotRules
from pbvote.vote.events.models import Event, Slot


@dataclass(frozen=True)
class Line:
    """One bid on the paper. `number` is what the hall says; `reference` is what a ballot holds."""

    number: int
    bid: Bid
    ask_pence: int

    @property
    def reference(self) -> str:
        """The bid's reference within its round."""
        return self.bid.reference


@dataclass(frozen=True)
class Paper:
    """What a voter fills in."""

    event: Event
    rules: BallotRules
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, event: Event) -> "Paper":
        """The event's paper as it stands now."""
        locality_id = event.share.locality_id
        # All that the page shows of the bids in a handful of queries, however many there are.
        wanted = sa.select(Slot).where(Slot.event_id == event.id).order_by(Slot.number)
        bids = orm.joinedload(Slot.bid)
        wanted = wanted.options(
            bids.joinedload(Bid.group), bids.selectinload(Bid.asks), bids.selectinload(Bid.wordings)
        )
        lines = tuple(Line(slot.number, slot.bid, slot.bid.ask_of(locality_id)) for slot in db.session.scalars(wanted))
        rules = event.share.ballot_rules.within(event.share.share_pence)
        return cls(event, rules, lines)

    @cached_property
    def references(self) -> Mapping[str, Line]:
        """The lines by reference."""
        return {line.reference: line for line in self.lines}

    @property
    def asks(self) -> Mapping[str, int]:
        """What each bid asks of this share, in pence by reference."""
        return {line.reference: line.ask_pence for line in self.lines}

    @cached_property
    def definition(self) -> str:
        """A hash over all that the voter's choices refer to and all that the count will do with them.

        A cast names the one it was made for, so that choices never land on another paper. Withdrawals are not in it:
        they are applied at the count.
        """
        return digest(
            {
                "event": self.event.slug,
                "share": self.event.share.share_pence,
                "ballot": self.rules.to_dict(),
                "rule": self.event.share.count_rule.to_dict(),
                "bids": [[line.number, line.reference, line.ask_pence] for line in self.lines],
            }
        )
