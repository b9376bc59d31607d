"""Funded groups and whoever visits them, for tests."""

import datetime as dt
import re

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.visits import service
from pbvote.grants.visits.models import CheckIn
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_account, an_open_poll, cast, count_closed, the_event, writing
from tests.grants.accepting import accepted
from tests.grants.deciding import make_awards
from tests.hall import organiser_does
from tests.outbox import letters
from tests.stories import told_once

ORGANISER, MEMBER, OTHER = "organiser@council.example", "marek@partnership.example", "nia@partnership.example"
ABROAD = "far@partnership.example"
GROUP = "group1@group.example"


@told_once
def fund(app: Flask) -> None:
    """Award 1 in Sale, whose mentor is Marek; Nia is a member there too, and another of another locality."""
    with writing(app):
        _, slips = an_open_poll(1)
        cast(slips[0].code, {"B-01": 5, "B-02": 1, "B-03": 1})
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    with writing(app):
        event, organiser = the_event(), account_with_email(ORGANISER)
        assert organiser
        [award, *_] = make_awards(event, organiser)
        accepted(award)
        member = an_account(Role.LP_MEMBER, MEMBER, event.share.locality)
        an_account(Role.LP_MEMBER, OTHER, event.share.locality)
        an_account(Role.LP_MEMBER, ABROAD, a_locality("Urmston"))
        set_mentor(award, member)
        service.plan_visit(award.id, today() + dt.timedelta(days=3))


def day(name: str, value: dt.date) -> dict[str, str]:
    """A day as its three boxes send it."""
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def log(member: CheckedClient, form_key: str = "", **changes: str | list[str]) -> TestResponse:
    """Open the form, or use the one with this key, and send it."""
    page = member.get("/my/groups/1").get_data(as_text=True)
    key = form_key or re.findall(r'name="form_key"[^>]* value="([^"]+)"', page)[0]
    form = {"form_key": key, "standing": "going_well", "contact_method": "visit", "words": "41 pupils came."}
    return member.post("/my/groups/1", data=form | day("met_on", today()) | changes)


def logged(app: Flask) -> list[CheckIn]:
    """Every check-in."""
    with app.app_context():
        return list(db.session.scalars(sa.select(CheckIn).order_by(CheckIn.id)))


def colour_of(app: Flask, award_id: int = 1) -> str:
    """The colour of an award's group, as every board shows it."""
    with app.app_context():
        return next(one.doing.colour.value for one in service.funded_groups() if one.award.id == award_id)


def stay_with_all(app: Flask) -> list[int]:
    """Let the mentor of award 1 stay with two more groups; the ids of their awards."""
    with writing(app):
        first, member = first_award(), account(MEMBER)
        for bid in [slot.bid for slot in the_event().running_order if slot.bid_id != first.bid_id]:
            what = {"award_pence": 1_00, "decision_id": first.decision_id, "told_at": first.told_at}
            db.session.add(Award(event_id=first.event_id, bid_id=bid.id, state=first.state, **what))
        db.session.flush()
        others = [funded.award for funded in service.funded_groups() if funded.award.id != 1]
        for award in others:
            set_mentor(award, member)
        return [award.id for award in others]


def hand_over(app: Flask, to: str = OTHER) -> None:
    """Let another member stay with the group of award 1."""
    with writing(app):
        successor, watched = account_with_email(to), service.funded_groups()[0]
        assert successor
        set_mentor(watched.award, successor)


def suspend(app: Flask, email: str) -> None:
    """Let an account sign in no more."""
    with writing(app):
        account = account_with_email(email)
        assert account
        account.is_disabled = True
        db.session.flush()


def account(email: str) -> Account:
    """The account with this address."""
    found = account_with_email(email)
    assert found
    return found


def first_award() -> Award:
    """The award that Marek has at first."""
    found = award_of(1)
    assert found
    return found


def body_of(app: Flask, email: str) -> str:
    """The newest letter to somebody."""
    with app.app_context():
        return next(letter.body for letter in letters() if letter.recipient == email)
