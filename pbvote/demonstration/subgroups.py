"""The sub-groups of the demonstration's partnerships, and who has joined them. Everybody here is invented."""

from typing import Final, NamedTuple

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called
from pbvote.mail.models import Letter
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.members.service import present_members
from pbvote.partnership.subgroups.joining import join_by_contact, join_with_account, note_rang
from pbvote.partnership.subgroups.models import Subgroup, SubgroupJoiner
from pbvote.partnership.subgroups.reading import subgroup_of
from pbvote.partnership.subgroups.service import SaidOfSubgroup, begin_subgroup, end_subgroup
from pbvote.people.models import Account


class _Small(NamedTuple):
    name: str
    words: str
    meets: str
    lead: str
    people: int


_GROUPS: Final = {
    "old-trafford-stretford": (
        _Small(
            "Green alleys",
            "We plan where pots and benches go, knock on doors, and water in dry weeks.\n\nBring gloves, or nothing.",
            "Second Saturday of the month, 10am, the gate on Ayres Road",
            "Marek Nowak",
            6,
        ),
        _Small(
            "First jobs",
            "We bring pupils and firms to one table, and ask both what a first job should teach.",
            "Last Wednesday of the month, 5pm, Old Trafford Library",
            "Ruth Adeyemi",
            3,
        ),
    ),
    "urmston-partington": (
        _Small(
            "Paths and benches",
            "We walk the paths, note what is broken, and mark rounds for those who begin to walk.",
            "First Sunday of the month, 11am, Davyhulme Park café",
            "June Cole",
            5,
        ),
        _Small(
            "Sport after school",
            "We find halls and helpers for children who play no sport yet.",
            "Every other Monday, 6pm, Partington Sports Village",
            "Lena Fox",
            2,
        ),
    ),
    "sale": (
        _Small(
            "The town centre on foot",
            "We look at the town centre with a pram, a stick and a wheelchair, and say what stands in the way.",
            "Third Thursday of the month, 2pm, Sale Waterside",
            "Ada Byrne",
            4,
        ),
        _Small(
            "Shops and stalls",
            "We ask shopkeepers what would help, and hold a stall for groups at the market.",
            "First Friday of the month, 9am, the market square",
            "Sam Okoro",
            2,
        ),
    ),
    "south-trafford": (
        _Small(
            "Two generations",
            "Pupils and pensioners cook, mend and play chess together. We find the rooms.",
            "Every Tuesday in term, 4pm, Timperley Library",
            "Nasreen Baig",
            5,
        ),
        _Small(
            "Quiet evenings",
            "We talk with young people in the park, before anybody rings the police.",
            "Fridays, 7pm, the shelter in Stamford Park",
            "Constable Rhys Bowen",
            2,
        ),
    ),
}
_ENDED: Final = _Small(
    "Breakfast before school",
    "We counted how many children come to school hungry, and looked for kitchens.",
    "Mondays, 8am, Gorse Hill",
    "Helen Ogden",
    2,
)
_WHY: Final = "It has done what it was for: three schools serve breakfast now."
_PEOPLE: Final = ("Amina", "Brian", "Chidi", "Dorothy", "Eilidh", "Farouk")


def begin_subgroups(organiser: Account, member: Account) -> None:
    """Two of each partnership with people in them, and one that has ended. The member is in the first one."""
    for slug, groups in _GROUPS.items():
        locality = locality_called(slug)
        if locality is None:
            raise LookupError(f"the demonstration has no {slug}")
        begun = [_begin(locality, small, organiser) for small in groups]
        if slug == "old-trafford-stretford":
            join_with_account(begun[0], locality, member)
            _ring(begun[0], locality)
            ended = _begin(locality, _ENDED, organiser)
            end_subgroup(ended, _WHY, ended.version, organiser)
    ours = Letter.recipient.endswith("@neighbour.example")
    db.session.execute(sa.delete(Letter).where(ours))  # they have gone, as such letters go


def _begin(locality: Locality, small: _Small, by: Account) -> Subgroup:
    lead = next(each for each in present_members(locality) if each.name == small.lead)
    subgroup = begin_subgroup(locality, _said(small, lead), by)
    for name in _PEOPLE[: small.people]:
        join_by_contact(subgroup, locality, name, f"{name.lower()}@neighbour.example")
    mine = sa.update(SubgroupJoiner).where(SubgroupJoiner.subgroup_id == subgroup.id)
    db.session.execute(mine.values(confirmed_on=today(), letters=0, asked_on=None))
    found = subgroup_of(locality, subgroup.id)
    return found.subgroup if found else subgroup


def _said(small: _Small, lead: PartnershipMember) -> SaidOfSubgroup:
    return SaidOfSubgroup(small.name, small.words, small.meets, lead.id, takes_joiners=True)


def _ring(subgroup: Subgroup, locality: Locality) -> None:
    """Two left a telephone number: one was rung, and one still waits for that."""
    for name, number in (("Gladys", "0161 496 0171"), ("Hamid", "0161 496 0172")):
        join_by_contact(subgroup, locality, name, number)
    rung = sa.select(SubgroupJoiner.id).where(SubgroupJoiner.contact == "0161 496 0171")
    note_rang(subgroup, db.session.scalars(rung).one())
