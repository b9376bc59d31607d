"""The numbers of an event's day, all in one statement: the console is read every few seconds at every desk."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.doctor.database import settings_asked
from pbvote.vote.acts.models import Witness
from pbvote.vote.count.models import HandCount
from pbvote.vote.door.figures import PhoneFigures, number_through, said_of
from pbvote.vote.door.models import DoorPhone
from pbvote.vote.events.models import Event, OrderDraw
from pbvote.vote.paper_entry.clashes import number_undecided
from pbvote.vote.passes.lifetime import CONNECTED_FOR
from pbvote.vote.passes.models import DeviceKind, HallDevice, HallPass
from pbvote.vote.passes.roll import number_waiting
from pbvote.vote.poll.states import AWAITS_THE_COUNT
from pbvote.vote.poll.turnout import number_of_voters, number_rehearsed
from pbvote.vote.slips.guessing import number_failed
from pbvote.vote.slips.models import Slip, SlipState

LATELY_MINUTES = 5
"""A code that is not found says something about the queue that stands there now."""


class _What(enum.StrEnum):
    """What is counted beside the slips of each state."""

    VOTERS = enum.auto()
    THROUGH_DOOR = enum.auto()
    HAND_COUNTS = enum.auto()
    REHEARSED = enum.auto()
    FAILED = enum.auto()
    FAILED_LATELY = enum.auto()
    ASKING = enum.auto()
    WITNESSES = enum.auto()
    DRAWS = enum.auto()
    PHONES = enum.auto()
    SCREENS = enum.auto()
    LET_IN = enum.auto()
    PASSES = enum.auto()
    SEALED_ENVELOPE = enum.auto()
    UNDECIDED = enum.auto()


@dataclass(frozen=True, slots=True)
class Figures:
    """How many there are of each. Void slips' votes are among the voters."""

    slips: dict[SlipState, int]
    voters: int
    through_door: int
    """People who can vote and were counted at the door."""
    has_account: bool
    """Whether the slips that were left over are written down."""
    rehearsed: int
    failed: int
    """Codes tried in the last 15 minutes that no slip votes with, at all events."""
    failed_lately: int
    """The same of the last five minutes."""
    asking: int
    """Phones and screens that ask to come in."""
    witnesses: int
    """Witnesses whose card is good."""
    is_drawn: bool
    """Whether the running order was ever drawn by lot."""
    phones: int
    """Stewards' and comperes' phones that are in."""
    screens: int
    """Screens that have reported in the last seconds."""
    let_in: int
    """Phones and screens that are in, whether or not anything is heard of them."""
    passes: int
    """Printed passes with which a phone can ask to come in."""
    sealed_envelope: int
    """The lowest number of an envelope that is not open; 0 where all are."""
    undecided: int
    """Slips that say one thing on paper and another on a phone; asked for only between the close and the count."""
    door_phones: Sequence[PhoneFigures]
    """The stewards' phones that count there."""
    settings: Mapping[str, Any]
    """The database's settings, as `pbvote.doctor.database` reads them."""

    @classmethod
    def of(cls, event: Event) -> "Figures":
        """As they are now."""
        wanted, settings = _slips(event) | _others(event), settings_asked()
        columns = [figure.scalar_subquery() for figure in wanted.values()]
        rows = db.session.execute(_beside_the_phones(event, [*columns, *settings.values()]))
        row, *_ = phones = rows.all()
        found: dict[str, int] = dict(zip(wanted, row, strict=False))
        return cls(
            slips={state: found[state] for state in SlipState if found[state]},
            voters=found[_What.VOTERS],
            through_door=found[_What.THROUGH_DOOR],
            has_account=bool(found[_What.HAND_COUNTS]),
            rehearsed=found[_What.REHEARSED],
            failed=found[_What.FAILED],
            failed_lately=found[_What.FAILED_LATELY],
            asking=found[_What.ASKING],
            witnesses=found[_What.WITNESSES],
            is_drawn=bool(found[_What.DRAWS]),
            phones=found[_What.PHONES],
            screens=found[_What.SCREENS],
            let_in=found[_What.LET_IN],
            passes=found[_What.PASSES],
            sealed_envelope=found[_What.SEALED_ENVELOPE],
            undecided=found.get(_What.UNDECIDED, 0),
            door_phones=[PhoneFigures(each.name, each.waiting, each.heard_at) for each in phones if each.name],
            settings=dict(zip(settings, row[len(wanted) :], strict=False)),
        )

    @property
    def behind(self) -> list[str]:
        """Which phones may have counted more people than `through_door` says, each in a sentence."""
        return said_of(self.door_phones)


def _beside_the_phones(event: Event, figures: Sequence[sa.ColumnElement[Any]]) -> sa.Select[Any]:
    """One row for each phone that counts at the door, and one where there is none: the figures stand in each."""
    one = sa.select(sa.literal(1).label("one")).subquery()
    is_waited_for = sa.and_(DoorPhone.event_id == event.id, DoorPhone.set_aside.is_(None))
    phones = one.outerjoin(DoorPhone, is_waited_for)
    wanted = sa.select(*figures, DoorPhone.name, DoorPhone.waiting, DoorPhone.heard_at).select_from(phones)
    return wanted.order_by(DoorPhone.name)


def _slips(event: Event) -> dict[str, sa.Select[Any]]:
    return {state: _number(Slip, Slip.event_id == event.id, Slip.state == state) for state in SlipState}


def _others(event: Event) -> dict[str, sa.Select[Any]]:
    is_in = sa.and_(HallDevice.event_id == event.id, HallDevice.allowed_at.is_not(None), HallDevice.ended_at.is_(None))
    is_sealed = sa.and_(Slip.event_id == event.id, Slip.state == SlipState.SPARE)
    is_connected = HallDevice.seen_at > now() - CONNECTED_FOR
    wanted: dict[str, sa.Select[Any]] = {
        _What.VOTERS: number_of_voters(event),
        _What.THROUGH_DOOR: number_through(event),
        _What.HAND_COUNTS: _number(HandCount, HandCount.event_id == event.id),
        _What.REHEARSED: number_rehearsed(event),
        _What.FAILED: number_failed(),
        _What.FAILED_LATELY: number_failed(LATELY_MINUTES),
        _What.ASKING: number_waiting(event),
        _What.WITNESSES: _number(Witness, Witness.event_id == event.id, Witness.is_withdrawn.is_(False)),
        _What.DRAWS: _number(OrderDraw, OrderDraw.event_id == event.id),
        _What.PHONES: _number(HallDevice, is_in, HallDevice.kind != DeviceKind.SCREEN),
        _What.SCREENS: _number(HallDevice, is_in, HallDevice.kind == DeviceKind.SCREEN, is_connected),
        _What.LET_IN: _number(HallDevice, is_in),
        _What.PASSES: _number(HallPass, HallPass.event_id == event.id, HallPass.ended_at.is_(None)),
        _What.SEALED_ENVELOPE: sa.select(sa.func.coalesce(sa.func.min(Slip.envelope), 0)).where(is_sealed),
    }
    if event.poll in AWAITS_THE_COUNT:
        wanted[_What.UNDECIDED] = number_undecided(event)
    return wanted


def _number(table: type[Any], *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table).where(*conditions)
