"""The round's checklist, and what was found about each bid. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking.interests import require_impartial
from pbvote.call.checking.models import Checklist, Tick
from pbvote.call.checking.names import named
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.people.models import Account

MOST_QUESTIONS = 6
USUAL_QUESTIONS = (
    "The group works for the community and not for profit",
    "It has rules of its own, or another organisation holds the money for it",
    "Most of the project happens in the locality, or helps people there",
    "The project meets one of the locality’s priorities",
    "Children and adults at risk are kept safe, where it works with them",
    "The money is spent within a year",
)


class Withdrawn(Refusal):
    """The group has taken its bid back."""

    def __init__(self) -> None:
        super().__init__("The group has withdrawn this bid, so there is nothing left to check.")


@dataclass(frozen=True, slots=True)
class Rules:
    """How a round's bids are checked: its questions, and whom a refused group can ring."""

    questions: Sequence[str]
    person: Account | None = None
    telephone: str = ""

    @property
    def has_person(self) -> bool:
        """Whether a refusal can name somebody to ring."""
        return self.person is not None and bool(self.telephone)


def rules_of(round_id: int) -> Rules:
    """The round's own rules, or the usual ones."""
    kept = db.session.get(Checklist, round_id, options=[named(Checklist.person)])
    return Rules(kept.questions, kept.person, kept.telephone) if kept else Rules(USUAL_QUESTIONS)


def set_rules(round_id: int, questions: Sequence[str], person_id: int | None, telephone: str) -> None:
    """Keep the round's questions, six at most, and whom a refused group can ring."""
    if len(questions) > MOST_QUESTIONS:
        raise ValueError(f"a checklist has {MOST_QUESTIONS} questions at most")
    said = {"questions": list(questions), "person_id": person_id, "telephone": telephone}
    kept = insert_into(Checklist).values(round_id=round_id, **said)
    db.session.execute(kept.on_conflict_do_update(index_elements=[Checklist.round_id], set_=said))
    db.session.refresh(db.session.get_one(Checklist, round_id))


def ticks_of(bid: Bid) -> list[Tick]:
    """Everything that was found about the bid, oldest first."""
    return list(
        db.session.scalars(sa.select(Tick).where(Tick.bid_id == bid.id).options(named(Tick.account)).order_by(Tick.id))
    )


def newest(ticks: Sequence[Tick]) -> dict[str, Tick]:
    """What counts of them: the newest for each question."""
    return {tick.question: tick for tick in ticks}


def require_checkable(bid: Bid, by: Account) -> None:
    """Raise `NotImpartial`, or `Withdrawn` where there is nothing left to check."""
    require_impartial(bid, by)
    if bid.state is BidState.WITHDRAWN:
        raise Withdrawn


def tick(bid: Bid, found: Mapping[str, tuple[bool, str]], by: Account) -> int:
    """Note whether the bid meets each question, and why; returns how many notes are new.

    What stands there already in the same words is not noted again. Raises as `require_checkable`.
    """
    require_checkable(bid, by)
    standing = {each.question: (each.is_met, each.reason) for each in newest(ticks_of(bid)).values()}
    fresh = {question: said for question, said in found.items() if standing.get(question) != said}
    for question, (is_met, reason) in fresh.items():
        db.session.add(Tick(bid_id=bid.id, question=question, is_met=is_met, reason=reason, account=by))
    db.session.flush()
    return len(fresh)
