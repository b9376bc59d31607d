"""The payments of Old Trafford & Stretford’s awards, through the same doors that people use."""

import datetime as dt
from collections.abc import Sequence

from pbvote.core.clock import today
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import awards_of
from pbvote.grants.money.acts import plan_or_ask
from pbvote.grants.money.checking import Call, checks_so_far, note_check
from pbvote.grants.money.models import Payment
from pbvote.grants.money.paying import (
    NewPayment,
    SentBack,
    note_failed,
    note_paid,
    note_return,
    payments_so_far,
    plan_payment,
    takes_two,
)
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

CALL, PAID = dt.date(2014, 7, 30), dt.date(2014, 8, 4)


def pay(event: Event, organiser: Account, second: Account) -> None:
    """One award paid, one paid after a payment failed, one with money sent back, one planned, one waiting for `second`.

    The large ones wait for a second organiser; of these, the first is asked for and not confirmed.
    """
    signed = [award for award in awards_of(event) if award.state is AwardState.SIGNED]
    for award, spoke_to in zip(signed, _PEOPLE, strict=False):
        _ring(award, spoke_to, CALL, organiser)
    paid, failed, sent_back, *others = signed
    for award in (paid, sent_back):
        note_paid(award, _plan(award, organiser, second), PAID, organiser)
    _fail_once(failed, organiser, second)
    pence = sent_back.paid_pence // 20
    note_return(sent_back, SentBack(1, pence, PAID + dt.timedelta(days=90), "The hall cost less"), organiser)
    if large := [award for award in others if takes_two(award, award.award_pence)]:
        plan_or_ask(large[0], _next(large[0], today() + dt.timedelta(days=7)), organiser)
    for award in [award for award in others if not takes_two(award, award.award_pence)][:1]:
        _plan(award, organiser, second, today() + dt.timedelta(days=7))


def pay_in_full(awards: Sequence[Award], on: dt.date, organiser: Account, second: Account) -> None:
    """Each is paid on this day, after a call in the week before."""
    for award, spoke_to in zip(awards, _PEOPLE, strict=False):
        _ring(award, spoke_to, on - dt.timedelta(days=5), organiser)
        note_paid(award, _plan(award, organiser, second, on), on, organiser)


_PEOPLE: Sequence[str] = ("Amina Yusuf", "Derek Shaw", "Joan Brennan", "Imran Malik", "Carol Webb", "Peter Obi")


def _ring(award: Award, spoke_to: str, rang_on: dt.date, by: Account) -> None:
    number = checks_so_far(award) + 1
    note_check(award, Call(number, "Nadia of the payments team", spoke_to, "treasurer", rang_on), by)


def _next(award: Award, planned_on: dt.date) -> NewPayment:
    return NewPayment(payments_so_far(award) + 1, award.award_pence - award.paid_pence, planned_on)


def _plan(award: Award, by: Account, second: Account, planned_on: dt.date = PAID) -> Payment:
    new = _next(award, planned_on)
    return plan_payment(award, new, by, second.id if takes_two(award, new.pence) else None)


def _fail_once(award: Award, by: Account, second: Account) -> None:
    """The first payment fails; somebody rings again, and the second arrives."""
    later = PAID + dt.timedelta(days=7)
    note_failed(award, _plan(award, by, second), PAID, "The account had another name", by)
    _ring(award, "Derek Shaw", PAID + dt.timedelta(days=2), by)
    note_paid(award, _plan(award, by, second, later), later, by)
