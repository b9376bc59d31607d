"""Asking for links, trying codes and sending bids without end: what is limited, by what, and whom it never stops."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.core.codes import new_code
from pbvote.db import db
from pbvote.people.service import account_with_email
from pbvote.vote.acts.witnesses import name_witness
from tests.accounts import AUDITOR, CONTACT, NOON, ORGANISER, add, counted, letters_to, mailed_code, post, without_nonce
from tests.conftest import both_databases
from tests.factories import an_event, writing
from tests.outbox import letters
from tests.pages import client_of, text_of


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Noon, until a test moves on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_letters_to_one_person_are_few_and_nobody_learns_who_gets_them(
    app: Flask, clock: time_machine.Traveller
) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    asked = {}
    for email in (CONTACT, "nobody@group.example"):
        answers = [post(client_of(app), "/sign-in/by-mail", email=email) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
        assert "Use the newest, or wait a minute." in text_of(answers[-1])
        asked[email] = [without_nonce(answer).replace(email, "") for answer in answers]
    assert asked[CONTACT] == asked["nobody@group.example"]
    assert letters_to(app, CONTACT) == ["Sign in"] * 3
    contact = client_of(app)
    assert post(contact, "/link", code=mailed_code(app, CONTACT)).status_code == 302
    assert post(client_of(app), "/sign-in/by-mail", email=CONTACT).status_code == 200  # it arrived: begin again


def test_asking_for_many_peoples_links_is_slowed_by_network(app: Flask, clock: time_machine.Traveller) -> None:
    statuses = [
        post(client_of(app), "/sign-in/by-mail", email=f"n{number}@group.example").status_code for number in range(62)
    ]
    assert statuses == [200] * 60 + [429] * 2
    assert post(client_of(app), "/sign-in/by-mail", "203.0.113.9", email="a@group.example").status_code == 200
    clock.shift(60)
    assert post(client_of(app), "/sign-in/by-mail", email="b@group.example").status_code == 200


@both_databases
def test_the_same_is_done_for_a_link_whoever_asks(app: Flask) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    add(app, Role.AUDITOR, AUDITOR)
    add(app, Role.GROUP_CONTACT, "out@group.example", is_disabled=True)
    said: list[str] = []
    with app.app_context():
        engine = db.engine
    for name in ("savepoint", "rollback_savepoint", "release_savepoint"):
        sa.event.listen(engine, name, lambda *_: said.append("savepoint"))
    sa.event.listen(engine, "before_cursor_execute", lambda *words: said.append(words[2]))
    done = []
    for email in (CONTACT, "nobody@group.example", AUDITOR, "out@group.example"):
        said.clear()
        assert post(client_of(app), "/sign-in/by-mail", email=email).status_code == 200
        done.append([words for words in said if "SAVEPOINT" not in words])
    assert done[0] == done[1] == done[2] == done[3]
    assert sum("INSERT INTO letter" in words for words in done[0]) == 1
    assert [letter for email in (CONTACT, AUDITOR) for letter in letters_to(app, email)] == ["Sign in"]
    with app.app_context():
        assert len(letters()) == 1


def test_a_right_card_is_served_whatever_its_neighbours_tried(app: Flask, clock: time_machine.Traveller) -> None:
    with writing(app):
        event = an_event()
        organiser = account_with_email(ORGANISER)
        assert organiser
        _, code = name_witness(event, "Wendy Witness", organiser)
    guesses = [post(client_of(app), "/witness", code=new_code()) for _ in range(32)]
    assert [answer.status_code for answer in guesses] == [404] * 30 + [429] * 2
    assert "Too many wrong codes came from your network. Check the code, and wait a minute." in text_of(guesses[-1])
    confirmed = post(client_of(app), "/witness/confirm/1", code=new_code())
    assert confirmed.status_code == 429
    assert post(client_of(app), "/witness", code=code).status_code == 200
    assert (
        post(client_of(app), "/witness/confirm/1", code=code).status_code == 409
    )  # nothing waits, but the card is known
    assert post(client_of(app), "/witness", "203.0.113.9", code=new_code()).status_code == 404


def test_a_right_link_is_served_whatever_its_neighbours_tried(app: Flask, clock: time_machine.Traveller) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    post(client_of(app), "/sign-in/by-mail", email=CONTACT)
    statuses = [post(client_of(app), "/link", code=new_code()).status_code for _ in range(31)]
    assert statuses == [422] * 30 + [429]
    assert post(client_of(app), "/link", code="a slip of the pen").status_code == 429
    assert post(client_of(app), "/link", code=mailed_code(app, CONTACT)).status_code == 302


def test_slips_of_the_pen_are_no_guesses(app: Flask) -> None:
    for path in ("/link", "/witness"):
        statuses = {post(client_of(app), path, code="K7QF-9M2T-XW4X").status_code for _ in range(31)}
        assert 429 not in statuses
    assert counted(app) == 0
