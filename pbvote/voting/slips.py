"""Make slips, and find the slip that a code belongs to. Nothing here commits.

A code exists in this process's memory while its sheet is made, and on paper after that. The database holds its tag.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext

from pbvote.core.codes import in_groups, new_code, read_code
from pbvote.core.keys import EventKey, KeyRing
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


class UnknownCode(Refusal):
    """No live slip has this code. The same answer for one that nobody issued and one that was made void."""

    status = 404
    reason = "unknown-code"

    def __init__(self) -> None:
        super().__init__(gettext("We can't find that code. Check it against your slip, or ask a steward."))


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
    address: str

    @property
    def grouped_code(self) -> str:
        """The code as it is read aloud."""
        return in_groups(self.code)


@dataclass(frozen=True, slots=True)
class Slip:
    """A live slip that was shown to us."""

    event: Event
    code_tag: bytes
    ballot_tag: bytes


def key_ring() -> KeyRing:
    """The folder of keys of this host."""
    return KeyRing(current_app.config["KEYS_DIR"])


def voting_address(event: Event) -> str:
    """Where the event's voters begin."""
    return f"{current_app.config['BASE_URL']}/v/{event.slug}"


def make_slips(event: Event, number: int, actor: Account | None) -> list[PrintedSlip]:
    """Make a batch of live slips and note it in the ledger. The first batch locks the share's rules.

    Within each envelope the slips are shuffled, so that the order of serials says nothing about who came when.
    Commit before a single code leaves the process. Raises `TooLateToPrint` after the close.
    """
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    if event.poll not in BEFORE_THE_CLOSE:
        raise TooLateToPrint
    lock_rules(event.share)
    printed, last_envelope = _printed_so_far(event)
    # A key is made once, for the first slip. Were it made anew where it is missing, every slip before would die.
    key = key_ring().read(event.slug) if printed else key_ring().ensure(event.slug)
    slips = _shuffled(list(_fresh_slips(event, number, printed, last_envelope)))
    tags = [(slip, key.code_tag(slip.code)) for slip in slips]
    rows = [
        {
            "event_id": event.id,
            "code_tag": tag,
            "serial": slip.serial,
            "envelope": slip.envelope,
            "state": CodeState.LIVE,
        }
        for slip, tag in tags
    ]
    db.session.execute(sa.insert(Code), rows)
    body = {
        "slips": number,
        "first": f"S-{printed + 1:04d}",
        "last": f"S-{printed + number:04d}",
        "tags": sha256(b"".join(sorted(tag for _, tag in tags))).hexdigest(),
    }
    write_entry(event, LedgerType.PRINT, body, actor)
    return slips


def _printed_so_far(event: Event) -> tuple[int, int]:
    """How many slips the event has, and the number of its last envelope."""
    counted = sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(Code.envelope), 0))
    printed, envelope = db.session.execute(counted.where(Code.event_id == event.id)).one()
    return printed, envelope


def _fresh_slips(event: Event, number: int, printed: int, last_envelope: int) -> Iterator[PrintedSlip]:
    address = voting_address(event)
    for index in range(number):
        code = new_code()
        envelope = last_envelope + 1 + index // IN_ENVELOPE
        yield PrintedSlip(f"S-{printed + index + 1:04d}", code, envelope, f"{address}#{code}")


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
    """Make a batch void whose sheet did not reach its printer, and note it."""
    hold_event(event.id, exclusive=True)
    serials = [slip.serial for slip in slips]
    wanted = sa.update(Code).where(Code.event_id == event.id, Code.serial.in_(serials))
    db.session.execute(wanted.values(state=CodeState.VOID))
    write_entry(event, LedgerType.PRINT_FAILED, {"slips": len(serials), "serials": sorted(serials)}, actor)


def slip_with(typed: str) -> Slip:
    """The live slip with this code, of whichever event. Raises `UnknownCode`, and `KeyMissing` on a host without keys.

    The code's tag is computed under the key of every event that has slips and no published result, and looked up in
    one query.
    """
    code = read_code(typed)
    if code is None:
        raise UnknownCode
    tags = {(event.id, key.code_tag(code)): (event, key) for event, key in _keys_in_use()}
    wanted = sa.tuple_(Code.event_id, Code.code_tag).in_(list(tags))
    found = db.session.execute(
        sa.select(Code.event_id, Code.code_tag).where(wanted, Code.state == CodeState.LIVE)
    ).one_or_none()
    if found is None:
        raise UnknownCode
    event, key = tags[(found.event_id, found.code_tag)]
    return Slip(event, found.code_tag, key.ballot_tag(found.code_tag))


def require_live(slip: Slip) -> None:
    """Look again, under the event's lock, whether the slip is still good. Raises `UnknownCode`."""
    wanted = sa.select(Code.state).where(Code.event_id == slip.event.id, Code.code_tag == slip.code_tag)
    if db.session.scalar(wanted) is not CodeState.LIVE:
        raise UnknownCode


def _keys_in_use() -> Iterator[tuple[Event, EventKey]]:
    """The events that a slip could be of, with their keys."""
    wanted = sa.select(Event).join(Event.share).where(Share.is_locked, Event.poll != PollState.PUBLISHED)
    ring = key_ring()
    return ((event, ring.read(event.slug)) for event in db.session.scalars(wanted))


def require_keys() -> None:
    """Raise `KeyMissing` unless this host holds the key of every event that a slip could be of."""
    for _ in _keys_in_use():
        pass
