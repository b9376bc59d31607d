"""The council's decisions about an event's awards, as they are read. Nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.checking.names import named
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.grants.awards.declined import UNDECIDED
from pbvote.grants.awards.models import Award, AwardDecision, AwardDecisionKind, AwardHistory, AwardState
from pbvote.vote.events.models import Event

CountedRows: TypeAlias = "sa.Select[int, str, int, str, str]"
"""Rows of one shape, so that several counts are one statement."""
_NAMES = named(AwardDecision.drafted_by), named(AwardDecision.sent_by)


def first_decision(event: Event) -> AwardDecision | None:
    """The event's first decision, a draft too; None before it, and where it was called back."""
    return next((each for each in decisions_of(event) if not each.is_next and not each.called_back_at), None)


def decisions_of(event: Event) -> list[AwardDecision]:
    """Everything that was decided about the event's awards, oldest first, drafts and what was called back too."""
    wanted = sa.select(AwardDecision).where(AwardDecision.event_id == event.id).order_by(AwardDecision.id)
    return list(db.session.scalars(wanted.options(*_NAMES)))


def decision_numbered(decision_id: int) -> AwardDecision | None:
    """One decision, with its event."""
    share = orm.joinedload(AwardDecision.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    wanted = sa.select(AwardDecision).where(AwardDecision.id == decision_id)
    wanted = wanted.options(
        *_NAMES, share.joinedload(Share.round, innerjoin=True), share.joinedload(Share.locality, innerjoin=True)
    )
    return db.session.scalar(wanted)


@dataclass(slots=True)
class HowFar:
    """How far the awards of an event have come."""

    awards: dict[AwardState, int] = field(default_factory=dict)
    """How many are in each state; what the group does not know of yet is among them."""
    has_first: bool = False
    """Whether the decision about what residents chose was recorded."""
    has_draft: bool = False
    """Whether a decision was recorded of which no group knows."""
    free_pence: int = 0
    """What was declined and waits for a decision."""
    refusals: list[str] = field(default_factory=list)
    """Who declined that money, a sentence each, with their reason where they gave one."""
    others: dict[str, int] = field(default_factory=dict)
    """What rooms above counted in the same statement, by what they call it."""

    def take_in(self, what: str, number: int, who: str, words: str) -> None:
        """Note one row of `how_far`."""
        if what == _DRAFT:
            self.has_draft = True
        elif what == _FREE:
            self.free_pence += number
            self.refusals.append(f"{who} can’t do it: “{words}”" if words else f"{who} declined.")
        elif what in list(AwardDecisionKind):
            self.has_first = self.has_first or what == AwardDecisionKind.FIRST
        elif what in list(AwardState):
            self.awards[AwardState(what)] = number
        else:
            self.others[what] = number


_DRAFT, _FREE = "draft", "free"
_NOTHING = sa.literal("")


def how_far(event_ids: Sequence[int], *more: CountedRows) -> Mapping[int, HowFar]:
    """How far the awards of these events have come, in one statement; an event without a decision is left out.

    `more` is what rooms above count for the same events, see `counted_rows`.
    """
    counts = AwardDecision.event_id.in_(event_ids), AwardDecision.called_back_at.is_(None)
    made = counted_rows(Award.event_id, Award.state, sa.func.count()).where(Award.event_id.in_(event_ids))
    decided = counted_rows(AwardDecision.event_id, AwardDecision.kind, sa.func.count()).where(*counts)
    drafted = counted_rows(AwardDecision.event_id, sa.literal(_DRAFT), sa.literal(1))
    rows = sa.union_all(
        made.group_by(Award.event_id, Award.state),
        decided.group_by(AwardDecision.event_id, AwardDecision.kind),
        drafted.where(*counts, AwardDecision.sent_at.is_(None)),
        _declined().where(Award.event_id.in_(event_ids)),
        *more,
    )
    found: dict[int, HowFar] = {}
    for event_id, what, number, who, words in db.session.execute(rows):
        found.setdefault(event_id, HowFar()).take_in(what, number, who, words)
    return found


def counted_rows(event_id: Any, what: Any, number: Any, who: Any = _NOTHING, words: Any = _NOTHING) -> CountedRows:
    """Rows of one shape: whose event, what, how many or how much, who, and in which words."""
    return sa.select(
        event_id, sa.cast(what, sa.Text).label("what"), number.label("number"), who.label("who"), words.label("words")
    )


def _declined() -> CountedRows:
    """Each award whose money is free, with who said no and why."""
    said_no = sa.and_(AwardHistory.award_id == Award.id, AwardHistory.state == AwardState.DECLINED)
    who, words = CALLED, sa.func.coalesce(AwardHistory.words, "")
    wanted = counted_rows(Award.event_id, sa.literal(_FREE), Award.award_pence, who, words).where(UNDECIDED)
    return wanted.join(Award.bid).outerjoin(Bid.group).outerjoin(AwardHistory, said_no)
