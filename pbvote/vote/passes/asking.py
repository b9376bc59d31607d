"""Phones and screens that ask to come in: each waits for an organiser. Nothing here commits."""

import itertools
import secrets
from typing import Final

import sqlalchemy as sa

from pbvote.code_tags import tag_of
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.passes.lifetime import ASK_LIVES
from pbvote.vote.passes.making import PassEnded, pass_with, refuse_if_over
from pbvote.vote.passes.models import LONGEST_NAME, DeviceKind, HallDevice

MOST_SCREENS: Final = 8
"""Screens of one event that ask at the same time: anybody can ask."""
MOST_PHONES: Final = 40
"""Phones that ask at the same time by one pass: somebody may have photographed it."""
WORDS: Final = (
    *("Acorn", "Badger", "Cloud", "Daisy", "Falcon", "Fern", "Fox", "Harbour", "Heron", "Holly", "Kite", "Lantern"),
    *("Maple", "Meadow", "Moon", "Oak", "Otter", "Plum", "River", "Robin", "Rose", "Star", "Swan", "Willow"),
)
"""Short words that are heard and read alike; with a number they are a screen's call sign."""


class TooManyAsk(Refusal):
    """As many ask as anybody can look through."""

    status = 429

    def __init__(self) -> None:
        super().__init__("Too many ask to come in just now. Tell an organiser to look at their list, then try again.")


def ask_with_pass(code: str, name: str) -> tuple[HallDevice, str]:
    """Ask to come in with a pass; the phone, and its token, which its cookie holds and nothing else.

    Raises `UnknownPass`, `PassEnded`, `HallOver`, and `TooManyAsk`.
    """
    found = pass_with(code)
    event = found.event
    _refuse_crowd(event, found.kind)  # before anybody waits for the event
    hold(event)
    db.session.refresh(found)
    if found.ended_at is not None:
        raise PassEnded
    _refuse_crowd(event, found.kind)
    return add_device(event, found.kind, free_name(event, name.strip()))


def ask_as_screen(event: Event) -> tuple[HallDevice, str]:
    """Ask, without a name or a pass, to be a screen; the screen under a call sign of its own, and its token.

    Raises `HallOver`, and `TooManyAsk`.
    """
    refuse_if_over(event)
    _refuse_crowd(event, DeviceKind.SCREEN)
    hold(event)
    _refuse_crowd(event, DeviceKind.SCREEN)
    return add_device(event, DeviceKind.SCREEN, free_call_sign(event))


def add_device(event: Event, kind: DeviceKind, name: str) -> tuple[HallDevice, str]:
    """A new device that waits, and its token. The caller holds the event."""
    token = secrets.token_urlsafe(24)
    device = HallDevice(event_id=event.id, kind=kind, name=name, tag=tag_of("hall device", token))
    db.session.add(device)
    db.session.flush()
    return device, token


def device_with(event: Event, kind: DeviceKind, token: str) -> HallDevice | None:
    """The event's device of this kind that holds this token, whether it waits, is in or is out."""
    wanted = sa.select(HallDevice).where(HallDevice.tag == tag_of("hall device", token))
    return db.session.scalar(wanted.where(HallDevice.event_id == event.id, HallDevice.kind == kind))


def asks_now() -> sa.ColumnElement[bool]:
    """Whether a device asks to come in, and can be let in: a screen's ask dies after 15 minutes."""
    is_open = sa.and_(HallDevice.allowed_at.is_(None), HallDevice.ended_at.is_(None))
    return sa.and_(is_open, sa.or_(HallDevice.kind != DeviceKind.SCREEN, HallDevice.asked_at > now() - ASK_LIVES))


def _refuse_crowd(event: Event, kind: DeviceKind) -> None:
    asking = sa.select(sa.func.count()).select_from(HallDevice)
    asking = asking.where(HallDevice.event_id == event.id, HallDevice.kind == kind, asks_now())
    if (db.session.scalar(asking) or 0) >= (MOST_SCREENS if kind is DeviceKind.SCREEN else MOST_PHONES):
        raise TooManyAsk


def free_name(event: Event, name: str) -> str:
    """The name as it was typed, or ``Sam 2`` while a Sam asks or is in: then no organiser ends the wrong phone.

    The caller holds the event.
    """
    here = sa.select(HallDevice.name).where(HallDevice.event_id == event.id, HallDevice.ended_at.is_(None))
    taken = {called.casefold() for called in db.session.scalars(here)}
    numbered = (f"{name[: LONGEST_NAME - len(f' {number}')]} {number}" for number in itertools.count(2))
    return next(free for free in itertools.chain((name,), numbered) if free.casefold() not in taken)


def free_call_sign(event: Event) -> str:
    """A call sign that no other screen of the event has; asks that have died lose theirs.

    The caller holds the event.
    """
    screens = sa.and_(HallDevice.event_id == event.id, HallDevice.kind == DeviceKind.SCREEN)
    is_dead = sa.and_(HallDevice.allowed_at.is_(None), HallDevice.asked_at <= now() - ASK_LIVES)
    db.session.execute(
        sa.update(HallDevice).where(screens, is_dead, HallDevice.ended_at.is_(None)).values(ended_at=now())
    )
    taken = set(db.session.scalars(sa.select(HallDevice.name).where(screens, HallDevice.ended_at.is_(None))))
    signs = [f"{word} {number}" for word in WORDS for number in range(2, 10)]
    return secrets.choice([sign for sign in signs if sign not in taken])
