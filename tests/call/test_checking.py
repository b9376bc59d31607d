"""Checking bids: the checklist, questions to groups, interests, more time, and the board."""

import datetime as dt
import re
from html import unescape

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.checking import queries
from pbvote.call.checking.board import BoardLine, lines_of
from pbvote.call.checking.checklist import USUAL_QUESTIONS, rules_of, set_rules
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.people.service import add_account
from tests.bidding import BID, send_form
from tests.call.officers import BOARD, OLIVIA, OMAR, account, day_fields, make_council
from tests.call.sheets import rows_of
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import sign_in, writing
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.together import together

CONTACT = "growers@group.example"
QUESTION = "Who holds the keys of the hall?"


@pytest.fixture
def council(app: Flask) -> None:
    """Two organisers before B-01 of the Growers and B-02 of the Cooks."""
    make_council(app)


@pytest.fixture
def desk(app: Flask, council: None) -> CheckedClient:
    """Olivia's browser."""
    return browser(app, OLIVIA)


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
    board = desk.get(BOARD + query)
    assert list(dict.fromkeys(re.findall(r"B-0[12]", text_of(board)))) == shown
    # Both downloads follow: the same bids in the same order.
    xlsx, csv = (unescape(href) for href in re.findall(r'href="([^"]+)" download', board.get_data(as_text=True)))
    assert [row[0] for row in rows_of(desk.get(xlsx).get_data())] == shown
    assert re.findall(r"^B-0[12]", desk.get(csv).get_data(as_text=True), re.MULTILINE) == shown


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
