"""A group withdraws in the hall: the facts, then one button."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.events.by_address import own_event_at, to_console
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.service import load_running_order
from pbvote.vote.hall.forms import WithdrawForm
from pbvote.vote.hall.seen import mark_of, require_seen
from pbvote.vote.hall.withdrawing import facts_before_withdrawing, why_not_withdraw, withdraw_on_the_day
from pbvote.vote.stage.service import stage_of

door = desk_door("withdrawing", __name__, url_prefix="/desk/events/<slug:slug>/withdraw/<int:bid_id>")


def _slot(event: Event, bid_id: int) -> Slot:
    load_running_order(event)
    return next((slot for slot in event.running_order if slot.bid_id == bid_id), None) or abort(404)


def _page(event: Event, slot: Slot, form: WithdrawForm, seen: str) -> str:
    return render_template(
        "vote/hall/withdrawing.html",
        event=event,
        slot=slot,
        form=form,
        seen=seen,
        why_not=why_not_withdraw(slot.bid),
        facts=list(facts_before_withdrawing(event, slot)),
    )


@door.get("")
def page(slug: str, bid_id: int) -> ResponseReturnValue:
    """What becomes of the bid and of the ballots that name it."""
    event = own_event_at(slug)
    slot = _slot(event, bid_id)
    return _page(event, slot, WithdrawForm(formdata=None), mark_of(event, stage_of(event)))


@door.post("")
def withdraw(slug: str, bid_id: int) -> ResponseReturnValue:
    """Withdraw the bid."""
    begin_write()
    event, form, seen = own_event_at(slug), WithdrawForm(), request.form.get("seen", "")
    require_seen(event, seen)
    slot = _slot(event, bid_id)
    if not form.validate():
        return _page(event, slot, form, seen), 422
    title = slot.bid.title
    withdraw_on_the_day(event, slot, form.reason.data, current_user)
    db.session.commit()
    flash(f"{title} is withdrawn. We have written to the group.", "success")
    return to_console(slug)
