"""Checking bids: the checklist, questions to groups, interests, more time, and the board."""

import datetime as dt
import re

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.checking import decisions, interests, queries
from pbvote.call.checking.board import BoardLine, lines_of
from pbvote.call.checking.checklist import USUAL_QUESTIONS, rules_of, set_rules
from pbvote.call.checking.interests import NotImpartial, OwnInterest
from pbvote.call.checking.models import DecisionKind, Interest
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, add_account
from tests.bidding import BID, send_form
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_open_round, sign_in, writing
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.together import together

OLIVIA, OMAR, CONTACT = "organiser@council.example", "omar@council.example", "growers@group.example"
BOARD = "/desk/bids/round/grants-2014"
QUESTION = "Who holds the keys of the hall?"


@pytest.fixture
def council(app: Flask) -> None:
    """Two organisers before B-01 of the Growers and B-02 of the Cooks."""
    with writing(app):
        an_account(Role.ORGANISER)
        an_account(Role.ORGANISER, OMAR)
        a_locality()
        share = an_open_round().shares[0]
        a_bid(share)
        a_bid(share, "Cooks", 2_000_00)


@pytest.fixture
def desk(app: Flask, council: None) -> CheckedClient:
    """Olivia's browser."""
    return browser(app, OLIVIA)


def account(email: str) -> Account:
    """The account with this address."""
    found = account_with_email(email)
    assert found
    return found


