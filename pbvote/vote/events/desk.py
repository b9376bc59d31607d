"""Planning events, for organisers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.settling import held_share
from pbvote.db import begin_write, db
from pbvote.vote.events import ordering, service
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.events.forms import EventForm, order_form, order_of
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import TAKES_SLIPS

door = desk_door("events", __name__, url_prefix="/desk")


def _share(share_id: int) -> Share:
    return db.session.get(Share, share_id) or abort(404)


def _planned_event(slug: str) -> Event:
    """The event, as long as its ballot can still change."""
    event = event_at(slug)
    service.require_planned(event)
    return event


def _event_to_come(slug: str) -> Event:
    """The event, as long as its place and hours can still change."""
    event = event_at(slug)
    if event.poll not in TAKES_SLIPS:
        raise service.EventOver
    return event


@door.get("/shares/<int:share_id>/event")
def new_event(share_id: int) -> ResponseReturnValue:
    """The form for a share's event; the event itself where there is one."""
    share = _share(share_id)
    event = service.event_of(share)
    if event:
        return redirect(url_for("hall_desk.console", slug=event.slug))
    service.require_open(share.round)
    return render_template("vote/events/new_event.html", form=EventForm(), share=share)


@door.post("/shares/<int:share_id>/event")
def plan(share_id: int) -> ResponseReturnValue:
    """Plan the share's event."""
    begin_write()
    share = held_share(share_id) or abort(404)  # two who plan at once plan one event
    event = service.event_of(share)
    service.require_open(share.round)
    form = EventForm()
    if event is None and not (form.validate() and form.goes_with(share)):
        return render_template("vote/events/new_event.html", form=form, share=share), 422
    if event is None:
        event = service.plan_event(
            share, form.name.data, form.place.data, form.starts_at, form.ends_at, access=form.access.data
        )
        db.session.commit()
        return redirect(url_for("day_desk.plan", slug=event.slug))
    return redirect(url_for("hall_desk.console", slug=event.slug))


@door.get("/events/<slug:slug>/plan")
def edit_event(slug: str) -> ResponseReturnValue:
    """The form with the event's place and hours."""
    event = _event_to_come(slug)
    return render_template("vote/events/edit_event.html", form=EventForm.showing(event), event=event)


@door.post("/events/<slug:slug>/plan")
def change_event(slug: str) -> ResponseReturnValue:
    """Store the event's place and hours."""
    begin_write()
    event = _event_to_come(slug)
    share = held_share(event.share_id) or abort(404)
    form = EventForm()
    if not (form.validate() and form.goes_with(share)):
        return render_template("vote/events/edit_event.html", form=form, event=event), 422
    form.fill(event)
    db.session.commit()
    flash("The event’s name, place and hours are saved.", "success")
    return to_console(slug)


@door.get("/events/<slug:slug>/running-order")
def running_order(slug: str) -> ResponseReturnValue:
    """The form with each bid's place."""
    event = _planned_event(slug)
    return _order_page(event, order_form(event.running_order))


def _order_page(event: Event, form: object) -> str:
    return render_template(
        "vote/events/running_order.html",
        form=form,
        event=event,
        missing=service.missing_bids(event),
        draws=ordering.draws_of(event),
    )


@door.post("/events/<slug:slug>/running-order")
def set_running_order(slug: str) -> ResponseReturnValue:
    """Store each bid's place."""
    begin_write()
    event = event_at(slug)
    service.hold_ballot(event)  # before the form is made of it
    form = order_form(event.running_order)
    order = order_of(form, event.running_order) if form.validate() else None
    if order is None:
        return _order_page(event, form), 422
    service.set_running_order(event, order)
    db.session.commit()
    flash("The running order is stored.", "success")
    return to_console(slug)


@door.post("/events/<slug:slug>/shortlist")
def take_in_shortlist(slug: str) -> ResponseReturnValue:
    """Bring the running order up to date with the shortlist."""
    begin_write()
    service.take_in_shortlist(event_at(slug))
    db.session.commit()
    flash("The running order holds every bid on the shortlist.", "success")
    return redirect(url_for("events_desk.running_order", slug=slug))


@door.post("/events/<slug:slug>/running-order/lot")
def draw_order(slug: str) -> ResponseReturnValue:
    """Draw the running order by lot."""
    begin_write()
    event = event_at(slug)
    drawn = ordering.draw_order(event, current_user)
    db.session.commit()
    flash(f"The order is drawn. The seed is {drawn.seed}.", "success")
    return redirect(url_for("events_desk.running_order", slug=slug))


@door.post("/events/<slug:slug>/running-order/<int:bid_id>")
def move(slug: str, bid_id: int) -> ResponseReturnValue:
    """Move a bid to a place: the buttons say the next one up or down, a drag the one where it ended."""
    place = request.form.get("place", type=int) or abort(400)
    begin_write()
    event = event_at(slug)
    ordering.move_bid(event, bid_id, place)
    db.session.commit()
    return redirect(url_for("events_desk.running_order", slug=slug, _anchor="order"))
