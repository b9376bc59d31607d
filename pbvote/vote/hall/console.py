"""What the console shows of an event, and nothing of any score.

It is read again every few seconds by every desk in the hall, so its figures come in a handful of statements.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.addresses import voters_page
from pbvote.core.words import words_of
from pbvote.people.models import Account
from pbvote.people.service import names_of
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.service import missing_in
from pbvote.vote.hall.figures import Figures
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.records import Names
from pbvote.vote.ledger.service import entries_of, people_in, records_in
from pbvote.vote.paper_entry.pile import Pile, pile_of
from pbvote.vote.poll.closing import VotingReopened
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.states import AWAITS_PUBLICATION, TAKES_CHANGES
from pbvote.vote.poll.voided import SlipVoided
from pbvote.vote.results.first_look import OutcomeSeen
from pbvote.vote.slips.lost_key import RecoverySheetMade
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import SlipsMade, has_old_backs
from pbvote.vote.slips.voiding import SlipReplaced
from pbvote.vote.stage.view import StageShown
from pbvote.vote.venue.standing import VenueStanding


@dataclass(frozen=True)
class Console:
    """The state of an event's poll, slips and people."""

    figures: Figures
    missing: int
    """How many bids on the shortlist have no place in the running order."""
    ballots: int
    """In the box, papers among them as soon as they are keyed; after the count, those that were counted."""
    replaced: int
    papers: Pile
    entries: list[LedgerEntry]
    names: Names
    address: str
    waits_for_draw: bool
    words: Sequence[str]
    """The seal as six words; none before it."""
    has_recovery_sheet: bool
    venue: VenueStanding
    """How the hall was checked, while that can still be mended; nothing once voting has opened."""
    has_rehearsal_slips: bool
    """Whether test slips were printed, for people to try with."""
    has_old_backs: bool
    """Whether slips were printed for other bids, another order or other titles than there are now."""

    @classmethod
    def of(cls, event: Event, running_order: Sequence[Slot]) -> "Console":
        """The event's console as it stands now. The ledger calls bids as they stand in the running order."""
        entries = entries_of(event)
        counted = records_in(entries, VotesCounted)
        outcome = outcome_of(event) if event.poll in AWAITS_PUBLICATION else None
        figures = Figures.of(event)
        made = records_in(entries, SlipsMade)
        left_out = sum(voided.ballots for voided in records_in(entries, SlipVoided))
        return cls(
            figures=figures,
            missing=missing_in([event]).get(event.id, 0) if event.poll in TAKES_CHANGES else 0,
            ballots=counted[-1].ballots if counted else figures.voters - left_out,
            replaced=len(records_in(entries, SlipReplaced)),
            papers=pile_of(event, has_void_slips=SlipState.VOID in figures.slips),
            entries=entries,
            names=Names(names_of(people_in(entries)), {slot.bid.reference: slot.as_on_paper for slot in running_order}),
            address=voters_page(event.slug),
            waits_for_draw=bool(outcome and outcome.waiting),
            words=_words_in(entries),
            has_recovery_sheet=bool(records_in(entries, RecoverySheetMade)),
            venue=VenueStanding.of(event) if event.poll in TAKES_CHANGES else VenueStanding(()),
            has_rehearsal_slips=any(batch.is_for_rehearsal and batch.is_on_paper for batch in made),
            has_old_backs=event.poll in TAKES_CHANGES and has_old_backs(event, made),
        )

    def has_looked(self, reader: Account) -> bool:
        """Whether this person has looked at the outcome before it is public."""
        return any(entry.type == OutcomeSeen.type and entry.actor == reader.id for entry in self.entries)

    def last_call(self, shown: StageShown) -> dt.datetime | None:
        """When the screen showed the last call of the vote that is open now; None where it has not, or not since."""
        called = shown.stage.last_call_at
        reopened = [entry.at for entry in self.entries if entry.type == VotingReopened.type]
        return called if called and not any(at > called for at in reopened) else None

    @property
    def live(self) -> int:
        """Slips that vote."""
        return self.figures.slips.get(SlipState.LIVE, 0)

    @property
    def printed(self) -> int:
        """Slips that vote, now or once their envelope is open."""
        return self.live + self.figures.slips.get(SlipState.SPARE, 0)


def _words_in(entries: Sequence[LedgerEntry]) -> Sequence[str]:
    seals = [entry.hash for entry in entries if entry.type == CountSealed.type]
    return words_of(seals[-1]) if seals else ()
