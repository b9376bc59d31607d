"""The second person of a large award: named, written to, reminded; money and introductions wait for them."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.call.groups.service import add_contact
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import AwardState
from pbvote.grants.mentors.service import NotAcceptedYet, set_mentor
from pbvote.grants.promises.accepting import accept, confirm
from pbvote.grants.promises.models import Acceptance
from pbvote.grants.promises.second import LinkEnded, acceptance_with
from pbvote.grants.reminding.organisers_week import organisers_week
from pbvote.mail.models import LetterAttachment
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.accepting import (
    SECOND,
    code_for_second,
    one,
    promised,
    said,
    send_form,
)
from tests.grants.decided import ORGANISER, awards, made, outbox, slug_of
from tests.grants.paying import GROUPS, LARGE, SMALL, the_award
from tests.grants.paying import organiser as person
from tests.outbox import letters
from tests.pages import browser, client_of, text_of
from tests.together import together
from tests.vote.two_events import rows_of, two_events


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser of two offers."""
    return made(app)


def test_a_large_award_waits_for_a_second_person_and_so_do_money_and_introductions(
    app: Flask, desk: CheckedClient
) -> None:
    group = browser(app, GROUPS[LARGE])
    own = {"second_name": "contact of  GROUP 2"}, {"second_name": "Sue", "second_email": GROUPS[LARGE].upper()}
    for changes in own:
        refused = send_form(group, LARGE, **changes)
        assert refused.status_code == 422
        assert "Name somebody else." in text_of(refused)
    assert "Enter the name of a second person" in text_of(send_form(group, LARGE, second_name=""))
    assert send_form(group, LARGE).status_code == 302
    assert awards(app)["B-02"][1] is AwardState.WAITS_FOR_SECOND
    assert "Sue Second is still to confirm." in text_of(group.get("/my/awards/"))
    assert "A second person is still to confirm it." in text_of(group.get("/my/bids/"))
    assert "A second person confirms" in text_of(desk.get(f"/desk/events/{slug_of(app)}/awards"))
    assert desk.post("/desk/awards/1/sign").status_code == 409
    assert "nothing is paid" in text_of(desk.get("/desk/awards/1/money")).lower()
    with app.app_context(), pytest.raises(NotAcceptedYet):
        set_mentor(the_award(LARGE), person(ORGANISER))
    subject, body = outbox(app)[SECOND["second_email"]]
    assert subject == "Please confirm: £3,000 for Group 2"
    assert "Contact of Group 2 has accepted £3,000" in body

    code, phone = code_for_second(app), client_of(app)
    assert phone.get("/grant").status_code == 200  # a scanner of mail follows the link
    assert awards(app)["B-02"][1] is AwardState.WAITS_FOR_SECOND
    assert "£3,000" in text_of(phone.post("/grant", data={"code": code}))
    for path in ("/grant", "/grant/confirm"):
        refused = group.post(path, data={"code": code})
        assert refused.status_code == 409
        assert "You accepted this yourself." in text_of(refused)
    for _ in range(2):
        assert phone.post("/grant/confirm", data={"code": code}).headers["Location"] == "/grant/thanks"
    assert awards(app)["B-02"][1] is AwardState.ACCEPTED
    with app.app_context():
        attached = sa.select(LetterAttachment.letter_id)
        told = [letter.recipient for letter in letters() if letter.id in set(db.session.scalars(attached))]
    assert sorted(told) == sorted([GROUPS[LARGE], SECOND["second_email"]])


def test_a_newer_letter_ends_the_older_link_and_a_wrong_address_is_put_right(app: Flask, desk: CheckedClient) -> None:
    group, phone = browser(app, GROUPS[LARGE]), client_of(app)
    send_form(group, LARGE)
    first = code_for_second(app)
    assert group.post("/my/awards/1/second/again").status_code == 302
    second = code_for_second(app)
    assert "This link does not work." in text_of(phone.post("/grant", data={"code": first}))
    refused = group.post("/my/awards/1/second", data={"second_name": "Sue", "second_email": GROUPS[LARGE]})
    assert refused.status_code == 422
    named = {"second_name": "Tom Third", "second_email": "Tom@Group.example"}
    assert group.post("/my/awards/1/second", data=named).status_code == 302
    assert phone.post("/grant/confirm", data={"code": second}).status_code == 422
    assert phone.post("/grant/confirm", data={"code": code_for_second(app, "tom@group.example")}).status_code == 302
    assert one(app, LARGE).second_name == "Tom Third"
    assert group.post("/my/awards/1/second/again").status_code == 409  # nothing waits any more
    assert browser(app, GROUPS[SMALL]).post("/my/awards/1/second/again").status_code == 404


@both_databases
def test_a_link_that_ended_a_moment_ago_confirms_nothing(app: Flask) -> None:
    made(app)
    send_form(browser(app, GROUPS[LARGE]), LARGE)
    with writing(app):
        acceptance = acceptance_with(code_for_second(app))
        newer = sa.update(Acceptance).values(second_tag=b"of a newer letter", second_name="Tom Third")
        db.session.execute(newer.execution_options(synchronize_session=False))  # as another process does it
        with pytest.raises(LinkEnded):
            confirm(acceptance)
    assert one(app, LARGE).confirmed_at is None
    assert awards(app)["B-02"][1] is AwardState.WAITS_FOR_SECOND


