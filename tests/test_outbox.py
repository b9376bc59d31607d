"""The outbox on the desk: found by person, subject and state, a page at a time, and read by auditors without bodies."""

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.mail.models import MOST_ATTEMPTS
from pbvote.mail.service import write_letter
from tests.accounts import AUDITOR, ORGANISER
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_account, an_open_round, sign_in, writing
from tests.pages import text_of

SECRET = "https://council.example/link#K7QF-9M2T-XW4X"


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser's browser, and a letter in each state."""
    with writing(app):
        an_account(Role.ORGANISER, ORGANISER)
        an_account(Role.AUDITOR, AUDITOR)
        for name in ("new", "tried", "sent", "failed"):
            letter = write_letter(f"{name}@group.example", f"About {name} <100%>", SECRET)
            letter.attempts = {"tried": 3, "sent": 1, "failed": MOST_ATTEMPTS}.get(name, 0)
            letter.sent_at = now() if name == "sent" else None
    sign_in(client, ORGANISER)
    return client


def said(desk: CheckedClient, search: str = "") -> str:
    """What the outbox says to a search."""
    answer = desk.get(f"/desk/outbox?{search}")
    assert answer.status_code == 200
    return text_of(answer)


def test_letters_are_found_by_state(desk: CheckedClient) -> None:
    for state, names in [("waiting", {"new", "tried"}), ("sent", {"sent"}), ("failed", {"failed"}), ("", set("a"))]:
        found = said(desk, f"state={state}")
        shown = {name for name in ("new", "tried", "sent", "failed") if f"About {name} " in found}
        assert shown == (names if state else {"new", "tried", "sent", "failed"})
    assert "Tried 3 times" in said(desk, "words=tried")
    assert "4 letters" in said(desk, "state=lost")


def test_letters_are_found_by_person_and_subject(desk: CheckedClient) -> None:
    for words in ("NEW@group", "about+new", "new@group.example"):
        assert "1 letter " in said(desk, f"words={words}") + " ", words
    assert "4 letters" in said(desk, "words=100%25")
    assert "No such letter." in said(desk, "words=new&state=sent")
    assert "No such letter." in said(desk, "words=_")
    assert "No such letter." in said(desk, "words=K7QF")  # what a letter says is not searched


def test_a_long_outbox_has_pages(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        for number in range(100):
            write_letter("many@group.example", f"Number {number:03}", "Dear Ann")
    first = said(desk, "words=many")
    assert "Number 099" in first
    assert "Number 050" in first
    assert "Number 049" not in first
    assert "Number 049" in said(desk, "words=many&page=2")


@pytest.mark.parametrize("is_demonstration", [False, True])
def test_an_auditor_reads_the_list_and_is_offered_no_letter(
    app: Flask, desk: CheckedClient, is_demonstration: bool
) -> None:
    if is_demonstration:
        with writing(app):
            a_locality()
            an_open_round()
            db.session.get_one(Round, 1).is_demonstration = True
    sign_in(desk, AUDITOR)
    page = desk.get("/desk/outbox").get_data(as_text=True)
    assert "About new" in page
    assert "/desk/outbox/" not in page
    assert "K7QF" not in page
    assert desk.get("/desk/outbox/1").status_code == (403 if is_demonstration else 404)
