"""A decision's letters as a page shows them, before they are sent and after. Nothing here writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.checking.letters import PlannedLetter
from pbvote.call.checking.models import GroupLetter
from pbvote.db import db
from pbvote.grants.awards.hearing import Hearing
from pbvote.grants.awards.letters import with_way_in
from pbvote.grants.awards.models import AwardDecision, AwardLetter, Told
from pbvote.grants.awards.sending import Prepared

HEADINGS: Final[Mapping[Told, str]] = {
    Told.WON: "Offered all that they asked for",
    Told.PART: "Offered a part of what they asked for",
    Told.LOST: "Not chosen",
    Told.NOT_ELSEWHERE: "Chosen here, and not in another locality",
    Told.WAITS: "Chosen here, and waiting for another locality",
}


@dataclass(frozen=True, slots=True)
class LetterShown:
    """One letter as its group will read it."""

    bid: Bid
    pence: int
    """What it offers; 0 where it offers nothing."""
    to: str
    """To whom it goes, in words; "" where there is nobody to write to."""
    is_by_post: bool
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """All letters of a decision that was not sent, by what they say."""

    sections: Sequence[tuple[str, Sequence[LetterShown]]]
    names_somebody: bool
    """Whether the letters name a person whom a group can ring."""
    seen: str

    @classmethod
    def of(cls, prepared: Prepared) -> "Preview":
        """What a page shows of a prepared decision."""
        shown = [(hearing.told, _shown(hearing, letter)) for hearing, letter in prepared.letters]
        groups = [(heading, [each for told, each in shown if told is kind]) for kind, heading in HEADINGS.items()]
        return cls(
            [(heading, letters) for heading, letters in groups if letters], prepared.names_somebody, prepared.seen
        )

    @property
    def letters(self) -> list[LetterShown]:
        """All of them."""
        return [letter for _, letters in self.sections for letter in letters]

    @property
    def by_mail(self) -> int:
        """How many groups get theirs by e-mail."""
        return sum(bool(letter.to) and not letter.is_by_post for letter in self.letters)

    @property
    def by_post(self) -> list[LetterShown]:
        """What is printed and posted."""
        return [letter for letter in self.letters if letter.is_by_post]

    @property
    def unreachable(self) -> list[LetterShown]:
        """The bids of groups that nobody can be written to."""
        return [letter for letter in self.letters if not letter.to]

    @property
    def offers(self) -> int:
        """How many groups are offered money."""
        return sum(letter.pence > 0 for letter in self.letters)

    @property
    def pence(self) -> int:
        """What is offered altogether."""
        return sum(letter.pence for letter in self.letters)


def _shown(hearing: Hearing, letter: PlannedLetter) -> LetterShown:
    group = hearing.bid.group
    contacts = [contact.account for contact in group.contacts] if group else []
    by_post = group.contact_by_post if group and not contacts else ""
    whole = with_way_in(hearing, letter, contacts[0]) if contacts else letter
    to = "; ".join(f"{contact.name}, {contact.email}" for contact in contacts) or by_post
    name = contacts[0].name if contacts else addressee(by_post)
    return LetterShown(hearing.bid, hearing.pence, to, bool(by_post), letter.subject, whole.to(name))


def addressee(contact_by_post: str) -> str:
    """Whom a letter on paper greets: what comes before the telephone number."""
    return contact_by_post.partition(",")[0] or "friend"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a decision told one bid's group, with its letter where one was written."""

    bid: Bid
    heading: str
    letter_id: int | None


def sent_by(decision: AwardDecision) -> list[Sent]:
    """What each group was told by a decision that was sent, in two statements."""
    wanted = sa.select(Bid, AwardLetter.told, AwardLetter.group_letter_id).join(
        AwardLetter, AwardLetter.bid_id == Bid.id
    )
    wanted = wanted.where(AwardLetter.decision_id == decision.id).order_by(Bid.id).options(orm.lazyload(Bid.asks))
    order = list(HEADINGS)
    rows = sorted(db.session.execute(wanted).all(), key=lambda row: order.index(row[1]))
    return [Sent(bid, HEADINGS[told], letter_id) for bid, told, letter_id in rows]


def papers_of(decision: AwardDecision, prepared: Prepared | None) -> list[tuple[str, str]]:
    """Subject and text of each letter that goes by post: as prepared, or as it was kept once it was sent."""
    if prepared is not None:
        return [(letter.subject, letter.text) for letter in Preview.of(prepared).by_post]
    return list(_kept_papers(decision))


def _kept_papers(decision: AwardDecision) -> Iterator[tuple[str, str]]:
    wanted = sa.select(GroupLetter).join(AwardLetter, AwardLetter.group_letter_id == GroupLetter.id)
    wanted = wanted.where(AwardLetter.decision_id == decision.id, ~GroupLetter.copies.any()).order_by(GroupLetter.id)
    letters: Iterable[GroupLetter] = db.session.scalars(wanted.options(orm.joinedload(GroupLetter.bid)))
    for letter in letters:
        name = addressee(letter.bid.group.contact_by_post) if letter.bid.group else "friend"
        yield letter.subject, PlannedLetter(letter.subject, letter.words).to(name)
