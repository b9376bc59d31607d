"""Money on its way: the call before it, payments and what became of them, what comes back, and what people read."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import today
from pbvote.core.plain import plain_lines
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.money.models import PayeeCheck, Payment, PaymentHistory
from pbvote.vote.acts.kinds import occasions
from pbvote.vote.acts.models import Act
from tests.checked_client import CheckedClient
from tests.grants.decided import made, slug_of
from tests.grants.paying import (
    GROUPS,
    LARGE,
    MONEY,
    PAID,
    SECOND,
    SMALL,
    call_form,
    day_of,
    plan_form,
    ring,
    set_rules,
    signed_awards,
    sums,
)
from tests.outbox import letters
from tests.pages import browser, text_of

FAILED = {"became": "failed", "why": "The account had another name", **day_of("happened_on")}


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser of signed awards."""
    return signed_awards(app)


def pay(desk: CheckedClient, award_id: int = SMALL, number: int = 1) -> None:
    """Plan all that is left, and note that it was paid today."""
    address = MONEY.format(award_id)
    assert desk.post(f"{address}/payments", data=plan_form(number)).status_code == 302
    assert desk.post(f"{address}/payments/{number}", data=PAID).status_code == 302


def test_a_call_a_plan_and_a_payment_and_everybody_reads_where_the_money_is(app: Flask, desk: CheckedClient) -> None:
    address = MONEY.format(SMALL)
    assert "Plan 2 payments" in text_of(desk.get("/desk/"))
    assert "Ring the group before money goes out." in text_of(desk.get(address))
    assert desk.post(f"{address}/call", data=call_form()).status_code == 302
    page = text_of(desk.get(address))
    assert f"Finance has the details, confirmed by Nadia, payments by telephone on {day(today())}" in page
    assert desk.post(f"{address}/payments", data=plan_form()).status_code == 302
    assert sums(app, SMALL) == (2_000_00, 0, 0)
    group = browser(app, GROUPS[SMALL])
    assert f"The council plans to pay £2,000 on {day(today())}." in text_of(group.get("/my/awards/"))
    assert "The agreement is signed." in text_of(group.get("/my/bids/"))
    assert desk.post(f"{address}/payments/1", data=PAID).status_code == 302
    assert sums(app, SMALL) == (0, 2_000_00, 0)
    assert f"The council paid £2,000 on {day(today())}." in text_of(group.get("/my/awards/"))
    assert "The council has paid. My grants says how much and when." in text_of(group.get("/my/bids/"))
    with app.app_context():
        [told] = [letter for letter in letters() if letter.subject == "The money is on its way: £2,000"]
        assert told.recipient == GROUPS[SMALL]
        assert f"The council paid £2,000 for “Project of Group 3” on {day(today())}." in told.body
        assert "Has it not come by then? Write to grants@council.example." in told.body, "no letter says: ring us"
        moved = db.session.scalars(sa.select(PaymentHistory.state).order_by(PaymentHistory.id)).all()
    assert [state.value for state in moved] == ["planned", "paid"]
    assert "Plan 1 payment" in text_of(desk.get("/desk/"))


def test_a_payment_that_failed_is_to_pay_again_after_another_call(app: Flask, desk: CheckedClient) -> None:
    address = MONEY.format(SMALL)
    ring(app, SMALL)
    pay(desk)
    assert desk.post(f"{address}/payments/1", data=FAILED).status_code == 302
    assert sums(app, SMALL) == (0, 0, 0)
    assert "A payment failed. Ring the group again before the next one." in text_of(desk.get(address))
    words = "The payment of £2,000 did not reach you. We ring you about it."
    assert words in text_of(browser(app, GROUPS[SMALL]).get("/my/awards/"))
    refused = desk.post(f"{address}/payments", data=plan_form(2))
    assert refused.status_code == 409
    assert "Ring the group first, and note the call." in text_of(refused)
    with app.app_context():
        assert any(letter.subject == "The payment did not arrive: £2,000" for letter in letters())
    assert desk.post(f"{address}/call", data=call_form(2)).status_code == 302
    pay(desk, number=2)
    assert sums(app, SMALL) == (0, 2_000_00, 0)
    assert words not in text_of(browser(app, GROUPS[SMALL]).get("/my/awards/"))


