"""Begin a sub-group, change it, end it. Nothing here commits."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.seen import save_over
from pbvote.partnership.subgroups import letters
from pbvote.partnership.subgroups.models import Subgroup, SubgroupJoiner
from pbvote.partnership.subgroups.reading import joiners_of
from pbvote.people.models import Account


class SubgroupEnded(Refusal):
    """It meets no more."""

    def __init__(self) -> None:
        super().__init__("This sub-group has ended.")


@dataclass(frozen=True, slots=True)
class SaidOfSubgroup:
    """What an editor says of a sub-group."""

    name: str
    words: str
    meets: str
    lead_id: int | None
    takes_joiners: bool


def begin_subgroup(locality: Locality, said: SaidOfSubgroup, by: Account) -> Subgroup:
    """A new sub-group, which everybody finds at once."""
    subgroup = Subgroup(locality_id=locality.id, changed_by_id=by.id, **asdict(said))
    db.session.add(subgroup)
    db.session.flush()
    return subgroup


def change_subgroup(subgroup: Subgroup, said: SaidOfSubgroup, seen: int, by: Account) -> None:
    """Say something else of it. Raises `SavedMeanwhile`, and `SubgroupEnded`."""
    hold_going(subgroup)
    save_over(subgroup, seen, by, asdict(said))


def end_subgroup(subgroup: Subgroup, why: str, seen: int, by: Account) -> int:
    """Say that it has ended, and why; tell those who had joined, and delete who they are. How many they were.

    Raises `SavedMeanwhile`, and `SubgroupEnded`.
    """
    hold_going(subgroup)
    save_over(subgroup, seen, by, {"ended_on": today(), "why_ended": why, "takes_joiners": False})
    joined = [joiner for joiner in joiners_of(subgroup) if joiner.confirmed_on]
    for joiner in joined:
        letters.say_ended(joiner, subgroup)
    db.session.flush()
    db.session.execute(sa.delete(SubgroupJoiner).where(SubgroupJoiner.subgroup_id == subgroup.id))
    return len(joined)


def hold_going(subgroup: Subgroup) -> None:
    """Hold it, so that nobody joins what somebody else ends. Raises `SubgroupEnded`."""
    db.session.refresh(subgroup, ["ended_on", "takes_joiners"], with_for_update=True)
    if subgroup.has_ended:
        raise SubgroupEnded
