"""The organiser's console: what the poll is doing, the button that moves it on, what waits for a second person."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.acts.models import ActKind
from pbvote.acts.service import ask_for, withdraw_act
from pbvote.db import begin_write, db
from pbvote.events.models import Event
from pbvote.events.service import event_called
from pbvote.hall.console import Console
from pbvote.hall.forms import ReopenForm
from pbvote.hall.second_person import confirm_and_do, finish, waiting_on_page
from pbvote.results.finishing import finish_sealing, finish_study
from pbvote.results.sealing import require_countable, seen_by_two
from pbvote.voting import service

door = desk_door("hall", __name__, url_prefix="/desk/events/<slug:slug>")


def _event(slug: str) -> Event:
    return event_called(slug) or abort(404)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("hall_desk.console", slug=slug))


@door.get("")
def console(slug: str) -> ResponseReturnValue:
    """The event on one screen."""
    event = _event(slug)
    return render_template("hall/console.html", event=event, console=Console.of(event), **waiting_on_page(event))


@door.post("/open")
def open_poll(slug: str) -> ResponseReturnValue:
    """Open the poll."""
    begin_write()
    service.open_poll(_event(slug), current_user)
    db.session.commit()
    flash("Voting is open. The box was empty: 0 ballots.", "success")
    return _back(slug)


@door.post("/close")
def close_poll(slug: str) -> ResponseReturnValue:
    """Close the poll."""
    begin_write()
    service.close_poll(_event(slug), current_user)
    db.session.commit()
    flash("Voting is closed.", "success")
    return _back(slug)


@door.get("/reopen")
def reopen(slug: str) -> ResponseReturnValue:
    """Why the poll should be opened again."""
    return render_template("hall/reopen.html", event=_event(slug), form=ReopenForm())


@door.post("/reopen")
def ask_to_reopen(slug: str) -> ResponseReturnValue:
    """Ask a second person to confirm that the poll is opened again."""
    begin_write()
    event, form = _event(slug), ReopenForm()
    if not form.validate():
        return render_template("hall/reopen.html", event=event, form=form), 422
    service.require_closed(event)
    ask_for(event, ActKind.REOPEN, {"reason": form.reason.data}, current_user)
    db.session.commit()
    return _back(slug)


@door.post("/count")
def ask_to_count(slug: str) -> ResponseReturnValue:
    """Ask a second person to confirm the count and the seal, once nothing stands in their way."""
    begin_write()
    event = _event(slug)
    service.require_closed(event)
    _, account = require_countable(event)
    ask_for(event, ActKind.COUNT, {"seen": seen_by_two(event, account)}, current_user)
    db.session.commit()
    return _back(slug)


@door.post("/acts/<int:act_id>/confirm")
def confirm(slug: str, act_id: int) -> ResponseReturnValue:
    """Confirm what another organiser asked for, as the second person; it is done at once."""
    begin_write()
    event = _event(slug)
    act = confirm_and_do(event, act_id, current_user)
    db.session.commit()
    flash(f"Confirmed. {finish(event, act)}", "success")
    return _back(slug)


@door.post("/acts/<int:act_id>/take-back")
def take_back(slug: str, act_id: int) -> ResponseReturnValue:
    """Take back what waits for a second person."""
    begin_write()
    withdraw_act(_event(slug), act_id)
    db.session.commit()
    return _back(slug)


@door.post("/seal")
def seal(slug: str) -> ResponseReturnValue:
    """Go on with a sealing that was cut off."""
    finish_sealing(_event(slug).slug, current_user)
    finish_study(slug)
    return _back(slug)
