"""The light answer that a compere's phone asks for: the screen's, the turns that are over, the pace."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.db import db
from pbvote.vote.compere.saying import pace_said
from pbvote.vote.events.models import Event
from pbvote.vote.screen.now import Now, now_on
from pbvote.vote.stage.models import TurnTaken
from pbvote.vote.stage.service import stage_of
from pbvote.watching import milliseconds


@dataclass(frozen=True)
class CompereNow:
    """What is shown now, and how the turns go."""

    screen: Now
    taken: dict[str, str]
    """How each turn ended that is over, by bid."""
    moved: int
    """When the stage was moved last, in milliseconds since 1970."""
    pace: str

    def to_dict(self) -> dict[str, Any]:
        """As a phone reads it."""
        return self.screen.to_dict() | {"taken": self.taken, "moved": self.moved, "pace": self.pace}


def compere_now(event: Event) -> CompereNow:
    """What the event's compere sees now, in two statements more than a screen."""
    stage = stage_of(event)
    taken = db.session.scalars(sa.select(TurnTaken).where(TurnTaken.event_id == event.id)).all()
    moved = milliseconds(stage.moved_at) if stage.version else 0
    ends = {str(turn.bid_id): turn.ended.value for turn in taken}
    return CompereNow(now_on(stage, event), ends, moved, pace_said(event, stage, taken))
