"""The stage as the pages of those who move it show it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.filters import hour
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.stage.models import Part, Scene, Stage, TurnEnd, TurnTaken
from pbvote.vote.stage.scenes import SCENES, scene_now
from pbvote.vote.stage.service import untouched
from pbvote.vote.stage.turns import SECONDS, overtime
from pbvote.watching import milliseconds

FORGOTTEN_MINUTES = 15
"""A timer that is over by so much was forgotten, over lunch for instance."""

SCENE_NAMES: Mapping[Scene, str] = {
    Scene.BLANK: "Nothing",
    Scene.WELCOME: "Welcome, and how to vote",
    Scene.PRESENTING: "Now presenting",
    Scene.BREAK: "A break",
    Scene.NOTICE: "A notice",
    Scene.VOTE: "Vote now",
    Scene.LAST_CALL: "Last call",
    Scene.CLOSED: "Voting is closed",
    Scene.SEAL: "The seal’s six words",
    Scene.ANNOUNCEMENT: "The announcement",
    Scene.THANKS: "Thank you",
}


def scene_called(scene: str) -> str:
    """What organisers call a scene that a screen reports."""
    return SCENE_NAMES[Scene(scene)]


@dataclass(frozen=True)
class StageShown:
    """What is shown now, what can be shown next, and how the turns went."""

    stage: Stage
    scene: Scene
    scenes: Sequence[Scene]
    """What can be chosen now, with the one that the screen shows by itself first."""
    slots: Sequence[Slot]
    taken: Mapping[int, TurnTaken]
    """The turns that are over, by bid."""
    at: dt.datetime
    """The server's clock when this was read."""
    overtime_seconds: float

    @classmethod
    def of(cls, event: Event) -> "StageShown":
        """The event's stage and running order with what each group asks for, in one statement."""
        bid = orm.joinedload(Slot.bid, innerjoin=True).joinedload(Bid.asks)
        wanted = sa.select(Slot, Stage, TurnTaken).where(Slot.event_id == event.id).order_by(Slot.number).options(bid)
        wanted = wanted.outerjoin(Stage, Stage.event_id == Slot.event_id)
        its_turn = sa.and_(TurnTaken.event_id == Slot.event_id, TurnTaken.bid_id == Slot.bid_id)
        rows = db.session.execute(wanted.outerjoin(TurnTaken, its_turn)).unique().all()
        slots = [slot for slot, _, _ in rows]
        taken = {turn.bid_id: turn for _, _, turn in rows if turn}
        stage, moment = (rows[0][1] if rows else None) or untouched(event), now()
        over = overtime(event, stage, taken, moment)
        scene = scene_now(stage, event.poll)
        return cls(stage, scene, SCENES[event.poll], slots, taken, moment, over)

    @property
    def presenting(self) -> Slot | None:
        """The group that presents now; None while none does."""
        wanted = self.stage.bid_id if self.scene is Scene.PRESENTING else None
        return next((slot for slot in self.slots if slot.bid_id == wanted), None)

    @property
    def next(self) -> Slot | None:
        """The first group that waits."""
        return next(iter(self.waiting), None)

    @property
    def waiting(self) -> list[Slot]:
        """The groups that have had no turn and have none now, in the running order."""
        return [slot for slot in self.slots if slot.bid_id not in self.taken and slot.bid_id != self.stage.bid_id]

    @property
    def absent(self) -> list[Slot]:
        """The groups that did not come to speak, and can still be called up."""
        gone = {bid_id for bid_id, turn in self.taken.items() if turn.ended is TurnEnd.NO_SHOW}
        return [slot for slot in self.slots if slot.bid_id in gone - {self.stage.bid_id} and slot.bid.is_standing]

    @property
    def asks_questions(self) -> bool:
        """Whether the timer is for questions."""
        return self.stage.part is Part.QUESTIONS

    @property
    def has_begun(self) -> bool:
        """Whether the group that presents has begun to speak."""
        return self.asks_questions or self.stage.timer.spent(self.at) > 0

    @property
    def is_forgotten(self) -> bool:
        """Whether the timer has run on so long that nobody can be speaking any more."""
        timer = self.stage.timer
        return timer.is_running and timer.left(self.at) < -FORGOTTEN_MINUTES * SECONDS

    @property
    def timed(self) -> dict[str, Any]:
        """The timer for the script that draws its digits: seconds, and since when it runs (milliseconds since 1970)."""
        stage = self.stage
        since = milliseconds(stage.running_since) if stage.running_since else None
        return {
            "allowed": stage.allowed_seconds,
            "spent": stage.spent_seconds,
            "since": since,
            "part": stage.part.value,
        }

    @property
    def timer_stood_at(self) -> str:
        """What was left when the timer was moved last, for a page without script: ``2:31``, ``-0:12``."""
        timer = self.stage.timer
        left = timer.allowed_seconds - timer.spent_seconds
        minutes, seconds = divmod(int(abs(left)), SECONDS)
        return f"{'-' if left <= -1 else ''}{minutes}:{seconds:02}"

    @property
    def timer_said(self) -> str:
        """What those digits mean: ``left at 1:31pm, and running``."""
        stage = self.stage
        if stage.running_since:
            return f"left at {hour(stage.running_since)}, and running"
        return "paused" if self.has_begun else "not started"
