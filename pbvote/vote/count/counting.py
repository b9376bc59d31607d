"""From the closed poll to its totals. Nothing here commits.

1. `agree_to_count`, when the second person confirms: from then on nothing in the box can change, so that
2. it is counted without a lock, its totals are written in batches, and `keep_count` fixes what came out.

A count that is cut off is begun again: the box is as it was, and the same totals come out. What comes before and after
stands in `pbvote.vote.count.finishing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlalchemy as sa

from pbvote.core.hashes import digest
from pbvote.db import add_absent, db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.tally import Outcome, count
from pbvote.vote.count.account import AccountMissing, account_of, require_explained, stated_account
from pbvote.vote.count.box import Box, fingerprint_of, open_box
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.models import Counted, Seal
from pbvote.vote.count.outcome import election_of, election_with, keep_outcome
from pbvote.vote.count.published import ballots_digest, commitments, election_text, fresh_salt, shown_of
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, confirmed_by, counted, record
from pbvote.vote.ledger.service import last_entry, write_entry
from pbvote.vote.paper_entry.hands import papers_handled
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.service import OutOfTurn, move_poll
from pbvote.vote.poll.states import PollState

BATCH = 10_000
"""Distinct ballots that are written in one transaction: nobody waits long for it."""


class AccountChanged(Refusal):
    """Slips, papers or bids are not what they were when the count was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "The slips or the bids have changed since the count was asked for. Look at them, and ask again."
        )


class TotalsChanged(Refusal):
    """Totals were put beside those of the count, past pbvote."""

    def __init__(self) -> None:
        super().__init__(
            "The totals in the database are not those of the box: somebody changed them outside pbvote. Nothing is "
            "counted yet, and every ballot is still there."
        )


@record
@dataclass(frozen=True, slots=True)
class CountAgreed(Record):
    """Two people agreed to count, having seen the same code account. `seen` is its digest, and that of the bids."""

    type: ClassVar[str] = "agree"
    seen: str
    second: str

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        return f"The count was agreed. From here on nothing in the box can change{confirmed_by(self.second, names)}"


@record
@dataclass(frozen=True, slots=True)
class PapersCounted(Record):
    """What became of the ballots on paper. Where phone and paper clashed, each decision has an entry of its own."""

    type: ClassVar[str] = "papers"
    on_paper: int
    spoilt: int

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"{counted(self.on_paper, 'ballot')} came on paper; spoilt papers: {self.spoilt}"


def require_countable(event: Event) -> CodeAccount:
    """The account of the slips, once nobody must look at it, or at what is in the box, any more.

    It opens the box, and belongs outside every transaction. Raises `PaperUnconfirmed`, `ClashUndecided`,
    `AccountMissing`, `Unexplained`.
    """
    box, stated = open_box(event), stated_account(event)
    box.require_settled()
    if stated is None:
        raise AccountMissing
    account = account_of(event, box, stated)
    require_explained(account)
    return account


def seen_by_two(event: Event) -> str:
    """A digest of what two people look at before a count: slips, papers, what was counted by hand, bids that can win.

    It opens no box and needs no key. Help that stewards note meanwhile changes no vote, and is left out.
    """
    stated = stated_account(event)
    by_hand = [stated.left_over, stated.door_count, stated.reason, stated.note] if stated else []
    election = election_text(event, election_of(event, with_ballots=False))
    return digest({"box": fingerprint_of(event), "by_hand": by_hand, "election": election})


def agree_to_count(event: Event, actor: Account, second: str, seen: str) -> None:
    """Begin the count: `second` confirmed it, having seen the code account. From now on the box stays as it is.

    `seen` is what `seen_by_two` gave when the account was found countable: what two people looked at is what is
    counted. Raises `OutOfTurn` unless the poll is closed, and `AccountChanged`.
    """
    move_poll(event, PollState.CLOSED, PollState.COUNTING)
    if seen_by_two(event) != seen:
        raise AccountChanged
    db.session.execute(sa.delete(Counted).where(Counted.event_id == event.id))
    write_entry(event, CountAgreed(seen, second), actor)


@dataclass(frozen=True, slots=True)
class BoxCount:
    """What a count gives: all that `keep_count` stores, worked out without a lock."""

    distinct: int
    """How many ballots differ from each other."""
    voters: int
    check_numbers: list[str]
    account: CodeAccount
    outcome: Outcome
    salt: str
    shown: str
    digests: dict[str, str]
    definition: str


def count_box(event: Event, box: Box) -> BoxCount:
    """Count what is in an open box, and take its totals out of it: a city's are held once. It only reads."""
    account, salt = account_of(event, box, stated_account(event)), fresh_salt()
    distinct, voters, check_numbers = len(box.totals), box.voted, box.check_numbers
    ballots = ballots_digest(box.totals, salt)
    election = election_with(event, _taken_from(box.totals))
    return BoxCount(
        distinct=distinct,
        voters=voters,
        check_numbers=check_numbers,
        account=account,
        outcome=count(election, event.share.count_rule),
        salt=salt,
        shown=shown_of(event, voters).value,
        digests=commitments(event, election, ballots, check_numbers, account, salt),
        definition=Paper.of(event).definition,
    )


def _taken_from(totals: dict[str, int]) -> Iterator[tuple[str, int]]:
    while totals:
        yield totals.popitem()


def batches_of(totals: Mapping[str, int]) -> Iterator[list[tuple[str, int]]]:
    """Totals in the order of their texts, as many at a time as one transaction takes."""
    texts = sorted(totals)
    for start in range(0, len(texts), BATCH):
        yield [(text, totals[text]) for text in texts[start : start + BATCH]]


def write_totals(event: Event, totals: Sequence[tuple[str, int]]) -> None:
    """Write a batch of totals. What a count that was cut off wrote before is there already, and the same."""
    rows: list[dict[str, Any]] = [
        {"event_id": event.id, "choices": choices, "voters": voters} for choices, voters in totals
    ]
    add_absent(Counted, rows)


def keep_count(event: Event, done: BoxCount) -> None:
    """Fix what came out of the box that two people agreed to count. Raises `OutOfTurn`, `TotalsChanged`."""
    move_poll(event, PollState.COUNTING, PollState.COUNTED)
    written = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Counted.voters), 0))
    if db.session.execute(written.where(Counted.event_id == event.id)).one() != (done.distinct, done.voters):
        raise TotalsChanged
    keep_outcome(event, done.outcome, done.voters)
    fixed = {"check_numbers": done.check_numbers, "account": done.account, "salt": done.salt}
    db.session.add(Seal(event_id=event.id, **fixed))
    agreed = last_entry(event, CountAgreed)
    if agreed is None or not isinstance(agreed.record, CountAgreed):
        raise OutOfTurn
    actor = db.session.get(Account, agreed.actor) if agreed.actor else None
    if done.account.on_paper or done.account.spoilt:
        write_entry(event, PapersCounted(done.account.on_paper, done.account.spoilt), actor)
    if handled := papers_handled(event):
        write_entry(event, handled, actor)
    tells = VotesCounted(done.voters, done.definition, done.shown, done.digests, agreed.record.second)
    write_entry(event, tells, actor)
