"""Where the money of awards is, for organisers, and the telephone call before it goes."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.awards.impartial import require_impartial
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import awards_of
from pbvote.grants.money import service, telling
from pbvote.grants.money.checking import check_in_force, checks_so_far, note_check
from pbvote.grants.money.forms import CallForm, NumberedForm
from pbvote.grants.money.moving import require_under_way
from pbvote.grants.money.refusals import WrongAmount, WrongDay
from pbvote.grants.money.sheets import STEPS, money_table
from pbvote.grants.money.sums import Sums
from pbvote.spreadsheets.answers import send_table
from pbvote.vote.acts.kinds import Waiting
from pbvote.vote.acts.service import About, waiting_acts
from pbvote.vote.events.by_address import event_at

door = desk_door("money", __name__, url_prefix="/desk")


def moving_at(award_id: int) -> Award:
    """The award with this id, whose money can move; else 404. Raises `NotUnderWay`, and `HasInterest` to its own."""
    award = award_at(award_id)
    require_under_way(award)
    require_impartial(award, current_user)
    return award


def award_to_pay(award_id: int) -> Award:
    """The same, for an officer who is about to move its money."""
    award = award_to_move(award_id)
    require_under_way(award)
    return award


def is_done(form: NumberedForm, verb: Callable[[], object]) -> bool:
    """Do it; whether it was done. A wrong day or amount is refused beside its field."""
    try:
        verb()
    except WrongDay as refusal:
        form.refuse(str(refusal), form.day_field)
    except WrongAmount as refusal:
        form.refuse(str(refusal), "pence" if "pence" in form else None)
    else:
        return True
    return False


def form_page(award: Award, form: NumberedForm, heading: str, button: str, lead: str) -> str:
    """One form about an award's money."""
    return render_template("grants/money/form.html", award=award, form=form, heading=heading, button=button, lead=lead)


@door.get("/events/<slug:slug>/money")
def event_money(slug: str) -> ResponseReturnValue:
    """Where the money of each of the event's awards is."""
    event = event_at(slug)
    awards = awards_of(event)
    rows = service.money_of(awards)
    return render_template("grants/money/event.html", event=event, rows=rows, sums=Sums.of(awards), steps=STEPS)


@door.get("/events/<slug:slug>/money.<kind>")
def sheet(slug: str, kind: str) -> ResponseReturnValue:
    """The same as a file."""
    event = event_at(slug)
    return send_table(money_table(event, service.money_of(awards_of(event))), f"money-{slug}", kind)


@door.get("/awards/<int:award_id>/money")
def award(award_id: int) -> ResponseReturnValue:
    """Where one award's money is, what waits for a second person, and what comes next."""
    award = award_at(award_id)
    check, payments = check_in_force(award), service.payments_of(award)
    money = service.AwardMoney(award, payments, check is not None)
    said = telling.where_the_money_is([award]).get(award.id, "")
    acts = Waiting.of_all(award, waiting_acts(About(award=award.id)))
    returns = service.returns_of(award)
    return render_template(
        "grants/money/award.html", award=award, money=money, check=check, returns=returns, acts=acts, said=said
    )


def _call_page(award: Award, form: CallForm) -> str:
    lead = "Ring a number that you had before, not one from a new letter. Finance has the details; pbvote holds none."
    return form_page(award, form, "Note the call", "Save the call", lead)


@door.get("/awards/<int:award_id>/money/call")
def call(award_id: int) -> ResponseReturnValue:
    """The form about the call."""
    award = moving_at(award_id)
    return _call_page(award, CallForm(data={"number": checks_so_far(award) + 1}))


@door.post("/awards/<int:award_id>/money/call")
def note_call(award_id: int) -> ResponseReturnValue:
    """Note who rang whom; payments rest on it."""
    begin_write()
    award, form = award_to_pay(award_id), CallForm()
    if not (form.validate() and is_done(form, lambda: note_check(award, form.call, current_user))):
        return _call_page(award, form), 422
    db.session.commit()
    flash("The call is noted. Payments rest on it.", "success")
    return redirect(url_for("money_desk.award", award_id=award_id))
