"""Ask for a closed poll to be opened again: for organisers."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.poll import closing
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.forms import ReopenForm

door = desk_door("poll", __name__, url_prefix="/desk/events/<slug:slug>")


@door.get("/reopen")
def reopen(slug: str) -> ResponseReturnValue:
    """Why the poll should be opened again."""
    return render_template("vote/poll/reopen.html", event=event_at(slug), form=ReopenForm())


@door.post("/reopen")
def ask_to_reopen(slug: str) -> ResponseReturnValue:
    """Ask a second person to confirm that the poll is opened again."""
    begin_write()
    event, form = event_at(slug), ReopenForm()
    if not form.validate():
        return render_template("vote/poll/reopen.html", event=event, form=form), 422
    closing.require_closed(event)
    ask_for(REOPEN, About(event=event.id), Reopening(form.reason.data), current_user)
    db.session.commit()
    return to_console(slug)
