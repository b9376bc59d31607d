"""The demonstration's gatherings: one that is over, one that is full with a line, one that is open."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from pbvote.call.groups.models import Group, GroupContact
from pbvote.core.clock import now, today, uk_moment
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.localities.service import all_localities
from pbvote.partnership.gatherings.models import Gathering, SignUp, SignUpState
from pbvote.partnership.gatherings.service import SaidOfGathering, make_gathering, publish_gathering
from pbvote.partnership.gatherings.signing_up import SaidOfSignUp, sign_up
from pbvote.people.models import Account


class _Comes(NamedTuple):
    group: str
    people: int
    gives: str = ""
    needs: Sequence[str] = ()
    needs_words: str = ""
    access_needs: str = ""
    is_named: bool = True
    came: int | None = None


_PAST: Sequence[_Comes] = (
    _Comes("Longford Young Cooks", 4, "A hot meal for forty", ("venue",), "A kitchen on Fridays", came=4),
    _Comes("Clifford Coders", 3, "A web page in an afternoon", ("equipment",), "Two laptops", came=2),
    _Comes("Limelight Gardeners", 2, "Herbs and seedlings in May", ("volunteers",), "Eight pairs of hands", came=3),
    _Comes("Stretford Steel Band", 5, "Half an hour of music", ("publicity",), is_named=False, came=5),
    _Comes("Bread and Roses", 2, "", ("advice",), "How to pay a cook", came=0),
)
_FULL: Sequence[_Comes] = (
    _Comes("Longford Park Runners", 4, "A run round your park", ("publicity",), "More women who start at nought"),
    _Comes("Longford Young Cooks", 4, "Soup for a winter fair", ("venue", "equipment"), "A hall with a cooker"),
    _Comes("Clifford Coders", 4, "Help with phones on Tuesdays", ("partner",), "A club of older people"),
    _Comes("Bread and Roses", 3, "Porridge and company", ("volunteers",), "Two people before school", "A ramp"),
    _Comes("Stretford Steel Band", 3, "Pans to try", ("venue",), "A place where noise is welcome", is_named=False),
    _Comes("Limelight Gardeners", 4, "Spare pots", ("partner",), "A school with a bare yard"),
    _Comes("Gorse Hill Growers", 2, "Seeds, and a patch to share", ("volunteers",), "Somebody who can build a shed"),
)
"""The last two find no place."""
_OPEN: Sequence[_Comes] = (
    _Comes("Flixton Footpath Friends", 2, "Litter pickers to borrow", ("volunteers",), "Saturday mornings"),
    _Comes("Limelight Gardeners", 3, "Bulbs in autumn", ("equipment",), "A shredder, once a month"),
)


def gather(organiser: Account) -> None:
    """Plan the three in Old Trafford & Stretford, and let groups sign up."""
    places = {each.slug: each for each in all_localities()}
    host, others = places["old-trafford-stretford"], [places["urmston-partington"]]
    contacts = _contacts()
    past = _plan(
        host,
        others,
        "Association of associations",
        "Groups that got a grant, and groups that did not, around one table. Each brings one thing that it can give.",
        "Stretford Public Hall, Chester Road",
        (20, 40, 5),
        organiser,
    )
    _sign_up(past, _PAST, contacts)
    _let_pass(past)
    full = _plan(
        host,
        [],
        "Kitchen table evening",
        "Eighteen people, one long table, three hours. Bring what you have too much of, and say what you lack.",
        "Limelight, 1 St Bride’s Way, Old Trafford",
        (11, 18, 4),
        organiser,
    )
    _sign_up(full, _FULL, contacts)
    open_ = _plan(
        host,
        others,
        "Groups meet groups",
        "An evening to find your neighbours: who has a hall, who has hands, who has a van. Tea from half past five.",
        "Stretford Town Hall, Talbot Road",
        (32, 40, 6),
        organiser,
    )
    _sign_up(open_, _OPEN, contacts)


def _plan(
    host: Locality,
    others: Sequence[Locality],
    title: str,
    purpose: str,
    venue: str,
    numbers: tuple[int, int, int],
    by: Account,
) -> Gathering:
    in_days, places, most = numbers
    day = today() + dt.timedelta(days=in_days)
    starts, ends = uk_moment(day, dt.time(18)), uk_moment(day, dt.time(21))
    until = day - dt.timedelta(days=4)
    gathering = make_gathering(
        host, SaidOfGathering(title, purpose, venue, starts, ends, places, most, until, others), by
    )
    publish_gathering(gathering)
    return gathering


def _contacts() -> Mapping[str, tuple[Group, Account]]:
    wanted = sa.select(Group, Account).join(GroupContact, GroupContact.group_id == Group.id)
    wanted = wanted.join(Account, Account.id == GroupContact.account_id).order_by(Group.id.desc())
    return {group.name: (group, account) for group, account in db.session.execute(wanted)}


def _sign_up(gathering: Gathering, coming: Sequence[_Comes], contacts: Mapping[str, tuple[Group, Account]]) -> None:
    for number, one in enumerate(coming):
        group, contact = contacts[one.group]
        said = SaidOfSignUp(
            one.people, one.gives, list(one.needs), one.needs_words, one.access_needs, shows_name=one.is_named
        )
        own = sign_up(gathering, group, said, contact)
        own.came = one.came
        own.signed_at = now() - dt.timedelta(hours=40 - number)


def _let_pass(gathering: Gathering) -> None:
    """Move it seven weeks back, with a group that walked in."""
    earlier = dt.timedelta(weeks=7)
    gathering.starts_at, gathering.ends_at = gathering.starts_at - earlier, gathering.ends_at - earlier
    gathering.sign_up_until = gathering.sign_up_until - earlier
    walked_in = SignUp(gathering_id=gathering.id, walk_in_name="Gorse Hill Knitters", people=2, came=2)
    walked_in.state = SignUpState.WALKED_IN
    db.session.add(walked_in)
    db.session.flush()
