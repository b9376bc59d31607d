"""The groups on a member's list, and which of them are the member's to visit on a day. Nothing here writes."""

import datetime as dt
from dataclasses import dataclass

from pbvote.grants.mentors.in_force import InForce, in_force
from pbvote.grants.visits.service import FundedGroup, funded_groups_of
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class MembersGroup:
    """A funded group on the list of its mentor, or of whoever covers."""

    funded: FundedGroup
    seen_to: InForce
    is_theirs: bool
    """Whether the member sees to it on that day: not while the member is away, which is somebody else's or nobody's."""

    @property
    def covers_for(self) -> str:
        """For whom the member covers; "" for a group of the member's own."""
        return self.seen_to.mentor.name if self.is_theirs and self.seen_to.is_covered else ""

    @property
    def covered_by(self) -> str:
        """Who covers for the member; "" where nobody does."""
        cover = self.seen_to.sees_to_it
        return cover.name if cover and not self.is_theirs else ""

    @property
    def back_on(self) -> dt.date | None:
        """When its mentor is back, where they are away."""
        return self.seen_to.absence.back_on if self.seen_to.absence else None

    @property
    def is_overdue(self) -> bool:
        """Whether the member should have visited before today."""
        return self.is_theirs and self.funded.is_overdue


def groups_of(member: Account, day: dt.date) -> list[MembersGroup]:
    """The groups of the member's list: those that the member sees to on this day first, each part by what is due."""
    funded_groups = funded_groups_of(member)
    seen_to = in_force([funded.award.id for funded in funded_groups], day)
    found = [
        MembersGroup(funded, seen, is_theirs=seen.sees_to_it is not None and seen.sees_to_it.id == member.id)
        for funded in funded_groups
        if (seen := seen_to.get(funded.award.id))
    ]
    return sorted(found, key=lambda each: not each.is_theirs)  # stable: the due ones stay in front


def seen_to_by(member: Account, day: dt.date) -> list[FundedGroup]:
    """The groups that are the member's to visit on this day."""
    return [each.funded for each in groups_of(member, day) if each.is_theirs]
