"""What is in the box: one ballot for each slip, from a phone or on paper. Only the count looks in.

A box of a million ballots passes through in batches; what is kept of a ballot is its text, once for all that are alike,
and the five bytes of its check number.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from pbvote.core.hashes import digest
from pbvote.core.keys import check_numbers_of
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.streaming import many_rows
from pbvote.vote.events.models import Event
from pbvote.vote.poll.models import Ballot, Decision, PaperEntry, SpoiltReason
from pbvote.vote.slips.finding import slips_of, tags_of_slips

_BALLOTS = "SELECT ballot_tag, choices FROM ballot WHERE event_id = :event"


class PaperUnconfirmed(Refusal):
    """Paper ballots that one person keyed and nobody has confirmed."""

    def __init__(self, number: int) -> None:
        papers = "1 paper ballot waits" if number == 1 else f"{number} paper ballots wait"
        super().__init__(f"{papers} for a second person to read back and confirm. Then the votes can be counted.")


class ClashUndecided(Refusal):
    """Slips that voted on a phone and on paper, and differently."""

    def __init__(self, number: int) -> None:
        slips = "1 slip" if number == 1 else f"{number} slips"
        super().__init__(f"{slips} voted both on a phone and on paper, and not alike. Decide first which vote counts.")


@dataclass(frozen=True, slots=True)
class Vote:
    """What one slip with a paper says. Texts are canonical; None where there is no such ballot."""

    phone: str | None
    paper: str | None
    spoilt: SpoiltReason | None = None
    is_confirmed: bool = True
    decision: Decision | None = None

    @property
    def is_clash(self) -> bool:
        """Whether phone and paper say different things."""
        return None not in (self.phone, self.paper) and self.phone != self.paper

    @property
    def counted(self) -> str | None:
        """The choices that count; None where the slip's only ballot is a spoilt paper."""
        if self.paper is None:
            return self.phone
        return self.phone if self.is_clash and self.decision is Decision.PHONE else self.paper

    @property
    def is_on_paper(self) -> bool:
        """Whether its paper is what counts, whether or not its phone says the same."""
        return self.paper is not None and not (self.is_clash and self.decision is Decision.PHONE)


@dataclass(slots=True)
class Box:
    """The votes of every live slip. `left_out` ballots are of void slips, `unaccounted` ones of none."""

    totals: Counter[str] = field(default_factory=Counter)
    """The choices that count, and how many slips say so."""
    drawn: list[bytes] = field(default_factory=list)
    """The bytes of the check number of each slip that voted, in no order."""
    papers: list[Vote] = field(default_factory=list)
    left_out: int = 0
    unaccounted: int = 0
    """Ballots that came past pbvote."""

    def put(self, vote: Vote, drawn: bytes | None) -> None:
        """Take in what a slip with a paper says."""
        self.take(vote.counted, drawn)
        if drawn:
            self.papers.append(vote)

    def take(self, choices: str | None, drawn: bytes | None) -> None:
        """Take in choices that count. `drawn` is None for a ballot of no slip, and empty for one of a void slip."""
        if drawn is None:
            self.unaccounted += 1
        elif choices is None:
            return
        elif drawn:
            self.totals[choices] += 1
            self.drawn.append(drawn)
        else:
            self.left_out += 1

    @property
    def voted(self) -> int:
        """How many slips have a ballot that counts."""
        return len(self.drawn)

    @property
    def check_numbers(self) -> list[str]:
        """The check number of each slip that voted. Sorted, so that their order says nothing."""
        return check_numbers_of(sorted(self.drawn))

    @property
    def on_paper(self) -> int:
        """Of how many slips the paper counts."""
        return sum(vote.is_on_paper for vote in self.papers)

    @property
    def spoilt(self) -> int:
        """How many paper ballots are spoilt."""
        return sum(vote.spoilt is not None for vote in self.papers)

    def decided_for(self, decision: Decision) -> int:
        """How many slips voted twice and differently, and somebody decided for this one of their ballots."""
        return sum(vote.is_clash and vote.decision is decision for vote in self.papers)

    @property
    def waiting(self) -> int:
        """How many papers wait to be read back by a second person."""
        return sum(not vote.is_confirmed for vote in self.papers)

    def require_settled(self) -> None:
        """Raise `PaperUnconfirmed` or `ClashUndecided` while somebody must look at a paper ballot."""
        if waiting := self.waiting:
            raise PaperUnconfirmed(waiting)
        if undecided := sum(vote.is_clash and vote.decision is None for vote in self.papers):
            raise ClashUndecided(undecided)


def open_box(event: Event) -> Box:
    """The event's votes, read once. Needs the event's key: raises `KeyMissing` on a host without it."""
    slips = dict(tags_of_slips(event))
    papers = _papers_in(event)
    box = Box()
    for tag, choices in many_rows(_BALLOTS, event=event.id):
        if tag in papers:
            box.put(_vote(choices, papers.pop(tag)), slips.pop(tag, None))
        else:
            box.take(choices, slips.pop(tag, None))
    for tag, paper in papers.items():
        box.put(_vote(None, paper), slips.pop(tag, None))
    return box


def _papers_in(event: Event) -> dict[bytes, Any]:
    columns = (PaperEntry.choices, PaperEntry.spoilt, PaperEntry.confirmed_by, PaperEntry.decision)
    wanted = sa.select(PaperEntry.ballot_tag, *columns).where(PaperEntry.event_id == event.id)
    return {row.ballot_tag: row for row in db.session.execute(wanted)}


def _vote(phone: str | None, paper: Any) -> Vote:
    return Vote(phone, paper.choices, paper.spoilt, paper.confirmed_by is not None, paper.decision)


def fingerprint_of(event: Event) -> str:
    """A digest that is another as soon as a slip, a ballot or a paper is: cheap, without the key, and under a lock.

    After the close the phones' ballots can't change, so their number stands for them.
    """
    ballots = sa.select(sa.func.count()).select_from(Ballot).where(Ballot.event_id == event.id)
    papers = sorted((tag.hex(), *map(str, row)) for tag, row in _papers_in(event).items())
    return digest(
        {
            "slips": {state.value: number for state, number in slips_of(event).items()},
            "ballots": db.session.scalar(ballots),
            "papers": papers,
        }
    )
