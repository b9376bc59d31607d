"""Whether an event's ledger fits itself, and whether the database still holds what was counted and sealed."""

from collections.abc import Iterator

from pbvote.db import db
from pbvote.tally import Rule, count
from pbvote.vote.count.counting import VotesCounted
from pbvote.vote.count.models import Seal
from pbvote.vote.count.outcome import draws_of, election_of, election_with, stored_outcome, totals_of
from pbvote.vote.count.published import ballots_digest, commitments
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.chain import FIRST, entry_hash
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.service import as_published, entries_of

_HELD = {
    "election": "the rules or the bids",
    "ballots": "the counted ballots, or their salt,",
    "marks": "the counted ballots, or their salt,",
    "check_numbers": "the check numbers",
    "codes": "the slips",
    "account": "the code account",
}


def misfits(event: Event) -> Iterator[str]:
    """What does not fit, each in a sentence, the first entry that is wrong first; nothing if all is as it was."""
    entries = entries_of(event)
    yield from _broken_links(event, entries)
    seal = db.session.get(Seal, event.id)
    try:
        for entry in entries:
            if entry.type == VotesCounted.type:
                yield from _changed_since(event, entry, seal)
        if seal is not None:
            yield from _outcome_misfits(event)
    except (LookupError, TypeError, ValueError) as error:
        yield f"what was counted can't be read any more: {error}"


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


def _outcome_misfits(event: Event) -> Iterator[str]:
    stored = stored_outcome(event)
    election = election_of(event, with_ballots=True)
    counted = count(election, Rule.from_dict(event.share.count_rule), draws_of(event))
    if stored is None or stored.body != counted or stored.voters != election.ballots.voters:
        yield "the outcome in the database is not what the counted ballots give."
