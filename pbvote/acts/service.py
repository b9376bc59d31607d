"""Ask for an act, and confirm one as the second person. Nothing here commits, and nothing here does the act.

Who confirms is another account, or a witness with a printed card. The rules are constraints of the tables; what is
refused here first is refused with a sentence.
"""

import datetime as dt
import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask import current_app

from pbvote.acts.models import Act, ActKind, Witness
from pbvote.core.clock import now
from pbvote.core.codes import new_code, read_code
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.events.models import Event
from pbvote.people.models import Account

TIME_TO_CONFIRM = dt.timedelta(minutes=10)


class SamePerson(Refusal):
    """One person can't be two."""

    def __init__(self) -> None:
        super().__init__("You asked for this yourself. Another organiser, or a witness with a card, must confirm it.")


class TooLate(Refusal):
    """Nobody confirmed in time, somebody took it back, or somebody else was faster."""

    def __init__(self) -> None:
        super().__init__("This no longer waits: it was confirmed, taken back, or ten minutes are over. Ask again.")


class ShutOut(Refusal):
    """An account that was shut out, or a card that was taken back, while the act waited."""

    status = 403

    def __init__(self) -> None:
        super().__init__("One of the two people may not act here any more. Ask again, with somebody else.")


class UnknownCard(Refusal):
    """No witness has this card, or it was taken back."""

    status = 404
    reason = "unknown-card"

    def __init__(self) -> None:
        super().__init__("We can't find that card. Check the code on it, or ask an organiser.")


def ask_for(event: Event, kind: ActKind, body: dict[str, Any], asker: Account) -> Act:
    """Ask for an act. It waits ten minutes for a second person. Asked twice, it is the same act."""
    for waiting in waiting_acts(event):
        if (waiting.kind, waiting.body, waiting.asked_by) == (kind, body, asker.id):
            return waiting
    asked_at = now()
    act = Act(
        event_id=event.id,
        kind=kind,
        body=body,
        asked_by=asker.id,
        asked_at=asked_at,
        expires_at=asked_at + TIME_TO_CONFIRM,
    )
    db.session.add(act)
    db.session.flush()
    return act


def waiting_acts(event: Event) -> Sequence[Act]:
    """The event's acts that a second person can confirm now, oldest first."""
    return db.session.scalars(sa.select(Act).where(Act.event_id == event.id, _waits()).order_by(Act.id)).all()


def _waits(moment: dt.datetime | None = None) -> sa.ColumnElement[bool]:
    """Whether an act can be confirmed, now or at this moment."""
    return sa.and_(Act.confirmed_at.is_(None), Act.is_withdrawn.is_(False), Act.expires_at >= (moment or now()))


def confirm(event: Event, act_id: int, second: Account | Witness) -> Act:
    """Claim a waiting act as its second person; whoever calls does it then, in the same transaction.

    Of two that confirm at once, one gets `TooLate`. Raises `SamePerson` where `second` is who asked, and `ShutOut`
    where either may not act any more.
    """
    is_witness, moment = isinstance(second, Witness), now()
    if not is_witness and db.session.scalar(sa.select(Act.asked_by).where(Act.id == act_id)) == second.id:
        raise SamePerson
    claim = sa.update(Act).where(Act.id == act_id, Act.event_id == event.id, _waits(moment))
    claim = claim.values(
        confirmed_at=moment,
        confirmed_by=None if is_witness else second.id,
        witness_id=second.id if is_witness else None,
    )
    if db.session.scalar(claim.returning(Act.id)) is None:
        raise TooLate
    act = db.session.get_one(Act, act_id, populate_existing=True)
    db.session.refresh(second)
    if act.asker.is_disabled or (second.is_withdrawn if isinstance(second, Witness) else second.is_disabled):
        raise ShutOut
    return act


def withdraw_act(event: Event, act_id: int) -> None:
    """Take back what was asked for. Raises `TooLate` where it no longer waits."""
    claim = sa.update(Act).where(Act.id == act_id, Act.event_id == event.id, _waits()).values(is_withdrawn=True)
    if db.session.scalar(claim.returning(Act.id)) is None:
        raise TooLate


def withdraw_waiting(event: Event) -> None:
    """Take back everything that waits: the poll has moved on, and it was asked of another state."""
    db.session.execute(sa.update(Act).where(Act.event_id == event.id, _waits()).values(is_withdrawn=True))


def add_witness(event: Event, name: str) -> tuple[Witness, str]:
    """A witness and the code of their card. The code is printed once and kept nowhere."""
    code = new_code()
    witness = Witness(event_id=event.id, name=name.strip(), tag=_card_tag(code))
    db.session.add(witness)
    db.session.flush()
    return witness, code


def card_address(code: str) -> str:
    """Where the QR of a witness's card leads: the code stands behind the ``#``, so that no log sees it."""
    return f"{current_app.config['BASE_URL']}/witness#{code}"


def witness_with(typed: str) -> Witness:
    """The witness whose card has this code. Raises `UnknownCard`."""
    code = read_code(typed)
    wanted = sa.select(Witness).where(Witness.tag == _card_tag(code or ""), Witness.is_withdrawn.is_(False))
    witness = db.session.scalar(wanted) if code else None
    if witness is None:
        raise UnknownCard
    return witness


def witnesses_of(event: Event) -> Sequence[Witness]:
    """Everybody who was ever given a card for this event."""
    return db.session.scalars(sa.select(Witness).where(Witness.event_id == event.id).order_by(Witness.id)).all()


def withdraw_witness(event: Event, witness_id: int) -> bool:
    """Make a witness's card worthless; False where it is so already, or the event has no such witness."""
    claim = sa.update(Witness).where(Witness.id == witness_id, Witness.event_id == event.id)
    claim = claim.where(Witness.is_withdrawn.is_(False)).values(is_withdrawn=True)
    return db.session.scalar(claim.returning(Witness.id)) is not None


def _card_tag(code: str) -> bytes:
    """What the database holds of a card's code. It outlives the event's key, since a tie is drawn after the seal."""
    return hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), b"witness " + code.encode(), sha256)
