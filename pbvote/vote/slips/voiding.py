"""Slips that must not vote any more, and slips that were lost. Nothing here commits."""

import re
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa

from pbvote.core.plain import plain_digits
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, confirmed_by, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.models import Ballot, PaperEntry
from pbvote.vote.poll.states import AWAITS_THE_COUNT, BEFORE_THE_COUNT, TAKES_VOTES
from pbvote.vote.poll.voided import SlipVoided, VoidReason
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip, SlipState

_SERIAL = re.compile(r"([ST]?)-?0*([1-9][0-9]{0,6})")


class UnknownSerial(Refusal):
    """No slip of the event has this number."""

    status = 422

    def __init__(self, typed: str) -> None:
        super().__init__(f"There is no slip {typed[:20]} at this event. Its number looks like S-0417.")


class AlreadyVoid(Refusal):
    """The slip was made void before."""

    def __init__(self, serial: str) -> None:
        super().__init__(f"Slip {serial} is void already.")


class NeedsSecondPerson(Refusal):
    """The slip has voted, and its ballot would not count. `serial` is the slip's, as the ledger writes it."""

    def __init__(self, serial: str) -> None:
        self.serial = serial
        super().__init__(f"A second person must confirm that slip {serial} is made void. Its ballot will not count.")


class TooLateToVoid(Refusal):
    """The ballots have left their slips."""

    def __init__(self) -> None:
        super().__init__("The votes are counted, so no slip can be made void any more.")


class NotVoting(Refusal):
    """A lost slip is replaced while its holder could still vote."""

    def __init__(self) -> None:
        super().__init__("A lost slip can be replaced only while voting is open.")


@record
@dataclass(frozen=True, slots=True)
class SlipReplaced(Record):
    """Somebody lost their slip and got another."""

    type: ClassVar[str] = "replace"
    reason: str
    second: str

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        return f"A lost slip replaced ({self.reason}){confirmed_by(self.second, names)}"


def void_slip(event: Event, serial: str, reason: VoidReason, actor: Account, second: str = "") -> str:
    """Make a slip void by its serial; the count leaves its ballot out. Returns the serial as the ledger writes it.

    The ballot stays where it is, so that no two copies of the database lead from the slip to it. `second` is who
    confirmed, and needed where the slip has voted, and for any slip once voting has closed: then nobody alone learns by
    trying which slips have voted. Raises `NeedsSecondPerson`, `UnknownSerial`, `AlreadyVoid`, `TooLateToVoid`.
    """
    hold(event, BEFORE_THE_COUNT, otherwise=TooLateToVoid)
    code = _code_numbered(event, serial)
    if code.state is SlipState.VOID:
        raise AlreadyVoid(code.serial)
    tag = key_ring().read(event.slug).ballot_tag(code.code_tag)
    counts = _has(Ballot, event, tag) or _has(PaperEntry, event, tag, PaperEntry.choices.is_not(None))
    has_voted = counts or _has(PaperEntry, event, tag)
    if (has_voted or event.poll in AWAITS_THE_COUNT) and not second:
        raise NeedsSecondPerson(code.serial)
    claim = sa.update(Slip).where(Slip.event_id == event.id, Slip.code_tag == code.code_tag)
    db.session.execute(claim.values(state=SlipState.VOID))
    write_entry(event, SlipVoided(code.serial, reason.value, code.state.value, int(counts), second), actor)
    return str(code.serial)


def _code_numbered(event: Event, typed: str) -> sa.Row[str, bytes, SlipState]:
    read = _SERIAL.fullmatch(plain_digits(typed).strip().upper().replace(" ", ""))
    serial = f"{read[1] or 'S'}-{int(read[2]):04d}" if read else ""
    wanted = sa.select(Slip.serial, Slip.code_tag, Slip.state)
    code = db.session.execute(wanted.where(Slip.event_id == event.id, Slip.serial == serial)).one_or_none()
    if code is None:
        raise UnknownSerial(typed)
    return code


def _has(box: type[Ballot] | type[PaperEntry], event: Event, ballot_tag: bytes, *also: sa.ColumnElement[bool]) -> bool:
    """Whether there is a ballot of the slip on a phone, or on paper."""
    is_its = sa.exists().where(box.event_id == event.id, box.ballot_tag == ballot_tag, *also)
    return bool(db.session.scalar(sa.select(is_its)))


def require_voidable(event: Event) -> None:
    """Raise `TooLateToVoid` once the votes are counted."""
    if event.poll not in BEFORE_THE_COUNT:
        raise TooLateToVoid


def require_replaceable(event: Event) -> None:
    """Raise `NotVoting` unless the poll is open."""
    if event.poll not in TAKES_VOTES:
        raise NotVoting


def replace_slip(event: Event, actor: Account, second: str) -> None:
    """Note that somebody lost their slip before they voted and got another; `second` is who confirmed.

    Nobody knows which slip it was: it may turn up and vote as well, so the number of replacements is published.
    Raises `NotVoting` unless the poll is open.
    """
    hold(event, TAKES_VOTES, otherwise=NotVoting)
    write_entry(event, SlipReplaced("original not found", second), actor)