def test_a_payment_above_the_rounds_sum_takes_two_organisers_and_no_witness(app: Flask, desk: CheckedClient) -> None:
    address = MONEY.format(LARGE)
    ring(app, LARGE)
    for _ in range(2):  # asked twice, it is the same
        assert desk.post(f"{address}/payments", data=plan_form()).status_code == 302
    assert sums(app, LARGE) == (0, 0, 0)
    assert "You asked for a payment for Project of Group 2" in text_of(desk.get("/desk/"))
    waiting = text_of(desk.get(address))
    assert "another organiser confirms on this page." in waiting
    assert "witness" not in waiting
    assert "Plan a payment" not in waiting
    act_id = the_act(app)
    own = desk.post(f"/desk/awards/{LARGE}/acts/{act_id}/confirm")
    assert own.status_code == 409
    assert "You asked for this yourself. Another organiser must confirm it." in text_of(own)
    other = browser(app, SECOND)
    today_page = other.get("/desk/")
    assert "Confirm a payment for Project of Group 2" in text_of(today_page)
    assert f'href="{address}"' in today_page.get_data(as_text=True)
    assert f"The organiser asks to let finance pay £3,000 on {day(today())}" in text_of(other.get(address))
    assert other.post(f"/desk/awards/{SMALL}/acts/{act_id}/confirm").status_code == 409  # about another award
    assert other.post(f"/desk/awards/{LARGE}/acts/{act_id}/confirm").status_code == 302
    assert sums(app, LARGE) == (3_000_00, 0, 0)
    page = text_of(other.get(address))
    assert "The organiser and The organiser" in page
    assert "Note what became of it" in page
    assert "a payment" not in occasions()


def the_act(app: Flask) -> int:
    """The id of the act that waits about the large award."""
    with app.app_context():
        return db.session.scalars(sa.select(Act.id).where(Act.award_id == LARGE)).one()


def test_small_parts_of_a_large_award_do_not_pass_the_second_person_by(app: Flask, desk: CheckedClient) -> None:
    set_rules(desk, instalments="y")
    ring(app, LARGE)
    address = MONEY.format(LARGE)
    assert desk.post(f"{address}/payments", data=plan_form(1, pence="1,900")).status_code == 302
    assert sums(app, LARGE) == (1_900_00, 0, 0)
    assert desk.post(f"{address}/payments", data=plan_form(2, pence="200")).status_code == 302
    assert sums(app, LARGE) == (1_900_00, 0, 0)
    assert "You asked for a payment" in text_of(desk.get("/desk/"))


def test_where_a_round_pays_in_instalments_the_group_reads_each(app: Flask, desk: CheckedClient) -> None:
    set_rules(desk, instalments="y")
    ring(app, SMALL)
    address = MONEY.format(SMALL)
    for number, amount in ((1, "1,500"), (2, "200")):
        assert desk.post(f"{address}/payments", data=plan_form(number, pence=amount)).status_code == 302
        assert desk.post(f"{address}/payments/{number}", data=PAID).status_code == 302
    on = day(today())
    said = f"The council paid £1,500 on {on} and £200 on {on}. £300 is still to come."
    assert said in text_of(browser(app, GROUPS[SMALL]).get("/my/awards/"))
    refused = desk.post(f"{address}/payments", data=plan_form(3, pence="300.01"))
    assert refused.status_code == 422
    assert "Only £300 is left." in text_of(refused)
    assert 'value="300.01"' in refused.get_data(as_text=True)


def test_money_sent_back_is_no_longer_with_the_group(app: Flask, desk: CheckedClient) -> None:
    address = MONEY.format(SMALL)
    ring(app, SMALL)
    back = {"number": "1", "pence": "150", "why": "The hall cost less", **day_of("returned_on")}
    assert desk.post(f"{address}/returns", data=back).status_code == 422  # nothing is paid
    pay(desk)
    assert desk.post(f"{address}/returns", data=back | {"pence": "2,000.01"}).status_code == 422
    assert desk.post(f"{address}/returns", data=back).status_code == 302
    assert desk.post(f"{address}/returns", data=back).status_code == 409  # the same again
    assert sums(app, SMALL) == (0, 2_000_00, 150_00)
    page = text_of(desk.get(address))
    assert "With the group £1,850 Sent back £150" in page, "what the bar means"
    assert "You sent back £150." in text_of(browser(app, GROUPS[SMALL]).get("/my/awards/"))
    assert desk.post(f"{address}/payments/1", data=FAILED).status_code == 422  # a part of it came back already
    csv = desk.get(f"/desk/events/{slug_of(app)}/money.csv").get_data(as_text=True)
    row = next(line for line in csv.splitlines() if line.startswith("B-03"))
    assert row.split(",")[3:] == ["2000.00", "2000.00", "0.00", "150.00", "1850.00", today().isoformat(), "All is paid"]


def test_a_plan_can_be_cancelled_and_made_again(app: Flask, desk: CheckedClient) -> None:
    address = MONEY.format(SMALL)
    ring(app, SMALL)
    assert desk.post(f"{address}/payments", data=plan_form()).status_code == 302
    assert desk.post(f"{address}/payments/1", data={"became": "cancelled"}).status_code == 302
    assert sums(app, SMALL) == (0, 0, 0)
    assert desk.post(f"{address}/payments/1", data=PAID).status_code == 409  # it has ended
    pay(desk, number=2)


