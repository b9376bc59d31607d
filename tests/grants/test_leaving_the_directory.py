"""How a group's place in the directory ends: taken back, taken down by an organiser, or with its grant."""

import datetime as dt
import threading

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.grants.awards.models import AwardHistory, AwardState
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.listing import AT, LISTING, list_group, listing
from tests.grants.paying import the_award
from tests.grants.visiting import GROUP, ORGANISER
from tests.outbox import letters
from tests.pages import browser, text_of

pytestmark = pytest.mark.usefixtures("funded")


def test_a_page_that_was_open_while_the_group_went_does_not_bring_it_back(app: Flask) -> None:
    list_group(app)
    group = browser(app, GROUP)
    assert group.post(f"{AT}/take-back", data={"part": "all"}).status_code == 302
    answer = group.post(AT, data={**LISTING, "was_listed": "yes"})
    assert answer.status_code == 409
    assert "taken out of the directory while this page was open" in text_of(answer)
    assert listing(app) is None


def test_an_organiser_takes_a_listing_down_and_says_why(app: Flask, client: CheckedClient) -> None:
    list_group(app)
    desk = browser(app, ORGANISER)
    assert "We cook" in text_of(desk.get("/desk/awards/1/directory"))
    assert "Say why" in text_of(desk.post("/desk/awards/1/directory", data={"reason": ""}))
    assert desk.post("/desk/awards/1/directory", data={"reason": "It names a child."}).status_code == 302
    assert listing(app) is None
    with app.app_context():
        [letter] = [each for each in letters() if each.recipient == GROUP and "directory" in each.subject]
    assert "It names a child." in letter.body
    answer = desk.post("/desk/awards/1/directory", data={"reason": "Again"})
    assert answer.status_code == 409
    assert "does not stand in the directory" in text_of(answer)


def test_a_listing_goes_two_years_after_its_grant_has_ended(app: Flask) -> None:
    list_group(app)
    with writing(app):
        award = the_award(1)
        award.state = AwardState.CLOSED
        award.history.append(AwardHistory(state=AwardState.CLOSED, at=now() - dt.timedelta(days=729)))
    tidy(app)
    assert listing(app)
    with time_machine.travel(now() + dt.timedelta(days=2)):
        tidy(app)
    assert listing(app) is None


def test_a_listing_goes_with_a_grant_that_is_given_back(app: Flask) -> None:
    list_group(app)
    with writing(app):
        the_award(1).state = AwardState.DECLINED
    tidy(app)
    assert listing(app) is None


def tidy(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["tidy"]).exit_code == 0


@both_databases
def test_of_saving_and_taking_back_at_once_nothing_breaks(app: Flask) -> None:
    list_group(app)
    group, other = browser(app, GROUP), browser(app, GROUP)
    answers: list[int] = []

    def save() -> None:
        answers.append(group.post(AT, data={**LISTING, "was_listed": "yes"}).status_code)

    def go() -> None:
        answers.append(other.post(f"{AT}/take-back", data={"part": "all"}).status_code)

    threads = [threading.Thread(target=each) for each in (save, go)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) in ([302, 302], [302, 409])
    assert listing(app) is None, "whichever came first, the group is out"
