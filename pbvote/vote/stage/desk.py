"""What the hall is shown, moved from the organiser's console."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.stage.moves import make_move
from pbvote.vote.stage.view import scene_called

door = desk_door("stage", __name__, url_prefix="/desk/events/<slug:slug>/stage")
door.add_app_template_global(scene_called)


@door.post("")
def press(slug: str) -> ResponseReturnValue:
    """Press a button that moves the stage. It leads back to the stage, and not to the top of the page."""
    begin_write()
    make_move(event_at(slug), current_user.name, request.form)
    db.session.commit()
    return to_console(slug, "stage")
