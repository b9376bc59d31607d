"""Envelopes of slips: sealed until a steward opens one and says so. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, counted, record
from pbvote.vote.ledger.service import records_of, write_entry
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.poll.states import TAKES_SLIPS
from pbvote.vote.slips.models import Slip, SlipState
from pbvote.vote.slips.printing import SlipsMade, serial_of


class NoSuchEnvelope(Refusal):
    """An envelope that was never printed."""

    status = 404

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no envelope {number} at this event. Is it one of another event?")


class EnvelopeTooLate(Refusal):
    """Slips are handed out until the poll closes."""

    def __init__(self) -> None:
        super().__init__("Voting has closed, so no more envelopes can be opened.")


@record
@dataclass(frozen=True, slots=True)
class EnvelopeOpened(Record):
    """An envelope was opened: its slips can vote."""

    type: ClassVar[str] = "envelope"
    envelope: int
    slips: int
    device: int = 0
    """The number of the steward's phone, where no account opened it."""

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return f"Envelope {self.envelope} opened with {counted(self.slips, 'slip')}"

    def done_by(self) -> str:
        """Who did it, where no account did."""
        return DeviceKind.STEWARD.numbered(self.device) if self.device else Record.done_by(self)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope and what is in it. `first` and `last` are serials; `spare` slips can vote once it is opened."""

    number: int
    first: str
    last: str
    slips: int
    spare: int
    void: int
    is_large: bool
    """Whether its slips are in large print."""

    @property
    def is_open(self) -> bool:
        """Whether its slips can vote."""
        return self.spare == 0


def envelopes_of(event: Event) -> list[Envelope]:
    """The event's envelopes, in order."""

    def number_of(state: SlipState) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((Slip.state == state, 1), else_=0))

    # As a number: S-10000 comes after S-9999.
    serial = sa.cast(sa.func.substr(Slip.serial, 3), sa.Integer)
    wanted = sa.select(
        Slip.envelope,
        sa.func.min(serial),
        sa.func.max(serial),
        sa.func.count(),
        number_of(SlipState.SPARE),
        number_of(SlipState.VOID),
    )
    wanted = wanted.where(Slip.event_id == event.id, Slip.envelope > 0).group_by(Slip.envelope)
    rows = db.session.execute(wanted.order_by(Slip.envelope))
    large = {number for made in records_of(event, SlipsMade) if made.is_large for number in made.envelopes}
    return [
        Envelope(number, serial_of(first), serial_of(last), slips, spare, void, number in large)
        for number, first, last, slips, spare, void in rows
    ]


def envelope_numbered(event: Event, number: int) -> Envelope:
    """One of the event's envelopes. Raises `NoSuchEnvelope`."""
    for envelope in envelopes_of(event):
        if envelope.number == number:
            return envelope
    raise NoSuchEnvelope(number)


def open_envelope(event: Event, number: int, actor: Account | None, device: int = 0) -> int:
    """Make an envelope's slips live, and note it; the number of slips, 0 where it was open already.

    `device` is the number of the phone that does it without an account. Raises `NoSuchEnvelope`, and
    `EnvelopeTooLate` after the close.
    """
    hold(event)
    is_inside = sa.and_(Slip.event_id == event.id, Slip.envelope == number, Slip.envelope > 0)
    if not db.session.scalar(sa.select(sa.exists().where(is_inside))):
        raise NoSuchEnvelope(number)
    if event.poll not in TAKES_SLIPS:
        raise EnvelopeTooLate
    claim = sa.update(Slip).where(is_inside, Slip.state == SlipState.SPARE).values(state=SlipState.LIVE)
    opened: Sequence[str] = db.session.scalars(claim.returning(Slip.serial)).all()
    if opened:
        write_entry(event, EnvelopeOpened(number, len(opened), device), actor)
    return len(opened)


def said_of_opening(event: Event, number: int, opened: int) -> str:
    """What to tell the person who opened an envelope in which this many slips were made live."""
    if not opened:
        return f"Envelope {number} was open already. Hand out its slips."
    can_vote = "can vote now" if event.takes_votes else "will vote as soon as voting opens"
    return f"Envelope {number} is open. Its {counted(opened, 'slip')} {can_vote}."