def test_nothing_is_paid_before_the_group_accepts_or_once_it_declined(app: Flask) -> None:
    desk = made(app)
    assert "Nothing is paid before it does." in text_of(desk.get(MONEY.format(SMALL)))
    assert desk.post(f"{MONEY.format(SMALL)}/call", data=call_form()).status_code == 409
    assert desk.post(f"{MONEY.format(SMALL)}/payments", data=plan_form()).status_code == 409
    browser(app, GROUPS[SMALL]).post(f"/my/awards/{SMALL}/decline")
    assert "The group declined, so nothing is paid." in text_of(desk.get(MONEY.format(SMALL)))
    page = text_of(desk.get(f"/desk/events/{slug_of(app)}/money"))
    assert "To pay £3,000" in page, "what was declined is in no sum"


@pytest.mark.parametrize(
    "typed", ["Account 12345678", "sort code 12-34-56", "GB29 NWBK 6016 1331 9268 19", "Amina ١٢٣٤٥٦٧٨"]
)
def test_no_box_takes_bank_details(app: Flask, desk: CheckedClient, typed: str) -> None:
    refused = desk.post(f"{MONEY.format(SMALL)}/call", data=call_form(spoke_to=typed))
    assert refused.status_code == 422
    assert "This looks like bank details. Leave them out: finance keeps them." in text_of(refused)
    with app.app_context():
        assert not db.session.scalars(sa.select(PayeeCheck.id)).all()


def test_a_wrong_day_is_refused_beside_its_field_and_the_rest_is_kept(app: Flask, desk: CheckedClient) -> None:
    address, tomorrow = MONEY.format(SMALL), today() + dt.timedelta(days=1)
    for wrong, said in (
        (tomorrow, "The day can’t be in the future."),
        (today() - dt.timedelta(days=1), f"The day must be on or after {day(today())}."),
    ):
        refused = desk.post(f"{address}/call", data=call_form() | day_of("rang_on", wrong))
        assert refused.status_code == 422
        assert said in text_of(refused)
        assert 'value="Amina Yusuf"' in plain_lines(refused.get_data(as_text=True))
    ring(app, SMALL)
    desk.post(f"{address}/payments", data=plan_form())
    late = PAID | day_of("happened_on", tomorrow)
    for data, said in (
        (late, "The day can’t be in the future."),
        ({"became": "paid"}, "Enter the day"),
        (FAILED | {"why": ""}, "Enter why it failed"),
        ({}, "Say what became of it"),
    ):
        refused = desk.post(f"{address}/payments/1", data=data)
        assert refused.status_code == 422
        assert said in text_of(refused)
    assert sums(app, SMALL) == (2_000_00, 0, 0)


def test_today_asks_about_a_payment_whose_day_has_passed(app: Flask, desk: CheckedClient) -> None:
    ring(app, SMALL)
    assert desk.post(f"{MONEY.format(SMALL)}/payments", data=plan_form()).status_code == 302
    assert "Note whether" not in text_of(desk.get("/desk/"))
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.update(Payment).values(planned_on=today() - dt.timedelta(days=1)))
    assert "Note whether 1 payment was made" in text_of(desk.get("/desk/"))


def test_an_auditor_reads_and_finds_no_button(demonstration: None, app: Flask) -> None:
    auditor = browser(app, "audrey@council.example")
    page = auditor.get("/desk/events/old-trafford-stretford-2014/money")
    assert page.status_code == 200
    with app.app_context():
        wanted = sa.select(Payment.award_id).where(Payment.state == "planned")
        award_id = db.session.scalars(wanted).first()
    shown = auditor.get(MONEY.format(award_id))
    assert "Note what became of it" not in text_of(shown)
    assert "<form" not in shown.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]


def test_a_group_with_a_planned_payment_rings_the_council_and_then_gives_its_award_back(
    app: Flask, desk: CheckedClient
) -> None:
    ring(app, SMALL)
    assert desk.post(f"{MONEY.format(SMALL)}/payments", data=plan_form()).status_code == 302
    group, address = browser(app, GROUPS[SMALL]), f"/my/awards/{SMALL}/give-back"
    assert "Ring the council: it stops the payment first." in text_of(group.get("/my/awards/"))
    for answer in (group.get(address), group.post(address, data={})):
        assert answer.status_code == 409
        assert "A payment is planned or made for this award." in text_of(answer)
    assert desk.post(f"{MONEY.format(SMALL)}/payments/1", data={"became": "cancelled"}).status_code == 302
    assert group.post(address, data={}).status_code == 302
    assert "You declined this offer." in text_of(group.get("/my/awards/"))
