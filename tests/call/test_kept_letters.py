"""Letters in a bid's history: subject, day, to whom by role, and a page that says what each said, without its code."""

import re

import pytest
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.checking import appeals, decisions, queries
from pbvote.call.checking.models import DecisionKind
from pbvote.call.groups.service import add_contact
from pbvote.core.clock import today
from pbvote.db import db
from tests.call.deciding import CONTACT, OLIVIA, OMAR, account, link_in, set_up
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.outbox import letters
from tests.pages import browser, text_of


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """Olivia's browser, before a bid that she has asked about and then refused."""
    set_up(app)
    with writing(app):
        bid = db.session.get_one(Bid, 1)
        queries.ask(bid, "Who keeps the key?", today(), account(OLIVIA))
        refusal = decisions.draft(bid, DecisionKind.REFUSE, account(OLIVIA), "No accounts.", "Send them.")
        decisions.send_decisions(bid.round, [refusal.id], account(OLIVIA))
    return browser(app, OLIVIA)


def rows(desk: CheckedClient) -> list[tuple[str, str]]:
    """The letters of the bid's history: the whole row as text, and where it leads."""
    page = desk.get("/desk/bids/1").get_data(as_text=True)
    found = (row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if "/desk/bids/1/letters/" in row)
    return [(" ".join(re.sub("<[^>]+>", " ", row).split()), re.findall(r'href="([^"]+)"', row)[0]) for row in found]


def test_a_question_and_a_decision_stand_in_the_history_as_letters(app: Flask, desk: CheckedClient) -> None:
    (question, asked), (refusal, refused) = rows(desk)
    for row, subject in (
        (question, "A question about your bid B-01"),
        (refusal, "Your bid B-01 can’t go to the vote this time"),
    ):
        assert subject in row
        assert "Letter written Who To the group’s contact" in row
        assert f"{today():%-d %B %Y}" in row
        assert CONTACT not in row
    asked_page, refused_page = text_of(desk.get(asked)), text_of(desk.get(refused))
    assert "Who keeps the key?" in asked_page
    assert "No accounts." in refused_page
    assert "The group’s contact" in asked_page


@pytest.mark.parametrize("path", ["/bids/answer", "/bids/look-again"])
def test_nobody_at_the_desk_reads_the_code_of_a_link(app: Flask, desk: CheckedClient, path: str) -> None:
    code = link_in(app, CONTACT, path)
    pages = [desk.get(href).get_data(as_text=True) for _, href in rows(desk)]
    assert not any(code in page for page in pages)
    assert sum(f"{path}#…" in page for page in pages) == 1


def test_a_second_look_is_a_letter_and_a_decision_that_is_called_back_says_so(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        cooks = db.session.get_one(Bid, 2)
        assert cooks.group
        add_contact(cooks.group, "Bea", "bea@group.example", "")
        db.session.refresh(cooks.group)
        shortlisted = decisions.draft(cooks, DecisionKind.SHORTLIST, account(OLIVIA))
        decisions.send_decisions(cooks.round, [shortlisted.id], account(OLIVIA))
        decisions.call_back(shortlisted, account(OLIVIA))
        refusal = db.session.get_one(Bid, 1)
        [decision] = decisions.decisions_of(refusal)
        appeals.uphold(appeals.ask_again(decision, "They were there."), account(OMAR), "They were not.")
    assert "We have looked again at your bid B-01" in rows(desk)[-1][0]
    page = text_of(desk.get("/desk/bids/2"))
    assert "Letter called back Who To the group’s 2 contacts In their words Your bid B-02 goes to the vote" in page
    with app.app_context():
        assert [letter.body for letter in letters() if "B-02 goes to the vote" in letter.subject] == ["", ""]


def test_a_letter_is_read_beside_its_own_bid_alone(desk: CheckedClient) -> None:
    [(_, first), *_] = rows(desk)
    assert desk.get(first).status_code == 200
    assert desk.get(first.replace("/bids/1/", "/bids/2/")).status_code == 404
