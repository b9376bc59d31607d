"""The organiser's console: what the poll is doing, and the one button that moves it on."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.events.models import Event
from pbvote.events.service import event_called, missing_bids
from pbvote.people.service import names_of
from pbvote.voting import service
from pbvote.voting.ledger import entries_of
from pbvote.voting.slips import voting_address

door = desk_door("hall", __name__, url_prefix="/desk/events/<slug>")


def _event(slug: str) -> Event:
    return event_called(slug) or abort(404)


@door.get("")
def console(slug: str) -> ResponseReturnValue:
    """The event on one screen."""
    event = _event(slug)
    entries = entries_of(event)
    return render_template(
        "hall/console.html",
        event=event,
        missing=missing_bids(event),
        slips=service.slips_of(event),
        ballots=service.ballots_in(event),
        entries=entries,
        names=names_of(entry.actor for entry in entries if entry.actor),
        address=voting_address(event),
    )


@door.post("/open")
def open_poll(slug: str) -> ResponseReturnValue:
    """Open the poll."""
    begin_write()
    service.open_poll(_event(slug), current_user)
    db.session.commit()
    flash("Voting is open. The box was empty: 0 ballots.", "success")
    return redirect(url_for("hall_desk.console", slug=slug))


@door.post("/close")
def close_poll(slug: str) -> ResponseReturnValue:
    """Close the poll."""
    begin_write()
    service.close_poll(_event(slug), current_user)
    db.session.commit()
    flash("Voting is closed.", "success")
    return redirect(url_for("hall_desk.console", slug=slug))
