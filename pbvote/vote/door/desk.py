"""The door of an event for organisers: what its phones counted, and for how long its list is kept."""

from string import hexdigits

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.door import keeping, setting_aside
from pbvote.vote.door.figures import PhoneFigures, door_figures
from pbvote.vote.door.forms import PauseForm
from pbvote.vote.door.helping import HELP_KINDS
from pbvote.vote.door.latecomers import rule_now
from pbvote.vote.door.models import ID_BYTES, AsideReason
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState

door = desk_door("door", __name__, url_prefix="/desk/events/<slug:slug>/door")


def _page(event: Event, pause_form: PauseForm | None = None) -> str:
    figures = door_figures(event)
    return render_template(
        "vote/door/figures.html",
        event=event,
        figures=figures,
        slips_left=figures.slips_left(slips_of(event).get(SlipState.LIVE, 0)) if event.takes_slips else None,
        help_kinds=HELP_KINDS,
        rule=rule_now(event),
        silent=_silent(event) if event.is_before_count else [],
        reasons=setting_aside.REASONS,
        pause=keeping.pause_of(event),
        pause_form=pause_form or PauseForm(),
        deleted_from=keeping.deleted_from(event),
    )


def _silent(event: Event) -> list[tuple[str, PhoneFigures]]:
    """The phones that may have counted more than the door's number says, each with the id that its address holds."""
    phones = setting_aside.phones_to_set_aside(event)
    known = [(phone.id.hex(), PhoneFigures(phone.name, phone.waiting, phone.heard_at)) for phone in phones]
    return [(number, phone) for number, phone in known if phone.behind]


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("door_desk.figures", slug=slug))


@door.get("")
def figures(slug: str) -> ResponseReturnValue:
    """What the door counted, phone by phone only how much waits."""
    return _page(own_event_at(slug))


@door.post("/phones/<phone>/aside")
def set_aside(slug: str, phone: str) -> ResponseReturnValue:
    """Wait no longer for a phone that nobody can reach."""
    begin_write()
    event, reason = own_event_at(slug), request.form.get("reason", "")
    if len(phone) != 2 * ID_BYTES or not set(phone) <= set(hexdigits):
        abort(404)
    if reason not in set(AsideReason):
        abort(422)
    found = setting_aside.set_aside(event, bytes.fromhex(phone), AsideReason(reason), current_user)
    db.session.commit()
    if found is not None:
        flash(f"{found.name} is set aside. If it is heard of again, it counts again.", "success")
    return _back(slug)


@door.post("/pause")
def pause(slug: str) -> ResponseReturnValue:
    """Keep the list longer than usual, with a reason."""
    begin_write()
    event, form = own_event_at(slug), PauseForm()
    if not form.validate():
        return _page(event, form), 422
    keeping.pause(event, form.reason.data.strip(), current_user)
    db.session.commit()
    flash("The door’s list is kept until somebody ends the pause.", "success")
    return _back(slug)


@door.post("/pause/end")
def end_pause(slug: str) -> ResponseReturnValue:
    """Let the list be deleted when its time has come."""
    begin_write()
    keeping.end_pause(own_event_at(slug))
    db.session.commit()
    flash("The pause has ended.", "success")
    return _back(slug)
