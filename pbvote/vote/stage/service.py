"""Move what the hall is shown. Nothing here commits.

Each move carries the version that the mover saw. One statement claims it, so two presses at once move the stage once.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.core.timing import Timer
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.filters import hour
from pbvote.vote.events.models import Event
from pbvote.vote.stage.models import Part, Scene, Stage
from pbvote.vote.stage.scenes import SCENES, scene_now


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody's press of a button: who they are to the hall, and the version of the stage that they saw."""

    seen: int
    by: str


class StageMoved(Refusal):
    """Somebody else moved the stage between the look and the press."""

    reason = "stage-moved"

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            f"{stage.moved_by} moved the screen on at {hour(stage.moved_at)}, so your press changed nothing. Look at "
            "what is shown now, then press again if you still want to."
        )


class NotNow(Refusal):
    """A scene that does not go with the state of the poll."""

    def __init__(self) -> None:
        super().__init__("That can’t be shown at this point of the event. Look at the console again.")


class NobodySpeaks(Refusal):
    """A press of the timer while no group presents."""

    def __init__(self) -> None:
        super().__init__("No group is presenting, so there is nothing to time. Choose the group first.")


def stage_of(event: Event) -> Stage:
    """The stage as it stands; before the first move, what an untouched screen shows, as version 0."""
    return db.session.get(Stage, event.id, populate_existing=True) or untouched(event)


def untouched(event: Event) -> Stage:
    """The stage of an event that nobody has moved yet."""
    return Stage(
        event_id=event.id,
        version=0,
        scene=SCENES[event.poll][0],
        poll=event.poll,
        part=Part.PITCH,
        allowed_seconds=0,
        spent_seconds=0,
        revealed=0,
        notice="",
        moved_by="",
        moved_at=now(),
    )


def seen_stage(event: Event, press: Press) -> Stage:
    """The stage, if it still is as the mover saw it. Raises `StageMoved`."""
    stage = stage_of(event)
    if stage.version != press.seen:
        raise StageMoved(stage)
    return stage


def move(event: Event, press: Press, **changes: Any) -> None:
    """Change the stage and raise its version. Raises `StageMoved` where somebody else did so first."""
    changes |= {"version": press.seen + 1, "moved_by": press.by, "moved_at": now()}
    claim: sa.Update | sa.Insert
    if press.seen:
        claim = sa.update(Stage).where(Stage.event_id == event.id, Stage.version == press.seen).values(**changes)
    else:
        first = {"scene": SCENES[event.poll][0], "poll": event.poll} | timer_values(Timer(0)) | changes
        claim = insert_into(Stage).values(event_id=event.id, **_FIRST | first).on_conflict_do_nothing()
    if db.session.scalar(claim.returning(Stage.version)) is None:
        raise StageMoved(stage_of(event))


_FIRST: dict[str, Any] = {"part": Part.PITCH, "revealed": 0, "notice": ""}


def timer_values(timer: Timer) -> dict[str, Any]:
    """A timer as the stage's columns."""
    return {
        "allowed_seconds": timer.allowed_seconds,
        "spent_seconds": timer.spent_seconds,
        "running_since": timer.since,
    }


def show(event: Event, press: Press, scene: Scene, notice: str = "") -> None:
    """Show a scene. A timer that runs goes on. Raises `NotNow`, `StageMoved`."""
    seen = seen_stage(event, press)
    if scene not in SCENES[event.poll] or (scene is Scene.PRESENTING and seen.bid_id is None):
        raise NotNow
    changes: dict[str, Any] = {"notice": notice.strip()} if scene is Scene.NOTICE else {}
    if scene is Scene.LAST_CALL:
        changes["last_call_at"] = now()
    move(event, press, scene=scene, poll=event.poll, **changes)


def reveal(event: Event, press: Press, number: int) -> None:
    """Show so many bids of the announcement; one more shows all that are funded, and 0 begins it again.

    Raises `NotNow`, `StageMoved`.
    """
    seen = seen_stage(event, press)
    if scene_now(seen, event.poll) is not Scene.ANNOUNCEMENT:
        raise NotNow
    move(event, press, revealed=min(number, len(event.running_order) + 1))
