"""Awarded = paid + to pay; paid = sent back + with the group: after any acts in any order, at any moment, on both
databases; and the database itself refuses what would break them."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award
from pbvote.grants.money.models import MoneyReturn, PayeeCheck, Payment, PaymentHistory, PaymentState
from pbvote.grants.money.paying import (
    NewPayment,
    SentBack,
    cancel_payment,
    note_failed,
    note_paid,
    note_return,
    payments_so_far,
    plan_payment,
    returns_so_far,
    takes_two,
)
from pbvote.grants.money.service import payment_of
from pbvote.grants.money.sums import Sums
from tests.conftest import both_databases
from tests.factories import writing
from tests.faults import times
from tests.grants.decided import ORGANISER
from tests.grants.paying import (
    GROUPS,
    LARGE,
    MONEY,
    PAID,
    SECOND,
    SMALL,
    moving,
    organiser,
    plan_form,
    ring,
    set_rules,
    signed_awards,
    sums,
    the_award,
)
from tests.pages import browser
from tests.together import together

AWARDED = 2_000_00
SECOND_CALL = (
    "INSERT INTO payee_check (award_id, number, rang_by, spoke_to, role, rang_on, is_in_force, at, account_id)"
    " SELECT award_id, 2, rang_by, spoke_to, role, rang_on, is_in_force, at, account_id FROM payee_check"
)
"""Of which two would be in force."""
ACTS = st.tuples(
    st.sampled_from(["ring", "plan", "paid", "failed", "cancelled", "back"]),
    st.integers(1, 4),
    st.sampled_from([1, 500_00, 999_99, 1_000_01, AWARDED, AWARDED + 1]),
)


@settings(max_examples=times(few=15, full=200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=14))
def hold_after_any_acts(app: Flask, acts: list[tuple[str, int, int]]) -> None:
    forget(app)
    for name, number, pence in acts:
        try:
            act(app, name, number, pence)
        except Refusal:
            continue
        finally:
            check(app)


def test_the_equations_hold_after_any_acts(app: Flask) -> None:
    set_rules(signed_awards(app), instalments="y")
    hold_after_any_acts(app)


def forget(app: Flask) -> None:
    """Begin again with an award of which nothing is paid."""
    with writing(app):
        for table in (PaymentHistory, Payment, MoneyReturn, PayeeCheck):
            db.session.execute(sa.delete(table))
        db.session.execute(sa.update(Award).values(planned_pence=0, paid_pence=0, returned_pence=0))


def act(app: Flask, name: str, number: int, pence: int) -> None:
    """Do one thing, allowed or not."""
    if name == "ring":
        ring(app, SMALL)
        return
    with moving(app, SMALL) as (award, by):
        if name == "plan":
            second = organiser(SECOND).id if takes_two(award, pence) else None
            plan_payment(award, NewPayment(payments_so_far(award) + 1, pence, today()), by, second)
        elif name == "back":
            note_return(award, SentBack(returns_so_far(award) + 1, pence, today(), "Less was needed"), by)
        elif payment := payment_of(award, number):
            verbs: dict[str, Callable[[], None]] = {
                "paid": lambda: note_paid(award, payment, today(), by),
                "failed": lambda: note_failed(award, payment, today(), "No such account", by),
                "cancelled": lambda: cancel_payment(award, payment, by),
            }
            verbs[name]()


def check(app: Flask) -> None:
    """The award's sums are what its rows add up to, and the equations hold."""
    with app.app_context():
        award = the_award(SMALL)
        rows = db.session.scalars(sa.select(Payment).where(Payment.award_id == SMALL)).all()
        by_state = {state: sum(row.pence for row in rows if row.state is state) for state in PaymentState}
        returned = db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(MoneyReturn.pence), 0)))
        found = Sums.of([award])
        assert (found.planned, found.paid, found.returned) == (
            by_state[PaymentState.PLANNED],
            by_state[PaymentState.PAID],
            returned,
        )
        assert found.awarded == found.paid + found.to_pay == AWARDED
        assert found.paid == found.returned + found.with_group
        assert min(found.to_pay, found.to_plan, found.planned, found.paid, found.returned, found.with_group) >= 0
        assert sum(piece.pence for piece in found.pieces) == AWARDED
        histories = sa.select(PaymentHistory.payment_id, PaymentHistory.state).order_by(PaymentHistory.id)
        last = {row.payment_id: row.state for row in db.session.execute(histories)}
        assert last == {row.id: row.state for row in rows}


