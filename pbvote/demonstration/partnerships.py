"""The four partnerships, alive: what they are for, and who belongs to them. Everybody here is invented."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.demonstration.pictures import PORTRAIT
from pbvote.files.pictures import read_photo
from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called
from pbvote.partnership.members.models import MemberProfile, MemberRole, PartnershipMember
from pbvote.partnership.members.profiles import give_photo, profile_of, publish_profile, write_words
from pbvote.partnership.page.models import Purpose
from pbvote.people.models import Account

_POLICE, _HEALTH, _COUNCIL, _RESIDENT = "Greater Manchester Police", "NHS Trafford", "Trafford Council", "Resident"
_CHAIR, _VICE = MemberRole.CHAIR, MemberRole.VICE_CHAIR
_COUNCILLOR, _AMBASSADOR = MemberRole.COUNCILLOR, MemberRole.AMBASSADOR
_OF: Final[Mapping[str, tuple[tuple[str, MemberRole, str], ...]]] = {
    "old-trafford-stretford": (
        ("Farah Siddiqui", _CHAIR, _COUNCIL),
        ("Marek Nowak", _AMBASSADOR, _RESIDENT),
        ("Ruth Adeyemi", _AMBASSADOR, _RESIDENT),
        ("Declan Moss", _COUNCILLOR, _COUNCIL),
        ("Sergeant Priya Nair", MemberRole.POLICE, _POLICE),
        ("Helen Ogden", MemberRole.HEALTH, _HEALTH),
    ),
    "urmston-partington": (
        ("Joan Whittle", _CHAIR, _COUNCIL),
        ("Imran Ali", _VICE, _RESIDENT),
        ("June Cole", _AMBASSADOR, _RESIDENT),
        ("Lena Fox", _AMBASSADOR, _RESIDENT),
        ("Tom Reid", MemberRole.OFFICER, _COUNCIL),
        ("Sergeant Paul Heyes", MemberRole.POLICE, _POLICE),
    ),
    "sale": (
        ("Gwen Parry", _CHAIR, _COUNCIL),
        ("Ada Byrne", _AMBASSADOR, _RESIDENT),
        ("Sam Okoro", _AMBASSADOR, _RESIDENT),
        ("Marek Nowak", MemberRole.OFFICER, "Trafford Housing Trust"),
        ("Inspector Amy Lord", MemberRole.POLICE, _POLICE),
    ),
    "south-trafford": (
        ("Colin Frame", _CHAIR, _COUNCIL),
        ("Nasreen Baig", _VICE, _COUNCIL),
        ("Constable Rhys Bowen", MemberRole.POLICE, _POLICE),
        ("Dr Ewa Zielinska", MemberRole.HEALTH, _HEALTH),
    ),
}
_FORMER: Final = ("Barbara Lunt", _COUNCILLOR, _COUNCIL)
_PURPOSE: Final = (
    "We bring residents, councillors, police, health services and the council to one table. We ask what matters here, "
    "share out the grants with you, and stay with the groups that get them.\n\nOur meetings are open. So is this page: "
    "it says who we are, what we did with the money, and what came of it."
)


def bring_partnerships_to_life(organiser: Account) -> None:
    """Members from their first day on, one who left, one whose profile is public and one whose waits for an editor."""
    accounts = {name: id_ for id_, name in db.session.execute(sa.select(Account.id, Account.name))}
    for slug, members in _OF.items():
        locality = locality_called(slug)
        if locality:
            db.session.add(Purpose(locality_id=locality.id, heading="What we are for", words=_PURPOSE))
            _list_members(locality, members, accounts)
    old_trafford = locality_called("old-trafford-stretford")
    if old_trafford:
        db.session.flush()
        _show_profiles(old_trafford, organiser)


def _list_members(
    locality: Locality, members: tuple[tuple[str, MemberRole, str], ...], accounts: Mapping[str, int]
) -> None:
    first_on = today().replace(month=4, day=2) - dt.timedelta(days=800)
    for name, role, body in members:
        member = PartnershipMember(locality_id=locality.id, name=name, role=role, body=body, from_on=first_on)
        member.account_id = accounts.get(name)
        ward = locality.wards[len(name) % len(locality.wards)]
        member.ward_id = ward.id if role is _COUNCILLOR or body == _RESIDENT else None
        db.session.add(member)
    name, role, body = _FORMER
    if locality.slug == "old-trafford-stretford":
        left_on = today() - dt.timedelta(days=90)
        former = PartnershipMember(locality_id=locality.id, name=name, role=role, body=body, from_on=first_on)
        former.until_on = left_on
        db.session.add(former)


def _show_profiles(locality: Locality, organiser: Account) -> None:
    wanted = sa.select(Account).where(Account.name.in_(["Marek Nowak", "Ruth Adeyemi"])).order_by(Account.name)
    marek, ruth = db.session.scalars(wanted)
    member, other = profile_of(marek, locality), profile_of(ruth, locality)
    if member is None or other is None:
        raise LookupError("a member of the demonstration is not listed")
    member.is_editor = True
    write_words(member, "I run the tool library at Gorse Hill, and I mend what neighbours bring. Ask me about bikes.")
    give_photo(member, read_photo(PORTRAIT.drawn(), "me.png"), marek)
    profile = db.session.get_one(MemberProfile, member.id)
    publish_profile(member, profile.version, organiser)
    write_words(other, "I keep the books of a food bank, and I sing in the Longford choir.")
