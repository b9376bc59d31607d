"""A partnership with an editor and a member, for tests."""

import datetime as dt
import io

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.files.models import Photo
from pbvote.localities.models import Locality
from pbvote.localities.service import describe_locality, locality_called
from pbvote.partnership.members.models import MemberRole, PartnershipMember
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_account, writing
from tests.files.samples import photo_file

ORGANISER, AUDITOR = "organiser@council.example", "auditor@council.example"
EDITOR, MEMBER, ABROAD = "marek@partnership.example", "nia@partnership.example", "far@partnership.example"
SAID = {"heading": "The alley is green", "words": "Forty pots.\n\nCome by."}
"""An update, as it is typed."""
KEEP, OWN, PUBLIC = "/my/partnership/sale", "/my/partnership/sale/profile", "/localities/sale"


def found(app: Flask) -> None:
    """Sale, with Marek as its editor, Nia as a member, a councillor without an account; Urmston with one member."""
    with writing(app):
        sale, urmston = a_locality(), a_locality("Urmston")
        describe_locality(sale, ["Priory"], ["A lively town centre"])
        an_account(Role.ORGANISER, ORGANISER)
        an_account(Role.AUDITOR, AUDITOR)
        for name, email, place in (("Marek", EDITOR, sale), ("Nia", MEMBER, sale), ("Far", ABROAD, urmston)):
            account = an_account(Role.LP_MEMBER, email, place)
            account.name = name
            a_member(place, name, account, is_editor=name == "Marek")
        a_member(sale, "Gwen Parry", None, MemberRole.CHAIR)


def a_member(
    locality: Locality,
    name: str,
    account: Account | None = None,
    role: MemberRole = MemberRole.AMBASSADOR,
    *,
    is_editor: bool = False,
) -> PartnershipMember:
    """Somebody who has been a member for a hundred days."""
    member = PartnershipMember(locality_id=locality.id, name=name, role=role, body="Trafford Council")
    member.from_on, member.is_editor = today() - dt.timedelta(days=100), is_editor
    member.account_id = account.id if account else None
    db.session.add(member)
    db.session.flush()
    return member


def account(email: str) -> Account:
    """The account with this address."""
    found = account_with_email(email)
    assert found
    return found


def sale() -> Locality:
    """The locality."""
    found = locality_called("sale")
    assert found
    return found


def member_named(name: str) -> PartnershipMember:
    """The member with this name."""
    return db.session.scalars(sa.select(PartnershipMember).where(PartnershipMember.name == name)).one()


def id_of(app: Flask, name: str) -> int:
    """The number of a member."""
    with app.app_context():
        return member_named(name).id


def number_of_photos(app: Flask) -> int:
    """How many photos are kept."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Photo)) or 0


def write(member: CheckedClient, words: str = "I walk the footpaths.") -> TestResponse:
    """Write words for everybody."""
    return member.post(OWN, data={"words": words, "agrees": "yes"})


def give_photo(member: CheckedClient, content: bytes = b"") -> TestResponse:
    """Give a photo for everybody."""
    photo = (io.BytesIO(content or photo_file()), "IMG_0001.jpg")
    return member.post(f"{OWN}/photo", data={"photo": photo, "agrees_to_photo": "yes"})


def publish(editor: CheckedClient, member_id: int) -> TestResponse:
    """Read a profile, and publish it as it was read."""
    page = editor.get(f"{KEEP}/profiles/{member_id}").get_data(as_text=True)
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return editor.post(f"{KEEP}/profiles/{member_id}/publish", data={"seen": seen})
