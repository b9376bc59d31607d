"""Ask for what one needs at an event, answer, and forget. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.vote.day.models import AccessRequest
from pbvote.vote.events.models import Event

KEPT_DAYS = 31
"""After the event's end. It is health data, and nobody needs it any longer."""
MOST = 500
"""For one event. No hall has as many seats for it, and a flood ends here whatever network it comes from."""


class EventHasEnded(Refusal):
    """The event is over."""

    def __init__(self) -> None:
        super().__init__("This event is over.")


class TooManyRequests(Refusal):
    """More than any hall can answer."""

    status = 429

    def __init__(self, contact: str) -> None:
        super().__init__(f"We can’t take more requests here. Write to {contact}.")


def ask(event: Event, *, name: str, contact: str, needs: Sequence[str], words: str, council: str) -> AccessRequest:
    """Keep what somebody needs. `council` is where to write otherwise. Raises `EventHasEnded` and `TooManyRequests`."""
    if now() > event.ends_at:
        raise EventHasEnded
    of_event = sa.select(sa.func.count()).select_from(AccessRequest).where(AccessRequest.event_id == event.id)
    if db.session.scalars(of_event).one() >= MOST:
        raise TooManyRequests(council)
    asked = AccessRequest(event_id=event.id, name=name, contact=contact, needs=list(needs), words=words)
    db.session.add(asked)
    return asked


def requests_of(event: Event) -> list[AccessRequest]:
    """What was asked for an event, the unanswered first, each as old as can be."""
    wanted = sa.select(AccessRequest).where(AccessRequest.event_id == event.id)
    is_answered = AccessRequest.answered_at.is_not(None)
    return list(db.session.scalars(wanted.order_by(is_answered, AccessRequest.asked_at, AccessRequest.id)))


def answer(event: Event, request_id: int) -> None:
    """Note that somebody was answered; the first time stays."""
    claim = sa.update(AccessRequest).where(AccessRequest.id == request_id, AccessRequest.event_id == event.id)
    db.session.execute(claim.where(AccessRequest.answered_at.is_(None)).values(answered_at=now()))


def forget_requests() -> int:
    """Delete what was asked for events that ended more than `KEPT_DAYS` ago; how many they were."""
    over = sa.select(Event.id).where(Event.ends_at < now() - dt.timedelta(days=KEPT_DAYS))
    gone = sa.delete(AccessRequest).where(AccessRequest.event_id.in_(over)).returning(AccessRequest.id)
    return len(db.session.scalars(gone).all())
