"""From the closed poll to the seal. Every step can be begun again where the one before it stopped.

1. `count_poll`, one transaction: the ballots become totals, check numbers and digests; the box is emptied.
2. `destroy_traces`, after its commit: the event's key is destroyed, and SQLite's log is emptied of single ballots.
3. `seal_poll`, one transaction: the seal, which is the hash of its own ledger entry and so of everything before it.
"""

import time
from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.core.hashes import digest
from pbvote.core.words import words_of
from pbvote.db import BUSY_SECONDS, db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.count.account import AccountMissing, CodeAccount, account_of, require_explained, stated_account
from pbvote.vote.count.box import Box, open_box
from pbvote.vote.count.models import Counted, Seal
from pbvote.vote.count.outcome import election_of, store_outcome
from pbvote.vote.count.published import commitments, election_text, fresh_salt, shown_of
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, confirmed_by, counted, record
from pbvote.vote.ledger.service import last_entry, write_entry
from pbvote.vote.poll.models import Ballot, PaperEntry, RehearsalBallot
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.service import move_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.keys import key_ring

CLEAN_SECONDS = 5.0


class AccountChanged(Refusal):
    """Slips, papers or bids are not what they were when the count was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "The code account or the bids have changed since the count was asked for. Look at them, and ask again."
        )


class NotClean(Refusal):
    """Somebody is still reading the database as it was with single ballots in it."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "The votes are counted. Somebody still reads the database as it was before, so the seal is not finished. "
            "An organiser presses “Finish the seal” on the event’s page."
        )


@record
@dataclass(frozen=True, slots=True)
class VotesCounted(Record):
    """The ballots became totals. `digests` are those of all that is published of them."""

    type: ClassVar[str] = "count"
    ballots: int
    definition: str
    shown: str
    digests: dict[str, str]
    second: str

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        return f"{counted(self.ballots, 'ballot')} counted{confirmed_by(self.second, names)}"


@record
@dataclass(frozen=True, slots=True)
class CountSealed(Record):
    """The count was sealed, once the key was destroyed. The hash of this entry is the seal."""

    type: ClassVar[str] = "seal"
    key: str

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return "The count was sealed"


def count_poll(event: Event, actor: Account, second: str, seen: str) -> None:
    """Turn the ballots into totals and totals into the outcome; `second` confirmed it, having seen the code account.

    `seen` is what `seen_by_two` gave when it was asked for: what two people looked at is what is counted. Raises
    `AccountChanged`.

    The ballots move into `counted`, grouped and without their tags, and the box is emptied. Raises `OutOfTurn` unless
    the poll is closed and not yet counted; `PaperUnconfirmed`, `ClashUndecided`, `AccountMissing`, `Unexplained` while
    somebody must look first.
    """
    move_poll(event, PollState.CLOSED, PollState.COUNTED)
    box, account = require_countable(event)
    if seen_by_two(event, account) != seen:
        raise AccountChanged
    # Sorted, so that their order says nothing.
    check_numbers = sorted(vote.slip.check_number for vote in box.votes if vote.counted is not None)
    _move_ballots(event, box)
    election = election_of(event, with_ballots=True)
    store_outcome(event, election, event.share.count_rule)
    seal = Seal(event_id=event.id, check_numbers=check_numbers, account=account.to_dict(), salt=fresh_salt())
    db.session.add(seal)
    done = VotesCounted(
        ballots=election.ballots.voters,
        definition=Paper.of(event).definition,
        shown=shown_of(event, election.ballots.voters).value,
        digests=commitments(event, election, check_numbers, seal.account, seal.salt),
        second=second,
    )
    write_entry(event, done, actor)


def seen_by_two(event: Event, account: CodeAccount) -> str:
    """A digest of what two people look at before a count: the code account, and the bids that can win.

    Help that stewards note meanwhile changes no vote, and is left out.
    """
    looked_at = {name: value for name, value in account.to_dict().items() if name != "help_given"}
    return digest({"account": looked_at, "election": election_text(event, election_of(event, with_ballots=False))})


def require_countable(event: Event) -> tuple[Box, CodeAccount]:
    """What is in the box, and the account of the slips, once nobody must look at either any more.

    Raises `PaperUnconfirmed`, `ClashUndecided`, `AccountMissing`, `Unexplained`.
    """
    box, stated = open_box(event), stated_account(event)
    box.require_settled()
    if stated is None:
        raise AccountMissing
    account = account_of(event, box, stated)
    require_explained(account)
    return box, account


def _move_ballots(event: Event, box: Box) -> None:
    """Write what counts into `counted`, and empty every table that holds single ballots."""
    grouped = Counter(vote.counted for vote in box.votes if vote.counted is not None)
    rows = [{"event_id": event.id, "choices": choices, "voters": voters} for choices, voters in sorted(grouped.items())]
    if rows:
        db.session.execute(sa.insert(Counted), rows)
    db.session.expire_all()
    for table in (Ballot, PaperEntry, RehearsalBallot):
        db.session.execute(sa.delete(table).where(table.event_id == event.id))


def destroy_traces(event_slug: str) -> None:
    """Destroy the event's key on this host and empty SQLite's log. Outside every transaction; once more does no harm.

    Raises `NotClean` where a reader kept the log from being emptied. PostgreSQL keeps remains, which say nothing
    without the key.
    """
    key_ring().destroy(event_slug)
    if db.engine.dialect.name != "sqlite":
        return
    db.session.rollback()
    deadline = time.monotonic() + CLEAN_SECONDS
    while not _is_log_empty():
        if time.monotonic() > deadline:
            raise NotClean
        time.sleep(0.05)


def _is_log_empty() -> bool:
    """Move all of SQLite's write-ahead log into the database and cut it to nothing; False while somebody reads it."""
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 100")  # the caller waits, and knows for how long
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    finally:
        connection.close()
    return not busy


def seal_poll(event: Event, actor: Account | None) -> str:
    """Seal the counted poll and return the seal. Raises `OutOfTurn` unless it is counted and not sealed."""
    move_poll(event, PollState.COUNTED, PollState.SEALED)
    entry = write_entry(event, CountSealed("destroyed"), actor)
    return entry.hash


def seal_of(event: Event) -> str | None:
    """The seal: 64 hexadecimal digits, None before it."""
    entry = last_entry(event, CountSealed)
    return entry.hash if entry else None


def seal_words(event: Event) -> list[str]:
    """The seal as six words; none before it."""
    seal = seal_of(event)
    return words_of(seal) if seal else []
