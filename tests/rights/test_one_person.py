"""What is held about one person: found everywhere, given without other people, and erased with the accounts right."""

import html
import io
import json
import re
import zipfile
from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round, RoundState
from pbvote.db import Base, db
from pbvote.mail.models import Letter, LetterState
from pbvote.mail.service import write_letter
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.rights.one_person.person import FORMER, Person
from tests.conftest import both_databases
from tests.factories import a_bid as bid_of
from tests.factories import a_locality, an_account, an_open_round, writing
from tests.pages import browser, client_of, text_of
from tests.rights.traces import places_of, public_texts, write_everywhere
from tests.scene import find_scene
from tests.together import together

GRACE = "grace@group.example"
ASKED = {"email": GRACE, "name": "", "number": "", "is_known": "y"}
STAYS = ("ledger", "seal", "outcome", "counted", "ask", "payment_history")


def seen_on(page: str) -> dict[str, str]:
    """What the confirming page sends along."""
    return {name: html.unescape(value) for name, value in re.findall(r'name="(seen)" value="(\w+)"', page)}


def accounts_of_money() -> list[object]:
    """All that must be the same afterwards: what was counted, chained, asked and paid."""
    tables = [db.session.execute(sa.select(Base.metadata.tables[name])).all() for name in STAYS]
    award = Base.metadata.tables["award"].c
    sums = sa.select(award.id, award.award_pence, award.paid_pence, award.returned_pence, award.state)
    return [*tables, db.session.execute(sums.order_by(award.id)).all()]


@pytest.mark.usefixtures("demonstration")
def test_a_person_is_found_given_and_erased_everywhere(app: Flask) -> None:
    scene, desk = find_scene(app), browser(app, "olivia@council.example")
    with writing(app):
        written = write_everywhere("Grace Odell", GRACE)
        round_ = db.session.scalars(sa.select(Round).where(Round.state == RoundState.OPEN).limit(1)).one()
        round_.grant_rules = replace(round_.grant_rules, safeguarding_name="Grace Odell")
        db.session.flush()
        before = accounts_of_money()
    assert len(written) > 100
    everybody = client_of(app)
    public = [place for place, text in public_texts(app, everybody, scene) if "Grace Odell" in text]
    assert len(public) > 5, "the name stands on public pages, or this test looks for nothing"

    page = text_of(desk.post("/desk/one-person", data=ASKED))
    assert "A ballot can’t be here" in page
    assert "Only the name fits" in page
    answer = desk.post("/desk/one-person/file", data=ASKED)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["what-we-hold.html", "what-we-hold.xlsx", "what-we-hold.json"]
        held = json.loads(archive.read("what-we-hold.json"))["held"]
        given = archive.read("what-we-hold.json").decode()
    assert {"Account", "Contact of a group", "Addresses that want to be told"} <= {kind["what"] for kind in held}
    assert "olivia@council.example" not in given
    assert "Olivia Marsh" not in given

    page = desk.post("/desk/one-person/erase", data=ASKED).get_data(as_text=True)
    done = desk.post("/desk/one-person/erased", data={**ASKED, **seen_on(page), "is_same": "y"})
    assert done.status_code == 302, text_of(done)
    again = desk.post("/desk/one-person/erased", data={**ASKED, **seen_on(page), "is_same": "y"})
    assert again.status_code == 409
    assert "Nothing is held here about this person" in text_of(again)
    with app.app_context():
        assert places_of("Grace Odell", GRACE) == set()
        assert accounts_of_money() == before
        assert db.session.scalar(sa.select(Account.name).where(Account.email.like("former-contact-%"))) == FORMER
        letters = db.session.scalars(sa.select(Letter).where(Letter.recipient == FORMER)).all()
        assert {LetterState.FAILED} == {letter.state for letter in letters if not letter.sent_at}
        assert not [letter for letter in letters if letter.body], "a decision was told in it: the row alone stays"
    assert app.test_cli_runner().invoke(args=["verify-ledger"]).exit_code == 0
    found = [place for place, text in public_texts(app, everybody, scene) if "Grace Odell" in text or GRACE in text]
    assert found == ["/demonstration"], "which names the invented sign-ins by heart"
    page = text_of(desk.get("/desk/one-person"))
    assert "Olivia Marsh" in page
    assert "Account: 1" in page


