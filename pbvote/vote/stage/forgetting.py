"""Forget why a group did not come: it may tell of somebody's health. Nothing here commits."""

import datetime as dt
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.stage.models import TurnTaken

KEPT_DAYS: Final = 31


def forget_reasons() -> None:
    """Delete why groups did not come to events that ended more than `KEPT_DAYS` ago; that they did not, stays."""
    over = sa.select(Event.id).where(Event.ends_at < now() - dt.timedelta(days=KEPT_DAYS))
    db.session.execute(
        sa.update(TurnTaken).where(TurnTaken.event_id.in_(over), TurnTaken.reason != "").values(reason="")
    )
