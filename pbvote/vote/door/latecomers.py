"""The event's rule for whoever comes late or leaves early, and whether it has taken effect: the stage tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from pbvote.db import db
from pbvote.vote.events.day import Latecomers
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.states import TAKES_SLIPS
from pbvote.vote.stage.models import Part, Scene, TurnEnd, TurnTaken
from pbvote.vote.stage.scenes import scene_now
from pbvote.vote.stage.service import stage_of

RULES: Final[Mapping[Latecomers, tuple[str, str]]] = {
    Latecomers.UNTIL_THE_CLOSE: (
        "Anyone who comes before voting closes gets a slip.",
        "Voting has closed. Anyone who comes now gets no slip.",
    ),
    Latecomers.UNTIL_THE_FIRST_PITCH: (
        "Anyone who comes before the first group begins to speak gets a slip.",
        "The first group has begun to speak. Anyone who comes now gets no slip.",
    ),
    Latecomers.UNTIL_THE_LAST_PITCH: (
        "Anyone who comes before the last group has spoken gets a slip.",
        "The last group has spoken. Anyone who comes now gets no slip.",
    ),
}
"""Each rule before it has taken effect, and after."""

LEAVERS: Final = "Anyone who leaves early can vote before they go, on a phone or on the back of their slip."


@dataclass(frozen=True, slots=True)
class LateRule:
    """What a steward tells somebody who comes now, in a sentence or two."""

    sentence: str
    is_in_effect: bool


def rule_now(event: Event) -> LateRule:
    """The event's rule for latecomers as it stands now."""
    rule = event.latecomers
    if event.poll not in TAKES_SLIPS:
        return LateRule(RULES[Latecomers.UNTIL_THE_CLOSE][1], is_in_effect=True)
    is_in_effect = _HAS_COME[rule](event)
    return LateRule(RULES[rule][is_in_effect], is_in_effect)


def _has_first_begun(event: Event) -> bool:
    """Whether some group has spoken, or the timer of the first has been started."""
    stage = stage_of(event)
    if stage.running_since is not None or stage.spent_seconds or stage.part is Part.QUESTIONS:
        return True
    spoke = sa.exists().where(TurnTaken.event_id == event.id, TurnTaken.ended == TurnEnd.SPOKE)
    return bool(db.session.scalar(sa.select(spoke)))


def _has_last_ended(event: Event) -> bool:
    """Whether each group has had its turn, or the hall is asked to vote already."""
    stage = stage_of(event)
    if scene_now(stage, event.poll) in {Scene.LAST_CALL}:
        return True
    had_turn = sa.exists().where(TurnTaken.event_id == Slot.event_id, TurnTaken.bid_id == Slot.bid_id)
    waiting = sa.select(sa.exists().where(Slot.event_id == event.id, ~had_turn))
    return stage.bid_id is None and not db.session.scalar(waiting)


_HAS_COME = {
    Latecomers.UNTIL_THE_CLOSE: lambda _event: False,
    Latecomers.UNTIL_THE_FIRST_PITCH: _has_first_begun,
    Latecomers.UNTIL_THE_LAST_PITCH: _has_last_ended,
}
