"""The door of an event, on a steward's phone: who came, which envelope is open, how many have voted, help given.

A steward has an account in the event's locality, or a phone that was let in with a pass. Organisers work everywhere;
auditors read.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.addresses import voters_page
from pbvote.db import begin_write, db
from pbvote.vote.door.figures import door_figures
from pbvote.vote.door.helping import HELP_KINDS, help_given, note_help
from pbvote.vote.door.latecomers import LEAVERS, rule_now
from pbvote.vote.door.models import ID_BYTES, HelpKind
from pbvote.vote.door.names import AGES, TIES
from pbvote.vote.door.sent import Lot
from pbvote.vote.door.standing import stands
from pbvote.vote.door.taking import take_lot
from pbvote.vote.door.wards import wards_shown
from pbvote.vote.events.models import Event
from pbvote.vote.passes.guard import hall_door
from pbvote.vote.passes.hands import hand
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.poll.states import TAKES_PAPER, TAKES_SLIPS
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips import envelopes
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.guessing import failed_lookups
from pbvote.vote.slips.models import SlipState

DOOR_MINUTES = 5
door = hall_door("door", __name__, url_prefix="/door/<slug:slug>", kind=DeviceKind.STEWARD)


@door.get("")
def at_door() -> ResponseReturnValue:
    """The event as its door needs it. Numbers only: nothing here says who, or how they voted."""
    event = hand().event
    found = envelopes.envelopes_of(event)
    figures, ballots = door_figures(event), turnout_of(event)
    return render_template(
        "vote/door/door.html",
        event=event,
        envelopes=found,
        next_envelope=next((each for each in found if not each.is_open), None),
        takes_slips=event.poll in TAKES_SLIPS,
        ballots=ballots,
        live=slips_of(event).get(SlipState.LIVE, 0),
        address=voters_page(event.slug),
        not_found=failed_lookups(DOOR_MINUTES),
        minutes=DOOR_MINUTES,
        figures=figures,
        stands=stands(event, figures, ballots),
        **_about_counting(event),
        **_about_help(event, figures.help_given),
    )


def _about_counting(event: Event) -> dict[str, Any]:
    """What the counter, the list of names and the look-up of wards need. The id is for a press without script."""
    return {
        "rule": rule_now(event),
        "leavers": LEAVERS,
        "ties": TIES,
        "ages": AGES if event.day.keeps_ages else {},
        "wards": wards_shown(event),
        "tap_id": secrets.token_hex(ID_BYTES),
    }


def _about_help(event: Event, given: Mapping[HelpKind, int]) -> dict[str, Any]:
    return {"takes_help": event.poll in TAKES_PAPER, "help_kinds": HELP_KINDS, "help_given": given}


@door.post("/count")
def count() -> ResponseReturnValue:
    """Count somebody without a script. The page brings the id, so a second press of it changes nothing."""
    tap: dict[str, Any] = {name: request.form.get(name, "") for name in ("id", "kind")}
    tap["step"] = {"1": 1, "-1": -1}.get(request.form.get("step", ""))
    lot = Lot.read({"phone": tap["id"], "waiting": 0, "taps": [tap]})
    begin_write()
    event = hand().event
    take_lot(event, lot)
    db.session.commit()
    return redirect(url_for("door_steward.at_door", slug=event.slug))


@door.get("/help")
def help_page() -> ResponseReturnValue:
    """How to help, the help that was noted, and the page on which somebody votes on the steward's own phone."""
    event = hand().event
    return render_template("vote/door/help.html", event=event, **_about_help(event, help_given(event)))


@door.post("/help")
def helped() -> ResponseReturnValue:
    """Note that somebody was helped to vote."""
    begin_write()
    event = hand().event
    kind = request.form.get("kind", "")
    if kind not in set(HelpKind):
        abort(422)
    note_help(event, HelpKind(kind))
    db.session.commit()
    flash(f"Noted: “{HELP_KINDS[HelpKind(kind)]}”.", "success")
    return redirect(url_for("door_steward.help_page", slug=event.slug))


@door.get("/envelopes/<int:number>")
def envelope(number: int) -> ResponseReturnValue:
    """Where the QR code on an envelope leads: one button."""
    event = hand().event
    found = envelopes.envelope_numbered(event, number)
    return render_template(
        "vote/door/envelope.html", event=event, envelope=found, takes_slips=event.poll in TAKES_SLIPS
    )


@door.post("/envelopes/<int:number>")
def open_envelope(number: int) -> ResponseReturnValue:
    """Open an envelope: from now on its slips can vote, or from the opening of the poll."""
    begin_write()
    event = hand().event
    opened = envelopes.open_envelope(event, number, hand().account, hand().device_number)
    db.session.commit()
    flash(envelopes.said_of_opening(event, number, opened), "success" if opened else "information")
    return redirect(url_for("door_steward.at_door", slug=event.slug))
