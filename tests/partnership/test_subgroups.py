"""Sub-groups: anybody joins, the lead and editors alone see who, and one press leaves."""

import datetime as dt
import re
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.core.codes import new_code
from pbvote.core.contacts import NO_CONTACTS
from pbvote.db import db
from pbvote.partnership.subgroups import joining
from pbvote.partnership.subgroups.models import SubgroupJoiner
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import ABROAD, AUDITOR, EDITOR, KEEP, MEMBER, ORGANISER, PUBLIC, id_of
from tests.partnership.telling import ANN, letters_to
from tests.together import together

pytestmark = pytest.mark.usefixtures("partnership")
ALL, AT, OWN = f"{KEEP}/sub-groups", f"{PUBLIC}/sub-groups/1", "/my/sub-groups/sale/1"
EDIT, PEOPLE = f"{ALL}/1", f"{ALL}/1/people"
SAID = {"name": "Green alleys", "words": "We plan pots.", "meets": "Saturdays, 10am", "takes_joiners": "yes"}
JOIN = {"name": "Ann Hill", "contact": ANN}


def begun(app: Flask, lead: str = "Nia", **others: str) -> CheckedClient:
    """An editor's browser, and a sub-group that Nia leads."""
    editor = browser(app, EDITOR)
    said = SAID | {"lead": str(id_of(app, lead))} | others
    assert editor.post(f"{ALL}/new", data=said).status_code == 302
    return editor


def joiners(app: Flask) -> Sequence[SubgroupJoiner]:
    """Whoever is kept."""
    with app.app_context():
        return db.session.scalars(sa.select(SubgroupJoiner).order_by(SubgroupJoiner.id)).all()


def joined(app: Flask, contact: str = ANN, name: str = "Ann Hill") -> str:
    """Join by the letter's button; where one press leaves."""
    assert client_of(app).post(AT, data={"name": name, "contact": contact}).status_code == 302
    code = str(re.findall(r"/confirm#([\w-]+)", letters_to(app, contact)[-1].body)[0])
    pressed = client_of(app).post("/sub-groups/confirm", data={"code": code})
    assert pressed.headers["Location"] == "/sub-groups/done/in"
    return code


REFUSED = (
    ({"name": ""}, "Enter your name"),
    ({"contact": "ann"}, "Enter an e-mail address or a telephone number"),
    ({"contact": "ann@"}, "Enter an email address in the correct format"),
    ({"name": "x" * 5_000}, "must be 80 characters or fewer"),
)


def test_a_resident_joins_by_the_letters_button_and_only_a_number_is_public(app: Flask) -> None:
    editor, anybody = begun(app), client_of(app)
    for typed, sentence in REFUSED:
        assert sentence in text_of(anybody.post(AT, data=JOIN | typed))
    assert anybody.get(f"{PUBLIC}/sub-groups/9").status_code == 404
    assert anybody.get("/localities/nowhere/sub-groups").status_code == 404
    for _ in range(2):
        sent = anybody.post(AT, data={"name": "<script>alert(1)</script>", "contact": "Ann@HOME.example"})
        assert sent.status_code == 302
        assert "Set-Cookie" not in sent.headers
    [letter] = letters_to(app)
    assert "script" not in letter.body
    assert "Nobody has joined yet" in text_of(anybody.get(AT))
    joined(app)  # and a second press, later, finds it done
    assert client_of(app).post("/sub-groups/confirm", data={"code": new_code()}).status_code == 422
    assert client_of(app).post(AT, data=JOIN).status_code == 302
    assert len(letters_to(app)) == 1  # the page says the same, and nothing is written
    assert "Somebody has joined" in letters_to(app, MEMBER)[-1].subject
    for page in (anybody.get(AT), anybody.get(f"{PUBLIC}/sub-groups")):
        assert "1 person" in text_of(page)
        assert ANN not in text_of(page)
        assert "script" not in text_of(page)
    assert "Ann Hill" in text_of(editor.get(PEOPLE))
    assert "<script>alert" not in editor.get(PEOPLE).get_data(as_text=True)


def test_who_is_signed_in_joins_and_leaves_by_one_press_and_members_are_counted(app: Flask) -> None:
    begun(app, lead="Marek")
    joined(app)
    for email in (MEMBER, ABROAD):
        member = browser(app, email)
        for _ in range(2):
            assert member.post(f"{OWN}/join").status_code == 302
        assert "You are in it" in text_of(member.get(AT))
    assert "3 people, 1 of them a member of the partnership" in text_of(client_of(app).get(AT))
    assert browser(app, ABROAD).post(f"{OWN}/leave").status_code == 302
    assert "2 people" in text_of(client_of(app).get(AT))
    assert client_of(app).post(f"{OWN}/join").status_code == 302  # to the sign-in
    assert len(joiners(app)) == 2


