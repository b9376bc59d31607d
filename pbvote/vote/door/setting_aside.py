"""Setting a phone of the door aside that nobody can reach, so that it is named no more. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.door.models import AsideReason, DoorPhone
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, in_a_sentence, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.states import BEFORE_THE_COUNT

REASONS: Final[Mapping[AsideReason, str]] = {
    AsideReason.BROKEN: "It is broken, or its battery is flat",
    AsideReason.GONE: "Its steward has gone, and nobody can ring them",
    AsideReason.LOST: "It is lost",
}


class CountHasBegun(Refusal):
    """Once the count has begun, nobody waits for a phone any more."""

    def __init__(self) -> None:
        super().__init__("The count has begun. What a phone still sends is noted apart, and changes nothing.")


@record
@dataclass(frozen=True, slots=True)
class PhoneSetAside(Record):
    """A phone at the door was given up. It is told by what was known to wait on it, and by no name."""

    type: ClassVar[str] = "phone"
    waiting: int
    reason: str

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        presses = f"{self.waiting} {'press' if self.waiting == 1 else 'presses'}" if self.waiting else "nothing"
        said = in_a_sentence(REASONS[AsideReason(self.reason)])
        return f"A steward’s phone with {presses} known to wait on it was set aside: {said}"


def phones_to_set_aside(event: Event) -> Sequence[DoorPhone]:
    """The phones at the door that have not been set aside, by name."""
    wanted = sa.select(DoorPhone).where(DoorPhone.event_id == event.id, DoorPhone.set_aside.is_(None))
    return db.session.scalars(wanted.order_by(DoorPhone.name, DoorPhone.id)).all()


def set_aside(event: Event, phone: bytes, reason: AsideReason, actor: Account) -> DoorPhone | None:
    """Set a phone aside; None where that was done before, or the door knows no such phone. Raises `CountHasBegun`.

    It is one of the door's again once it is heard of: what it counted is taken in as before.
    """
    hold(event, BEFORE_THE_COUNT, otherwise=CountHasBegun)
    this = sa.update(DoorPhone).where(DoorPhone.event_id == event.id, DoorPhone.id == phone)
    claim = this.where(DoorPhone.set_aside.is_(None)).values(set_aside=reason).returning(DoorPhone)
    found = db.session.scalar(claim.execution_options(populate_existing=True))
    if found is not None:
        write_entry(event, PhoneSetAside(found.waiting, reason), actor)
    return found