@both_databases
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE award SET paid_pence = award_pence + 1",
        "UPDATE award SET planned_pence = -1",
        "UPDATE award SET returned_pence = paid_pence + 1",
        "UPDATE award SET returned_pence = -1",
        "UPDATE award SET state = 'declined'",
        "UPDATE payment SET pence = 0",
        "UPDATE payment SET state = 'paid'",
        "UPDATE payment SET state = 'failed', failed_on = planned_on, why = ''",
        "UPDATE payment SET takes_two = NOT takes_two",
        "UPDATE payment SET takes_two = NOT takes_two, confirmed_by_id = asked_by_id",
        "UPDATE payment SET check_id = check_id + 1",
        "UPDATE payee_check SET spoke_to = ''",
        SECOND_CALL,
    ],
)
def test_the_database_refuses_what_would_break_an_equation(app: Flask, attack: str) -> None:
    desk = signed_awards(app)
    ring(app, SMALL)
    assert desk.post(f"{MONEY.format(SMALL)}/payments", data=plan_form()).status_code == 302
    with app.app_context(), pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.exec_driver_sql(attack)


@both_databases
def test_two_who_enter_the_same_payment_at_once_enter_it_once(app: Flask) -> None:
    set_rules(signed_awards(app), instalments="y")
    ring(app, SMALL)
    statuses: list[int] = []

    def enter(email: str) -> None:
        form = plan_form(1, pence="500")
        statuses.append(browser(app, email).post(f"{MONEY.format(SMALL)}/payments", data=form).status_code)

    together(*(lambda email=email: enter(email) for email in (ORGANISER, SECOND, ORGANISER)))
    assert sorted(statuses) == [302, 409, 409]
    assert sums(app, SMALL) == (500_00, 0, 0)
    statuses.clear()

    def note(email: str) -> None:
        statuses.append(browser(app, email).post(f"{MONEY.format(SMALL)}/payments/1", data=PAID).status_code)

    together(*(lambda email=email: note(email) for email in (ORGANISER, SECOND)))
    assert min(statuses) == 302
    assert max(statuses) in {409, 422}  # 422 where the other was done before this one's page was read
    assert sums(app, SMALL) == (0, 500_00, 0)


@both_databases
def test_two_requests_that_are_confirmed_at_once_make_one_payment(app: Flask) -> None:
    signed_awards(app)
    ring(app, LARGE)
    for email in (ORGANISER, SECOND):
        assert browser(app, email).post(f"{MONEY.format(LARGE)}/payments", data=plan_form()).status_code == 302
    with app.app_context():
        acts = db.session.execute(sa.text("SELECT id FROM act WHERE award_id IS NOT NULL ORDER BY id")).scalars().all()
    statuses: list[int] = []

    def confirm(email: str, act_id: int) -> None:
        statuses.append(browser(app, email).post(f"/desk/awards/{LARGE}/acts/{act_id}/confirm").status_code)

    together(lambda: confirm(SECOND, acts[0]), lambda: confirm(ORGANISER, acts[1]))
    assert sorted(statuses) == [302, 409]
    assert sums(app, LARGE) == (3_000_00, 0, 0)


@both_databases
def test_a_payment_and_a_decline_at_once_leave_no_money_with_a_group_that_declined(app: Flask) -> None:
    signed_awards(app)
    ring(app, SMALL)
    done: list[str] = []

    def decline() -> None:
        if browser(app, GROUPS[SMALL]).post(f"/my/awards/{SMALL}/give-back", data={}).status_code == 302:
            done.append("declined")

    def plan() -> None:
        answer = browser(app, ORGANISER).post(f"{MONEY.format(SMALL)}/payments", data=plan_form())
        if answer.status_code == 302:
            done.append("planned")

    together(decline, plan)
    assert len(done) == 1
    assert sums(app, SMALL) == ((2_000_00, 0, 0) if done == ["planned"] else (0, 0, 0))


def test_the_pieces_of_the_bar_fill_it() -> None:
    found = Sums(awarded=4_000_00, planned=0, paid=3_000_00, returned=1_000_00)
    assert [(piece.words, piece.pence, piece.start, piece.width) for piece in found.pieces] == [
        ("With the group", 2_000_00, 0.0, 50.0),
        ("Sent back", 1_000_00, 50.0, 25.0),
        ("To pay", 1_000_00, 75.0, 25.0),
    ]
    assert Sums(0, 0, 0, 0).pieces == []
