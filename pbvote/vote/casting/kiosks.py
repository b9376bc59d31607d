"""The events at which a shared tablet can stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import TAKES_CHANGES, TAKES_VOTES


@dataclass(frozen=True, slots=True)
class KioskEvent:
    """An event as the page names it."""

    slug: str
    name: str


def events_for_kiosks() -> Sequence[KioskEvent]:
    """The events whose voting is open; where none is, those with printed slips, so that a tablet can be set up."""
    wanted = sa.select(Event.slug, Event.name).order_by(Event.name, Event.id)
    is_prepared = sa.and_(Event.poll.in_(TAKES_CHANGES), Event.share.has(Share.is_locked))
    for which in (Event.poll.in_(TAKES_VOTES), is_prepared):
        if rows := db.session.execute(wanted.where(which)).all():
            return [KioskEvent(row.slug, row.name) for row in rows]
    return []