def test_a_group_sends_few_letters_to_addresses_that_it_types(app: Flask, desk: CheckedClient) -> None:
    group = browser(app, GROUPS[LARGE])
    send_form(group, LARGE)
    answers = []
    for number in range(8):
        named = {"second_name": "Sue", "second_email": f"sue{number}@elsewhere.example"}
        answers.append(group.post("/my/awards/1/second", data=named).status_code)
    assert answers == [302] * 5 + [429] * 3
    refused = group.post("/my/awards/1/second/again")
    assert refused.status_code == 429
    assert "You have asked for many letters in a short time." in text_of(refused)
    with app.app_context():
        assert sum("elsewhere.example" in letter.recipient for letter in letters()) == 5


def test_nobody_is_named_once_a_second_person_has_confirmed(app: Flask, desk: CheckedClient) -> None:
    group = browser(app, GROUPS[LARGE])
    send_form(group, LARGE)
    client_of(app).post("/grant/confirm", data={"code": code_for_second(app)})
    late = group.post("/my/awards/1/second", data={"second_name": "Tom", "second_email": "no address"})
    assert late.status_code == 409
    assert "Nothing waits for a second person here." in text_of(late)


def test_another_contact_of_the_group_is_offered_first(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        group = the_award(LARGE).bid.group
        assert group
        add_contact(group, "Bea Byrne", "bea@group.example", "")
    contact = browser(app, GROUPS[LARGE])
    page = contact.get("/my/awards/1/accept")
    assert "Bea Byrne" in text_of(page)
    assert send_form(contact, LARGE, second_name="", second_email="").status_code == 302
    assert one(app, LARGE).second_email == "bea@group.example"
    assert code_for_second(app, "bea@group.example")


def test_an_award_that_is_given_back_keeps_its_promises_as_history_and_its_link_ends(
    app: Flask, desk: CheckedClient
) -> None:
    group, phone = browser(app, GROUPS[LARGE]), client_of(app)
    send_form(group, LARGE)
    code = code_for_second(app)
    assert group.post("/my/awards/1/give-back", data={"words": "Our hall has closed."}).status_code == 302
    assert phone.post("/grant/confirm", data={"code": code}).status_code == 409
    assert awards(app)["B-02"][1] is AwardState.DECLINED
    assert len(promised(app, LARGE)) == 2
    assert group.get("/my/awards/1/accept").status_code == 409
    assert "Its promises count nowhere." in text_of(desk.get("/desk/awards/1/accepted"))


@both_databases
def test_confirmed_and_given_back_at_once_one_counts(app: Flask) -> None:
    made(app)
    group = browser(app, GROUPS[LARGE])
    send_form(group, LARGE)
    code = code_for_second(app)
    answers: list[int] = []
    together(
        lambda: answers.append(client_of(app).post("/grant/confirm", data={"code": code}).status_code),
        lambda: answers.append(group.post("/my/awards/1/give-back", data={"words": ""}).status_code),
    )
    assert awards(app)["B-02"][1] is AwardState.DECLINED  # whichever came first, the group gave it back
    assert 302 in answers


@both_databases
def test_the_database_holds_that_two_people_accept(app: Flask) -> None:
    made(app)
    send_form(browser(app, GROUPS[LARGE]), LARGE)
    for values in ({"second_email": GROUPS[LARGE]}, {"second_name": ""}, {"name": ""}, {"takes_two": False}):
        with pytest.raises(sa.exc.IntegrityError), writing(app):
            db.session.execute(sa.update(Acceptance).values(**values))


def test_a_link_confirms_the_award_of_its_own_event_alone(app: Flask) -> None:
    here, there = two_events(app)
    with writing(app):
        award = the_award(here.ids["award_id"])
        award.state, award.event.share.round.grant_rules = AwardState.OFFERED, GrantRules(second_person_from_pence=0)
        db.session.flush()
        assert accept(award, said(award), person(here.accounts["group"]))
    before, code = rows_of(app, there), code_for_second(app)
    assert client_of(app).post("/grant/confirm", data={"code": code}).status_code == 302
    with app.app_context():
        assert the_award(here.ids["award_id"]).state is AwardState.ACCEPTED
    assert rows_of(app, there) == before


def test_what_was_typed_stays_where_too_many_letters_were_asked_for(app: Flask, desk: CheckedClient) -> None:
    group = browser(app, GROUPS[LARGE])
    send_form(group, LARGE)
    for _ in range(5):
        assert group.post("/my/awards/1/second/again").status_code == 302
    newest = code_for_second(app)
    refused = group.post("/my/awards/1/second", data={"second_name": "Tom", "second_email": "tom@group.example"})
    assert refused.status_code == 429
    assert 'value="tom@group.example"' in refused.get_data(as_text=True)
    assert client_of(app).post("/grant/confirm", data={"code": newest}).status_code == 302


@both_databases
def test_today_names_a_group_whose_second_person_has_not_confirmed_for_a_week(app: Flask) -> None:
    desk = made(app)
    send_form(browser(app, GROUPS[LARGE]), LARGE)
    waits = "Group 2 has waited for its second person since"
    with writing(app):
        db.session.execute(sa.update(Acceptance).values(accepted_at=now() - dt.timedelta(days=6, hours=23)))
    assert waits not in text_of(desk.get("/desk/"))
    with writing(app):
        db.session.execute(sa.update(Acceptance).values(accepted_at=now() - dt.timedelta(days=8)))
    said = f"{waits} {in_words(today() - dt.timedelta(days=8))}"
    page = desk.get("/desk/")
    assert said in text_of(page)
    assert "/desk/awards/1/accepted" in page.get_data(as_text=True)
    with app.app_context():
        assert said in "\n".join(map(str, organisers_week()))
    client_of(app).post("/grant/confirm", data={"code": code_for_second(app)})
    assert waits not in text_of(desk.get("/desk/"))
