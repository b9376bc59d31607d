"""The ballot paper of an event: its rules, its bids in order, and the hash that a cast must name.

All of it is plain values. So a paper can be kept for as long as its poll is open, by every thread at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from pbvote.call.bids.models import Ask, Bid, Wording
from pbvote.call.groups.models import Group
from pbvote.core.hashes import digest
from pbvote.db import db
from pbvote.tally import BallotRules
from pbvote.vote.events.models import Event, Slot


@dataclass(frozen=True, slots=True)
class Worded:
    """A bid's title and summary in one language; "" for what nobody entered."""

    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Line:
    """One bid on the paper. `number` is what the hall says; `reference` is what a ballot holds."""

    number: int
    reference: str
    title: str
    summary: str
    group: str
    """Who asks; "" where an imported election names nobody."""
    ask_pence: int
    wordings: Mapping[str, Worded] = field(default_factory=dict, hash=False)
    """Title and summary by language, where somebody entered them."""

    def wording(self, language: str) -> Worded | None:
        """The bid's title and summary in another language, where somebody entered them."""
        return self.wordings.get(language)


@dataclass(frozen=True)
class Paper:
    """What a voter fills in."""

    event_slug: str
    currency: str
    rules: BallotRules
    lines: tuple[Line, ...]
    definition: str
    """A hash over all that the voter's choices refer to and all that the count will do with them.

    A cast names the one it was made for, so that choices never land on another paper. Withdrawals are not in it: they
    are applied at the count.
    """

    @classmethod
    def of(cls, event: Event) -> "Paper":
        """The event's paper as it stands now: the event, its share and its round, and two statements more."""
        share = event.share
        rules = BallotRules.from_dict(share.ballot_rules).within(share.share_pence)
        lines = _lines_of(event.id, share.locality_id)
        return cls(event.slug, share.round.currency, rules, lines, digest(_defined(event, rules, lines)))

    @cached_property
    def references(self) -> Mapping[str, Line]:
        """The lines by reference."""
        return {line.reference: line for line in self.lines}

    @cached_property
    def asks(self) -> Mapping[str, int]:
        """What each bid asks of this share, in pence by reference."""
        return {line.reference: line.ask_pence for line in self.lines}


def _defined(event: Event, rules: BallotRules, lines: tuple[Line, ...]) -> dict[str, Any]:
    return {
        "event": event.slug,
        "share": event.share.share_pence,
        "ballot": rules.to_dict(),
        "rule": event.share.count_rule,
        "bids": [[line.number, line.reference, line.ask_pence] for line in lines],
    }


def _lines_of(event_id: int, locality_id: int) -> tuple[Line, ...]:
    """The bids in the running order, in two statements however many there are."""
    wordings: dict[int, dict[str, Worded]] = {}
    worded = sa.select(Wording.bid_id, Wording.language, Wording.title, Wording.summary)
    for row in db.session.execute(worded.join(Slot, Slot.bid_id == Wording.bid_id).where(Slot.event_id == event_id)):
        wordings.setdefault(row.bid_id, {})[row.language] = Worded(row.title, row.summary)
    shown = (
        sa.select(Slot.number, Bid.id, Bid.reference, Bid.title, Bid.summary, Group.name, Ask.ask_pence)
        .join(Bid, Bid.id == Slot.bid_id)
        .outerjoin(Group, Group.id == Bid.group_id)
        .outerjoin(Ask, sa.and_(Ask.bid_id == Bid.id, Ask.locality_id == locality_id))
        .where(Slot.event_id == event_id)
        .order_by(Slot.number)
    )
    return tuple(
        Line(
            row.number,
            row.reference,
            row.title,
            row.summary,
            row.name or "",
            row.ask_pence or 0,
            wordings.get(row.id, {}),
        )
        for row in db.session.execute(shown)
    )
