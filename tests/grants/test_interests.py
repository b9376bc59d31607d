"""Whoever belongs to a group stays away from its grant: as its mentor, and as the officer who decides and pays."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import declare_interest
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.groups.service import add_contact
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.grants.awards.holding import hold_awards
from pbvote.grants.awards.impartial import HasInterest, has_interest
from pbvote.grants.mentors.in_force import in_force
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import BelongsToGroup, set_mentor
from pbvote.grants.mentors.suggesting import candidates_for
from pbvote.grants.visits import service
from pbvote.grants.visits.models import Worry
from pbvote.grants.visits.stays import BelongsToIt, require_apart
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.acts.models import Act
from tests.conftest import both_databases
from tests.factories import an_account, sign_in, writing
from tests.grants.decided import ORGANISER, SECOND
from tests.grants.handing_in import hand_in
from tests.grants.paying import LARGE, plan_form, ring, signed_awards
from tests.grants.visiting import GROUP, MEMBER, OTHER, account, first_award, log, logged
from tests.pages import browser, client_of, text_of
from tests.scene import EMAILS, find_scene
from tests.scene_addresses import address, rules_of
from tests.together import together

OF_NO_GRANT = {
    "network_desk.add",
    *(f"opportunities_desk.{press}" for press in ("post", "change", "remove")),
}
"""They are of no group's grant: a resident's offer, and money from elsewhere."""
Belong = Callable[[Account], None]
NO_MORE = "You belong to this group, so you can log nothing more here."


def declare(member: Account) -> None:
    """The member says that they belong to the group of award 1."""
    declare_interest(first_award().bid, member, "I keep its books.", member)


def become_contact(member: Account) -> None:
    """The group's contact names the member as another one."""
    group = first_award().bid.group
    assert group
    add_contact(group, member.name, member.email, "")


WAYS = pytest.mark.parametrize(
    ("belong", "said"),
    [
        (declare, "The lp_member has declared an interest in this group: choose another mentor."),
        (become_contact, "The lp_member speaks for this group: choose another mentor."),
    ],
)


@both_databases
@WAYS
def test_a_mentor_who_comes_to_belong_to_the_group_is_named_to_the_officer_at_once(
    app: Flask, funded: None, belong: Belong, said: str
) -> None:
    desk = browser(app, ORGANISER)
    task = "Choose another mentor for Group 1"
    assert task not in text_of(desk.get("/desk/"))
    with writing(app):
        belong(account(MEMBER))
    page = text_of(desk.get("/desk/"))
    assert task in page
    assert said in page
    assert said in text_of(desk.get("/desk/monitoring/1"))
    assert "1 Without a mentor" in text_of(desk.get("/desk/monitoring/"))
    assert "Your mentor is" not in text_of(browser(app, GROUP).get("/my/awards/"))
    with app.app_context():
        assert in_force([1], today())[1].sees_to_it is None
        assert [each.member.email for each in candidates_for(first_award())] == [OTHER]
    with writing(app):
        set_mentor(first_award(), account(OTHER))
    assert task not in text_of(desk.get("/desk/"))
    assert said not in text_of(desk.get("/desk/monitoring/1"))


@WAYS
def test_the_mentor_logs_nothing_more_there_and_what_was_logged_stays(
    app: Flask, funded: None, belong: Belong, said: str
) -> None:
    member = browser(app, MEMBER)
    assert log(member).status_code == 302
    with writing(app):
        belong(account(MEMBER))
    page = text_of(member.get("/my/groups/1"))
    assert NO_MORE in page
    assert "41 pupils came." in page
    assert "Save the check-in" not in page
    late = member.post(
        "/my/groups/1", data={"form_key": "ab" * 16, "standing": "going_well", "words": "They all came."}
    )
    assert late.status_code == 409
    assert NO_MORE in text_of(late)
    assert "They all came." in text_of(late), "what was typed is there to copy"
    refused = hand_in(app, member)
    assert refused.status_code == 422
    assert NO_MORE in refused.get_json()["said"]
    corrected = member.post("/my/groups/1/check-ins/1", data={"words": "42 pupils came."})
    assert corrected.status_code == 409
    assert NO_MORE in text_of(corrected)
    report = member.get("/my/groups/1/report")
    assert report.status_code == 409
    assert "You do not stay with this group any more." in text_of(report)
    assert [each.words for each in logged(app)] == ["41 pupils came."]


def test_a_cover_who_belongs_to_the_group_sees_to_nothing(app: Flask, funded: None) -> None:
    with writing(app):
        declare(account(OTHER))
        db.session.execute(sa.update(Mentor).values(account_id=account(OTHER).id))
    with app.app_context():
        assert service.funded_groups_of(account(OTHER)) == []
    with writing(app), pytest.raises(BelongsToIt):
        require_apart([1], account(OTHER))


@both_databases
def test_of_a_declaration_and_a_choice_at_once_no_mentor_belongs_to_the_group_unseen(app: Flask, funded: None) -> None:
    said: list[str] = []

    def choose() -> None:
        try:
            with writing(app):
                set_mentor(first_award(), account(OTHER))
            said.append("chosen")
        except BelongsToGroup:
            said.append("refused")

    def say() -> None:
        with writing(app):
            declare(account(OTHER))

    together(choose, say)
    with app.app_context():
        lasting = db.session.scalars(sa.select(Mentor).where(Mentor.until_on.is_(None))).one()
        belongs_to_it = lasting.account_id == account(OTHER).id
        assert belongs_to_it == (said == ["chosen"])
        assert lasting.is_here is not belongs_to_it


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_check_in_that_waited_while_its_member_declared_an_interest_is_not_stored(app: Flask, funded: None) -> None:
    said: list[str] = []
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")

    def send() -> None:
        said.append(str(hand_in(app, browser(app, MEMBER)).get_json()["said"]))

    other = threading.Thread(target=send)
    with app.app_context():
        begin_write()
        hold_awards([1])
        other.start()
        with db.engine.connect() as watching:
            while not watching.scalar(waiting):
                assert other.is_alive(), said
                watching.rollback()
        declare(account(MEMBER))
        db.session.commit()
    other.join()
    assert len(said) == 1
    assert NO_MORE in said[0]
    assert logged(app) == []


