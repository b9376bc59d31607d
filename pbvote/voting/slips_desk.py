"""Slips on their way: envelopes that are opened, slips that are made void, slips that were lost. For organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.acts.models import ActKind
from pbvote.acts.service import ask_for
from pbvote.db import begin_write, db
from pbvote.events.models import Event
from pbvote.events.service import event_called
from pbvote.fields import ChoiceField, Form, TextField
from pbvote.voting import envelopes, voiding
from pbvote.voting.slips import BEFORE_THE_CLOSE
from pbvote.voting.voiding import VOID_REASONS, VoidReason

door = desk_door("slips", __name__, url_prefix="/desk/events/<slug:slug>/slips")


class VoidForm(Form):
    """Which slip, and why."""

    serial = TextField(
        "Number of the slip",
        hint="It is printed on both sides, for example S-0417",
        width=10,
        required="Enter the number of the slip",
    )
    reason = ChoiceField(
        "Why must it not vote?",
        choices=[(reason.value, words) for reason, words in VOID_REASONS.items()],
        required="Choose a reason",
    )


class LostForm(Form):
    """The question that decides whether somebody who lost their slip gets another."""

    saw_it = ChoiceField(
        "Did they see “We have your vote”?",
        choices=[("yes", "Yes"), ("no", "No, or they never began")],
        required="Ask them, then choose yes or no",
    )


def _event(slug: str) -> Event:
    return event_called(slug) or abort(404)


def _to_console(slug: str) -> ResponseReturnValue:
    return redirect(url_for("hall_desk.console", slug=slug))


@door.get("/envelopes")
def all_envelopes(slug: str) -> ResponseReturnValue:
    """Every envelope, and whether it is open."""
    event = _event(slug)
    found = envelopes.envelopes_of(event)
    takes_slips = event.poll in BEFORE_THE_CLOSE
    return render_template("voting/envelopes.html", event=event, envelopes=found, takes_slips=takes_slips)


@door.post("/envelopes/<int:number>/open")
def open_envelope(slug: str, number: int) -> ResponseReturnValue:
    """Open an envelope in a steward's place."""
    begin_write()
    opened = envelopes.open_envelope(_event(slug), number, current_user)
    db.session.commit()
    flash(envelopes.said_of_opening(number, opened), "success" if opened else "information")
    return redirect(url_for("slips_desk.all_envelopes", slug=slug))


@door.get("/void")
def void(slug: str) -> ResponseReturnValue:
    """Which slip must not vote any more, and why."""
    return _void_page(_event(slug), VoidForm())


def _void_page(event: Event, form: VoidForm) -> str:
    is_in_time = event.poll in voiding.BEFORE_THE_COUNT
    return render_template("voting/void.html", event=event, form=form, is_in_time=is_in_time)


@door.post("/void")
def make_void(slug: str) -> ResponseReturnValue:
    """Make a slip void; one that has voted waits for a second person."""
    begin_write()
    event, form = _event(slug), VoidForm()
    if not form.validate():
        return _void_page(event, form), 422
    try:
        serial = voiding.void_slip(event, form.serial.data, VoidReason(form.reason.data), current_user)
    except (voiding.UnknownSerial, voiding.AlreadyVoid) as refused:
        form.refuse(str(refused), "serial")
        return _void_page(event, form), 422
    except voiding.NeedsSecondPerson as needed:
        ask_for(event, ActKind.VOID, {"serial": needed.serial, "reason": form.reason.data}, current_user)
        said, kind = str(needed), "information"
    else:
        said, kind = f"Slip {serial} is void. It had not voted.", "success"
    db.session.commit()
    flash(said, kind)
    return _to_console(slug)


@door.get("/lost")
def lost(slug: str) -> ResponseReturnValue:
    """The question to ask of somebody who lost their slip."""
    return _lost_page(_event(slug), LostForm())


def _lost_page(event: Event, form: LostForm, *, has_voted: bool = False) -> str:
    return render_template("voting/lost.html", event=event, form=form, has_voted=has_voted)


@door.post("/lost")
def replace(slug: str) -> ResponseReturnValue:
    """Who has voted needs no slip; for who has not, a second person confirms that they get another."""
    begin_write()
    event, form = _event(slug), LostForm()
    if not form.validate():
        return _lost_page(event, form), 422
    if form.saw_it.data == "yes":
        return _lost_page(event, form, has_voted=True)
    voiding.require_replaceable(event)
    ask_for(event, ActKind.REPLACE, {}, current_user)
    db.session.commit()
    flash("Hand over a slip of the open envelope only after a second person has confirmed it.", "information")
    return _to_console(slug)