def day_fields(day: dt.date, name: str) -> dict[str, str]:
    """A day as its three boxes."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def ask(desk: CheckedClient, days: int = 5, question: str = QUESTION) -> TestResponse:
    """Send the group of B-01 a question."""
    answer_by = day_fields(today() + dt.timedelta(days=days), "answer_by")
    return desk.post("/desk/bids/1/query", data={"question": question, **answer_by})


def code_in_letter(app: Flask) -> str:
    """The code in the newest letter that asks a question."""
    with app.app_context():
        return next(code[1] for letter in letters() if (code := re.search(r"/bids/answer#(\S+)", letter.body)))


def test_a_question_is_mailed_and_the_bid_waits_until_it_is_answered(app: Flask, desk: CheckedClient) -> None:
    assert "Choose a day after today" in text_of(ask(desk, days=0))
    assert ask(desk).status_code == 302
    assert ask(desk).status_code == 409  # one at a time
    waits = f"Waits until {today() + dt.timedelta(days=5):%-d %B %Y}"
    for page in (BOARD, "/desk/bids/1"):
        assert waits in text_of(desk.get(page))
    assert "B-01" in text_of(desk.get(f"{BOARD}?flag=waiting"))
    assert "B-02" not in text_of(desk.get(f"{BOARD}?flag=waiting"))
    group = browser(app, CONTACT)
    assert "We have a question. Please answer by" in text_of(group.get("/my/bids/"))
    contact, code = client_of(app), code_in_letter(app)
    assert QUESTION in text_of(contact.post("/bids/answer", data={"code": code}))
    empty = contact.post("/bids/answer/send", data={"code": code, "words": ""})
    assert empty.status_code == 422
    assert contact.post("/bids/answer/send", data={"code": code, "words": "Ann does."}).status_code == 302
    for page in (BOARD, "/desk/bids/1"):
        assert waits not in text_of(desk.get(page))
    assert "Ann does." in text_of(desk.get("/desk/bids/1"))
    assert "We have your answer. It came on" in text_of(contact.post("/bids/answer", data={"code": code}))
    assert contact.post("/bids/answer/send", data={"code": code, "words": "Bob does."}).status_code == 409


def test_a_contact_answers_at_my_bids_and_no_other_group_does(app: Flask, desk: CheckedClient) -> None:
    ask(desk)
    stranger = browser(app, "cooks@group.example")
    assert stranger.get("/my/bids/questions/1").status_code == 404
    assert stranger.post("/my/bids/questions/1", data={"words": "Us."}).status_code == 404
    group = browser(app, CONTACT)
    assert QUESTION in text_of(group.get("/my/bids/questions/1"))
    assert group.post("/my/bids/questions/1", data={"words": "Ann does."}).status_code == 302
    assert "We have a question" not in text_of(group.get("/my/bids/"))


def test_an_overdue_answer_shows_and_is_still_welcome(app: Flask, desk: CheckedClient) -> None:
    ask(desk, days=1)
    with time_machine.travel(now() + dt.timedelta(days=2)):
        sign_in(desk, OLIVIA)
        assert "Answer overdue since" in text_of(desk.get(BOARD))
        assert "B-01" in text_of(desk.get(f"{BOARD}?flag=overdue"))
        code = code_in_letter(app)
        assert "It still helps: send it now." in text_of(client_of(app).post("/bids/answer", data={"code": code}))


def test_a_question_that_was_taken_back_is_closed_to_its_group(app: Flask, desk: CheckedClient) -> None:
    ask(desk)
    assert desk.post("/desk/bids/queries/1/cancel").status_code == 302
    shown = client_of(app).post("/bids/answer", data={"code": code_in_letter(app)})
    assert "We no longer need the answer. Thank you." in text_of(shown)
    assert ask(desk, question="And who pays?").status_code == 302


def test_a_wrong_code_is_told_so_and_keeps_no_promise(app: Flask, council: None) -> None:
    for page in ("/bids/answer", "/bids/look-again"):
        assert "This link does not work." in text_of(client_of(app).post(page, data={"code": "AAAA-AAAA-AAAA"}))


@both_databases
def test_of_two_questions_at_once_one_is_sent(app: Flask, council: None) -> None:
    asked: list[str] = []

    def press(email: str) -> None:
        try:
            with writing(app):
                bid = db.session.get_one(Bid, 1)
                queries.ask(bid, f"{QUESTION} {email}", today() + dt.timedelta(days=3), account(email))
            asked.append(email)
        except queries.AlreadyAsked:
            pass

    together(lambda: press(OLIVIA), lambda: press(OMAR))
    assert len(asked) == 1


def test_the_checklist_keeps_who_found_what_and_a_no_needs_its_reason(app: Flask, desk: CheckedClient) -> None:
    missing = desk.post("/desk/bids/1/ticks", data={"met_0": "no", "reason_0": ""})
    assert missing.status_code == 422
    assert "Say why not" in text_of(missing)
    assert (
        desk.post("/desk/bids/1/ticks", data={"met_0": "yes", "met_1": "no", "reason_1": "No rules"}).status_code == 302
    )
    page = text_of(desk.get("/desk/bids/1"))
    assert f"{USUAL_QUESTIONS[1]}: no (No rules), The organiser" in page
    assert "1 yes, 1 no" in text_of(desk.get(BOARD))
    desk.post("/desk/bids/1/ticks", data={"met_0": "yes", "met_1": "yes"})
    assert "2 yes" in text_of(desk.get(BOARD))
    assert "Checked: no" in text_of(desk.get("/desk/bids/1"))  # the history keeps it


def test_a_round_has_six_lines_of_its_own_and_somebody_to_ring(app: Flask, desk: CheckedClient) -> None:
    address = "/desk/rounds/grants-2014/checklist"
    assert "Keep it to 6 lines. There are 7" in text_of(desk.post(address, data={"questions": "\n".join("abcdefg")}))
    lonely = desk.post(address, data={"questions": "Is it ours?", "person": "1"})
    assert "Enter the telephone number" in text_of(lonely)
    form = {"questions": "Is it ours?\nIs it safe?", "person": "1", "telephone": "0161 496 0123"}
    assert desk.post(address, data=form).status_code == 302
    page = text_of(desk.get("/desk/bids/1"))
    assert "Is it safe?: not looked at yet" in page
    assert USUAL_QUESTIONS[0] not in page


def test_who_belongs_to_a_group_decides_nothing_about_its_bid(app: Flask, desk: CheckedClient) -> None:
    with app.app_context():
        me = str(account(OLIVIA).id)
    assert desk.post("/desk/bids/1/interest", data={"account": me, "what": "treasurer"}).status_code == 302
    page = text_of(desk.get("/desk/bids/1"))
    assert "You belong to this group, so you don’t decide about its bid." in page
    for button in ("Draft: to the vote", "Draft: refuse", "Send the question", "Save the checklist"):
        assert button not in page
    why = {"reason": "So.", "advice": "Nothing."}
    day = day_fields(today() + dt.timedelta(days=3), "answer_by")
    for verb, form in (("shortlist", {}), ("refuse", why), ("query", {"question": "?", **day}), ("ticks", {})):
        refused = desk.post(f"/desk/bids/1/{verb}", data=form)
        assert refused.status_code == 409, verb
        assert "You belong to this group, so somebody else decides about its bid." in text_of(refused)
    with writing(app), pytest.raises(OwnInterest):
        interests.end_interest(db.session.get_one(Interest, 1), account(OLIVIA))
    omar = browser(app, OMAR)
    assert "Draft: to the vote" in text_of(omar.get("/desk/bids/1"))
    omar.post("/desk/bids/1/shortlist")
    shown = text_of(desk.get(f"{BOARD}/decisions"))
    assert "Somebody else sends this" in shown
    assert "Send 1 decision" not in shown
    sent = desk.post(f"{BOARD}/decisions", data={"decision": "1"}, follow_redirects=True)
    assert "B-01: You belong to this group" in text_of(sent)
    assert omar.post("/desk/bids/1/interests/1/end").status_code == 302
    assert "Draft: to the vote" in text_of(desk.get("/desk/bids/1"))


def test_a_contact_of_a_group_is_not_impartial_without_declaring_it(app: Flask, council: None) -> None:
    with writing(app):
        bid = db.session.get_one(Bid, 1)
        db.session.add(GroupContact(group_id=bid.group_id, account_id=account(OMAR).id))
        db.session.flush()
        with pytest.raises(NotImpartial):
            interests.require_impartial(bid, account(OMAR))


@both_databases
def test_two_who_save_a_checklist_at_once_are_both_answered(app: Flask, council: None) -> None:
    kept: list[str] = []

    def save(question: str) -> None:
        with writing(app):
            set_rules(1, [question], None, "")
        kept.append(question)

    together(*(lambda question=question: save(question) for question in ("One?", "Two?", "Three?")))
    assert sorted(kept) == ["One?", "Three?", "Two?"]
    with app.app_context():
        assert rules_of(1).questions[0] in kept


def test_whoever_belongs_to_a_group_goes_round_by_no_back_door(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        bid, olivia, omar = db.session.get_one(Bid, 1), account(OLIVIA), account(OMAR)
        query = queries.ask(bid, "Which park?", today() + dt.timedelta(days=7), omar)
        drafted = decisions.draft(bid, DecisionKind.SHORTLIST, omar)
        decisions.send_decisions(bid.round, [drafted.id], omar)
        decisions.draft(db.session.get_one(Bid, 2), DecisionKind.REFUSE, omar, "Why.", "What.")
        for each in (1, 2):
            interests.declare_interest(db.session.get_one(Bid, each), olivia, "Treasurer", omar)
        assert bid.group
        assert query.id == drafted.id == 1
        contact = bid.group.contacts[0].account.email
    more = {"email": contact, "reason": "We are slow.", **day_fields(today() + dt.timedelta(days=8), "until_on")}
    for address, form in (
        ("/desk/bids/queries/1/cancel", {}),
        ("/desk/bids/decisions/1/call-back", {}),
        ("/desk/bids/decisions/2/drop", {}),
        ("/desk/rounds/grants-2014/more-time", more),
        ("/desk/rounds/grants-2014/more-time", {**more, "email": OLIVIA}),
    ):
        refused = desk.post(address, data=form)
        assert refused.status_code == 409, address
        assert "You belong to this group, so somebody else decides about its bid." in text_of(refused)
    page = desk.get(f"{BOARD}/decisions").get_data(as_text=True)
    assert "Call back B-01" not in page
    assert "Drop the draft" not in page
    assert browser(app, OMAR).post("/desk/bids/decisions/1/call-back").status_code == 302


def test_one_group_has_more_time_and_the_others_do_not(app: Flask, desk: CheckedClient) -> None:
    last = today() + dt.timedelta(days=8)
    form = {"email": "Late@group.example", "reason": "In hospital.", **day_fields(last, "until_on")}
    assert desk.post("/desk/rounds/grants-2014/more-time", data=form).status_code == 302
    with app.app_context():
        assert letters()[0].recipient == "late@group.example"
        assert f"until the end of {last:%-d %B %Y}" in letters()[0].body
    bid = {**BID, "group_name": "Latecomers"}
    with time_machine.travel(now() + dt.timedelta(days=7)):
        anybody = client_of(app)
        assert anybody.get("/rounds/grants-2014/bid").status_code == 200
        assert "We have kept it" in text_of(send_form(client_of(app), {**bid, "email": "other@group.example"}))
        in_time = send_form(client_of(app), {**bid, "email": "late@group.example"})
        assert in_time.headers["Location"].endswith("/bid/sent")
    with time_machine.travel(now() + dt.timedelta(days=9)):
        assert client_of(app).get("/rounds/grants-2014/bid").status_code == 422


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?order=most", ["B-02", "B-01"]),
        ("?order=least", ["B-01", "B-02"]),
        ("?order=group", ["B-02", "B-01"]),
        ("?words=cook", ["B-02"]),
        ("?words=nobody", []),
        ("?flag=untranslated&order=nonsense&page=99&locality=7", ["B-01", "B-02"]),
        ("?flag=duplicate", []),
        ("?flag=undecided&state=received&locality=1", ["B-01", "B-02"]),
        ("?view=columns", ["B-01", "B-02"]),
    ],
)
def test_the_board_is_searched_filtered_and_sorted(desk: CheckedClient, query: str, shown: list[str]) -> None:
    found = re.findall(r"B-0[12]", text_of(desk.get(BOARD + query)))
    assert list(dict.fromkeys(found)) == shown


def test_the_board_shows_what_is_asked_against_the_share(desk: CheckedClient) -> None:
    assert "Sale: 2 bids ask for £3,000 of £10,000" in text_of(desk.get(BOARD))


def test_the_next_bid_is_one_that_waits_for_this_account(app: Flask, desk: CheckedClient) -> None:
    assert desk.get("/desk/bids/1/next").headers["Location"] == "/desk/bids/2"
    assert desk.get("/desk/bids/2/next").headers["Location"] == "/desk/bids/1"
    ask(desk)
    assert desk.get("/desk/bids/2/next").headers["Location"] == BOARD


def fill(app: Flask, number: int) -> None:
    """Give the round so many bids more, past the form."""
    with writing(app):
        share = db.session.get_one(Share, 1)
        for at in range(number):
            contact = add_account(f"Contact {at}", f"contact{at}@group.example")
            db.session.add(
                Bid(
                    round_id=share.round_id,
                    reference=f"C-{at:03}",
                    group=Group(name=f"Friends of park {at} in Sale", contacts=[GroupContact(account=contact)]),
                    title=f"Project {at}",
                    summary="",
                    state=BidState.RECEIVED,
                    asks=[Ask(locality_id=share.locality_id, ask_pence=100_00 + at)],
                )
            )


def test_five_hundred_bids_are_read_within_the_budget_and_none_is_taken_for_another(
    app: Flask, desk: CheckedClient
) -> None:
    fill(app, 498)
    page = text_of(desk.get(BOARD))
    assert "500 bids, asking for" in page
    assert "Page 2 of 5" in page
    with app.app_context():
        lines: list[BoardLine] = lines_of(db.session.get_one(Bid, 1).round)
    assert len(lines) == 500
    assert not [line for line in lines if line.matches]
