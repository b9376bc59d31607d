"""The page of the compere, on a phone that an organiser let in, and the clock that faces the speaker."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.vote.compere.matter import matter_for
from pbvote.vote.compere.now import compere_now
from pbvote.vote.passes.guard import hall_door
from pbvote.vote.passes.hands import hand
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.passes.uploads import uploads
from pbvote.vote.stage.moves import make_move
from pbvote.vote.stage.sent import press_sent
from pbvote.vote.stage.view import SCENE_NAMES
from pbvote.watching import light_answer

door = hall_door("compere", __name__, "/compere/<slug:slug>", DeviceKind.COMPERE)


@door.get("")
def show() -> ResponseReturnValue:
    """Who presents, who is next, what to say, and after the seal the announcement."""
    event, may_press = hand().event, hand().may_write
    return render_template(
        "vote/compere/show.html",
        event=event,
        matter=matter_for(hand()),
        now=compere_now(event),
        may_press=may_press,
        scene_names=SCENE_NAMES,
        is_organiser=hand().account is not None,
    )


@door.get("/clock")
def clock() -> ResponseReturnValue:
    """The timer alone, as large as the screen, turned to whoever speaks."""
    event = hand().event
    return render_template("vote/compere/clock.html", event=event, now=compere_now(event))


@door.get("/now")
def now() -> ResponseReturnValue:
    """What is shown now, as JSON; 304 while nothing has changed."""
    return light_answer(compere_now(hand().event).to_dict())


@door.post("/move")
@uploads
def press() -> ResponseReturnValue:
    """A press on the phone; one that is refused hears why."""
    begin_write()
    try:
        make_move(hand().event, hand().name, press_sent())
    except Refusal as refusal:
        return {"said": str(refusal)}, refusal.status
    db.session.commit()
    return {}
