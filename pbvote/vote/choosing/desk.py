"""The organiser's page of a choosing: open it, see who has chosen, close it, give the reasons."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.choosing import members, service
from pbvote.vote.choosing.forms import ReasonsForm
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.events.by_address import event_at
from pbvote.vote.events.models import Event

door = desk_door("choosing", __name__, url_prefix="/desk/events/<slug:slug>/choosing")


def _event(slug: str) -> Event:
    event = event_at(slug)
    if not event.is_chosen_by_members:
        abort(404)
    return event


def _to_page(slug: str) -> ResponseReturnValue:
    return redirect(url_for("choosing_desk.page", slug=slug))


def _page(event: Event, form: ReasonsForm | None = None) -> str:
    why = service.reasons_of(event)
    outcome = outcome_of(event) if event.awaits_publication else None
    chosen = {choice.account_id for choice in members.choices_at(event)}
    return render_template(
        "vote/choosing/desk.html",
        event=event,
        members=members.members_of(event),
        chosen=chosen,
        is_tied=bool(outcome and outcome.waiting),
        why=why,
        form=form or ReasonsForm(data={"reasons": why.reasons if why else ""}),
    )


@door.get("")
def page(slug: str) -> ResponseReturnValue:
    """Where the choosing stands, and the one thing to do next. Nobody sees what a member chose before the close."""
    return _page(_event(slug))


@door.post("/open")
def open_choosing(slug: str) -> ResponseReturnValue:
    """Let the members choose."""
    begin_write()
    event = _event(slug)
    service.open_choosing(event, current_user)
    db.session.commit()
    flash("The members can choose. We have written to each of them.", "success")
    return _to_page(slug)


@door.post("/close")
def close_choosing(slug: str) -> ResponseReturnValue:
    """Close the choosing and count it."""
    begin_write()
    event = _event(slug)
    service.close_choosing(event, current_user)
    db.session.commit()
    flash("The choosing is closed and counted. Nobody else sees it before you publish it.", "success")
    return _to_page(slug)


@door.post("/reasons")
def give_reasons(slug: str) -> ResponseReturnValue:
    """Write down why."""
    begin_write()
    event, form = _event(slug), ReasonsForm()
    if not form.validate():
        return _page(event, form), 422
    service.give_reasons(event, form.reasons.data, current_user)
    db.session.commit()
    flash("The reasons are saved. Look at the outcome, then publish it.", "success")
    return _to_page(slug)
