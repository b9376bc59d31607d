"""Make a pass, end it, and find it by its code. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.code_tags import tag_of
from pbvote.core.clock import now
from pbvote.core.codes import new_code, read_code
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.passes.lifetime import is_over
from pbvote.vote.passes.models import DeviceKind, HallDevice, HallPass
from pbvote.vote.passes.records import PassMade


class UnknownPass(Refusal):
    """No pass has this code."""

    status = 404

    def __init__(self) -> None:
        super().__init__("We can’t find that pass. Check the code on it, or ask an organiser.")


class PassEnded(Refusal):
    """A pass that was replaced or ended. Its code was right, so nobody has guessed."""

    def __init__(self) -> None:
        super().__init__("This pass has ended. Ask an organiser for the new one.")


class HallOver(Refusal):
    """After the midnight of the event's last day nobody is let in any more."""

    def __init__(self) -> None:
        super().__init__("The event is over. Its passes, phones and screens ended at midnight.")


def make_pass(event: Event, kind: DeviceKind, actor: Account) -> str:
    """The code of a new pass: it is printed once and kept nowhere. It ends the one before. Raises `HallOver`."""
    hold(event)
    refuse_if_over(event)
    _end(event, kind, actor)
    code = new_code()
    made = HallPass(event_id=event.id, kind=kind, tag=tag_of("hall pass", code), made_by=actor.id)
    db.session.add(made)
    db.session.flush()
    write_entry(event, PassMade(made.id, kind), actor)
    return code


def end_pass(event: Event, kind: DeviceKind, actor: Account) -> bool:
    """End the event's pass of this kind, and the asks that wait by it; whether there was one."""
    hold(event)
    return _end(event, kind, actor)


def _end(event: Event, kind: DeviceKind, actor: Account) -> bool:
    claim = sa.update(HallPass).where(HallPass.event_id == event.id, HallPass.kind == kind, HallPass.ended_at.is_(None))
    ended = db.session.scalar(claim.values(ended_at=now()).returning(HallPass.id))
    if ended is None:
        return False
    # Whoever photographed it may be among those who wait.
    waiting = sa.update(HallDevice).where(HallDevice.event_id == event.id, HallDevice.kind == kind)
    waiting = waiting.where(HallDevice.allowed_at.is_(None), HallDevice.ended_at.is_(None))
    db.session.execute(waiting.values(ended_at=now()))
    write_entry(event, PassMade(ended, kind, is_ended=True), actor)
    return True


def refuse_if_over(event: Event) -> None:
    """Raise `HallOver` after the midnight that ends the event's last day."""
    if is_over(event):
        raise HallOver


def pass_with(typed: str) -> HallPass:
    """The live pass with this code. Raises `UnknownPass`, `PassEnded` and `HallOver`."""
    code = read_code(typed)
    wanted = sa.select(HallPass).where(HallPass.tag == tag_of("hall pass", code or ""))
    found = db.session.scalar(wanted) if code else None
    if found is None:
        raise UnknownPass
    if found.ended_at is not None:
        raise PassEnded
    refuse_if_over(found.event)
    return found


def live_passes(event: Event) -> Sequence[HallPass]:
    """The event's passes that have not been ended, one of each kind at most."""
    wanted = sa.select(HallPass).where(HallPass.event_id == event.id, HallPass.ended_at.is_(None))
    return db.session.scalars(wanted.order_by(HallPass.id)).all()
