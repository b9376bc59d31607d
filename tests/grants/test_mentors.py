"""Mentors are introduced, handed over, asked for anew, and gone from every count at once."""

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.checking.interests import declare_interest
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.mentors.cards import write_card
from pbvote.grants.mentors.in_force import in_force
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import BelongsToGroup, MentorChanged, mentor_of, set_mentor
from pbvote.grants.mentors.suggesting import candidates_for
from pbvote.grants.visits import service
from pbvote.localities.service import describe_locality
from pbvote.people.models import Account
from pbvote.people.service import set_disabled, take_role
from tests.accounts import letters_to
from tests.conftest import both_databases
from tests.factories import an_account, writing
from tests.grants.visiting import GROUP, MEMBER, ORGANISER, OTHER, account, body_of, day, first_award
from tests.pages import browser, text_of
from tests.together import together


def choose(app: Flask, email: str, seen: int = 1, visit_by: dt.date | None = None) -> int:
    """Choose somebody on the desk's page; how it answers."""
    with app.app_context():
        chosen = account(email).id
    form = {"member": str(chosen), "seen": str(seen)} | (day("next_on", visit_by) if visit_by else {})
    return browser(app, ORGANISER).post("/desk/monitoring/1", data=form).status_code


def test_a_new_mentor_and_the_group_are_introduced_to_each_other(app: Flask, funded: None) -> None:
    with writing(app):
        account(OTHER).name = "Nia Hughes"
        write_card(account(OTHER), "I keep the books of a food bank.", "0161 496 0122", None)
    soon = today() + dt.timedelta(days=20)
    assert choose(app, OTHER, visit_by=soon) == 302
    to_group, to_member, to_former = (body_of(app, email) for email in (GROUP, OTHER, MEMBER))
    for words in ("Nia Hughes says: “I keep the books of a food bank.”", "0161 496 0122", OTHER, in_words(soon)):
        assert words in to_group
    assert "Contact of Group 1, group1@group.example" in to_member
    assert "In their words: What we would do." in to_member
    assert in_words(soon) in to_member
    assert "Group 1" in to_former
    assert "Nia Hughes" in to_former
    assert "/link#" in to_group
    assert "/link#" in to_member


def test_the_groups_page_says_who_its_mentor_is_and_how_to_reach_them(app: Flask, funded: None) -> None:
    with writing(app):
        write_card(account(MEMBER), "I like to come by.", "0161 496 0111", None)
    page = text_of(browser(app, GROUP).get("/my/awards/"))
    for words in ("Your mentor is The lp_member", "“I like to come by.”", "0161 496 0111", MEMBER):
        assert words in page


