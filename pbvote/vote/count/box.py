"""What is in the box: one ballot for each slip, from a phone or on paper. Only the count looks in."""

from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.vote.events.models import Event
from pbvote.vote.poll.models import Ballot, Decision, PaperEntry
from pbvote.vote.slips.finding import FoundSlip, live_slips


class PaperUnconfirmed(Refusal):
    """Paper ballots that one person keyed and nobody has confirmed."""

    def __init__(self, number: int) -> None:
        papers = "1 paper ballot waits" if number == 1 else f"{number} paper ballots wait"
        super().__init__(f"{papers} for a second person to read back and confirm. Then the votes can be counted.")


class ClashUndecided(Refusal):
    """Slips that voted on a phone and on paper, and not alike."""

    def __init__(self, number: int) -> None:
        slips = "1 slip" if number == 1 else f"{number} slips"
        super().__init__(f"{slips} voted both on a phone and on paper, and not alike. Decide first which vote counts.")


@dataclass(frozen=True, slots=True)
class Vote:
    """What one live slip says, from wherever. Texts are canonical; None where there is no such ballot."""

    slip: FoundSlip
    phone: str | None
    paper: PaperEntry | None

    @property
    def is_clash(self) -> bool:
        """Whether phone and paper say different things."""
        on_paper = self.paper.choices if self.paper else None
        return None not in (self.phone, on_paper) and self.phone != on_paper

    @property
    def counted(self) -> str | None:
        """The choices that count; None where the slip has not voted, or its only ballot is a spoilt paper."""
        if self.paper is None or self.paper.choices is None:
            return self.phone
        return self.phone if self.is_clash and self.paper.decision is Decision.PHONE else self.paper.choices


@dataclass(frozen=True, slots=True)
class Box:
    """Every live slip's vote, and how many ballots are of no live slip: these were put in past pbvote."""

    votes: tuple[Vote, ...]
    strays: int

    @property
    def voted(self) -> int:
        """How many slips have a ballot that counts."""
        return sum(vote.counted is not None for vote in self.votes)

    def decided_for(self, decision: Decision) -> int:
        """How many slips voted twice and differently, and somebody decided for this one of their ballots."""
        return sum(vote.is_clash and vote.paper is not None and vote.paper.decision is decision for vote in self.votes)

    @property
    def spoilt(self) -> int:
        """How many paper ballots are spoilt."""
        return sum(vote.paper is not None and vote.paper.spoilt is not None for vote in self.votes)

    def require_settled(self) -> None:
        """Raise `PaperUnconfirmed` or `ClashUndecided` while somebody must look at a paper ballot."""
        papers = [vote.paper for vote in self.votes if vote.paper]
        if waiting := sum(paper.confirmed_by is None for paper in papers):
            raise PaperUnconfirmed(waiting)
        clashes = [vote.paper for vote in self.votes if vote.paper and vote.is_clash]
        if undecided := sum(paper.decision is None for paper in clashes):
            raise ClashUndecided(undecided)


def open_box(event: Event) -> Box:
    """The event's votes. Needs the event's key: raises `KeyMissing` on a host without it, or after the seal."""
    cast = sa.select(Ballot.ballot_tag, Ballot.choices).where(Ballot.event_id == event.id)
    phone = dict(db.session.execute(cast).all())
    entries = db.session.scalars(sa.select(PaperEntry).where(PaperEntry.event_id == event.id))
    paper = {entry.ballot_tag: entry for entry in entries}
    votes = tuple(Vote(slip, phone.get(slip.ballot_tag), paper.get(slip.ballot_tag)) for slip in live_slips(event))
    known = {vote.slip.ballot_tag for vote in votes}
    return Box(votes, len((phone.keys() | paper.keys()) - known))
