"""Whoever may not see to a group any more keeps what they logged, and reads nothing new of it."""

import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.visits.service import planned_visit
from pbvote.localities.models import Locality
from pbvote.people.service import grant_role, take_role
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.visiting import MEMBER, ORGANISER, account, day, log
from tests.pages import browser, text_of


def move_to_urmston(app: Flask) -> None:
    """Let Marek be a member of another locality from now on, so that he can still sign in as one."""
    with writing(app):
        member, organiser = account(MEMBER), account(ORGANISER)
        urmston = db.session.scalars(sa.select(Locality).where(Locality.name == "Urmston")).one()
        grant_role(member, Role.LP_MEMBER, urmston.id)
        of_sale = next(grant for grant in member.grants if grant.locality_id != urmston.id)
        take_role(member, of_sale.id, organiser)


@both_databases
def test_a_mentor_whose_role_moved_to_another_locality_reads_no_more_of_the_group(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member, words="I met the treasurer.", concern="She is tired.")
    assert "group1@group.example" in text_of(member.get("/my/groups/1"))
    move_to_urmston(app)
    page = text_of(member.get("/my/groups/1"))
    assert "You can still log a visit of that time" in page
    assert "She is tired." in page, "their own words stay theirs"
    assert "group1@group.example" not in page
    assert "Next visit" not in page
    refused = member.get("/my/groups/1/report")
    assert refused.status_code == 409
    assert "You do not stay with this group any more." in text_of(refused)


def test_what_such_a_mentor_logs_late_plans_nothing(app: Flask, funded: None) -> None:
    move_to_urmston(app)
    with app.app_context():
        before = planned_visit(1)
    form = {"form_key": "k", "standing": "going_well", "contact_method": "visit", "words": "Well.", "next_visit": "2"}
    answer = browser(app, MEMBER).post("/my/groups/1", data=form | day("met_on", today()))
    assert answer.status_code == 302
    with app.app_context():
        assert planned_visit(1) == before
