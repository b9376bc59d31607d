"""The events whose voting is over, for whoever types a code that no slip votes with.

The key of such an event is destroyed, so nobody can tell its slips from codes that nobody issued. What can be said is
the same to everybody: where voting is over, and where that event's slips lead.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import KEYLESS
from pbvote.vote.slips.models import Slip

LATELY = dt.timedelta(days=60)
"""For as long after an event a slip may still lie on somebody's kitchen table."""
MOST = 4


@dataclass(frozen=True, slots=True)
class OverEvent:
    """An event that had slips, and is counted or being counted."""

    slug: str
    name: str


def events_over(besides: str = "") -> Sequence[OverEvent]:
    """Those of the last weeks, the last first, and not the one with the slug `besides`."""
    has_slips = sa.exists().where(Slip.event_id == Event.id)
    wanted = sa.select(Event.slug, Event.name).where(has_slips, Event.poll.in_(KEYLESS), Event.slug != besides)
    lately = wanted.where(Event.ends_at > now() - LATELY).order_by(Event.ends_at.desc(), Event.id).limit(MOST)
    return [OverEvent(row.slug, row.name) for row in db.session.execute(lately)]
