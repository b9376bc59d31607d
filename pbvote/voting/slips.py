"""Make slips, and find the slip that a code belongs to. Nothing here commits.

A code exists in this process's memory while its sheet is made, and on paper after that. The database holds its tag.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext

from pbvote.core.codes import in_groups, new_code, read_code
from pbvote.core.keys import EventKey, KeyMissing, KeyRing
from pbvote.db import db, hold_event
from pbvote.errors import Refusal
from pbvote.events.models import Event, PollState
from pbvote.people.models import Account
from pbvote.rounds.models import Share
from pbvote.rounds.service import lock_rules
from pbvote.voting.ledger import write_entry
from pbvote.voting.models import Code, CodeState, LedgerType

IN_ENVELOPE = 25
MOST_AT_ONCE = 2000
BEFORE_THE_CLOSE = (PollState.PLANNED, PollState.OPEN)
KEYLESS = (PollState.COUNTED, PollState.SEALED, PollState.PUBLISHED)
"""The key of a poll in these states is destroyed, or about to be."""
VOTING = (CodeState.LIVE, CodeState.TEST)


class UnknownCode(Refusal):
    """No live slip has this code. The same answer for one that nobody issued and one that was made void."""

    status = 404
    reason = "unknown-code"

    def __init__(self) -> None:
        super().__init__(gettext("We can't find that code. Check it against your slip, or ask a steward."))


class OtherEvent(Refusal):
    """A slip shown where only slips of another event are taken. The sentence says where to go."""

    reason = "other-event"

    def __init__(self, event: Event) -> None:
        # U+2068 and U+2069 keep a name in Latin letters whole within a sentence that runs from right to left.
        names = {"event": f"\u2068{event.name}\u2069", "place": f"\u2068{event.place}\u2069"}
        super().__init__(gettext("This slip is for %(event)s, at %(place)s. You can vote with it there.", **names))


class TooLateToPrint(Refusal):
    """Slips are printed until the poll closes."""

    def __init__(self) -> None:
        super().__init__("Voting has closed, so no more slips can be printed.")


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A slip as it goes onto paper. It is never stored."""

    serial: str
    code: str
    envelope: int
    """0 for a test slip."""
    address: str
    is_test: bool = False

    @property
    def grouped_code(self) -> str:
        """The code as it is read aloud."""
        return in_groups(self.code)


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip that was shown to us."""

    event: Event
    serial: str
    state: CodeState
    code_tag: bytes
    ballot_tag: bytes
    check_number: str

    @property
    def is_test(self) -> bool:
        """Whether it is for the rehearsal, and never counts."""
        return self.state is CodeState.TEST


def key_ring() -> KeyRing:
    """The folder of keys of this host."""
    return KeyRing(current_app.config["KEYS_DIR"])


def voting_address(event: Event) -> str:
    """Where the event's voters begin."""
    return f"{current_app.config['BASE_URL']}/v/{event.slug}"


def make_slips(
    event: Event, number: int, actor: Account | None, state: CodeState = CodeState.SPARE
) -> list[PrintedSlip]:
    """Make a batch of slips and note it in the ledger. The first batch locks the share's rules.

    Slips are `SPARE` until somebody opens their envelope; `LIVE` ones work at once, as if their envelopes were open;
    `TEST` ones are for the rehearsal and never count. Within each envelope the slips are shuffled, so that the order of
    serials says nothing about who came when. Commit before a single code leaves the process. Raises `TooLateToPrint`
    after the close.
    """
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    if event.poll not in BEFORE_THE_CLOSE:
        raise TooLateToPrint
    lock_rules(event.share)
    # A key is made once, for the first slip. Were it made anew where it is missing, every slip before would die.
    has_slips = db.session.scalar(sa.select(sa.exists().where(Code.event_id == event.id)))
    key = key_ring().read(event.slug) if has_slips else key_ring().ensure(event.slug)
    slips = _shuffled(_fresh_slips(event, number, state))
    tags = {slip.serial: key.code_tag(slip.code) for slip in slips}
    rows: list[dict[str, Any]] = [
        {"code_tag": tags[slip.serial], "serial": slip.serial, "envelope": slip.envelope, "state": state}
        for slip in slips
    ]
    # In the order of the tags, which is one of chance: PostgreSQL keeps the order in which rows came, and that of the
    # sheets beside that of the ballots would link them, should a steward hand slips out from the top.
    rows.sort(key=lambda row: row["code_tag"])
    db.session.execute(sa.insert(Code).values(event_id=event.id), rows)
    body = {
        "slips": number,
        "state": state.value,
        "first": min(tags, key=_number_in),
        "last": max(tags, key=_number_in),
        "tags": sha256(b"".join(sorted(tags.values()))).hexdigest(),
        "key": key.fingerprint,
        "bids": len(event.running_order),
    }
    write_entry(event, LedgerType.PRINT, body, actor)
    return slips


def serial_of(number: int, letter: str = "S") -> str:
    """A slip's serial: ``S-0417``, or ``T-0001`` of a test slip."""
    return f"{letter}-{number:04d}"