def test_its_lead_and_editors_alone_see_who_has_joined_write_and_remove(app: Flask) -> None:
    begun(app)
    joined(app)
    client_of(app).post(AT, data={"name": "Gladys", "contact": "0161 496 0171"})
    assert "They left a telephone number." in letters_to(app, MEMBER)[-1].body
    assert "Ring somebody who wants to join Green alleys" in text_of(browser(app, EDITOR).get(KEEP))
    for email, status in ((MEMBER, 200), (EDITOR, 200), (ORGANISER, 200), (AUDITOR, 200), (ABROAD, 404)):
        assert browser(app, email).get(PEOPLE).status_code == status
    lead = browser(app, MEMBER)
    assert "Who has joined Green alleys" in text_of(lead.get(KEEP))
    assert lead.get(EDIT).status_code == 403
    assert "Ring them" in text_of(lead.get(PEOPLE))
    assert browser(app, AUDITOR).post(f"{PEOPLE}/2/rang").status_code == 403
    assert lead.post(f"{PEOPLE}/2/rang").status_code == 302
    assert "2 people" in text_of(client_of(app).get(AT))
    assert "Write something" in text_of(lead.post(f"{PEOPLE}/write", data={"letter": ""}))
    assert lead.post(f"{PEOPLE}/write", data={"letter": "Bring gloves."}).status_code == 302
    letter = letters_to(app)[-1]
    assert "Bring gloves." in letter.body
    assert letter.stops_at in letter.body
    assert lead.post(f"{PEOPLE}/1/remove").status_code == 302
    assert "You are not in “Green alleys” any more" in letters_to(app)[-1].subject
    assert lead.post(f"{PEOPLE}/1/remove").status_code == 404
    assert [each.name for each in joiners(app)] == ["Gladys"]
    for _ in range(4):
        lead.post(f"{PEOPLE}/write", data={"letter": "Again."})
    assert "You have written to them often today" in text_of(lead.post(f"{PEOPLE}/write", data={"letter": "Again."}))


def test_one_press_leaves_also_a_mail_programs(app: Flask) -> None:
    editor = begun(app)
    joined(app)
    editor.post(f"{PEOPLE}/write", data={"letter": "Bring gloves."})
    leave = "/sub-groups/leave/" + letters_to(app)[-1].stops_at.rpartition("/")[2]
    anybody = client_of(app)
    assert "We delete your name and address" in text_of(anybody.get(leave))
    assert len(joiners(app)) == 1
    pressed = anybody.post(leave, data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200
    assert not joiners(app)
    assert "You are not in it any more" in text_of(anybody.get(leave))
    assert "This link leads to nobody" in text_of(anybody.post(leave))
    code = re.findall(r"/confirm#([\w-]+)", letters_to(app)[0].body)[0]
    assert "This link leads to nobody" in text_of(anybody.post("/sub-groups/confirm", data={"code": code}))


def test_an_end_needs_a_reason_tells_everybody_and_keeps_nobody(app: Flask) -> None:
    editor = begun(app)
    joined(app)
    assert "Say why" in text_of(editor.post(f"{EDIT}/end", data={"why": "", "seen": "1"}))
    why = {"why": "Every alley is green.", "seen": "1"}
    assert editor.post(f"{EDIT}/end", data=why).status_code == 302
    assert not joiners(app)
    assert "Every alley is green." in letters_to(app)[-1].body
    page = text_of(client_of(app).get(AT))
    assert "It ended on" in page
    assert "Every alley is green." in page
    late = client_of(app).post(AT, data=JOIN)
    assert late.status_code == 409
    assert "This sub-group has ended." in text_of(late)
    for press, data in (("", SAID | {"seen": "2"}), ("/end", why), ("/people/write", {"letter": "Hello"})):
        assert editor.post(f"{EDIT}{press}", data=data).status_code == 409


def test_the_second_of_two_editors_reads_what_changed(app: Flask) -> None:
    first, second = begun(app), browser(app, ORGANISER)
    lead = {"lead": str(id_of(app, "Marek"))}
    assert first.post(EDIT, data=SAID | lead | {"seen": "1", "meets": "Sundays"}).status_code == 302
    refused = second.post(EDIT, data=SAID | {"seen": "1", "takes_joiners": "", "lead": ""})
    assert refused.status_code == 409
    assert "Sundays" in text_of(refused)
    assert second.post(f"{EDIT}/end", data={"why": "It is done.", "seen": "1"}).status_code == 409
    closed = {name: value for name, value in SAID.items() if name != "takes_joiners"}
    assert second.post(EDIT, data=closed | {"seen": "2"}).status_code == 302
    assert "takes nobody new now" in text_of(client_of(app).post(AT, data=JOIN))
    for typed, sentence in (({"words": "Ring 0161 496 0123"}, NO_CONTACTS), ({"lead": "999"}, "Choose one of")):
        assert sentence in text_of(first.post(EDIT, data=SAID | {"seen": "3"} | typed))


def test_who_did_not_confirm_goes_after_a_week_and_a_number_after_a_month(app: Flask) -> None:
    begun(app)
    joined(app, "bo@home.example", "Bo")
    for contact in (ANN, "0161 496 0171"):
        client_of(app).post(AT, data={"name": "Somebody", "contact": contact})
    for days, left in ((6, 3), (8, 2), (33, 1)):
        with time_machine.travel(now() + dt.timedelta(days=days)), writing(app):
            joining.forget_joiners()
        assert len(joiners(app)) == left


@both_databases
def test_two_presses_at_once_join_once_and_nobody_joins_what_ends(app: Flask) -> None:
    editor = begun(app)
    together(*[lambda: client_of(app).post(AT, data=JOIN)] * 2)
    assert len(joiners(app)) == len(letters_to(app)) == 1
    late = {"name": "Bo", "contact": "bo@home.example"}
    together(
        lambda: editor.post(f"{EDIT}/end", data={"why": "It is done.", "seen": "1"}),
        lambda: client_of(app).post(AT, data=late),
    )
    assert not joiners(app)
