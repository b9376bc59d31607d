"""What the console shows of an event, and nothing of any score.

It is read again every half minute by every desk in the hall, so its figures come in a handful of statements.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.addresses import voters_page
from pbvote.core.words import words_of
from pbvote.db import db
from pbvote.people.service import names_of
from pbvote.vote.count.models import HandCount
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.service import missing_in
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.records import Names
from pbvote.vote.ledger.service import entries_of, people_in, records_in
from pbvote.vote.paper_entry.clashes import number_undecided
from pbvote.vote.paper_entry.pile import Pile, pile_of
from pbvote.vote.passes.roll import number_waiting
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.states import AWAITS_PUBLICATION, AWAITS_THE_COUNT, TAKES_CHANGES
from pbvote.vote.poll.turnout import number_of_voters, number_rehearsed
from pbvote.vote.poll.voided import SlipVoided
from pbvote.vote.slips.guessing import number_failed
from pbvote.vote.slips.models import Slip, SlipState
from pbvote.vote.slips.printing import SlipsMade, has_old_backs
from pbvote.vote.slips.voiding import SlipReplaced


@dataclass(frozen=True)
class Console:
    """The state of an event's poll, slips and people."""

    missing: int
    """How many bids on the shortlist have no place in the running order."""
    slips: dict[SlipState, int]
    ballots: int
    """In the box; after the count, those that were counted."""
    rehearsed: int
    replaced: int
    papers: Pile
    undecided: int
    """Slips that say one thing on paper and another on a phone."""
    asking: int
    """Phones and screens that ask to come in."""
    failed_lookups: int
    """Codes tried in the last 15 minutes that no slip votes with, at all events."""
    entries: list[LedgerEntry]
    names: Names
    address: str
    has_account: bool
    waits_for_draw: bool
    words: Sequence[str]
    """The seal as six words; none before it."""
    has_old_backs: bool
    """Whether slips were printed for other bids, another order or other titles than there are now."""

    @classmethod
    def of(cls, event: Event, running_order: Sequence[Slot]) -> "Console":
        """The event's console as it stands now. The ledger calls bids as they stand in the running order."""
        entries = entries_of(event)
        counted = records_in(entries, VotesCounted)
        outcome = outcome_of(event) if event.poll in AWAITS_PUBLICATION else None
        slips, (voters, has_account, rehearsed, failed, asking, undecided) = _figures(event)
        left_out = sum(voided.ballots for voided in records_in(entries, SlipVoided))
        return cls(
            missing=missing_in([event]).get(event.id, 0) if event.poll in TAKES_CHANGES else 0,
            slips=slips,
            ballots=counted[-1].ballots if counted else voters - left_out,
            rehearsed=rehearsed,
            replaced=len(records_in(entries, SlipReplaced)),
            papers=pile_of(event, has_void_slips=SlipState.VOID in slips),
            undecided=undecided,
            asking=asking,
            failed_lookups=failed,
            entries=entries,
            names=Names(names_of(people_in(entries)), {slot.bid.reference: slot.as_on_paper for slot in running_order}),
            address=voters_page(event.slug),
            has_account=event.poll in AWAITS_THE_COUNT and has_account,
            waits_for_draw=bool(outcome and outcome.waiting),
            words=_words_in(entries),
            has_old_backs=event.poll in TAKES_CHANGES and has_old_backs(event, records_in(entries, SlipsMade)),
        )

    @property
    def live(self) -> int:
        """Slips that vote."""
        return self.slips.get(SlipState.LIVE, 0)


def _words_in(entries: Sequence[LedgerEntry]) -> Sequence[str]:
    seals = [entry.hash for entry in entries if entry.type == CountSealed.type]
    return words_of(seals[-1]) if seals else ()


def _figures(event: Event) -> tuple[dict[SlipState, int], tuple[int, bool, int, int, int, int]]:
    """Slips by their state; voters, whether slips are accounted for, rehearsals, failed look-ups, phones and screens
    that ask, undecided slips.

    All in one statement.
    """
    is_closed = event.poll in AWAITS_THE_COUNT
    slip = sa.select(sa.func.count()).select_from(Slip).where(Slip.event_id == event.id)
    figures = (
        *(slip.where(Slip.state == state) for state in SlipState),
        number_of_voters(event),
        sa.select(sa.func.count()).select_from(HandCount).where(HandCount.event_id == event.id),
        number_rehearsed(event),
        number_failed(),
        number_waiting(event),
        *([number_undecided(event)] if is_closed else []),
    )
    row = db.session.execute(sa.select(*(figure.scalar_subquery() for figure in figures))).one()
    states, (voters, accounts, rehearsed, failed, asking, *undecided) = row[: len(SlipState)], row[len(SlipState) :]
    slips = {state: number for state, number in zip(SlipState, states, strict=True) if number}
    return slips, (voters, bool(accounts), rehearsed, failed, asking, sum(undecided))
