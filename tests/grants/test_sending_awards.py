"""Decisions: written down, read as letters, sent together, called back; once each."""

import datetime as dt
import re

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.checking.interests import declare_interest
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.filters import day as day_in_words
from pbvote.grants.awards import service
from pbvote.grants.awards.models import AwardState
from pbvote.mail.models import LetterState
from pbvote.people.service import account_with_email
from tests.conftest import both_databases
from tests.factories import an_account, writing
from tests.grants.accepting import send_form
from tests.grants.decided import (
    DECISION,
    ORGANISER,
    SECOND,
    awards,
    decision,
    drafted,
    later,
    outbox,
    result,
    send,
)
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together


def test_a_decision_is_written_down_and_read_as_letters_before_anybody_hears(app: Flask) -> None:
    address = result(app)
    before = outbox(app)
    desk, page_address = drafted(app, address)
    page = text_of(desk.get(page_address))
    assert "Nobody knows of this yet." in page
    assert "Offered all that they asked for: 2" in page
    assert "Not chosen: 1" in page
    assert "2, £5,000 together" in page
    assert "Good news: residents of Sale chose “Project of Group 2” (B-02). The council offers Group 2 £3,000." in page
    assert "We are sorry: residents of Sale did not choose it this time." in page
    assert "Send 3 letters" in page
    for said in (DECISION, "The Executive", "Waiting.", "None"):
        assert said in page
    assert awards(app) == {}
    assert outbox(app) == before
    assert "The decision is written down. Nobody knows of it yet." in text_of(desk.get(address))
    assert "Send the letters about Sale decides" in text_of(desk.get("/desk/"))


