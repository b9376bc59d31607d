"""Each group's turn: who presents, the timer, who did not come. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.core.timing import Timer
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.vote.events.models import Event
from pbvote.vote.stage.models import Part, Scene, Stage, TurnEnd, TurnTaken
from pbvote.vote.stage.scenes import SCENES
from pbvote.vote.stage.service import NobodySpeaks, NotNow, Press, move, seen_stage, timer_values

SECONDS = 60


class NotOnTheBallot(Refusal):
    """A bid that has no place in this event's running order."""

    status = 404

    def __init__(self) -> None:
        super().__init__("That group is not in the running order of this event. Look at the running order again.")


def present(event: Event, press: Press, bid_id: int) -> None:
    """Let a group present, with its timer at the beginning and standing. Whoever spoke before has spoken.

    Raises `NotNow`, `NotOnTheBallot`, `StageMoved`.
    """
    _end_turn(event, seen_stage(event, press))
    _call_up(event, press, bid_id)


def _call_up(event: Event, press: Press, bid_id: int) -> None:
    if Scene.PRESENTING not in SCENES[event.poll]:
        raise NotNow
    _require_on_the_ballot(event, bid_id)
    timer = Timer(event.share.pitch_minutes * SECONDS)
    move(event, press, scene=Scene.PRESENTING, poll=event.poll, bid_id=bid_id, part=Part.PITCH, **timer_values(timer))


def begin_again(event: Event, press: Press, bid_id: int) -> None:
    """Let a group present from the beginning, as if it had had no turn: it was interrupted, or called too early.

    Raises `NotNow`, `NotOnTheBallot`, `StageMoved`.
    """
    seen = seen_stage(event, press)
    if seen.bid_id != bid_id:
        _end_turn(event, seen)
    turn = sa.delete(TurnTaken).where(TurnTaken.event_id == event.id, TurnTaken.bid_id == bid_id)
    _call_up(event, press, bid_id)
    db.session.execute(turn)


def end_turn(event: Event, press: Press, then: Scene, *, on_time: bool = False) -> None:
    """End the turn of the group that presents, and show another scene.

    `on_time` is for a timer that nobody stopped: no more is noted than the group was allowed.
    Raises `NobodySpeaks`, `NotNow`, `StageMoved`.
    """
    seen = seen_stage(event, press)
    if seen.bid_id is None:
        raise NobodySpeaks
    if then not in SCENES[event.poll] or then is Scene.PRESENTING:
        raise NotNow
    _end_turn(event, seen, on_time=on_time)
    move(event, press, scene=then, poll=event.poll, bid_id=None, part=Part.PITCH, **timer_values(Timer(0)))


def start_timer(event: Event, press: Press, ago_seconds: int = 0) -> None:
    """Start the timer, from so long ago where the press had to wait for a network.

    Raises `NobodySpeaks`, `StageMoved`.
    """
    seen, moment = _seen_speaking(event, press), now() - dt.timedelta(seconds=ago_seconds)
    # What was tried out before the day began is no beginning.
    is_begun = seen.begun_at is not None and seen.begun_at >= event.starts_at
    first = {} if is_begun else {"begun_at": moment}
    move(event, press, **timer_values(seen.timer.started(moment)), **first)


def pause_timer(event: Event, press: Press, ago_seconds: int = 0) -> None:
    """Let the timer stand, from so long ago where the press had to wait. Raises `NobodySpeaks`, `StageMoved`."""
    move(
        event,
        press,
        **timer_values(_seen_speaking(event, press).timer.paused(now() - dt.timedelta(seconds=ago_seconds))),
    )


def lengthen_timer(event: Event, press: Press, seconds: int) -> None:
    """Give the group more time, or less where `seconds` is below nought. Raises `NobodySpeaks`, `StageMoved`."""
    move(event, press, **timer_values(_seen_speaking(event, press).timer.lengthened(seconds)))


def take_questions(event: Event, press: Press) -> None:
    """Turn from the pitch to the questions, whose timer runs at once. Raises `NobodySpeaks`, `StageMoved`.

    The pitch's time is noted, so that it adds up apart.
    """
    seen = seen_stage(event, press)
    if seen.bid_id is None or seen.part is Part.QUESTIONS:
        raise NobodySpeaks
    _note_turn(event, seen.bid_id, {"ended": TurnEnd.SPOKE, "reason": "", "pitch_seconds": seen.timer.spent(now())})
    timer = Timer(event.day.question_minutes * SECONDS).started(now())
    move(event, press, part=Part.QUESTIONS, **timer_values(timer))


def note_no_show(event: Event, press: Press, bid_id: int, reason: str) -> None:
    """Note that a group did not come to speak. It stays on the ballot, and its votes count.

    Raises `NotOnTheBallot`, `StageMoved`.
    """
    seen = seen_stage(event, press)
    _require_on_the_ballot(event, bid_id)
    _note_turn(event, bid_id, {"ended": TurnEnd.NO_SHOW, "reason": reason, "pitch_seconds": 0, "question_seconds": 0})
    speaks = seen.bid_id == bid_id
    scene = {"scene": Scene.BREAK, "poll": event.poll, "bid_id": None, **timer_values(Timer(0))} if speaks else {}
    move(event, press, **scene)


def overtime(event: Event, stage: Stage, taken: Mapping[int, TurnTaken], moment: dt.datetime) -> float:
    """Seconds by which the turns so far went beyond what was planned for each; time that was saved counts against it.

    The turn that runs counts once it is over its time; its pitch is over once questions are taken.
    """
    pitch = event.share.pitch_minutes * SECONDS
    planned = pitch + event.day.question_minutes * SECONDS
    others = [turn for bid_id, turn in taken.items() if bid_id != stage.bid_id]
    over = sum(turn.pitch_seconds + turn.question_seconds - planned for turn in others)
    if stage.bid_id is None:
        return over
    pitched = taken.get(stage.bid_id) if stage.part is Part.QUESTIONS else None
    return over + max(0.0, -stage.timer.left(moment)) + (pitched.pitch_seconds - pitch if pitched else 0.0)


def _seen_speaking(event: Event, press: Press) -> Stage:
    seen = seen_stage(event, press)
    if seen.bid_id is None:
        raise NobodySpeaks
    return seen


def _require_on_the_ballot(event: Event, bid_id: int) -> None:
    if bid_id not in {slot.bid_id for slot in event.running_order}:
        raise NotOnTheBallot


def _end_turn(event: Event, seen: Stage, *, on_time: bool = False) -> None:
    """Note how long the group that presents has spoken. One that never began has had no turn."""
    spent = seen.timer.spent(now())
    if on_time:
        spent = min(spent, seen.timer.allowed_seconds)
    if seen.bid_id is None or (spent == 0 and seen.part is Part.PITCH):
        return
    part = "pitch_seconds" if seen.part is Part.PITCH else "question_seconds"
    _note_turn(event, seen.bid_id, {"ended": TurnEnd.SPOKE, "reason": "", part: spent})


def _note_turn(event: Event, bid_id: int, values: dict[str, Any]) -> None:
    """Note how a turn went; what it does not say stays as it was noted before."""
    usual = {"pitch_seconds": 0, "question_seconds": 0}
    insert = insert_into(TurnTaken).values(event_id=event.id, bid_id=bid_id, **usual | values)
    db.session.execute(insert.on_conflict_do_update(index_elements=["event_id", "bid_id"], set_=values))
