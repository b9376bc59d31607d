"""What the console shows of an event, and nothing of any score."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.addresses import voters_page
from pbvote.call.bids.models import Bid
from pbvote.people.service import names_of
from pbvote.vote.count.account import stated_account
from pbvote.vote.count.counting import VotesCounted
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.count.sealing import seal_of, seal_words
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import missing_bids
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.service import entries_of, last_record, people_in, records_of
from pbvote.vote.paper_entry.clashes import undecided_in
from pbvote.vote.paper_entry.pile import Pile, pile_of
from pbvote.vote.poll.states import AWAITS_PUBLICATION
from pbvote.vote.poll.turnout import rehearsed_in, turnout_of
from pbvote.vote.slips.envelopes import Envelope, envelopes_of
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.guessing import failed_lookups
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import SlipsMade
from pbvote.vote.slips.voiding import replaced_in


@dataclass(frozen=True)
class Console:
    """The state of an event's poll, slips and people."""

    missing: list[Bid]
    slips: dict[SlipState, int]
    envelopes: list[Envelope]
    ballots: int
    """In the box; after the count, those that were counted."""
    rehearsed: int
    replaced: int
    papers: Pile
    undecided: int
    """Slips that say one thing on paper and another on a phone."""
    failed_lookups: int
    """Codes tried in the last 15 minutes that no slip votes with, at all events."""
    entries: list[LedgerEntry]
    names: dict[int, str]
    address: str
    has_account: bool
    waits_for_draw: bool
    seal: str
    words: Sequence[str]
    has_old_backs: bool
    """Whether slips were printed for another number of bids than there are: their backs have too few boxes, or more."""

    @classmethod
    def of(cls, event: Event) -> "Console":
        """The event's console as it stands now."""
        entries = entries_of(event)
        counted = last_record(event, VotesCounted)
        outcome = outcome_of(event) if event.poll in AWAITS_PUBLICATION else None
        return cls(
            missing=missing_bids(event),
            slips=slips_of(event),
            envelopes=envelopes_of(event),
            ballots=counted.ballots if counted else turnout_of(event),
            rehearsed=rehearsed_in(event),
            replaced=replaced_in(event),
            papers=pile_of(event),
            undecided=undecided_in(event),
            failed_lookups=failed_lookups(),
            entries=entries,
            names=names_of(people_in(entries)),
            address=voters_page(event.slug),
            has_account=stated_account(event) is not None,
            waits_for_draw=bool(outcome and outcome.waiting),
            seal=seal_of(event) or "",
            words=seal_words(event),
            has_old_backs=any(made.bids != len(event.running_order) for made in records_of(event, SlipsMade)),
        )

    @property
    def live(self) -> int:
        """Slips that vote."""
        return self.slips.get(SlipState.LIVE, 0)
