"""Drafts: the way back, what a browser may open, two writers, and that nothing typed is lost."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.call.bids.models import Bid, SentBid
from pbvote.call.drafts.models import Draft, DraftPage
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import add_round, open_round
from pbvote.core.clock import now, today
from pbvote.db import db
from tests.bidding import BID, CONTACT, ROUND, asking_letters, confirm_newest, page_of, send, send_form, write
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.factories import a_locality, an_open_round, writing
from tests.outbox import letters
from tests.pages import client_of, fields_of, misspelt, text_of
from tests.together import together


@pytest.fixture
def council(app: Flask) -> None:
    """Sale, whose share takes bids today of up to £4,000."""
    with writing(app):
        a_locality()
        an_open_round(10_000_00)


def way_back(app: Flask) -> str:
    """The code in the newest letter that leads back to a draft."""
    with app.app_context():
        found = (re.search(r"/bid/draft#(\S+)", letter.body) for letter in letters())
        return next(link[1] for link in found if link)


def open_draft(app: Flask) -> CheckedClient:
    """Another browser, which came by the newest letter."""
    other = client_of(app)
    assert other.post(f"{ROUND}/bid/draft", data={"code": way_back(app)}).status_code == 302
    return other


def pages(app: Flask) -> dict[str, tuple[int, dict[str, str]]]:
    """What is kept of each page, with its version."""
    with app.app_context():
        return {kept.page: (kept.version, kept.typed) for kept in db.session.scalars(sa.select(DraftPage))}


def project(client: CheckedClient, version: int, **changes: str) -> TestResponse:
    """Press Continue on the page about the project."""
    typed = {name: text for name, text in BID.items() if page_of(name) == "project"}
    return client.post(f"{ROUND}/bid/project", data={**typed, **changes, "version": str(version)})


@both_databases
def test_a_draft_is_gone_on_with_in_another_browser_by_the_mailed_link(app: Flask, council: None) -> None:
    first = client_of(app)
    assert write(first, {**BID, "title": ""}).status_code == 422  # the page is kept as it is, right or wrong
    with app.app_context():
        assert letters()[0].recipient == CONTACT
        assert "We plant." not in letters()[0].body
    other = open_draft(app)
    assert 'value="Growers"' in other.get(f"{ROUND}/bid/group").get_data(as_text=True)
    assert "We plant." in text_of(other.get(f"{ROUND}/bid/project"))
    assert project(other, version=1).status_code == 302
    money = {name: text for name, text in BID.items() if page_of(name) == "money"}
    assert other.post(f"{ROUND}/bid/money", data=money).headers["Location"] == f"{ROUND}/bid/check"
    assert other.post(f"{ROUND}/bid/check").headers["Location"] == f"{ROUND}/bid/sent"
    assert confirm_newest(app).status_code == 302
    with app.app_context():
        assert db.session.scalars(sa.select(Draft)).all() == []


def test_nobody_else_opens_a_draft(app: Flask, council: None) -> None:
    write(client_of(app), BID)
    stranger = client_of(app)
    assert stranger.get(f"{ROUND}/bid/group").headers["Location"] == f"{ROUND}/bid"
    for code in ("0000-0000-0000", misspelt(way_back(app))):
        assert "This link does not work" in text_of(stranger.post(f"{ROUND}/bid/draft", data={"code": code}))
    refused = stranger.post(f"{ROUND}/bid/group", data={**BID, "pass": "forged", "title": "Typed for an hour"})
    assert refused.status_code == 422
    assert "Open it by the link in our newest e-mail" in text_of(refused)
    assert "Typed for an hour" in text_of(refused)  # what somebody typed is on the page that refuses it


def test_a_librarys_computer_forgets_the_draft(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, BID)
    assert "Nothing of it is left on this phone or computer" in text_of(client.post(f"{ROUND}/bid/leave"))
    assert client.get(f"{ROUND}/bid/group").headers["Location"] == f"{ROUND}/bid"
    other = open_draft(app)
    with time_machine.travel(now() + dt.timedelta(hours=5), tick=False):
        assert other.get(f"{ROUND}/bid/group").status_code == 302


def test_a_lost_cookie_and_an_old_page_lose_no_word(make_app: AppMaker, council: None) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    client = client_of(app)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(f"{ROUND}/bid").get_data(as_text=True))
    assert token
    client.post(f"{ROUND}/bid", data={"email": CONTACT, "csrf_token": token[1]})
    hidden = fields_of(client.get(f"{ROUND}/bid/group").get_data(as_text=True))
    typed = {name: text for name, text in BID.items() if page_of(name) == "group"}
    with time_machine.travel(now() + dt.timedelta(days=3), tick=False):
        late = client_of(app)  # without a cookie
        assert late.post(f"{ROUND}/bid/group", data={**typed, "pass": hidden["pass"]}).status_code == 302
        assert late.get(f"{ROUND}/bid/group").status_code == 200
    assert pages(app)["group"][1]["group_name"] == "Growers"


def test_what_a_form_elsewhere_refuses_shows_what_was_typed_and_no_secret(make_app: AppMaker, council: None) -> None:
    app = make_app(WTF_CSRF_ENABLED=True)
    typed = {"reason": "Forty words of a reason.", "password": "correct horse battery", "csrf_token": "an old one"}
    refused = text_of(client_of(app).post("/desk/bids/1/refuse", data=typed))
    assert "Forty words of a reason." in refused
    assert "horse" not in refused
    assert "an old one" not in refused


@both_databases
def test_of_two_writers_nobody_overwrites_the_other_unseen(app: Flask, council: None) -> None:
    one = client_of(app)
    write(one, BID)
    two = open_draft(app)
    assert project(one, 1, title="Beans and peas").status_code == 302
    both = project(two, 1, title="Beans and bread", who_benefits="Children")
    assert both.status_code == 409
    words = text_of(both)
    assert all(said in words for said in ("Beans and peas", "Beans and bread", "What you typed", "What was saved"))
    assert "What would you do with the money?" not in words  # they agree about that
    assert pages(app)["project"][1]["title"] == "Beans and peas"
    unsure = project(two, 2, title="Beans and bread", who_benefits="Children", is_choosing="yes")
    assert unsure.status_code == 422
    assert "Choose one of the two for each question" in text_of(unsure)
    choices = {"is_choosing": "yes", "choose-title": "theirs", "choose-who_benefits": "mine"}
    assert project(two, 2, title="Beans and bread", who_benefits="Children", **choices).status_code == 302
    version, kept = pages(app)["project"]
    assert (version, kept["title"], kept["who_benefits"]) == (3, "Beans and peas", "Children")


def test_an_answer_that_only_one_of_two_writers_gave_is_chosen_already(app: Flask, council: None) -> None:
    one = client_of(app)
    write(one, BID)
    two = open_draft(app)
    assert project(one, 1, title="Beans and peas", postcode="M33 7ZF").status_code == 302
    both = project(two, 1, title="Beans and bread", who_benefits="").get_data(as_text=True)
    chosen = re.findall(r'name="choose-(\w+)"\s+type="radio"\s+value="(\w+)" checked', both)
    assert chosen == [("who_benefits", "theirs"), ("postcode", "theirs")]


def test_a_writer_reads_before_sending_what_everybody_will_read(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, BID)
    words = text_of(client.get(f"{ROUND}/bid/check"))
    assert "everybody can read the name of the group, the project, who would benefit, the ward and the money." in words
    assert "The contacts are not public." in words
    assert "Name of the group Growers" in words


@both_databases
def test_of_many_who_save_one_version_at_once_one_does(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, BID)
    hidden = fields_of(client.get(f"{ROUND}/bid/project").get_data(as_text=True))
    answers: list[int] = []

    def save(title: str) -> None:
        typed = {**BID, "title": title, "pass": hidden["pass"], "version": "1"}
        answers.append(client_of(app).post(f"{ROUND}/bid/project/save", data=typed).status_code)

    together(*(lambda title=title: save(title) for title in ("One", "Two", "Three")))
    assert sorted(answers) == [200, 409, 409]
    assert pages(app)["project"][0] == 2


def test_the_same_save_again_is_no_conflict(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, BID)
    saved = [client.post(f"{ROUND}/bid/project/save", data={**BID, "title": "Peas", "version": "1"}) for _ in range(2)]
    assert [answer.get_json() for answer in saved] == [{"version": 2}, {"version": 2}]
    assert client_of(app).post(f"{ROUND}/bid/project/save", data=BID).status_code == 422


@both_databases
def test_a_send_whose_answer_was_lost_is_sent_once(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, BID)
    hidden = fields_of(client.get(f"{ROUND}/bid/check").get_data(as_text=True))
    for browser in (client, client_of(app)):  # the second never had an answer
        assert browser.post(f"{ROUND}/bid/check", data=hidden).headers["Location"] == f"{ROUND}/bid/sent"
        assert CONTACT in text_of(browser.get(f"{ROUND}/bid/sent"))
    with app.app_context():
        assert len(db.session.scalars(sa.select(SentBid)).all()) == 1
    assert len(asking_letters(app)) == 1


def test_a_wrong_address_is_put_right_on_the_first_page_and_its_reader_is_out(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, {**BID, "email": "ann@gmial.example"})
    wrong = open_draft(app)
    typed = {name: text for name, text in BID.items() if page_of(name) == "group"}
    assert client.post(f"{ROUND}/bid/group", data={**typed, "version": "1"}).status_code == 302
    assert client.get(f"{ROUND}/bid/project").status_code == 200
    assert wrong.get(f"{ROUND}/bid/project").status_code == 302
    assert send_form(client_of(app), BID).status_code == 302
    with app.app_context():
        assert {letter.recipient for letter in letters()} == {"ann@gmial.example", CONTACT}


def test_letters_to_addresses_that_a_draft_is_given_are_counted(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, BID)
    typed = {name: text for name, text in BID.items() if page_of(name) == "group"}
    answers = []
    for number in range(70):
        changed = {**typed, "email": f"{number}@somebody.example", "version": str(number + 1)}
        answers.append(client.post(f"{ROUND}/bid/group", data=changed))
    refused = next(answer for answer in answers if answer.status_code != 302)
    assert refused.status_code == 429
    assert "Wait a minute, then press Continue." in text_of(refused)
    assert int(refused.headers["Retry-After"]) > 0
    with app.app_context():
        assert len(letters()) == 60
    assert pages(app)["group"][1]["email"] == "69@somebody.example"  # what was typed is kept


@both_databases
def test_of_two_who_press_send_at_once_both_read_where_the_letter_went(app: Flask, council: None) -> None:
    client = client_of(app)
    write(client, BID)
    hidden = fields_of(client.get(f"{ROUND}/bid/check").get_data(as_text=True))
    answers: list[TestResponse] = []
    together(*[lambda: answers.append(client_of(app).post(f"{ROUND}/bid/check", data=hidden))] * 4)
    assert {answer.headers.get("Location") for answer in answers} == {f"{ROUND}/bid/sent"}
    assert len(asking_letters(app)) == 1


def test_last_years_answers_are_offered_to_the_reader_of_the_address_alone(app: Flask, council: None) -> None:
    send(app)
    confirm_newest(app)
    with writing(app):
        round_ = add_round("Grants 2015", 10_000_00, today(), today())
        open_round(round_)
    stranger = client_of(app)
    stranger.post("/rounds/grants-2015/bid", data={"email": CONTACT})
    group, repeat = "/rounds/grants-2015/bid/group", "/rounds/grants-2015/bid/repeat"
    assert "Use what we wrote last year" not in text_of(stranger.get(group))
    assert stranger.post(repeat).status_code == 422
    reader = client_of(app)
    reader.post("/rounds/grants-2015/bid/draft", data={"code": way_back(app)})
    assert "Use what we wrote last year" in text_of(reader.get(group))
    assert reader.post(repeat).headers["Location"] == group
    assert 'value="Growers"' in reader.get(group).get_data(as_text=True)
    assert "We plant." in text_of(reader.get("/rounds/grants-2015/bid/project"))
    assert stranger.get(group).status_code == 302  # whoever began with this address sees none of it


def test_thirty_one_groups_in_one_library_all_get_in_and_the_limit_says_its_time(app: Flask, council: None) -> None:
    for number in range(60):
        answer = send_form(client_of(app), {**BID, "group_name": f"Group {number}", "email": f"{number}@g.example"})
        assert answer.headers["Location"] == f"{ROUND}/bid/sent", number
    refused = client_of(app).post(f"{ROUND}/bid", data={"email": "late@g.example"})
    assert refused.status_code == 429
    assert "Wait a minute, then press Continue again" in text_of(refused)
    assert 'value="late@g.example"' in refused.get_data(as_text=True)
    with time_machine.travel(now() + dt.timedelta(seconds=int(refused.headers["Retry-After"])), tick=False):
        assert client_of(app).post(f"{ROUND}/bid", data={"email": "late@g.example"}).status_code == 302


def test_a_draft_is_deleted_30_days_after_the_close_and_a_letter_comes_a_week_before(app: Flask, council: None) -> None:
    write(client_of(app), BID)
    tidy = app.test_cli_runner()
    close = now() + dt.timedelta(days=5)
    said = []
    for days in (22, 23, 24, 30, 31):
        with time_machine.travel(close + dt.timedelta(days=days), tick=False):
            said.append(tidy.invoke(args=["tidy"]).output.splitlines()[:2])
            if days == 24:
                assert open_draft(app).get(f"{ROUND}/bid/check").status_code == 200  # the letter's new link leads back
    written = [line.partition(" ")[0] for line, _ in said]
    deleted = [line.partition(" ")[0] for _, line in said]
    assert written == ["0", "1", "0", "0", "0"]
    assert deleted == ["0", "0", "0", "0", "1"]
    with app.app_context():
        assert "will be deleted" in letters()[0].subject
        for table in (Draft, DraftPage, Bid):
            assert db.session.scalars(sa.select(table)).all() == []
        assert db.session.get_one(Round, 1)
