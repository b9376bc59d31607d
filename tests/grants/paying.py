"""Awards that were accepted and signed, and what tests enter about their money."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.money.checking import Call, checks_so_far, note_check
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.factories import an_account, writing
from tests.grants.accepting import accept_on_the_page
from tests.grants.decided import ORGANISER, made
from tests.pages import browser
from tests.stories import told_once

SECOND = "second@council.example"
LARGE, SMALL = 1, 2
"""The ids of the awards of £3,000, which takes two people, and of £2,000, which is not above the round's sum."""
MONEY = "/desk/awards/{}/money"
GROUPS = {LARGE: "group2@group.example", SMALL: "group3@group.example"}


def signed_awards(app: Flask) -> CheckedClient:
    """An organiser's browser; both groups have accepted and the agreements are signed."""
    _signed(app)
    return browser(app, ORGANISER)


@told_once
def _signed(app: Flask) -> None:
    desk = made(app)
    for award_id, email in GROUPS.items():
        accept_on_the_page(app, browser(app, email), award_id)
        assert desk.post(f"/desk/awards/{award_id}/sign").status_code == 302
    with writing(app):
        an_account(Role.ORGANISER, SECOND)


def organiser(email: str = ORGANISER) -> Account:
    """Who does it."""
    found = account_with_email(email)
    assert found
    return found


def the_award(award_id: int) -> Award:
    """The award with this id."""
    found = award_of(award_id)
    assert found
    return found


@contextmanager
def moving(app: Flask, award_id: int) -> Iterator[tuple[Award, Account]]:
    """A transaction of its own about an award, and the organiser; kept unless it is refused."""
    with writing(app):
        yield the_award(award_id), organiser()


def ring(app: Flask, award_id: int) -> None:
    """Note that the group was rung today."""
    with moving(app, award_id) as (award, by):
        note_check(award, Call(checks_so_far(award) + 1, "Nadia", "Amina Yusuf", "treasurer", today()), by)


def call_form(number: int = 1, **others: str) -> dict[str, str]:
    """The form about the call, filled in."""
    said = {"rang_by": "Nadia, payments", "spoke_to": "Amina Yusuf", "role": "treasurer"}
    return {"number": str(number), **said, **day_of("rang_on"), **others}


def day_of(field: str, day: dt.date | None = None) -> dict[str, str]:
    """A day's three boxes; today's, unless another is given."""
    value = day or today()
    return {f"{field}-day": str(value.day), f"{field}-month": str(value.month), f"{field}-year": str(value.year)}


PAID = {"became": "paid", **day_of("happened_on")}
"""What an organiser enters once a payment has arrived."""


def plan_form(number: int = 1, **others: str) -> dict[str, str]:
    """The form about a payment, filled in."""
    return {"number": str(number), **day_of("planned_on"), **others}


def sums(app: Flask, award_id: int) -> tuple[int, int, int]:
    """What is planned, paid and sent back of an award, in pence."""
    with app.app_context():
        award = the_award(award_id)
        return award.planned_pence, award.paid_pence, award.returned_pence


def set_rules(desk: CheckedClient, **others: str) -> None:
    """Settle the round's rules about money."""
    rules = {"photo_report_to_pence": "500", "page_report_to_pence": "2000", "second_payer_from_pence": "2000"}
    rules |= {"second_person_from_pence": "2000", "receipts_from_pence": "250", "lone_visits": "Go in twos."}
    assert desk.post("/desk/rounds/grants-2014/after-the-vote", data=rules | others).status_code == 302
