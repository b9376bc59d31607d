"""The hall's screen, on a computer or a television that an organiser has connected."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.db import begin_write, db
from pbvote.vote.passes.guard import hall_door
from pbvote.vote.passes.hands import hand
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.passes.roll import note_showing
from pbvote.vote.passes.uploads import sent_object, uploads
from pbvote.vote.screen.matter import matter_for
from pbvote.vote.screen.now import now_of
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.moves import make_move
from pbvote.vote.stage.sent import press_sent
from pbvote.watching import light_answer

door = hall_door("screen", __name__, "/screen/<slug:slug>", DeviceKind.SCREEN)


@door.get("")
def show() -> ResponseReturnValue:
    """The scene that is shown now, and every other that this state of the poll may need."""
    event = hand().event
    return render_template("vote/screen/show.html", event=event, matter=matter_for(hand()), now=now_of(event))


@door.get("/now")
def now() -> ResponseReturnValue:
    """What is shown now, as JSON; 304 while nothing has changed."""
    return light_answer(now_of(hand().event).to_dict())


@door.post("/move")
@uploads
def press() -> ResponseReturnValue:
    """A press of the screen's own keyboard; one that waited for a network says for how long."""
    begin_write()
    make_move(hand().event, hand().name, press_sent())
    db.session.commit()
    return {}


@door.post("/report")
@uploads
def report() -> ResponseReturnValue:
    """What the screen shows, so that the console can say that it is connected."""
    device, showing = hand().device, str(sent_object().get("showing", ""))
    if device is None or showing not in set(Scene):
        abort(422)
    if device.has_news(showing):
        begin_write()
        note_showing(device, showing)
        db.session.commit()
    return {}
