"""What the console shows of an event, and nothing of any score."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.bids.models import Bid
from pbvote.events.models import Event, PollState
from pbvote.events.service import missing_bids
from pbvote.paper_entry.clashes import undecided_in
from pbvote.paper_entry.pile import Pile, pile_of
from pbvote.people.service import names_of
from pbvote.results.account import stated_account
from pbvote.results.sealing import seal_of, seal_words
from pbvote.results.service import outcome_of
from pbvote.voting.envelopes import Envelope, envelopes_of
from pbvote.voting.guessing import failed_lookups
from pbvote.voting.ledger import entries_of, last_entry, people_in
from pbvote.voting.models import CodeState, LedgerEntry, LedgerType
from pbvote.voting.service import ballots_in, rehearsed_in, slips_of
from pbvote.voting.slips import voting_address
from pbvote.voting.voiding import replaced_in


@dataclass(frozen=True)
class Console:
    """The state of an event's poll, slips and people."""

    missing: list[Bid]
    slips: dict[CodeState, int]
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
        counted = last_entry(event, LedgerType.COUNT)
        outcome = outcome_of(event) if event.poll is PollState.SEALED else None
        return cls(
            missing=missing_bids(event),
            slips=slips_of(event),
            envelopes=envelopes_of(event),
            ballots=counted.body["ballots"] if counted else ballots_in(event),
            rehearsed=rehearsed_in(event),
            replaced=replaced_in(event),
            papers=pile_of(event),
            undecided=undecided_in(event),
            failed_lookups=failed_lookups(),
            entries=entries,
            names=names_of(people_in(entries)),
            address=voting_address(event),
            has_account=stated_account(event) is not None,
            waits_for_draw=bool(outcome and outcome.waiting),
            seal=seal_of(event) or "",
            words=seal_words(event),
            has_old_backs=any(
                entry.body["bids"] != len(event.running_order) for entry in entries if "bids" in entry.body
            ),
        )

    @property
    def live(self) -> int:
        """Slips that vote."""
        return self.slips.get(CodeState.LIVE, 0)
