"""Each figure has one value, wherever anybody asks: through a split award, a decline, the next in line and a return."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import time_machine
from flask import Flask

from pbvote.core.clock import today
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import awards_of, decline_offer, sign_agreement
from pbvote.grants.money.checking import Call, note_check
from pbvote.grants.money.paying import NewPayment, SentBack, note_failed, note_paid, note_return, plan_payment
from pbvote.grants.money.service import payment_of
from pbvote.people.models import Account
from pbvote.public_account.figures.definitions import PublicFigure
from pbvote.public_account.giving.service import publish
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.accepting import accepted
from tests.grants.decided import ORGANISER
from tests.grants.deciding import make_awards
from tests.grants.paying import organiser
from tests.grants.splitting import called, decide, two_events
from tests.pages import browser, text_of
from tests.public_account.asking import told_everywhere

SALE, URMSTON = PLACES = ("sale", "urmston")
SPLIT, LARGE_OF_SALE, SMALL_OF_SALE = "B-01", "B-02", "B-03"
BEGINS = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)


def pounds(**named: int) -> dict[PublicFigure, int]:
    """Every figure of a locality in pence and counts; amounts that are not named are nought."""
    known = {"share": 4_000, "bids": 3, "asked": 4_284, "voted": 5} | named
    return {each: known.get(each.value, 0) * (100 if each.is_money else 1) for each in PublicFigure}


def act(app: Flask, bid: str, do: Callable[[Award, Account], object], slug: str = SALE) -> None:
    """Do something about the award to a bid."""
    with writing(app):
        do(next(each for each in awards_of(called(slug)) if each.bid.reference == bid), organiser())


def decline(app: Flask, bid: str, slug: str) -> None:
    """The group does not take the offer."""

    def no(award: Award, _: Account) -> None:
        assert award.bid.group
        decline_offer(award, award.bid.group.contacts[0].account)

    act(app, bid, no, slug)


def pay(app: Flask, number: int) -> None:
    """The group of the small grant of Sale is rung and paid today."""

    def paid(award: Award, by: Account) -> None:
        payment = payment_of(award, number)
        assert payment
        note_paid(award, payment, today(), by)

    call = Call(number, "Nadia", "Amina Yusuf", "treasurer", today())
    act(app, SMALL_OF_SALE, lambda award, by: note_check(award, call, by))
    act(app, SMALL_OF_SALE, lambda award, by: plan_payment(award, NewPayment(number, 100_00, today()), by))
    act(app, SMALL_OF_SALE, paid)


@both_databases
def test_every_place_tells_one_value_of_each_figure_whatever_happens(app: Flask, tmp_path: Path) -> None:
    app.config.update(COUNCIL_ID="GB-LAE-TST", GRANTS_PREFIX="360G-test")
    with time_machine.travel(BEGINS) as clock:

        def now_is(**sale: int) -> None:
            clock.shift(dt.timedelta(days=1))
            assert told_everywhere(app, tmp_path, PLACES) == {SALE: pounds(**sale), URMSTON: pounds(**urmston)}

        two_events(app)
        for slug in PLACES:
            decide(app, slug, likes_split=True)
        for slug in PLACES:
            with writing(app):
                make_awards(called(slug), organiser())
        with writing(app):
            publish(organiser())
        urmston = {"groups": 2, "awarded": 384, "to_pay": 384, "left": 3_616}
        now_is(**urmston)
        decline(app, SPLIT, SALE)
        decline(app, SPLIT, URMSTON)
        urmston = {"groups": 1, "awarded": 100, "declined": 284, "to_pay": 100, "left": 3_900}
        now_is(**urmston)
        with writing(app):
            [next_award] = make_awards(called(SALE), organiser(), is_next=True)
            assert next_award.bid.reference == LARGE_OF_SALE
        sale = {"groups": 2, "awarded": 4_000, "declined": 284}
        now_is(**sale, to_pay=4_000)
        act(app, SMALL_OF_SALE, lambda award, _: accepted(award))
        act(app, SMALL_OF_SALE, sign_agreement)
        for number in (1, 2):
            pay(app, number)
            now_is(**sale, paid=100, to_pay=3_900)
            if number == 1:
                act(app, SMALL_OF_SALE, came_back)
                now_is(**sale, to_pay=4_000)
        less = SentBack(1, 20_00, today(), "Less was needed")
        act(app, SMALL_OF_SALE, lambda award, by: note_return(award, less, by))
        now_is(**sale, paid=100, to_pay=3_900, returned=20)
        clock.shift(dt.timedelta(days=40))
        assert "Sale 2 £4,000 £100 £20 Urmston 1 £100 £0 £0 All 3 £4,100 £100 £20" in board_report(app)


def came_back(award: Award, by: Account) -> None:
    """The bank corrects what it said: the payment has not reached the group."""
    payment = payment_of(award, 1)
    assert payment
    note_failed(award, payment, today(), "No account", by)


def board_report(app: Flask) -> str:
    """The report of the quarter that is over."""
    desk = browser(app, ORGANISER)
    said = {"committee": "health", "round": "1", "quarter": "2027-01-01"}
    page = text_of(desk.get(desk.post("/desk/board-reports/new", data=said).headers["Location"]))
    return re.sub(r"(Locality|Grants|Awarded|Paid|Sent back) ", "", page.split("The numbers by locality")[1])
