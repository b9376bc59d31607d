"""Plan payments and note what became of them, for organisers."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.core.money import format_money
from pbvote.db import begin_write, db
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.money.acts import plan_or_ask
from pbvote.grants.money.desk import award_to_pay, form_page, is_done, moving_at
from pbvote.grants.money.forms import OUTCOMES, InstalmentForm, OutcomeForm, PlanForm, ReturnForm
from pbvote.grants.money.models import Payment, PaymentState
from pbvote.grants.money.paying import (
    cancel_payment,
    note_failed,
    note_paid,
    note_return,
    payments_so_far,
    require_left,
    returns_so_far,
)
from pbvote.grants.money.refusals import PaymentEnded
from pbvote.grants.money.service import payment_of
from pbvote.grants.money.sums import Sums

door = desk_door("payments", __name__, url_prefix="/desk/awards/<int:award_id>/money")


def _to_award(award_id: int) -> ResponseReturnValue:
    return redirect(url_for("money_desk.award", award_id=award_id))


def _plan_form(award: Award) -> type[PlanForm]:
    return InstalmentForm if award.event.share.round.grant_rules.instalments else PlanForm


def _plan_page(award: Award, form: PlanForm) -> str:
    round_ = award.event.share.round
    left, above = (
        format_money(pence, round_.currency)
        for pence in (Sums.of([award]).to_plan, round_.grant_rules.second_payer_from_pence)
    )
    lead = f"{left} is left to plan. Once the payments pass {above} together, another organiser confirms."
    return form_page(award, form, "Plan a payment", "Ask finance to pay", lead)


@door.get("/payments")
def plan(award_id: int) -> ResponseReturnValue:
    """The form about the next payment."""
    award = moving_at(award_id)
    require_left(award)
    left, number = Sums.of([award]).to_plan, payments_so_far(award) + 1
    return _plan_page(award, _plan_form(award)(data={"number": number, "pence": left}))


@door.post("/payments")
def ask_finance(award_id: int) -> ResponseReturnValue:
    """Plan a payment, or ask a second organiser for it."""
    begin_write()
    award = award_to_pay(award_id)
    require_left(award)
    form = _plan_form(award)()
    waits: list[bool] = []
    left = Sums.of([award]).to_plan
    if not (form.validate() and is_done(form, lambda: waits.append(plan_or_ask(award, form.new(left), current_user)))):
        return _plan_page(award, form), 422
    db.session.commit()
    said = "Another organiser confirms this within ten minutes." if any(waits) else "The payment is planned."
    flash(said, "information" if any(waits) else "success")
    return _to_award(award_id)


def _payment(award: Award, number: int) -> Payment:
    """The award's payment with this number; 404 where there is none, `PaymentEnded` where nothing can become of it."""
    payment = payment_of(award, number) or abort(404)
    if payment.state not in OUTCOMES:
        raise PaymentEnded
    return payment


def _outcome_page(award: Award, payment: Payment, form: OutcomeForm) -> str:
    amount = format_money(payment.pence, award.event.share.round.currency)
    when = f"paid on {day(payment.paid_on)}" if payment.paid_on else f"planned for {day(payment.planned_on)}"
    lead = f"{amount}, {when}. If it failed, you ring the group again before the next."
    return form_page(award, form, f"Payment {payment.number}", "Save", lead)


@door.get("/payments/<int:number>")
def payment(award_id: int, number: int) -> ResponseReturnValue:
    """The form about what became of a payment."""
    award = moving_at(award_id)
    payment = _payment(award, number)
    return _outcome_page(award, payment, OutcomeForm.of(payment))


@door.post("/payments/<int:number>")
def note(award_id: int, number: int) -> ResponseReturnValue:
    """Note what became of a payment; its group hears where money went or failed."""
    begin_write()
    award = award_to_pay(award_id)
    payment = _payment(award, number)
    form = OutcomeForm.of(payment)
    if not (form.validate() and is_done(form, lambda: _note(award, payment, form))):
        return _outcome_page(award, payment, form), 422
    db.session.commit()
    flash("Noted.", "success")
    return _to_award(award_id)


def _note(award: Award, payment: Payment, form: OutcomeForm) -> None:
    match PaymentState(form.became.data):
        case PaymentState.PAID:
            note_paid(award, payment, form.day, current_user)
        case PaymentState.FAILED:
            note_failed(award, payment, form.day, form.why.data, current_user)
        case _:
            cancel_payment(award, payment, current_user)


def _return_page(award: Award, form: ReturnForm) -> str:
    kept = format_money(Sums.of([award]).with_group, award.event.share.round.currency)
    return form_page(award, form, "Money sent back", "Save", f"{kept} is with the group.")


@door.get("/returns")
def returns(award_id: int) -> ResponseReturnValue:
    """The form about money that a group sent back."""
    award = moving_at(award_id)
    return _return_page(award, ReturnForm(data={"number": returns_so_far(award) + 1}))


@door.post("/returns")
def take_back(award_id: int) -> ResponseReturnValue:
    """Note money that a group sent back."""
    begin_write()
    award, form = award_to_pay(award_id), ReturnForm()
    if not (form.validate() and is_done(form, lambda: note_return(award, form.sent, current_user))):
        return _return_page(award, form), 422
    db.session.commit()
    flash("Noted. The money is back in the share.", "success")
    return _to_award(award_id)
