"""Whoever holds several rows takes them in one order, so that of two who cross one waits and none is thrown out."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.grants.mentors.absences import NewAbsence, go_away
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import set_mentor
from pbvote.people.models import Account
from tests.factories import an_account, the_event, writing
from tests.grants.accepting import accepted
from tests.grants.decided import ORGANISER, made, result
from tests.grants.deciding import make_awards
from tests.grants.paying import GROUPS, LARGE, SMALL, the_award
from tests.grants.visiting import account
from tests.together import together

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
ADA, BEA = "ada@partnership.example", "bea@partnership.example"
WAITING = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def two_mentors(app: Flask) -> None:
    """Ada stays with the group of the large award, Bea with that of the small one."""
    made(app)
    with writing(app):
        place = the_event().share.locality
        members = [an_account(Role.LP_MEMBER, email, place) for email in (ADA, BEA)]
        for award_id, member in zip((LARGE, SMALL), members, strict=True):
            accepted(the_award(award_id))
            set_mentor(the_award(award_id), member)


def introduce(app: Flask, award_id: int, email: str) -> None:
    """Let somebody stay with an award's group, in a transaction of its own."""
    with writing(app):
        set_mentor(the_award(award_id), account(email))


def holds_the_higher(app: Flask, verb: Callable[[], object], lower: str, higher: str) -> bool:
    """Whether an act that waits for the account with the lower id holds the one with the higher id already."""
    acting = threading.Thread(target=verb)
    with app.app_context():
        begin_write()
        ids = [account(email).id for email in (lower, higher)]
        assert ids == sorted(ids)
        held = sa.select(Account.id).where(Account.id == ids[0])
        db.session.execute(held.with_for_update(key_share=True))
        acting.start()
        with db.engine.connect() as watching:
            while not watching.scalar(WAITING):
                assert acting.is_alive(), "it never waited for the lower"
                watching.rollback()
            free = sa.select(Account.id).where(Account.id == ids[1])
            found = watching.scalar(free.with_for_update(key_share=True, skip_locked=True))
            watching.rollback()
        db.session.rollback()
    acting.join()
    return found is None


@on_postgresql
def test_two_introductions_that_cross_are_both_made(app: Flask) -> None:
    two_mentors(app)
    together(lambda: introduce(app, LARGE, BEA), lambda: introduce(app, SMALL, ADA))
    with app.app_context():
        lasting = sa.select(Mentor).where(Mentor.until_on.is_(None)).options(orm.joinedload(Mentor.account))
        now = {mentor.award_id: mentor.account.email for mentor in db.session.scalars(lasting)}
    assert now == {LARGE: BEA, SMALL: ADA}


@on_postgresql
def test_an_introduction_holds_nobody_before_whoever_comes_first(app: Flask) -> None:
    two_mentors(app)
    assert not holds_the_higher(app, lambda: introduce(app, LARGE, BEA), ADA, BEA)


@on_postgresql
def test_whoever_goes_away_holds_nobody_before_whoever_comes_first(app: Flask) -> None:
    two_mentors(app)

    def go() -> None:
        with writing(app):
            away = NewAbsence(today(), today() + dt.timedelta(days=3), account(ADA))
            go_away(account(BEA), away)

    assert not holds_the_higher(app, go, ADA, BEA)


@on_postgresql
def test_a_decision_holds_no_contact_before_whoever_comes_first(app: Flask) -> None:
    result(app, third_first=True)

    def tell() -> None:
        with writing(app):
            make_awards(the_event(), account(ORGANISER))

    assert not holds_the_higher(app, tell, GROUPS[LARGE], GROUPS[SMALL])
