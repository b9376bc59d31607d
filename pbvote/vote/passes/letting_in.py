"""What organisers do with phones and screens: let in, end, make one of their own computer. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.passes.asking import add_device, asks_now, free_call_sign
from pbvote.vote.passes.making import end_pass, refuse_if_over
from pbvote.vote.passes.models import DeviceKind, HallDevice
from pbvote.vote.passes.records import DeviceLetIn


class NoLongerAsks(Refusal):
    """It was refused or ended, its ask has died, or it is of another event."""

    def __init__(self) -> None:
        super().__init__("It no longer asks to come in. Whoever holds it can ask again.")


def allow(event: Event, device_id: int, actor: Account) -> HallDevice:
    """Let a device in that asks. Of two who do so at once one has done it, and both are told that it is in.

    Raises `NoLongerAsks`, and `HallOver`.
    """
    hold(event)
    refuse_if_over(event)
    claim = _this(event, device_id).where(asks_now()).values(allowed_by=actor.id, allowed_at=now())
    did_it = db.session.scalar(claim.returning(HallDevice.id)) is not None
    device = db.session.get(HallDevice, device_id, populate_existing=True)
    if device is None or device.event_id != event.id or not device.is_allowed:
        raise NoLongerAsks
    if did_it:
        write_entry(event, DeviceLetIn(device.id, device.kind), actor)
    return device


def end(event: Event, device_id: int, actor: Account) -> HallDevice | None:
    """End a device, or refuse one that asks; None where that was done before."""
    hold(event)
    found = _ended(_this(event, device_id))
    _note_ends(event, found, actor)
    return found[0] if found else None


def end_all(event: Event, actor: Account) -> int:
    """End the event's passes, phones and screens; the number of devices that were in."""
    for kind in (DeviceKind.STEWARD, DeviceKind.COMPERE):
        end_pass(event, kind, actor)
    hold(event)
    return _note_ends(event, _ended(sa.update(HallDevice).where(HallDevice.event_id == event.id)), actor)


def pair_here(event: Event, actor: Account) -> tuple[HallDevice, str]:
    """Make a screen of the computer at which an organiser sits: it is in at once. Raises `HallOver`."""
    hold(event)
    refuse_if_over(event)
    device, token = add_device(event, DeviceKind.SCREEN, free_call_sign(event))
    return allow(event, device.id, actor), token


def _this(event: Event, device_id: int) -> sa.Update:
    return sa.update(HallDevice).where(HallDevice.id == device_id, HallDevice.event_id == event.id)


def _ended(which: sa.Update) -> Sequence[HallDevice]:
    """End those that have not ended, and return them."""
    claim = which.where(HallDevice.ended_at.is_(None)).values(ended_at=now()).returning(HallDevice.id)
    ids = db.session.scalars(claim).all()
    wanted = sa.select(HallDevice).where(HallDevice.id.in_(ids)).order_by(HallDevice.id)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).all()


def _note_ends(event: Event, ended: Sequence[HallDevice], actor: Account) -> int:
    """Enter the ends of those that were in: what never came in is no matter of the ledger. Their number."""
    were_in = [device for device in ended if device.allowed_at is not None]
    for device in were_in:
        write_entry(event, DeviceLetIn(device.id, device.kind, is_ended=True), actor)
    return len(were_in)