def everybodys_interest(app: Flask, email: str) -> None:
    """The account belongs to every group that has bid."""
    with writing(app):
        who = account_with_email(email)
        assert who
        for group_id in db.session.scalars(sa.select(Group.id)).all():
            db.session.add(GroupContact(group_id=group_id, account_id=who.id))


def test_no_door_of_the_desk_lets_an_officer_act_on_a_grant_of_their_own_group(demonstration: None, app: Flask) -> None:
    scene, desk = find_scene(app), client_of(app)
    everybodys_interest(app, EMAILS["organiser"])
    sign_in(desk, EMAILS["organiser"])
    doors = [
        rule
        for rule in rules_of(app, "POST")
        if "_desk." in rule.endpoint
        and app.view_functions[rule.endpoint].__module__.startswith("pbvote.grants.")
        and rule.endpoint not in OF_NO_GRANT
    ]
    assert len(doors) > 20
    for rule in doors:
        answer = desk.post(address(rule, scene), data={})
        said = text_of(answer)
        stands_back = "so you take no part in its grant." in said or "so you decide nothing about it." in said
        assert stands_back, (rule.endpoint, answer.status_code)
        assert answer.status_code == HasInterest.status


def test_the_officer_reads_why_and_who_can(app: Flask) -> None:
    desk = signed_awards(app)
    with writing(app):
        second, bid = account_with_email(SECOND), db.session.get_one(Bid, 2)
        assert second
        second.name = "Sue Lee"
        declare_interest(bid, account(ORGANISER), "its treasurer", second)
    with app.app_context():
        award = first_award()
        assert has_interest(account(ORGANISER), award)
        assert not has_interest(account(SECOND), award)
    said = "You belong to Group 2, so you take no part in its grant. Sue Lee can do this."
    pages = [f"/desk/monitoring/{LARGE}", f"/desk/awards/{LARGE}/money", f"/desk/awards/{LARGE}/report"]
    forms = [f"/desk/awards/{LARGE}/{page}" for page in ("money/call", "report/write")]
    for pages_of, status in ((pages, 200), (forms, 409)):
        for page in pages_of:
            answer = desk.get(page)
            assert answer.status_code == status
            assert said in text_of(answer)
            other = browser(app, SECOND).get(page)
            assert other.status_code == 200
            assert "you take no part" not in text_of(other)


def test_what_somebody_asked_for_before_they_declared_is_not_confirmed(app: Flask) -> None:
    desk = signed_awards(app)
    ring(app, LARGE)
    assert desk.post(f"/desk/awards/{LARGE}/money/payments", data=plan_form()).status_code == 302
    with writing(app):
        declare_interest(db.session.get_one(Bid, 2), account(ORGANISER), "its treasurer", account(SECOND))
    with app.app_context():
        act_id = db.session.scalars(sa.select(Act.id).where(Act.award_id == LARGE)).one()
    refused = browser(app, SECOND).post(f"/desk/awards/{LARGE}/acts/{act_id}/confirm")
    assert refused.status_code == 403
    with app.app_context():
        assert first_award().planned_pence == 0


def test_a_worry_goes_to_no_officer_of_the_group(app: Flask, funded: None) -> None:
    with writing(app):
        second = an_account(Role.ORGANISER, SECOND)
        declare(account(ORGANISER))
        second_id = second.id
    log(browser(app, MEMBER), standing="worried", words="Nobody came.")
    with app.app_context():
        assert db.session.scalars(sa.select(Worry.officer_id)).one() == second_id
    assert 'value="1"' not in browser(app, SECOND).get("/desk/worries/1").get_data(as_text=True).partition("officer")[2]
    refused = browser(app, ORGANISER).post("/desk/worries/1", data={"answer": "I rang."})
    assert "so you take no part in its grant." in text_of(refused)


def test_an_officer_who_comes_to_belong_to_the_group_reads_no_concern_and_is_named_no_more(
    app: Flask, funded: None
) -> None:
    with writing(app):
        an_account(Role.ORGANISER, SECOND)
    log(browser(app, MEMBER), standing="worried", words="Nobody came.", concern="Cash is kept at home.")
    pages = ["/desk/monitoring/1", "/desk/", "/desk/monitoring/"]
    assert all("The organiser" in text_of(browser(app, SECOND).get(page)) for page in pages)
    with writing(app):
        declare(account(ORGANISER))
    own, other = browser(app, ORGANISER), browser(app, SECOND)
    assert "so you take no part in its grant." in text_of(own.get("/desk/worries/1"))
    page = text_of(own.get("/desk/monitoring/1"))
    assert "Nobody came." in page
    assert "Whichever officer reads it first answers by" in page
    for hidden in ("Cash is kept at home.", "Read the worry", "Answer this worry"):
        assert hidden not in page
    assert "Cash is kept at home." in text_of(other.get("/desk/worries/1"))
    assert "For whoever reads this first by" in text_of(other.get("/desk/"))
    assert "A worry waits for an answer by" in text_of(other.get("/desk/monitoring/"))