def _number_in(serial: str) -> int:
    return int(serial.partition("-")[2])


def _fresh_slips(event: Event, number: int, state: CodeState) -> list[PrintedSlip]:
    """New slips with the serials and envelopes that come next; those of test slips are counted by themselves."""
    is_test = state is CodeState.TEST
    letter = "T" if is_test else "S"
    counted = sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(Code.envelope), 0))
    is_alike = Code.serial.startswith(f"{letter}-")
    printed, last_envelope = db.session.execute(counted.where(Code.event_id == event.id, is_alike)).one()
    address = voting_address(event)
    slips = []
    for index in range(number):
        code = new_code()
        envelope = 0 if is_test else last_envelope + 1 + index // IN_ENVELOPE
        serial = serial_of(printed + index + 1, letter)
        slips.append(PrintedSlip(serial, code, envelope, f"{address}#{code}", is_test))
    return slips


def _shuffled(slips: list[PrintedSlip]) -> list[PrintedSlip]:
    """Envelope by envelope, each in an order of chance."""
    order = random.SystemRandom()
    shuffled: list[PrintedSlip] = []
    for start in range(0, len(slips), IN_ENVELOPE):
        envelope = slips[start : start + IN_ENVELOPE]
        order.shuffle(envelope)
        shuffled += envelope
    return shuffled


def void_batch(event: Event, slips: Sequence[PrintedSlip], actor: Account | None) -> None:
    """Make a batch void whose sheet did not reach its printer, and note it. After the count slips stay as they are."""
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    if event.poll in KEYLESS:
        return
    serials = [slip.serial for slip in slips]
    wanted = sa.update(Code).where(Code.event_id == event.id, Code.serial.in_(serials))
    db.session.execute(wanted.values(state=CodeState.VOID))
    write_entry(event, LedgerType.PRINT_FAILED, {"slips": len(serials), "serials": sorted(serials)}, actor)


def slip_with(typed: str, states: Sequence[CodeState] = VOTING) -> Slip:
    """The slip with this code, of whichever event, where it is in one of `states`: by default, where it votes.

    The code's tag is computed under the key of every event that has slips and no seal, and looked up in one query. The
    state is part of that query: to us, a void slip's code and one that nobody issued are the same empty answer, so the
    two can differ neither in words nor in the time they take. Raises `UnknownCode`, and `KeyMissing` on a host without
    keys.
    """
    code = read_code(typed)
    if code is None:
        raise UnknownCode
    tags = {(event.id, key.code_tag(code)): (event, key) for event, key in _keys_in_use()}
    wanted = sa.tuple_(Code.event_id, Code.code_tag).in_(list(tags))
    found = db.session.execute(
        sa.select(Code.event_id, Code.code_tag, Code.serial, Code.state).where(wanted, Code.state.in_(states))
    ).one_or_none()
    if found is None:
        raise UnknownCode
    event, key = tags[(found.event_id, found.code_tag)]
    return _slip(event, key, found.serial, found.state, found.code_tag)


def live_slips(event: Event) -> Iterator[Slip]:
    """Every slip of the event that votes, by serial. Raises `KeyMissing` where this host has no key for them."""
    wanted = sa.select(Code.serial, Code.state, Code.code_tag).where(Code.event_id == event.id)
    rows = db.session.execute(wanted.where(Code.state == CodeState.LIVE).order_by(Code.serial)).all()
    if rows:
        key = key_ring().read(event.slug)
        yield from (_slip(event, key, *row) for row in rows)


def _slip(event: Event, key: EventKey, serial: str, state: CodeState, code_tag: bytes) -> Slip:
    return Slip(event, serial, state, code_tag, key.ballot_tag(code_tag), key.check_number(code_tag))


def require_good(slip: Slip) -> None:
    """Look again, under the event's lock, whether the slip still votes. Raises `UnknownCode`."""
    wanted = sa.select(Code.state).where(Code.event_id == slip.event.id, Code.code_tag == slip.code_tag)
    if db.session.scalar(wanted) not in VOTING:
        raise UnknownCode


def require_of(slip: Slip, slug: str) -> None:
    """Raise `OtherEvent` unless the slip is of the event with this slug."""
    if slip.event.slug != slug:
        raise OtherEvent(slip.event)


def _keys_in_use() -> Iterator[tuple[Event, EventKey]]:
    """The events that a slip could be of, with their keys."""
    wanted = sa.select(Event).join(Event.share).where(Share.is_locked, Event.poll.not_in(KEYLESS))
    ring = key_ring()
    for event in db.session.scalars(wanted).all():
        try:
            yield event, ring.read(event.slug)
        except KeyMissing:
            db.session.refresh(event)
            if event.poll not in KEYLESS:  # else it was counted just now
                raise


def require_keys() -> None:
    """Raise `KeyMissing` unless this host holds the key of every event that a slip could be of."""
    for _ in _keys_in_use():
        pass
