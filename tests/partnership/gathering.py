"""A gathering with groups that sign up, for tests."""

import datetime as dt
import re

import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.groups.models import Group, GroupContact
from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.mail.models import Letter
from pbvote.partnership.gatherings.models import Gathering, SignUp
from pbvote.partnership.gatherings.service import SaidOfGathering, make_gathering, publish_gathering
from tests.checked_client import CheckedClient
from tests.factories import an_account, writing
from tests.pages import browser
from tests.partnership.keeping import EDITOR, KEEP, account, sale

GATHERINGS = f"{KEEP}/gatherings"
GROUPS = ("Growers", "Singers", "Runners", "Menders")
FORM = {
    "title": "Association of associations",
    "purpose": "Meet the groups next door.",
    "begins": "18:30",
    "ends": "8:30pm",
    "venue": "Sale Waterside",
    "places": "10",
    "most_a_group": "6",
}


def in_days(number: int) -> dt.date:
    """A day from today."""
    return today() + dt.timedelta(days=number)


def days(**named: dt.date) -> dict[str, str]:
    """Days as their boxes send them."""
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in named.items() for part in ("day", "month", "year")
    }


def filled_in(**other: str) -> dict[str, str]:
    """What an editor types: in ten days, to sign up within eight."""
    return FORM | days(day=in_days(10), sign_up_until=in_days(8)) | other


def a_gathering(places: int = 10, starts_on: dt.date | None = None, *, is_published: bool = True) -> Gathering:
    """A gathering in Sale, in ten days unless said otherwise."""
    day = starts_on or in_days(10)
    starts, ends = uk_moment(day, dt.time(18, 30)), uk_moment(day, dt.time(20, 30))
    least = min(places, 6)
    said = SaidOfGathering(
        "Gathering of groups", "Meet.", "Sale Waterside", starts, ends, places, least, min(in_days(8), day), []
    )
    gathering = make_gathering(sale(), said, account(EDITOR))
    if is_published:
        publish_gathering(gathering)
    return gathering


def some_groups(app: Flask) -> None:
    """Groups with a contact each, none of them funded."""
    with writing(app):
        for name in GROUPS:
            contact = an_account(Role.GROUP_CONTACT, email_of(name))
            db.session.add(GroupContact(account=contact, group=Group(name=name)))


def email_of(group: str) -> str:
    """Its contact’s address."""
    return f"{group.lower()}@group.example"


def gathered(app: Flask, places: int = 10, starts_on: dt.date | None = None) -> int:
    """The number of a published gathering."""
    with writing(app):
        return a_gathering(places, starts_on).id


def own_page(app: Flask, number: int, name: str) -> str:
    """The address where a group signs up."""
    with app.app_context():
        return f"/my/gatherings/{number}/{db.session.scalars(sa.select(Group.id).where(Group.name == name)).one()}"


def sign_up(app: Flask, number: int, name: str, people: int, **said: str) -> CheckedClient:
    """Sign a group up; its contact’s browser."""
    client = browser(app, email_of(name))
    answer = client.post(own_page(app, number, name), data={"people": str(people), **said})
    assert answer.status_code == 302
    return client


def standing(app: Flask, number: int) -> dict[str, str]:
    """How each group stands, by its name."""
    with app.app_context():
        wanted = sa.select(Group.name, SignUp.state).join(Group, Group.id == SignUp.group_id)
        return {name: state.value for name, state in db.session.execute(wanted.where(SignUp.gathering_id == number))}


def taken(app: Flask, number: int) -> int:
    """How many places are held; they are the sum of the people for whom they are."""
    with app.app_context():
        held = sa.select(sa.func.sum(SignUp.people)).where(SignUp.gathering_id == number)
        people = db.session.scalar(held.where(SignUp.state.in_(("coming", "offered")))) or 0
        assert db.session.get_one(Gathering, number).taken == people
        return people


def seen_in(page: str) -> str:
    """The version that a form's page showed."""
    found = re.search(r'name="seen"[^>]*value="(\d+)"', page)
    return found[1] if found else ""


def letters_to(app: Flask, email: str) -> list[str]:
    """The subjects of the letters to an address, in their order."""
    with app.app_context():
        return list(db.session.scalars(sa.select(Letter.subject).where(Letter.recipient == email).order_by(Letter.id)))
