"""Who may log: whoever sees to a funded group, and whoever did so on the day of the visit, as mentor or cover."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.groups.closeness import is_close
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.impartial import group_of
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.models import Absence, Mentor
from pbvote.grants.mentors.service import awards_with
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a member saw to a group; `until_on` is None while it lasts."""

    from_on: dt.date
    until_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Stay:
    """The periods in which a member stayed with one group, the earliest first."""

    periods: Sequence[Period]
    is_close: bool = False
    """Whether the member belongs to the group by now, and so logs nothing more there."""

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


class BelongsToIt(Refusal):
    """Nobody logs anything about a group that they belong to."""

    def __init__(self) -> None:
        super().__init__(
            "You belong to this group, so you can log nothing more here. What you logged stays. "
            "An organiser chooses another mentor."
        )


def require_apart(award_ids: Sequence[int], member: Account) -> None:
    """Raise `BelongsToIt` where the member belongs to one of these awards' groups."""
    wanted = sa.select(Award.id).join(Award.bid).where(Award.id.in_(award_ids), is_close(member.id, Bid.group_id))
    if db.session.scalars(wanted).first():
        raise BelongsToIt


def stays_of(award_ids: Sequence[int], member: Account) -> dict[int, Stay]:
    """When this member saw to each of these awards' groups, as a mentor or covering for one.

    One that they never saw to is left out. Whoever may not see to a group any more, but has no successor, did so until
    today.
    """
    wanted = sa.select(Mentor.award_id, Mentor.from_on, Mentor.until_on, Mentor.is_here, Mentor.is_close)
    own = wanted.where(Mentor.award_id.in_(award_ids), Mentor.account_id == member.id)
    periods: dict[int, list[Period]] = {}
    close: set[int] = set()
    for row in db.session.execute(own.order_by(Mentor.id)):
        until_on = row.until_on or (None if row.is_here else today())
        periods.setdefault(row.award_id, []).append(Period(row.from_on, until_on))
        close |= {row.award_id} if row.is_close else set()
    for award_id, covered, belongs in _covered(award_ids, member):
        periods.setdefault(award_id, []).append(covered)
        close |= {award_id} if belongs else set()
    return {award_id: Stay(found, award_id in close) for award_id, found in periods.items()}


def _covered(award_ids: Sequence[int], member: Account) -> Iterator[tuple[int, Period, bool]]:
    """When this member covered for the mentors of these awards' groups; today only where they may.

    With each, whether the member belongs to that group by now.
    """
    days = (Mentor.from_on, Mentor.until_on, Absence.from_on.label("away_on"), Absence.back_on)
    may = Mentor.award_id.in_(awards_with(member)).label("may")
    belongs = is_close(member.id, group_of(Mentor.award_id)).label("belongs")
    away = sa.select(Mentor.award_id, *days, may, belongs).join(Absence, Absence.account_id == Mentor.account_id)
    away = away.where(Absence.cover_id == member.id, Mentor.award_id.in_(award_ids)).order_by(Absence.id)
    for row in db.session.execute(away):
        begins, ends = max(row.from_on, row.away_on), min(row.until_on or row.back_on, row.back_on)
        is_now = row.until_on is None and begins <= today() < row.back_on
        if begins <= min(ends, today()) and (row.may or not is_now):
            yield row.award_id, Period(begins, None if is_now else ends), bool(row.belongs)
