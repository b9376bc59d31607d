"""What the door's page asks and hands over by script, as JSON, also after an hour without a network."""

from typing import Any

from flask.typing import ResponseReturnValue

from pbvote.db import begin_write, db
from pbvote.vote.door.figures import door_figures
from pbvote.vote.door.latecomers import rule_now
from pbvote.vote.door.likeness import has_enough_letters
from pbvote.vote.door.models import LONGEST_NAME, Queue
from pbvote.vote.door.names import MOST_FOUND, TIES, find_names, likes_of
from pbvote.vote.door.names import take_off as take_off_list
from pbvote.vote.door.sent import Lot, NotFromTheDoor, read_id
from pbvote.vote.door.standing import stands
from pbvote.vote.door.taking import is_news, note_phone, note_queue, take_lot
from pbvote.vote.passes.guard import hall_door, require_in
from pbvote.vote.passes.hands import Hand, hand
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.passes.uploads import sent_json, sent_object, uploads
from pbvote.vote.poll.turnout import turnout_of
from pbvote.watching import light_answer

door = hall_door("door_uploads", __name__, url_prefix="/door/<slug:slug>", kind=DeviceKind.STEWARD)


@door.get("/now")
def now() -> ResponseReturnValue:
    """What all phones together have counted, and the rule for latecomers; 304 while nothing has changed."""
    return light_answer(_told(hand()))


def _told(to: Hand) -> dict[str, Any]:
    figures, rule = door_figures(to.event), rule_now(to.event)
    return {
        "voter": figures.voters,
        "guest": figures.guests,
        "late": figures.late,
        "queue": figures.queue or "",
        "rule": rule.sentence,
        "poll": to.event.poll.value,
        "stands": stands(to.event, figures, turnout_of(to.event)),
    }


@door.post("/lot")
@uploads
def take() -> ResponseReturnValue:
    """Taps and names that a phone noted, and how much still waits on it."""
    lot = Lot.read(sent_json())
    if is_news(hand().event, lot, is_let_in=hand().device is not None):
        begin_write()
        take_lot(hand().event, lot)
        note_phone(hand().event, lot, hand().name)
        db.session.commit()
    if not hand().is_in:
        return {}
    return _told(hand()) | {"likes": likes_of(hand().event, lot.names)}


@door.post("/find")
@uploads
def find() -> ResponseReturnValue:
    """A few names on the list that are like what was typed. It is no GET, so that no address holds a name."""
    require_in()
    typed = _sent("typed")
    if len(typed) > LONGEST_NAME or not has_enough_letters(typed):
        raise NotFromTheDoor
    found = find_names(hand().event, typed)
    shown = [{"id": row.id.hex(), "name": name, "tie": TIES[row.tie]} for name, row in found[:MOST_FOUND] if row.tie]
    return {"found": shown, "more": max(0, len(found) - MOST_FOUND)}


@door.post("/take-off")
@uploads
def take_off() -> ResponseReturnValue:
    """Take a name off the list: a mistake of typing, or the same person twice."""
    require_in()
    try:
        name_id = read_id(_sent("id"))
    except ValueError as error:
        raise NotFromTheDoor from error
    begin_write()
    take_off_list(hand().event, name_id)
    db.session.commit()
    return _told(hand())


@door.post("/queue")
@uploads
def line() -> ResponseReturnValue:
    """Note how long the line at the door is."""
    require_in()
    queue = _sent("queue")
    if queue not in set(Queue):
        raise NotFromTheDoor
    begin_write()
    note_queue(hand().event, Queue(queue))
    db.session.commit()
    return _told(hand())


def _sent(name: str) -> str:
    """A text of the JSON object that was sent. Raises `NotFromTheDoor`."""
    value = sent_object().get(name)
    if not isinstance(value, str):
        raise NotFromTheDoor
    return value
