"""Offers and worries that wait for an answer are reminded of, and then somebody else sees to them."""

import datetime as dt

import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.groups.service import add_contact
from pbvote.db import db
from pbvote.grants.awards.service import accept_offer
from pbvote.grants.visits.models import Worry
from pbvote.grants.visits.worries import answer_worry
from tests.conftest import both_databases
from tests.factories import an_account, writing
from tests.grants.reminding import BEGINS, Written, fund_on, on, written_from, written_on
from tests.grants.visiting import GROUP, MEMBER, ORGANISER, account, first_award, log, suspend
from tests.pages import browser

ASKED = dt.date(2026, 3, 16)
"""Ten working days after the group was told."""
OFFERED = "Your offer of £4,000 waits for an answer"
SECOND, SECOND_CONTACT = "second@council.example", "joan@group.example"


def group_of_award() -> Group:
    """The group that award 1 is for."""
    group = first_award().bid.group
    assert group
    return group


@both_databases
def test_an_offer_is_asked_about_once_by_letter_and_then_by_an_officer(app: Flask) -> None:
    fund_on(app, None, is_accepted=False)
    assert written_from(app, BEGINS, dt.date(2026, 4, 10)) == [
        Written(ASKED, GROUP, OFFERED),
        Written(dt.date(2026, 3, 23), ORGANISER, "No answer from Group 1"),
    ]


def test_an_offer_that_was_accepted_is_not_asked_about(app: Flask) -> None:
    fund_on(app, None, is_accepted=False)
    with on(dt.date(2026, 3, 10)), writing(app):
        accept_offer(first_award(), account(GROUP))
    assert written_from(app, BEGINS, dt.date(2026, 4, 10)) == []


@both_databases
def test_both_contacts_of_a_group_are_written_to_and_one_who_left_is_not(app: Flask) -> None:
    fund_on(app, None, is_accepted=False)
    with writing(app):
        add_contact(group_of_award(), "Joan", SECOND_CONTACT, "")
    found = written_on(app, ASKED)
    assert {to for to, _, _ in found} == {GROUP, SECOND_CONTACT}
    assert all("On 2 March 2026 the council offered £4,000 for “Project of Group 1”." in body for _, _, body in found)
    with on(ASKED), writing(app):
        db.session.execute(sa.delete(GroupContact).where(GroupContact.account_id == account(GROUP).id))
    assert written_on(app, ASKED) == []
    [(to, _, body)] = written_on(app, dt.date(2026, 3, 23))
    assert to == ORGANISER
    assert "Please ask Joan how it stands." in body


def test_a_contact_who_left_before_gets_no_letter(app: Flask) -> None:
    fund_on(app, None, is_accepted=False)
    with writing(app):
        add_contact(group_of_award(), "Joan", SECOND_CONTACT, "")
        db.session.execute(sa.delete(GroupContact).where(GroupContact.account_id == account(GROUP).id))
    assert [to for to, _, _ in written_on(app, ASKED)] == [SECOND_CONTACT]


def test_a_group_without_e_mail_is_rung_up_by_an_officer_who_hears_once(app: Flask) -> None:
    fund_on(app, None, is_accepted=False)
    with writing(app):
        group_of_award().contact_by_post = "Mrs Ivy Bell, 0161 496 0199"
        db.session.execute(sa.delete(GroupContact))
    [(to, subject, body)] = written_on(app, ASKED)
    assert (to, subject) == (ORGANISER, "No answer from Group 1")
    assert "They have no e-mail address. Please ring them: Mrs Ivy Bell, 0161 496 0199." in body
    assert written_from(app, ASKED, dt.date(2026, 4, 10)) == []


def test_of_contacts_who_cannot_sign_in_an_officer_hears_whom_to_ring(app: Flask) -> None:
    fund_on(app, None, is_accepted=False)
    with writing(app):
        group_of_award().contacts[0].phone = "0161 496 0177"
    suspend(app, GROUP)
    [(to, _, body)] = written_on(app, ASKED)
    assert to == ORGANISER
    assert "Their contacts can’t sign in. Please ring them: Contact of Group 1 0161 496 0177." in body


def worried(app: Flask) -> dt.date:
    """A worry of the first day, and a second organiser; the day by which it is to be answered."""
    fund_on(app, None)
    with on(BEGINS):
        with writing(app):
            an_account(Role.ORGANISER, SECOND)
        words = "The treasurer has left."
        assert log(browser(app, MEMBER), standing="worried", words=words).status_code == 302
    return dt.date(2026, 3, 9)


@both_databases
def test_a_worry_is_its_officers_on_the_day_and_a_deputys_after_it(app: Flask) -> None:
    due_on = worried(app)
    assert written_from(app, dt.date(2026, 3, 3), dt.date(2026, 3, 27)) == [
        Written(due_on, ORGANISER, "The worry about Group 1 waits for your answer"),
        Written(dt.date(2026, 3, 10), SECOND, "Nobody has answered the worry about Group 1"),
    ]


def test_two_worries_of_one_group_on_one_day_have_a_letter_each(app: Flask) -> None:
    due_on = worried(app)
    with on(BEGINS, 15):
        words = "Nobody came to the last three evenings, and the hall was dark."
        assert log(browser(app, MEMBER), standing="worried", words=words).status_code == 302
    assert len(written_on(app, due_on)) == 2
    assert written_on(app, due_on) == []


def test_a_worry_that_was_answered_has_no_letter(app: Flask) -> None:
    due_on = worried(app)
    with on(BEGINS), writing(app):
        answer_worry(db.session.get_one(Worry, 1), "I rang them.", account(ORGANISER))
    assert written_from(app, due_on, dt.date(2026, 3, 20)) == []


def test_of_a_worry_whose_officer_cannot_sign_in_a_deputy_hears_on_the_day(app: Flask) -> None:
    due_on = worried(app)
    suspend(app, ORGANISER)
    [(to, _, body)] = written_on(app, due_on)
    assert to == SECOND
    assert "Its officer can’t sign in. Please answer in their place." in body
    assert written_from(app, due_on, dt.date(2026, 3, 20)) == []


def test_the_only_officer_is_not_told_to_stand_in_for_themselves(app: Flask) -> None:
    due_on = worried(app)
    suspend(app, SECOND)
    assert [to for to, _, _ in written_on(app, due_on)] == [ORGANISER]
    assert written_from(app, due_on, dt.date(2026, 3, 20)) == []
