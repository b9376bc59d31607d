"""Find the slip that a code belongs to. Nothing here commits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, tee
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, ngettext

from pbvote.core.codes import LENGTH, read_code, symbols_of
from pbvote.core.keys import EventKey
from pbvote.db import db, read_row, table_of
from pbvote.errors import Refusal
from pbvote.streaming import many_rows
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.poll.opening import VotingOpened
from pbvote.vote.poll.states import KEYLESS, PollState
from pbvote.vote.slips.keys import key_ring, keys_in_use, remembered_keys
from pbvote.vote.slips.models import Slip, SlipState


def slips_of(event: Event) -> dict[SlipState, int]:
    """How many slips there are in each state."""
    grouped = (
        sa.select(Slip.state, sa.func.count().label("number")).where(Slip.event_id == event.id).group_by(Slip.state)
    )
    return {row.state: row.number for row in db.session.execute(grouped)}


VOTING = (SlipState.LIVE, SlipState.TEST)


class UnknownCode(Refusal):
    """No slip votes with this code.

    The same answer for one that nobody issued, one that was made void, and one whose envelope is not open yet.
    """

    status = 404
    reason = "unknown-code"

    def __init__(self, sentence: str = "") -> None:
        usual = gettext("This slip can’t vote now, or the code is mistyped. A steward can help.")
        super().__init__(sentence or usual)


class MistypedCode(UnknownCode):
    """What was typed is no code at all, which is plain without a look at any slip, and so betrays none."""

    reason = "mistyped"

    def __init__(self, typed: str) -> None:
        number = len(symbols_of(typed))
        if not number:
            sentence = gettext("Type the 12 letters and numbers on your slip.")
        elif number == LENGTH:
            sentence = gettext("One letter or number looks wrong.")
        else:
            sentence = ngettext(
                "That is %(num)s letter or number. The code has 12.",
                "That is %(num)s letters and numbers. The code has 12.",
                number,
            )
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class EventSeen:
    """An event as the look-up of a slip saw it, in one statement with the slip: plain values that stay as they were."""

    id: int
    slug: str
    name: str
    place: str
    poll: PollState
    entries: int
    """How many entries its ledger had. Each act on its poll or its slips adds one in its own transaction; so where
    there are still as many, the poll and the slip are still as they were seen."""
    opening: str | None
    """The hash of the entry that opened its poll, which fixed the ballot paper; None before that."""


class OtherEvent(Refusal):
    """A slip shown where only slips of another event are taken. The sentence says where to go."""

    reason = "other-event"

    def __init__(self, event: EventSeen) -> None:
        # U+2068 and U+2069 keep a name in Latin letters whole within a sentence that runs from right to left.
        names = {"event": f"\u2068{event.name}\u2069", "place": f"\u2068{event.place}\u2069"}
        super().__init__(gettext("This slip is for %(event)s, at %(place)s. You can vote with it there.", **names))


@dataclass(frozen=True, slots=True)
class FoundSlip:
    """A slip that was shown to us."""

    event: EventSeen
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
    """The slip with this code, at any event, where it is in one of `states`: by default, where it votes.

    The code's tag is computed under the key of every event that has slips and no seal, and looked up in one statement:
    first of the events that this process remembers, and of all there are only where that finds nothing. The state is
    part of that statement: to us, a void slip's code and one that nobody issued are the same empty answer, so the two
    can differ neither in words nor in the time they take. Raises `UnknownCode`, `MistypedCode` where nothing can be
    looked up, and `KeyMissing` on a host without keys.
    """
    code = read_code(typed)
    if code is None:
        raise MistypedCode(typed)
    found = _look_up(code, remembered_keys(), states)
    if found is None:
        found = _look_up(code, keys_in_use(), states)
    if found is None:
        raise UnknownCode
    return found


def slip_now(slip: FoundSlip) -> FoundSlip:
    """The slip looked up again: as it is now, where it still votes. Raises `UnknownCode`."""
    found = _row_of({slip.event.id: slip.code_tag}, VOTING)
    if found is None:
        raise UnknownCode
    return FoundSlip(_event_in(found), found.serial, found.state, slip.code_tag, slip.ballot_tag, slip.check_number)


def _look_up(code: str, keys: Mapping[int, EventKey], states: Sequence[SlipState]) -> FoundSlip | None:
    """The slip with this code, where it is of one of the events whose keys are given."""
    tags = {event_id: key.code_tag(code) for event_id, key in keys.items()}
    found = _row_of(tags, states)
    if found is None or found.slug != keys[found.event_id].event:
        return None
    tag, key = tags[found.event_id], keys[found.event_id]
    return FoundSlip(_event_in(found), found.serial, found.state, tag, key.ballot_tag(tag), key.check_number(tag))


def _row_of(tags: Mapping[int, bytes], states: Sequence[SlipState]) -> sa.Row[Any] | None:
    """The slip of one of these tags, each of the event whose id it stands under, and that event."""
    if not tags:
        return None
    values: dict[str, object] = {}
    for number, (event_id, tag) in enumerate(tags.items()):
        values |= {f"event_{number}": event_id, f"tag_{number}": tag}
    return read_row(_statement(len(tags), tuple(states)), values)


@lru_cache(maxsize=64)
def _statement(events: int, states: tuple[SlipState, ...]) -> sa.Select[Any]:
    """Look a slip up by its key, of so many events.

    A pair for each event, joined by OR: SQLite answers a row-value IN by reading every slip there is.
    """
    slip, event, ledger = table_of(Slip), table_of(Event), table_of(LedgerEntry)
    keys = sa.or_(
        *(
            sa.and_(
                slip.c.event_id == sa.bindparam(f"event_{number}", type_=sa.Integer),
                slip.c.code_tag == sa.bindparam(f"tag_{number}", type_=sa.LargeBinary),
            )
            for number in range(events)
        )
    )
    entries = sa.select(sa.func.max(ledger.c.seq)).where(ledger.c.event_id == event.c.id)
    opening = sa.select(ledger.c.hash).where(ledger.c.event_id == event.c.id, ledger.c.type == VotingOpened.type)
    return (
        sa.select(slip.c.event_id, slip.c.serial, slip.c.state)
        .add_columns(event.c.slug, event.c.name, event.c.place, event.c.poll)
        .add_columns(entries.scalar_subquery().label("entries"), opening.limit(1).scalar_subquery().label("opening"))
        .join_from(slip, event, event.c.id == slip.c.event_id)
        .where(keys, sa.or_(*(slip.c.state == state for state in states)))
        .where(*(event.c.poll != state for state in sorted(KEYLESS)))
    )


def _event_in(row: sa.Row[Any]) -> EventSeen:
    return EventSeen(row.event_id, row.slug, row.name, row.place, row.poll, row.entries or 0, row.opening)


def live_slips(event: Event) -> Iterator[FoundSlip]:
    """Every slip of the event that votes, by serial. Raises `KeyMissing` where this host has no key for them."""
    wanted = sa.select(Slip.serial, Slip.state, Slip.code_tag).where(Slip.event_id == event.id)
    rows = db.session.execute(wanted.where(Slip.state == SlipState.LIVE).order_by(Slip.serial)).all()
    if rows:
        key = key_ring().read(event.slug)
        seen = EventSeen(event.id, event.slug, event.name, event.place, event.poll, 0, None)
        for serial, state, tag in rows:
            yield FoundSlip(seen, serial, state, tag, key.ballot_tag(tag), key.check_number(tag))


def tags_of_slips(event: Event) -> Iterator[tuple[bytes, bytes]]:
    """The ballot tag of every slip that votes or is void, with the bytes of its check number: see `EventKey.of_many`.

    Void slips have no bytes. A million slips pass through. Raises `KeyMissing` where there is one and this host has no
    key for it.
    """
    live, void = SlipState.LIVE.value, SlipState.VOID.value
    wanted = "SELECT code_tag, state FROM slip WHERE event_id = :event AND state IN (:live, :void)"
    rows = many_rows(wanted, event=event.id, live=live, void=void)
    if first := next(rows, None):
        states, tags = tee(chain([first], rows))
        of_slips = key_ring().read(event.slug).of_many(row[0] for row in tags)
        for (tag, drawn), (_, state) in zip(of_slips, states, strict=True):
            yield tag, drawn if state == live else b""


def require_good(slip: FoundSlip) -> None:
    """Look again, under the event's lock, whether the slip still votes. Raises `UnknownCode`."""
    wanted = sa.select(Slip.state).where(Slip.event_id == slip.event.id, Slip.code_tag == slip.code_tag)
    if db.session.scalar(wanted) not in VOTING:
        raise UnknownCode


def require_of(slip: FoundSlip, slug: str) -> None:
    """Raise `OtherEvent` unless the slip is of the event with this slug."""
    if slip.event.slug != slug:
        raise OtherEvent(slip.event)
