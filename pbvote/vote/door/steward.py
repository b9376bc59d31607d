"""The door of an event, on a steward's phone: which envelope is open, how many have voted, help that was given.

A steward works in the localities that the account names; organisers everywhere; auditors read.
"""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import READING, Role, steward_door
from pbvote.addresses import voters_page
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.vote.door.helping import HELP_KINDS, help_given, note_help
from pbvote.vote.door.models import HelpKind
from pbvote.vote.events.by_address import event_at
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import TAKES_PAPER, TAKES_SLIPS
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips import envelopes
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.guessing import failed_lookups
from pbvote.vote.slips.models import SlipState

DOOR_MINUTES = 5
door = steward_door("door", __name__, url_prefix="/door/<slug:slug>")


class AnothersDoor(Refusal):
    """The door of a locality in which this steward does not work."""

    status = 403

    def __init__(self, event: Event) -> None:
        locality = event.share.locality.name
        super().__init__(
            f"This is the door of {event.name}, in {locality}, and you are a steward elsewhere. If you hold one of its "
            f"envelopes or slips, take it to the table of {locality}. Your own door is under My events."
        )


def _event(slug: str) -> Event:
    """The event, if this person may work at its door. Raises `AnothersDoor`."""
    event = event_at(slug)
    if event.share.round.is_imported:
        abort(404)
    may_be_here = (
        Role.ORGANISER in current_user.roles
        or event.share.locality_id in current_user.localities(Role.STEWARD)
        or (Role.AUDITOR in current_user.roles and request.method in READING)
    )
    if not may_be_here:
        raise AnothersDoor(event)
    return event


@door.get("")
def at_door(slug: str) -> ResponseReturnValue:
    """The event as its door needs it. Numbers only: nothing here says who, or how they voted."""
    event = _event(slug)
    return render_template(
        "vote/door/door.html",
        event=event,
        envelopes=envelopes.envelopes_of(event),
        takes_slips=event.poll in TAKES_SLIPS,
        ballots=turnout_of(event),
        live=slips_of(event).get(SlipState.LIVE, 0),
        address=voters_page(event.slug),
        not_found=failed_lookups(DOOR_MINUTES),
        minutes=DOOR_MINUTES,
        **_about_help(event),
    )


def _about_help(event: Event) -> dict[str, Any]:
    return {"takes_help": event.poll in TAKES_PAPER, "help_kinds": HELP_KINDS, "help_given": help_given(event)}


@door.get("/help")
def help_page(slug: str) -> ResponseReturnValue:
    """How to help, the help that was noted, and the page on which somebody votes on the steward's own phone."""
    event = _event(slug)
    return render_template("vote/door/help.html", event=event, **_about_help(event))


@door.post("/help")
def helped(slug: str) -> ResponseReturnValue:
    """Note that somebody was helped to vote."""
    begin_write()
    event = _event(slug)
    kind = request.form.get("kind", "")
    if kind not in set(HelpKind):
        abort(422)
    note_help(event, HelpKind(kind))
    db.session.commit()
    flash(f"Noted: “{HELP_KINDS[HelpKind(kind)]}”.", "success")
    return redirect(url_for("door_steward.help_page", slug=slug))


@door.get("/envelopes/<int:number>")
def envelope(slug: str, number: int) -> ResponseReturnValue:
    """Where the QR code on an envelope leads: one button."""
    event = _event(slug)
    found = envelopes.envelope_numbered(event, number)
    return render_template(
        "vote/door/envelope.html", event=event, envelope=found, takes_slips=event.poll in TAKES_SLIPS
    )


@door.post("/envelopes/<int:number>")
def open_envelope(slug: str, number: int) -> ResponseReturnValue:
    """Open an envelope: from now on its slips can vote, or from the opening of the poll."""
    begin_write()
    event = _event(slug)
    opened = envelopes.open_envelope(event, number, current_user)
    db.session.commit()
    flash(envelopes.said_of_opening(event, number, opened), "success" if opened else "information")
    return redirect(url_for("door_steward.at_door", slug=slug))
