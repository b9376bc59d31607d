"""Find the slip that a code belongs to. Nothing here commits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import sqlalchemy as sa
from flask_babel import gettext

from pbvote.call.rounds.models import Share
from pbvote.core.codes import read_code
from pbvote.core.keys import EventKey, KeyMissing
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.streaming import many_rows
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import KEYLESS
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip, SlipState


def slips_of(event: Event) -> dict[SlipState, int]:
    """How many slips there are in each state."""
    grouped = (
        sa.select(Slip.state, sa.func.count().label("number")).where(Slip.event_id == event.id).group_by(Slip.state)
    )
    return {row.state: row.number for row in db.session.execute(grouped)}


VOTING = (SlipState.LIVE, SlipState.TEST)


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


@dataclass(frozen=True, slots=True)
class FoundSlip:
    """A slip that was shown to us."""

    event: Event
    serial: str
    state: SlipState
    code_tag: bytes
    ballot_tag: bytes
    check_number: str

    @property
    def is_test(self) -> bool:
        """Whether it is for the rehearsal, and never counts."""
        return self.state is SlipState.TEST


def slip_with(typed: str, states: Sequence[SlipState] = VOTING) -> FoundSlip:
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
    wanted = sa.tuple_(Slip.event_id, Slip.code_tag).in_(list(tags))
    found = db.session.execute(
        sa.select(Slip.event_id, Slip.code_tag, Slip.serial, Slip.state).where(wanted, Slip.state.in_(states))
    ).one_or_none()
    if found is None:
        raise UnknownCode
    event, key = tags[(found.event_id, found.code_tag)]
    return _slip(event, key, found.serial, found.state, found.code_tag)


def live_slips(event: Event) -> Iterator[FoundSlip]:
    """Every slip of the event that votes, by serial. Raises `KeyMissing` where this host has no key for them."""
    wanted = sa.select(Slip.serial, Slip.state, Slip.code_tag).where(Slip.event_id == event.id)
    rows = db.session.execute(wanted.where(Slip.state == SlipState.LIVE).order_by(Slip.serial)).all()
    if rows:
        key = key_ring().read(event.slug)
        yield from (_slip(event, key, *row) for row in rows)


def tags_of_slips(event: Event, state: SlipState) -> Iterator[tuple[bytes, bytes]]:
    """The ballot tag of every slip in this state, with the bytes of its check number: see `EventKey.of_many`.

    A million of them pass through. Raises `KeyMissing` where there is one and this host has no key for it.
    """
    wanted = "SELECT code_tag FROM slip WHERE event_id = :event AND state = :state"
    rows = many_rows(wanted, event=event.id, state=state.value)
    if first := next(rows, None):
        yield from key_ring().read(event.slug).of_many(row[0] for row in chain([first], rows))


def _slip(event: Event, key: EventKey, serial: str, state: SlipState, code_tag: bytes) -> FoundSlip:
    return FoundSlip(event, serial, state, code_tag, key.ballot_tag(code_tag), key.check_number(code_tag))


def require_good(slip: FoundSlip) -> None:
    """Look again, under the event's lock, whether the slip still votes. Raises `UnknownCode`."""
    wanted = sa.select(Slip.state).where(Slip.event_id == slip.event.id, Slip.code_tag == slip.code_tag)
    if db.session.scalar(wanted) not in VOTING:
        raise UnknownCode


def require_of(slip: FoundSlip, slug: str) -> None:
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
