"""Envelopes of slips: sealed until a steward opens one and says so. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from pbvote.db import db, hold_event
from pbvote.errors import Refusal
from pbvote.events.models import Event
from pbvote.people.models import Account
from pbvote.voting.ledger import write_entry
from pbvote.voting.models import Code, CodeState, LedgerType
from pbvote.voting.slips import BEFORE_THE_CLOSE, serial_of


class NoSuchEnvelope(Refusal):
    """An envelope that was never printed."""

    status = 404

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no envelope {number} at this event. Is it one of another event?")


class EnvelopeTooLate(Refusal):
    """Slips are handed out until the poll closes."""

    def __init__(self) -> None:
        super().__init__("Voting has closed, so no more envelopes can be opened.")


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope and what is in it. `first` and `last` are serials; `spare` slips vote once it is opened."""

    number: int
    first: str
    last: str
    slips: int
    spare: int
    void: int

    @property
    def is_open(self) -> bool:
        """Whether its slips vote."""
        return self.spare == 0


def envelopes_of(event: Event) -> list[Envelope]:
    """The event's envelopes, in order."""

    def number_of(state: CodeState) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((Code.state == state, 1), else_=0))

    # As a number: S-10000 comes after S-9999.
    serial = sa.cast(sa.func.substr(Code.serial, 3), sa.Integer)
    wanted = sa.select(
        Code.envelope,
        sa.func.min(serial),
        sa.func.max(serial),
        sa.func.count(),
        number_of(CodeState.SPARE),
        number_of(CodeState.VOID),
    )
    wanted = wanted.where(Code.event_id == event.id, Code.envelope > 0).group_by(Code.envelope)
    rows = db.session.execute(wanted.order_by(Code.envelope))
    return [Envelope(number, serial_of(first), serial_of(last), *slips) for number, first, last, *slips in rows]


def envelope_numbered(event: Event, number: int) -> Envelope:
    """One of the event's envelopes. Raises `NoSuchEnvelope`."""
    for envelope in envelopes_of(event):
        if envelope.number == number:
            return envelope
    raise NoSuchEnvelope(number)


def open_envelope(event: Event, number: int, actor: Account) -> int:
    """Make an envelope's slips live, and note it; the number of slips, 0 where it was open already.

    Raises `NoSuchEnvelope`, and `EnvelopeTooLate` after the close.
    """
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    is_inside = sa.and_(Code.event_id == event.id, Code.envelope == number, Code.envelope > 0)
    if not db.session.scalar(sa.select(sa.exists().where(is_inside))):
        raise NoSuchEnvelope(number)
    if event.poll not in BEFORE_THE_CLOSE:
        raise EnvelopeTooLate
    claim = sa.update(Code).where(is_inside, Code.state == CodeState.SPARE).values(state=CodeState.LIVE)
    opened: Sequence[str] = db.session.scalars(claim.returning(Code.serial)).all()
    if opened:
        write_entry(event, LedgerType.ENVELOPE, {"envelope": number, "slips": len(opened)}, actor)
    return len(opened)


def envelope_address(event: Event, number: int) -> str:
    """Where the QR on an envelope leads: a page for stewards with one button. It is no secret."""
    return f"{current_app.config['BASE_URL']}/door/{event.slug}/envelopes/{number}"


def said_of_opening(number: int, opened: int) -> str:
    """What to tell whoever pressed the button, of an envelope that had this many slips to make live."""
    if not opened:
        return f"Envelope {number} was open already. Hand out its slips."
    slips = "slip votes" if opened == 1 else "slips vote"
    return f"Envelope {number} is open: its {opened} {slips} now."