def test_what_was_typed_badly_is_said(app: Flask) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        an_account(Role.AUDITOR)
    desk = browser(app, "organiser@council.example")
    for said, sentence in (
        ({}, "Enter an e-mail address or a telephone number"),
        ({"number": "12"}, "Enter the whole telephone number"),
        ({"email": "grace"}, "@"),
        ({"email": GRACE, "is_known": ""}, "Check first who asks"),
    ):
        data = {key: value for key, value in ({**ASKED, "email": ""} | said).items() if value}
        answer = desk.post("/desk/one-person", data=data)
        assert answer.status_code == 422
        assert sentence in text_of(answer)
    nobody = desk.post("/desk/one-person", data=ASKED)
    assert "Nothing is held under this address or number" in text_of(nobody)
    assert browser(app, "auditor@council.example").get("/desk/one-person").status_code == 403
    own = desk.post("/desk/one-person", data=ASKED | {"email": "organiser@council.example"})
    assert "They work here as an organiser or an auditor" in text_of(own)
    page = desk.post("/desk/one-person/erased", data=ASKED | {"email": "organiser@council.example", "seen": "x"})
    assert page.status_code == 409


def test_no_page_shows_the_letter_that_lets_somebody_else_in(app: Flask) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        an_account(Role.GROUP_CONTACT, GRACE, None)
        body = "Ask Grace Odell. Your link: https://grants.council.example/link#K7QF9M2TXW4R"
        write_letter("zelda@group.example", "Your way in", body)
    desk = browser(app, "organiser@council.example")
    for path in ("/desk/one-person", "/desk/one-person/erase"):
        page = text_of(desk.post(path, data=ASKED | {"name": "Grace Odell"}))
        assert "Letters in the outbox: “Your way in”" in page
        assert "K7QF9M2TXW4R" not in page


@both_databases
def test_of_two_who_press_one_erases_and_the_group_needs_a_contact(app: Flask) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        bid_of(an_open_round().shares[0], "Growers")
        contact = db.session.scalars(sa.select(GroupContact)).one()
        contact.account.name, contact.phone = "Zoë Quill", "07700 900123"
        round_ = db.session.scalars(sa.select(Round)).one()
        round_.grant_rules = replace(round_.grant_rules, safeguarding_name="Zoë Quill")
        email = contact.account.email
    asked = {"email": email, "name": "", "number": "", "is_known": "y", "is_same": "y"}
    desk = browser(app, "organiser@council.example")
    by_number = desk.post("/desk/one-person", data=asked | {"email": "", "number": "+44 7700 900123"})
    assert f"The account of {email} has this number" in text_of(by_number)
    pages = [desk.post("/desk/one-person/erase", data=asked).get_data(as_text=True) for _ in range(2)]
    with writing(app):
        db.session.scalars(sa.select(GroupContact)).one().phone = "0161 496 0001"
    # Another number changes nothing of what the pages said. Both press at once.
    ended: list[int] = []

    def press(page: str) -> None:
        second = browser(app, "organiser@council.example")
        ended.append(second.post("/desk/one-person/erased", data=asked | seen_on(page)).status_code)

    together(*(partial(press, page) for page in pages))
    assert sorted(ended) == [302, 409]
    with app.app_context():
        assert places_of("Zoë Quill", "Zo\\u00eb Quill", email, "900123", "496 0001") == set()
        assert account_with_email(email) is None
        assert db.session.scalars(sa.select(Round)).one().grant_rules.safeguarding_name == FORMER
        assert db.session.scalars(sa.select(Group.name)).all() == ["Growers"]
        group_id = db.session.scalars(sa.select(Group.id)).one()
    assert "Growers" in text_of(desk.get("/desk/one-person"))
    address = f"/desk/groups/{group_id}/contact"
    assert desk.post(address, data={"name": "Nina New", "email": "nina"}).status_code == 422
    assert desk.post(address, data={"name": "Nina New", "email": "nina@group.example"}).status_code == 302
    assert "None: every group has somebody" in text_of(desk.get("/desk/groups/without-contact"))


def test_a_person_is_known_however_they_are_written() -> None:
    person = Person("ann@x.example", ("Ann Lee", "Ann"), ("7700900123",))
    for text in ("ANN LEE’s", "ring (07700) 900 123.", "+44 7700 900123", "to Ann@X.example", "ann"):
        assert [person.is_named_in(text), person.is_reached_by(text)] != [False, False], text
    for text in ("Joann Leeds", "ann@x.example.org", "joann@x.example", "177009001234", "Ann said"):
        assert [person.is_named_in(text), person.is_reached_by(text)] == [False, False], text
    assert person.without({"a": ["Ask Ann Lee on 07700 900123"]}) == {"a": [f"Ask {FORMER} on [number deleted]"]}
