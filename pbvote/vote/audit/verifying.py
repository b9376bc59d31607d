"""Whether an event's ledger fits itself, and whether the database still holds what was counted and sealed."""

from collections.abc import Iterator

from pbvote.db import db
from pbvote.tally import count
from pbvote.vote.choosing.members import choices_at
from pbvote.vote.choosing.records import ChoicesCounted, ChoosingOpened
from pbvote.vote.choosing.service import choices_digest
from pbvote.vote.count.counting import CountAgreed
from pbvote.vote.count.models import Seal
from pbvote.vote.count.outcome import draws_of, election_of, election_with, stored_outcome, totals_of
from pbvote.vote.count.published import ballots_digest, commitments
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.chain import FIRST, entry_hash
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.records import counted
from pbvote.vote.ledger.service import as_published, entries_of
from pbvote.vote.poll.closing import VotingClosed, VotingReopened
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.opening import VotingOpened
from pbvote.vote.poll.states import HAS_TOTALS, KEYLESS, TAKES_CHANGES, PollState
from pbvote.vote.results.service import ResultPublished
from pbvote.vote.slips.printing import SlipsMade

_MOVES = {
    ChoosingOpened.type: PollState.CHOOSING,
    ChoicesCounted.type: PollState.SEALED,
    VotingOpened.type: PollState.OPEN,
    VotingClosed.type: PollState.CLOSED,
    VotingReopened.type: PollState.OPEN,
    CountAgreed.type: PollState.COUNTING,
    VotesCounted.type: PollState.COUNTED,
    CountSealed.type: PollState.SEALED,
    ResultPublished.type: PollState.PUBLISHED,
}
"""Where each entry that moves the poll brings it."""

_HELD = {
    "election": "the rules or the bids",
    "ballots": "the counted ballots, or their salt,",
    "marks": "the counted ballots, or their salt,",
    "check_numbers": "the check numbers",
    "codes": "the slips",
    "account": "the code account",
}


def discrepancies(event: Event) -> Iterator[str]:
    """What does not fit, each in a sentence, the first entry that is wrong first; nothing if all is as it was."""
    entries = entries_of(event)
    yield from _broken_links(event, entries)
    if not event.share.round.is_imported:
        yield from _poll_discrepancies(event, entries)
    seal = db.session.get(Seal, event.id)
    try:
        for entry in entries:
            if entry.type == VotesCounted.type:
                yield from _changed_since(event, entry, seal)
            elif entry.type == ChoicesCounted.type and entry.body["choices"] != choices_digest(choices_at(event)):
                yield f"entry {entry.seq} ({entry.type}) was made of others than the choices in the database."
        if seal is not None or (event.is_chosen_by_members and event.poll in HAS_TOTALS):
            yield from _outcome_discrepancies(event)
    except (LookupError, TypeError, ValueError) as error:
        yield f"what was counted can’t be read any more: {error}"


def _poll_discrepancies(event: Event, entries: list[LedgerEntry]) -> Iterator[str]:
    """Where the poll is not where its ledger has brought it: that is how an entry that is gone shows."""
    if len(entries) != event.entries:
        yield f"the ledger has {counted(len(entries), 'line')} of {event.entries} that were written."
    types = [entry.type for entry in entries]
    state = next((_MOVES[type_] for type_ in reversed(types) if type_ in _MOVES), PollState.PLANNED)
    if event.poll is not state:
        yield f"the poll is {event.poll}, and by the ledger it is {state}."
    share, has_opened = event.share, state not in TAKES_CHANGES
    said = {
        "has_opened": has_opened,
        "is_counted": state in KEYLESS,
        "is_locked": has_opened or SlipsMade.type in types,
    }
    for name, is_so in said.items():
        if getattr(share, name) != is_so:
            yield f"share.{name} is {getattr(share, name)}, and by the ledger it is {is_so}."


def _broken_links(event: Event, entries: list[LedgerEntry]) -> Iterator[str]:
    before = FIRST
    for number, entry in enumerate(entries, 1):
        if entry.seq != number:
            yield f"entry {number} is missing: entry {entry.seq} ({entry.type}) stands in its place."
        elif entry.prev != before:
            yield f"entry {entry.seq} ({entry.type}) does not follow the one before it."
        elif entry.hash != entry_hash(as_published(event, entry)):
            yield f"entry {entry.seq} ({entry.type}) was changed."
        else:
            before = entry.hash
            continue
        return  # every entry after it hangs on it


def _changed_since(event: Event, entry: LedgerEntry, seal: Seal | None) -> Iterator[str]:
    """What the count committed to and the database does not hold any more."""
    where = f"entry {entry.seq} ({entry.type})"
    if seal is None:
        yield f"{where} says that the votes were counted, and what was fixed then is gone."
        return
    totals = dict(totals_of(event))
    election = election_with(event, totals.items())
    ballots = ballots_digest(totals, seal.salt)
    found = commitments(event, election, ballots, seal.check_numbers, seal.account, seal.salt)
    changed = {_HELD[name] for name, digest in found.items() if entry.body["digests"][name] != digest}
    yield from (f"{where} was made of others than {what} in the database." for what in sorted(changed))


def _outcome_discrepancies(event: Event) -> Iterator[str]:
    stored = stored_outcome(event)
    election = election_of(event, with_ballots=True)
    recounted = count(election, event.share.count_rule, draws_of(event))
    if stored is None or stored.body != recounted or stored.voters != election.ballots.voters:
        yield "the outcome in the database is not what the counted ballots give."
