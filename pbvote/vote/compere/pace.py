"""How far the groups are behind the timetable just now."""

from collections.abc import Sequence

from pbvote.core.clock import now
from pbvote.core.pace import Pace, pace_of
from pbvote.core.timetable import first_turn_at
from pbvote.vote.events.models import Event
from pbvote.vote.stage.models import Stage, TurnTaken
from pbvote.vote.stage.turns import overtime


def pace_now(event: Event, stage: Stage, taken: Sequence[TurnTaken]) -> Pace:
    """What the turns so far have done to the timetable."""
    moment = now()
    over = overtime(event, stage, {turn.bid_id: turn for turn in taken}, moment)
    first_at = first_turn_at(event.starts_at, event.day.minutes(event.share.pitch_minutes))
    return pace_of(event.starts_at, first_at, moment, begun_at=stage.begun_at, overtime_seconds=over)
