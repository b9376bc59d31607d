"""Witnesses of an event, their cards, and the ledger that tells of the cards by number. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.code_tags import tag_of
from pbvote.core.codes import new_code, read_code
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.codes import WrongCode
from pbvote.people.models import Account
from pbvote.vote.acts.models import Witness
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.states import TAKES_WITNESSES


class UnknownCard(WrongCode):
    """No witness has this card, or it was cancelled."""

    status = 404

    def __init__(self, typed: str) -> None:
        super().__init__("We can’t find that card. Check the code on it, or ask an organiser.", typed)


class NothingToWitness(Refusal):
    """After the publication no act is left that takes two people."""

    def __init__(self) -> None:
        super().__init__("The result is public, so there is nothing left that a witness could confirm.")


class HasCard(Refusal):
    """One person holds one card, so that one card that is lost is one card to cancel."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has a card. Cancel it first. If this is somebody else, add their surname.")


@record
@dataclass(frozen=True, slots=True)
class CardMade(Record):
    """A witness was given a card, or had it cancelled. The name stays at the desk."""

    type: ClassVar[str] = "witness"
    witness: int
    is_cancelled: bool = False

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        done = "cancelled" if self.is_cancelled else "made"
        return f"The card of witness {self.witness} was {done}"


def name_witness(event: Event, name: str, actor: Account) -> tuple[Witness, str]:
    """A witness, and the code of their card: it is shown or printed once and kept nowhere.

    Raises `NothingToWitness` and `HasCard`. The ledger holds the witness's number; the name is for the desk alone.
    """
    hold(event, TAKES_WITNESSES, otherwise=NothingToWitness)
    name = " ".join(name.split())
    if any(each.name.casefold() == name.casefold() and not each.is_withdrawn for each in witnesses_of(event)):
        raise HasCard(name)
    code = new_code()
    # Its tag outlives the event's key, since a tie is drawn after the seal.
    witness = Witness(event_id=event.id, name=name, tag=tag_of("witness", code))
    db.session.add(witness)
    db.session.flush()
    write_entry(event, CardMade(witness.id), actor)
    return witness, code


def cancel_card(event: Event, witness_id: int, actor: Account) -> None:
    """Cancel a witness's card, and note it. Doing it again changes nothing."""
    hold(event)
    claim = sa.update(Witness).where(Witness.id == witness_id, Witness.event_id == event.id)
    claim = claim.where(Witness.is_withdrawn.is_(False)).values(is_withdrawn=True)
    if db.session.scalar(claim.returning(Witness.id)) is not None:
        write_entry(event, CardMade(witness_id, is_cancelled=True), actor)


def witness_with(typed: str) -> Witness:
    """The witness whose card has this code. Raises `UnknownCard`."""
    code = read_code(typed)
    wanted = sa.select(Witness).where(Witness.tag == tag_of("witness", code or ""), Witness.is_withdrawn.is_(False))
    witness = db.session.scalar(wanted) if code else None
    if witness is None:
        raise UnknownCard(typed)
    return witness


def witnesses_of(event: Event) -> Sequence[Witness]:
    """Everybody who was ever given a card for this event."""
    return db.session.scalars(sa.select(Witness).where(Witness.event_id == event.id).order_by(Witness.id)).all()
