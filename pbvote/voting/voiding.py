"""Slips that must not vote any more, and slips that were lost. Nothing here commits."""

import enum
import re

import sqlalchemy as sa

from pbvote.db import db, hold_event
from pbvote.errors import Refusal
from pbvote.events.models import Event, PollState
from pbvote.people.models import Account
from pbvote.voting.ledger import write_entry
from pbvote.voting.models import Ballot, Code, CodeState, LedgerEntry, LedgerType, PaperEntry, RehearsalBallot
from pbvote.voting.slips import key_ring

BEFORE_THE_COUNT = (PollState.PLANNED, PollState.OPEN, PollState.CLOSED)
_SERIAL = re.compile(r"([ST]?)-?0*([1-9][0-9]{0,6})")


class VoidReason(enum.StrEnum):
    """Why a slip is made void."""

    DAMAGED = "damaged"
    GIVEN_IN_ERROR = "given_in_error"
    FOUND = "found"
    SHOWN = "shown"


VOID_REASONS = {
    VoidReason.DAMAGED: "It is torn or can’t be read",
    VoidReason.GIVEN_IN_ERROR: "It was given to somebody who may not vote here",
    VoidReason.FOUND: "It was found lying about",
    VoidReason.SHOWN: "Its code was shown to others, for example in a photo",
}


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
    """The slip has voted: its ballot would leave the box. `serial` is the slip's, as the ledger writes it."""

    def __init__(self, serial: str) -> None:
        self.serial = serial
        super().__init__(f"A second person must confirm that slip {serial} is made void, and its ballot taken out.")


class TooLateToVoid(Refusal):
    """The ballots have left their slips."""

    def __init__(self) -> None:
        super().__init__("The votes are counted, so no slip can be made void any more.")


class NotVoting(Refusal):
    """A lost slip is replaced while its holder could still vote."""

    def __init__(self) -> None:
        super().__init__("A lost slip can be replaced only while voting is open.")


def void_slip(event: Event, serial: str, reason: VoidReason, actor: Account, second: str = "") -> str:
    """Make a slip void by its serial, and take its ballot out of the box. Returns the serial as the ledger writes it.

    `second` is who confirmed, and needed where the slip has voted, and for any slip once voting has closed: then nobody
    alone learns by trying which slips have voted. Raises `NeedsSecondPerson`, `UnknownSerial`, `AlreadyVoid`,
    `TooLateToVoid`.
    """
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    if event.poll not in BEFORE_THE_COUNT:
        raise TooLateToVoid
    code = _code_numbered(event, serial)
    if code.state is CodeState.VOID:
        raise AlreadyVoid(code.serial)
    tag = key_ring().read(event.slug).ballot_tag(code.code_tag)
    has_voted = any(_is_in(box, event, tag) for box in (Ballot, PaperEntry))
    if (has_voted or event.poll is PollState.CLOSED) and not second:
        raise NeedsSecondPerson(code.serial)
    for box in (Ballot, PaperEntry, RehearsalBallot):
        db.session.execute(sa.delete(box).where(box.event_id == event.id, box.ballot_tag == tag))
    claim = sa.update(Code).where(Code.event_id == event.id, Code.code_tag == code.code_tag)
    db.session.execute(claim.values(state=CodeState.VOID))
    body = {"serial": code.serial, "reason": reason.value, "from": code.state.value, "ballots": int(has_voted)}
    write_entry(event, LedgerType.VOID, body | ({"second": second} if second else {}), actor)
    return str(code.serial)


def _code_numbered(event: Event, typed: str) -> sa.Row[str, bytes, CodeState]:
    read = _SERIAL.fullmatch(typed.strip().upper().replace(" ", ""))
    serial = f"{read[1] or 'S'}-{int(read[2]):04d}" if read else ""
    wanted = sa.select(Code.serial, Code.code_tag, Code.state)
    code = db.session.execute(wanted.where(Code.event_id == event.id, Code.serial == serial)).one_or_none()
    if code is None:
        raise UnknownSerial(typed)
    return code


def _is_in(box: type[Ballot] | type[PaperEntry], event: Event, ballot_tag: bytes) -> bool:
    """Whether the slip has voted on a phone, or on paper."""
    return bool(db.session.scalar(sa.select(sa.exists().where(box.event_id == event.id, box.ballot_tag == ballot_tag))))


def require_replaceable(event: Event) -> None:
    """Raise `NotVoting` unless the poll is open."""
    if event.poll is not PollState.OPEN:
        raise NotVoting


def replace_slip(event: Event, actor: Account, second: str) -> None:
    """Note that somebody lost their slip before they voted and got another; `second` is who confirmed.

    Nobody knows which slip it was: it may turn up and vote as well, so the number of replacements is published.
    Raises `NotVoting` unless the poll is open.
    """
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    require_replaceable(event)
    write_entry(event, LedgerType.REPLACE, {"reason": "original not found", "second": second}, actor)


def replaced_in(event: Event) -> int:
    """How many lost slips were replaced."""
    wanted = sa.select(sa.func.count()).select_from(LedgerEntry)
    is_its = sa.and_(LedgerEntry.event_id == event.id, LedgerEntry.type == LedgerType.REPLACE)
    return db.session.scalar(wanted.where(is_its)) or 0
