"""Who may log: whoever stays with a funded group, and whoever did so on the day of the visit."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.mentors.models import Mentor
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class Stay:
    """The periods in which a member stayed with one group, the earliest first."""

    periods: Sequence[Mentor]

    @property
    def lasts(self) -> bool:
        """Whether the member stays with the group now."""
        return any(period.until_on is None for period in self.periods)

    def allows(self, met_on: dt.date) -> bool:
        """Whether the member may log a visit of this day. Who stays now may log what came before, too."""
        inside = (period.from_on <= met_on and (period.until_on or met_on) >= met_on for period in self.periods)
        return self.lasts or any(inside)

    @property
    def in_words(self) -> str:
        """When it was: "from 2 July 2014 to 5 August 2014"."""
        times = [f"from {day(each.from_on)} to {day(each.until_on)}" for each in self.periods if each.until_on]
        return " and ".join(times)


class NotTheirTime(Refusal):
    """Another member stayed with the group on that day."""

    def __init__(self, stay: Stay) -> None:
        super().__init__(f"You stayed with this group {stay.in_words}. Enter a day in that time.")


def stays_of(award_ids: Sequence[int], member: Account) -> dict[int, Stay]:
    """When this member stayed with each of these awards' groups; one that they never stayed with is left out."""
    wanted = sa.select(Mentor).where(Mentor.award_id.in_(award_ids), Mentor.account_id == member.id)
    periods: dict[int, list[Mentor]] = {}
    for period in db.session.scalars(wanted.order_by(Mentor.id)):
        periods.setdefault(period.award_id, []).append(period)
    return {award_id: Stay(found) for award_id, found in periods.items()}
