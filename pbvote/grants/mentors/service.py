"""Choose mentors, and read who they are. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.groups.closeness import groups_close_to
from pbvote.core.clock import now, today
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import require_told
from pbvote.grants.mentors import letters
from pbvote.grants.mentors.models import Absence, Mentor, is_away, is_cover_away, is_member_for
from pbvote.people.models import Account


class WrongLocality(Refusal):
    """A mentor is an LP member of the award's own locality."""

    def __init__(self) -> None:
        super().__init__("Choose an LP member of this locality.")


class NotAcceptedYet(Refusal):
    """Introductions wait for the group's answer, and nobody is introduced to a group whose grant is over."""

    def __init__(self, award: Award) -> None:
        super().__init__(
            _NEEDS_NOBODY.get(award.state, "The group has not accepted its award yet. Choose a mentor once it has.")
        )


_NEEDS_NOBODY = {
    AwardState.CLOSED: "This grant is closed. Nobody needs to see to it any more.",
    AwardState.DECLINED: "The group gave this award back, so it needs no mentor.",
}


class BelongsToGroup(Refusal):
    """Nobody is the mentor of a group that they belong to."""

    def __init__(self, member: Account) -> None:
        super().__init__(f"{member.name} belongs to this group. Choose somebody else.")


class MentorChanged(Refusal):
    """Somebody chose a mentor after this page was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody has chosen a mentor meanwhile. Look at the group again.")


class NoMentorToChange(Refusal):
    """The group has no mentor in whose place another could come."""

    def __init__(self) -> None:
        super().__init__("Your group has no mentor at present. Somebody is already looking for one.")


IS_NOW = Mentor.until_on.is_(None)
"""Whether a period lasts."""
IS_ALONE = sa.and_(Award.is_under_way, ~Mentor.is_here)
"""`is_alone`, for statements that join the period that lasts, if any: where there is none, nobody is here."""


def is_alone(award: Award, present: Mentor | None) -> bool:
    """Whether nobody stays with a group: it has no mentor, or one who can't see to it any more.

    A group that has not accepted its award yet waits for none, and a closed grant needs nobody.
    """
    return award.is_under_way and (present is None or not present.is_here)


def mentors_of(award_ids: Iterable[int]) -> Mapping[int, Mentor]:
    """Who stays with each of these awards' groups now, by award; with their names, and nothing of their roles."""
    wanted = sa.select(Mentor).where(Mentor.award_id.in_(list(award_ids)), IS_NOW)
    wanted = wanted.options(orm.joinedload(Mentor.account, innerjoin=True).lazyload(Account.grants))
    return {mentor.award_id: mentor for mentor in db.session.scalars(wanted)}


def mentor_of(award: Award) -> Mentor | None:
    """Who stays with the award's group now."""
    return mentors_of([award.id]).get(award.id)


def periods_of(award: Award) -> list[Mentor]:
    """Everybody who has stayed with the award's group, the first first."""
    wanted = sa.select(Mentor).where(Mentor.award_id == award.id).order_by(Mentor.id)
    wanted = wanted.options(orm.joinedload(Mentor.account, innerjoin=True).lazyload(Account.grants))
    return list(db.session.scalars(wanted))


def awards_with(member: Account) -> sa.Select[int]:
    """The ids of the awards whose groups this member sees to today: as their mentor, or covering for one.

    A closed grant needs nobody any more.
    """
    is_covered = sa.and_(is_away(Absence, Mentor.account_id, today()), ~is_cover_away(today()))
    covers = sa.exists().where(is_covered, Absence.cover_id == member.id)
    wanted = sa.select(Mentor.award_id).join(Mentor.award)
    wanted = wanted.where(IS_NOW, Mentor.is_here, is_member_for(member.id, Mentor.award_id), Award.is_running)
    return wanted.where(sa.or_(Mentor.account_id == member.id, covers))


def require_mentorable(award: Award) -> None:
    """Raise `NotTold` while the group does not know of its award, and `NotAcceptedYet` unless it is under way."""
    require_told(award)
    if not award.is_under_way:
        raise NotAcceptedYet(award)


def set_mentor(award: Award, member: Account, *, seen: int | None = None, visit_by: dt.date | None = None) -> None:
    """Let this member stay with the funded group from today, and write to the group, to them, and to whoever did so.

    Whoever did so until now is on record until today. `seen` is the id of the period that the chooser saw, 0 for none:
    where another lasts now, `MentorChanged` is raised, so that of two who choose at once the second looks again.
    Raises `NotTold` while the group does not know of its award, `NotAcceptedYet` until it has accepted, and
    `WrongLocality` and `BelongsToGroup`, too.
    """
    require_mentorable(award)
    if award.event.share.locality_id not in member.localities(Role.LP_MEMBER) or member.is_disabled:
        raise WrongLocality
    _require_apart(award, member)
    present = mentor_of(award)
    if seen is not None and seen != (present.id if present else 0):
        raise MentorChanged
    if present is not None and present.account_id == member.id:
        return
    former = _end(present) if present else None
    _require_apart(award, member)  # somebody may have waited here
    begins = {"award_id": award.id, "account_id": member.id, "from_on": today()}
    if db.session.scalar(insert_if_absent(Mentor, begins).returning(Mentor.id)) is None:
        raise MentorChanged
    letters.introduce(award, member, former, visit_by)


def _require_apart(award: Award, member: Account) -> None:
    """Raise `BelongsToGroup`. Whoever comes to belong to it a moment later is named to the officer: see `Mentor`."""
    if award.bid.group_id in groups_close_to(member):
        raise BelongsToGroup(member)


def _end(period: Mentor) -> Account:
    """End the period today; whose it was. Raises `MentorChanged` where somebody has just done so."""
    claim = sa.update(Mentor).where(Mentor.id == period.id, IS_NOW).values(until_on=today())
    if db.session.scalar(claim.returning(Mentor.id)) is None:
        raise MentorChanged
    db.session.refresh(period, ["until_on"])
    return period.account


def ask_for_another(award: Award) -> None:
    """The group would rather have another mentor. It says no reason. Raises `NoMentorToChange`.

    Asked twice, the first time counts.
    """
    lasting = sa.update(Mentor).where(Mentor.award_id == award.id, IS_NOW)
    asked = sa.func.coalesce(Mentor.another_asked_at, now())
    if db.session.scalar(lasting.values(another_asked_at=asked).returning(Mentor.id)) is None:
        raise NoMentorToChange


def keep_mentor(award: Award) -> None:
    """The group keeps the mentor that it has, after all."""
    lasting = sa.update(Mentor).where(Mentor.award_id == award.id, IS_NOW)
    db.session.execute(lasting.values(another_asked_at=None))
