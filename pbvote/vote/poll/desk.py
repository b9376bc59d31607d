"""Open the poll, close it, and ask for it to be opened again: for organisers."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.poll import closing, opening
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.forms import ReopenForm

door = desk_door("poll", __name__, url_prefix="/desk/events/<slug:slug>")


@door.post("/open")
def open_poll(slug: str) -> ResponseReturnValue:
    """Open the poll."""
    begin_write()
    opening.open_poll(event_at(slug), current_user)
    db.session.commit()
    flash("Voting is open. The box was empty: 0 ballots.", "success")
    return to_console(slug)


@door.post("/close")
def close_poll(slug: str) -> ResponseReturnValue:
    """Close the poll."""
    begin_write()
    closing.close_poll(event_at(slug), current_user)
    db.session.commit()
    flash("Voting is closed.", "success")
    return to_console(slug)


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
