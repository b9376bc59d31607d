"""Where phones ask to come in with a printed pass, and screens without one.

For anyone: nothing opens before an organiser allows it.
"""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.people.signing_in import later, place_of
from pbvote.people.tries import wrong_code
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.passes.asking import ask_as_screen, ask_with_pass, device_with
from pbvote.vote.passes.cookies import keep_token, token_shown
from pbvote.vote.passes.forms import PassForm
from pbvote.vote.passes.lifetime import is_over
from pbvote.vote.passes.making import UnknownPass
from pbvote.vote.passes.models import DeviceKind, HallDevice

door = public_door("passes", __name__)


@door.get("/pass")
def card() -> ResponseReturnValue:
    """Where the QR code of a pass leads."""
    return render_template("vote/passes/card.html", form=PassForm())


@door.post("/pass")
def ask() -> ResponseReturnValue:
    """Ask to come in with the pass; what opens is the page that waits for an organiser."""
    begin_write()
    form = PassForm()
    if not form.validate():
        return render_template("vote/passes/card.html", form=form), 422
    try:
        device, token = ask_with_pass(form.code.data, form.name.data)
    except Refusal as refusal:
        is_wrong = isinstance(refusal, UnknownPass)
        said = wrong_code(form.code.data, place_of(None), refusal) if is_wrong else refusal
        db.session.commit()  # a wrong code was counted
        form.refuse(str(said), "code")
        return render_template("vote/passes/card.html", form=form), said.status, later(said)
    db.session.commit()
    return _go_in(device, token)


def _go_in(device: HallDevice, token: str) -> ResponseReturnValue:
    answer = make_response(redirect(device.kind.home(device.event.slug)))
    keep_token(answer, device, token)
    return answer


def _asks_already(event: Event) -> bool:
    device = device_with(event, DeviceKind.SCREEN, token_shown())
    return device is not None and (device.is_waiting or device.is_allowed)


@door.get("/screen/<slug:slug>/ask")
def screen(slug: str) -> ResponseReturnValue:
    """One button for a projector's computer, since no GET does anything."""
    event = own_event_at(slug)
    if _asks_already(event):
        return redirect(DeviceKind.SCREEN.home(slug))
    return render_template("vote/passes/ask.html", event=event, is_over=is_over(event))


@door.post("/screen/<slug:slug>/ask")
def ask_for_screen(slug: str) -> ResponseReturnValue:
    """Ask to be a screen of the event, under a call sign that an organiser will recognise."""
    begin_write()
    event = own_event_at(slug)
    if _asks_already(event):
        return redirect(url_for("passes.screen", slug=slug))
    device, token = ask_as_screen(event)
    db.session.commit()
    return _go_in(device, token)
