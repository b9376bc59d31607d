"""The list of who asks and who is in, for the desk; what a screen reports; when the list is deleted.

Nothing here commits.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.service import names_of
from pbvote.vote.events.models import Event
from pbvote.vote.passes.asking import asks_now
from pbvote.vote.passes.making import live_passes
from pbvote.vote.passes.models import LONGEST_NAME, DeviceKind, HallDevice, HallPass

KEPT: Final = dt.timedelta(days=30)
"""How long after an event the first names of its helpers are kept."""


@dataclass(frozen=True, slots=True)
class Roll:
    """An event's passes, and its phones and screens that ask or are in, in the order of their asking."""

    passes: Mapping[DeviceKind, HallPass]
    waiting: Sequence[HallDevice]
    inside: Sequence[HallDevice]
    names: Mapping[int, str]
    """Of the accounts that made passes and let devices in."""

    @classmethod
    def of(cls, event: Event) -> "Roll":
        """The list as it stands now."""
        passes = {made.kind: made for made in live_passes(event)}
        wanted = sa.select(HallDevice).where(HallDevice.event_id == event.id, HallDevice.ended_at.is_(None))
        wanted = wanted.where(sa.or_(HallDevice.allowed_at.is_not(None), asks_now()))
        devices = db.session.scalars(wanted.order_by(HallDevice.id)).all()
        accounts = {made.made_by for made in passes.values()} | {each.allowed_by for each in devices if each.allowed_by}
        return cls(
            passes=passes,
            waiting=[device for device in devices if device.is_waiting],
            inside=[device for device in devices if device.is_allowed],
            names=names_of(accounts),
        )

    @property
    def mark(self) -> str:
        """Another text whenever the page must be drawn again."""
        return " ".join(f"{device.id}{sign}" for sign, devices in self._parts for device in devices)

    @property
    def _parts(self) -> tuple[tuple[str, Sequence[HallDevice]], ...]:
        return ("?", self.waiting), ("!", self.inside)


def number_waiting(event: Event) -> sa.Select[int]:
    """How many phones and screens ask to come in, as a statement."""
    return sa.select(sa.func.count()).select_from(HallDevice).where(HallDevice.event_id == event.id, asks_now())


def note_showing(device: HallDevice, showing: str) -> None:
    """Write down that a screen shows this scene. A view asks `device.has_news` first, and else writes nothing."""
    is_in = sa.and_(HallDevice.id == device.id, HallDevice.allowed_at.is_not(None), HallDevice.ended_at.is_(None))
    db.session.execute(sa.update(HallDevice).where(is_in).values(seen_at=now(), showing=showing[:LONGEST_NAME]))


def forget_devices() -> None:
    """Delete phones and screens 30 days after their event. The ledger keeps their numbers; nobody needs the names."""
    over = sa.select(Event.id).where(Event.ends_at < now() - KEPT)
    db.session.execute(sa.delete(HallDevice).where(HallDevice.event_id.in_(over)))