def test_a_member_writes_themselves_what_groups_read(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    assert member.post("/my/about", data={"sentence": "I dig.", "phone": "0161 496 0111"}).status_code == 302
    assert "I dig." in text_of(member.get("/my/about"))
    assert "I dig." in text_of(browser(app, GROUP).get("/my/awards/"))
    assert member.post("/my/about", data={"sentence": "dig " * 41}).status_code == 422


def test_an_empty_day_keeps_the_visit_that_was_planned(app: Flask, funded: None) -> None:
    planned = today() + dt.timedelta(days=3)
    assert choose(app, OTHER) == 302
    with app.app_context():
        assert service.planned_visit(1) == planned
    assert in_words(planned) in body_of(app, OTHER)


def test_a_first_visit_is_not_in_the_past(app: Flask, funded: None) -> None:
    assert choose(app, OTHER, visit_by=dt.date(2001, 1, 1)) == 422
    with app.app_context():
        present = mentor_of(first_award())
        assert present
        assert present.account.email == MEMBER
        assert service.planned_visit(1) == today() + dt.timedelta(days=3)


def test_who_chose_after_somebody_else_is_told_so(app: Flask, funded: None) -> None:
    assert choose(app, OTHER, seen=0) == 409
    assert choose(app, OTHER, seen=1) == 302
    assert choose(app, MEMBER, seen=1) == 409


@both_databases
@pytest.mark.parametrize("has_one", [True, False])
def test_of_two_organisers_who_choose_at_once_one_looks_again(app: Flask, funded: None, has_one: bool) -> None:
    third = "third@partnership.example"
    with writing(app):
        an_account(Role.LP_MEMBER, third, first_award().event.share.locality)
        if not has_one:
            db.session.execute(sa.delete(Mentor))
    said: list[str] = []

    def choose_one(email: str) -> Callable[[], None]:
        def verb() -> None:
            try:
                with writing(app):
                    set_mentor(first_award(), account(email), seen=1 if has_one else 0)
                said.append("chosen")
            except MentorChanged:
                said.append("told")

        return verb

    together(choose_one(OTHER), choose_one(third))
    assert sorted(said) == ["chosen", "told"]
    with app.app_context():
        lasting = db.session.scalars(sa.select(Mentor).where(Mentor.until_on.is_(None))).all()
        assert len(lasting) == 1
    assert len(letters_to(app, OTHER) + letters_to(app, third)) == 1


def lose_role(member: Account, by: Account) -> None:
    """Take the member's role in the locality away."""
    take_role(member, member.grants[0].id, by)


def be_suspended(member: Account, by: Account) -> None:
    """Suspend the member."""
    set_disabled(member, is_disabled=True, by=by)


@both_databases
@pytest.mark.parametrize("leave", [lose_role, be_suspended])
def test_who_leaves_leaves_their_groups_without_a_mentor_in_every_count(
    app: Flask, funded: None, leave: Callable[[Account, Account], None]
) -> None:
    def counts() -> tuple[bool, bool, bool, bool, bool]:
        desk = browser(app, ORGANISER)
        on_board = "1 Without a mentor" in text_of(desk.get("/desk/monitoring/"))
        on_today = "Find a mentor for 1 funded group" in text_of(desk.get("/desk/"))
        on_page = "Your mentor is" not in text_of(browser(app, GROUP).get("/my/awards/"))
        with app.app_context():
            row = service.funded_groups()[0]
            in_list = not service.funded_groups_of(account(MEMBER))
            nobody = in_force([1], today())[1].sees_to_it is None
            assert row.is_alone is nobody
        return on_board, on_today, on_page, in_list, nobody

    assert counts() == (False,) * 5
    with writing(app):
        leave(account(MEMBER), account(ORGANISER))
    assert counts() == (True,) * 5


def test_who_belongs_to_a_group_is_not_suggested_and_not_chosen(app: Flask, funded: None) -> None:
    with writing(app):
        declare_interest(first_award().bid, account(OTHER), "I am its treasurer.", account(ORGANISER))
    with app.app_context():
        assert [each.member.email for each in candidates_for(first_award())] == [MEMBER]
    assert choose(app, OTHER) == 422
    with writing(app), pytest.raises(BelongsToGroup):
        set_mentor(first_award(), account(OTHER))


def test_the_nearest_and_the_least_busy_is_suggested_first(app: Flask, funded: None) -> None:
    with writing(app):
        award = first_award()
        locality = award.event.share.locality
        describe_locality(locality, ["Priory", "Ashton"], [])
        award.bid.ward_id = locality.wards[0].id
        third = an_account(Role.LP_MEMBER, "third@partnership.example", locality)
        write_card(third, "", "", award.bid.ward_id)
    with app.app_context():
        found = candidates_for(first_award())
        assert [(each.member.email, each.groups, each.is_near) for each in found] == [
            ("third@partnership.example", 0, True),
            (MEMBER, 1, True),  # by the group itself
            (OTHER, 0, False),
        ]
        assert not any(each.is_busy for each in found)


def test_a_group_asks_for_another_mentor_without_a_reason_and_somebody_is_chosen(app: Flask, funded: None) -> None:
    group, desk = browser(app, GROUP), browser(app, ORGANISER)
    task = "Choose another mentor for Group 1"
    assert task not in text_of(desk.get("/desk/"))
    for _ in range(2):
        assert group.post("/my/awards/1/another-mentor").status_code == 302
    assert "You asked for another mentor." in text_of(group.get("/my/awards/"))
    assert text_of(desk.get("/desk/")).count(task) == 1
    assert letters_to(app, MEMBER) == ["You are the mentor of Group 1"]  # that was before
    assert group.post("/my/awards/1/keep-mentor").status_code == 302
    assert task not in text_of(desk.get("/desk/"))
    group.post("/my/awards/1/another-mentor")
    assert choose(app, OTHER) == 302
    assert task not in text_of(desk.get("/desk/"))
    assert "asked" not in body_of(app, MEMBER)
    assert body_of(app, GROUP).startswith("Dear Contact of Group 1,")


def test_nobody_asks_for_another_groups_mentor(app: Flask, funded: None) -> None:
    assert browser(app, "group2@group.example").post("/my/awards/1/another-mentor").status_code == 404
