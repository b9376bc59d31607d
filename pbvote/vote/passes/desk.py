"""The passes of an event, and the phones and screens that ask or are in, for organisers."""

from io import BytesIO

from flask import abort, flash, make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.addresses import pass_page
from pbvote.core.codes import in_groups
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.passes import letting_in
from pbvote.vote.passes.cards import WORK, pass_card
from pbvote.vote.passes.cookies import keep_token
from pbvote.vote.passes.lifetime import is_over
from pbvote.vote.passes.making import end_pass, make_pass
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.passes.roll import Roll
from pbvote.watching import watched

door = desk_door("passes", __name__, url_prefix="/desk/events/<slug:slug>/passes")
KINDS = tuple(WORK)
"""The kinds of pass that there are; a screen asks without one."""


def _kind() -> DeviceKind:
    """The kind of pass that the form names; 422 for any other."""
    kind = request.form.get("kind", "")
    return DeviceKind(kind) if kind in KINDS else abort(422)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("passes_desk.passes", slug=slug))


@door.get("")
def passes(slug: str) -> ResponseReturnValue:
    """The passes, who asks to come in, and who is in."""
    event = own_event_at(slug)
    page = render_template(
        "vote/passes/passes.html", event=event, roll=Roll.of(event), kinds=KINDS, is_over=is_over(event)
    )
    return watched(page)


@door.post("")
def make(slug: str) -> ResponseReturnValue:
    """Make a pass and hand it over, once: to be printed, or in the demonstration on the screen."""
    begin_write()
    event, kind = own_event_at(slug), _kind()
    code = make_pass(event, kind, current_user)
    db.session.commit()
    address = pass_page(code)
    if event.share.round.is_demonstration and "show" in request.form:
        shown = {"kind": kind, "code": in_groups(code), "address": address, "picture": qr_svg(address)}
        return render_template("vote/passes/new_pass.html", event=event, **shown)
    card = BytesIO(pass_card(event, kind, address))
    return send_file(card, "application/pdf", as_attachment=True, download_name=f"{kind}-pass-{slug}.pdf")


@door.post("/end")
def end_one(slug: str) -> ResponseReturnValue:
    """End a pass. Phones that are in stay in."""
    begin_write()
    end_pass(own_event_at(slug), _kind(), current_user)
    db.session.commit()
    flash("The pass has ended. No phone can ask with it any more.", "success")
    return _back(slug)


@door.post("/devices/<int:device_id>/allow")
def allow(slug: str, device_id: int) -> ResponseReturnValue:
    """Let in a phone or a screen that asks."""
    begin_write()
    device = letting_in.allow(own_event_at(slug), device_id, current_user)
    db.session.commit()
    flash(f"{device.called} is in.", "success")
    return _back(slug)


@door.post("/devices/<int:device_id>/end")
def end(slug: str, device_id: int) -> ResponseReturnValue:
    """End a phone or a screen that is in, or refuse one that asks."""
    begin_write()
    device = letting_in.end(own_event_at(slug), device_id, current_user)
    db.session.commit()
    if device is not None:
        flash(f"{device.called} is out.", "success")
    return _back(slug)


@door.post("/end-all")
def end_all(slug: str) -> ResponseReturnValue:
    """End every pass, phone and screen of the event."""
    begin_write()
    letting_in.end_all(own_event_at(slug), current_user)
    db.session.commit()
    flash("All passes, phones and screens have ended.", "success")
    return _back(slug)


@door.post("/screen")
def pair(slug: str) -> ResponseReturnValue:
    """Make a screen of the computer at which the organiser sits."""
    begin_write()
    device, token = letting_in.pair_here(own_event_at(slug), current_user)
    db.session.commit()
    answer = make_response(redirect(device.kind.home(slug)))
    keep_token(answer, device, token)
    return answer