def test_the_letters_are_sent_together_and_groups_know_after_ten_minutes(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    winner, loser = browser(app, "group2@group.example"), browser(app, "group1@group.example")
    pages = [(winner, "/my/bids/"), (winner, "/my/awards/"), (loser, "/my/bids/")]
    known = [text_of(group.get(path)) for group, path in pages]
    assert send(desk, page_address).status_code == 302
    assert awards(app) == {"B-02": (3_000_00, AwardState.OFFERED), "B-03": (2_000_00, AwardState.OFFERED)}
    assert "2 awards of £5,000 together" in text_of(desk.get(address))  # the money is bound from now on
    assert [text_of(group.get(path)) for group, path in pages] == known
    for verb in ("accept", "decline"):
        assert winner.post(f"/my/awards/1/{verb}").status_code == 404
    with app.app_context():
        assert all(letter.not_before and letter.not_before > now() for letter in letters()[:3])
    with later(11):
        assert "£3,000" in text_of(winner.get("/my/awards/"))
        assert "You have an offer. Accept or decline it under My grants." in text_of(winner.get("/my/bids/"))
        lost = text_of(loser.get("/my/bids/"))
        assert "Residents did not choose it this time." in lost
        assert "It is on the ballot" not in lost
        assert send_form(winner, 1).status_code == 302


def test_called_back_within_ten_minutes_no_group_has_read_anything(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    send(desk, page_address)
    assert desk.post(f"{page_address}/call-back").status_code == 302
    assert awards(app) == {}
    with app.app_context():
        assert {letter.state for letter in letters()[:3]} == {LetterState.CALLED_BACK}
        assert {letter.body for letter in letters()[:3]} == {""}
    page = desk.get(address)
    assert "These are the words of the decision that was called back." in text_of(page)
    assert 'value="The Executive"' in page.get_data(as_text=True)
    assert "Called back" in text_of(desk.get(page_address))
    assert desk.post(f"{page_address}/call-back").status_code == 409
    with later(11):
        assert "did not choose" not in text_of(browser(app, "group1@group.example").get("/my/bids/"))
    _, again = drafted(app, address)
    assert again != page_address
    assert send(desk, again).status_code == 302
    assert len(awards(app)) == 2


def test_after_ten_minutes_nothing_is_called_back(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    with later(11):
        refused = desk.post(f"{page_address}/call-back")
        assert refused.status_code == 409
        assert "The letters have left" in text_of(refused)
    assert len(awards(app)) == 2


def test_a_letter_that_was_tried_keeps_the_decision(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    with writing(app):
        letters()[0].attempts = 1
    assert desk.post(f"{page_address}/call-back").status_code == 409
    assert len(awards(app)) == 2


def test_what_is_sent_is_what_was_read(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(page_address).get_data(as_text=True))[0]
    desk.post(f"{page_address}/change", data=decision(reason="In other words."))
    for typed in (seen, ""):
        refused = desk.post(f"{page_address}/send", data={"seen": typed})
        assert refused.status_code == 409
        assert "Something has changed since you read these letters." in text_of(refused)
    assert awards(app) == {}
    assert "In other words." in text_of(desk.get(page_address))
    with writing(app):
        db.session.get_one(Bid, 2).state = BidState.WITHDRAWN
    assert "Send 2 letters" in text_of(desk.get(page_address))  # whoever withdrew hears nothing
    assert send(desk, page_address).status_code == 302
    assert awards(app) == {"B-03": (2_000_00, AwardState.OFFERED)}


def test_a_draft_is_dropped_without_a_trace_for_any_group(app: Flask) -> None:
    address = result(app)
    desk, page_address = drafted(app, address)
    assert desk.post(f"{page_address}/drop").status_code == 302
    assert desk.get(page_address).status_code == 404
    assert "Record the decision" in text_of(desk.get(address))


def belong_to(app: Flask, bid_id: int) -> None:
    """The organiser declares that they belong to the group of this bid; another organiser does not."""
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        other = an_account(Role.ORGANISER, SECOND)
        other.name = "Sue Lee"
        declare_interest(db.session.get_one(Bid, bid_id), organiser, "its treasurer", other)


@pytest.mark.parametrize("number", [2, 1])
def test_whoever_belongs_to_a_group_on_the_ballot_decides_nothing_whether_it_has_won_or_lost(
    app: Flask, number: int
) -> None:
    address = result(app)
    belong_to(app, number)
    desk, other = browser(app, ORGANISER), browser(app, SECOND)
    said = f"Group {number}, which bid for this money, so you decide nothing about it. Sue Lee can do this."
    page = text_of(desk.get(address))
    assert said in page
    assert "Record the decision" not in page
    refused = desk.post(f"{address}/decision", data=decision())
    assert refused.status_code == 409
    assert said in text_of(refused)
    page_address = other.post(f"{address}/decision", data=decision()).headers["Location"]
    page = text_of(desk.get(page_address))
    assert said in page
    assert not any(button in page for button in ("Send 3 letters", "Change the record", "Drop this draft"))
    assert "Send 3 letters" in text_of(other.get(page_address))
    refused = desk.post(f"{page_address}/send", data={"seen": ""})
    assert refused.status_code == 409
    assert said in text_of(refused)
    assert desk.post(f"{page_address}/drop").status_code == 409
    assert awards(app) == {}
    assert send(other, page_address).status_code == 302
    assert desk.post(f"{page_address}/call-back").status_code == 409
    assert "Call them back" not in text_of(desk.get(page_address))


def test_whoever_belongs_to_a_group_that_has_withdrawn_may_decide(app: Flask) -> None:
    address = result(app)
    belong_to(app, 2)
    with writing(app):
        db.session.get_one(Bid, 2).state = BidState.WITHDRAWN
    assert browser(app, ORGANISER).post(f"{address}/decision", data=decision()).status_code == 302


@pytest.mark.parametrize("number", [2, 1])
def test_before_the_result_is_public_the_refusal_is_the_same_for_winners_and_losers(app: Flask, number: int) -> None:
    address = result(app, is_published=False)
    belong_to(app, number)
    refused = browser(app, ORGANISER).post(f"{address}/decision", data=decision())
    assert refused.status_code == 409
    assert f"You belong to Group {number}, which bid for this money" in text_of(refused)
    assert "Publish the result first." in text_of(browser(app, SECOND).post(f"{address}/decision", data=decision()))


@both_databases
def test_of_two_who_send_at_once_one_does(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(page_address).get_data(as_text=True))[0]
    statuses: list[int] = []

    def press() -> None:
        answer = browser(app, ORGANISER).post(f"{page_address}/send", data={"seen": seen})
        statuses.append(answer.status_code)

    together(press, press, press)
    assert sorted(statuses) == [302, 409, 409]
    assert len(awards(app)) == 2
    with app.app_context():
        assert sum(letter.subject == "Your grant: £3,000" for letter in letters()) == 1


@both_databases
def test_a_decision_that_is_called_back_twice_and_sent_again_at_once_ends_whole(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(page_address).get_data(as_text=True))[0]
    send(desk, page_address)
    statuses: dict[str, list[int]] = {"call-back": [], "send": []}

    def press(verb: str) -> None:
        answer = browser(app, ORGANISER).post(f"{page_address}/{verb}", data={"seen": seen})
        statuses[verb].append(answer.status_code)

    together(lambda: press("call-back"), lambda: press("call-back"), lambda: press("send"))
    assert sorted(statuses["call-back"]) == [302, 409]
    assert statuses["send"] == [409]
    assert awards(app) == {}


@both_databases
def test_of_two_who_write_the_decision_down_at_once_one_does(app: Flask) -> None:
    address = result(app)
    statuses: list[int] = []

    def write_down() -> None:
        statuses.append(browser(app, ORGANISER).post(f"{address}/decision", data=decision()).status_code)

    together(write_down, write_down, write_down)
    assert sorted(statuses) == [302, 409, 409]


def test_no_mentor_is_chosen_before_the_group_knows(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    with writing(app):
        award = service.award_of(1)
        assert award
        member = an_account(Role.LP_MEMBER, "lp@partnership.example", award.event.share.locality)
        member_id = str(member.id)
    refused = desk.post("/desk/monitoring/1", data={"member": member_id})
    assert refused.status_code == 409
    assert "The group hears of this award at" in text_of(refused)


def test_nothing_is_awarded_before_the_result_is_public(app: Flask) -> None:
    address = result(app, is_published=False)
    refused = browser(app, ORGANISER).post(f"{address}/decision", data=decision())
    assert refused.status_code == 409
    assert "Publish the result first." in text_of(refused)
    assert awards(app) == {}


def test_a_decision_without_a_day_or_a_reason_is_refused_and_keeps_what_was_typed(app: Flask) -> None:
    address = result(app)
    desk = browser(app, ORGANISER)
    for form, complaint in [
        (decision(today() + dt.timedelta(days=1)), "The day of the decision can’t be in the future"),
        (
            decision(dt.date(2001, 1, 1)),
            f"Sale decides began on {day_in_words(today())}. Enter that day or a later one.",
        ),
        (decision(reason="  "), "Write the decision down"),
        ({"reason": DECISION}, "Enter the day of the decision"),
        (decision() | {"decided_by": ""}, "Enter who decided"),
        (decision() | {"interests": ""}, "Write down which interests were declared"),
        (decision() | {"decided_on-day": "32"}, "The date must be a real date"),
    ]:
        refused = desk.post(f"{address}/decision", data=form)
        assert refused.status_code == 422
        assert complaint in text_of(refused)
        assert form["reason"].strip() in text_of(refused)
        assert f'value="{form.get("decided_on-day", "")}"' in refused.get_data(as_text=True) or len(form) == 1
    assert awards(app) == {}
