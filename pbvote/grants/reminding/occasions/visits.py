"""Visits: whoever sees to the group that day is reminded, its mentor or whoever covers."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from pbvote.addresses import funded_group_page, one_award_page
from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.in_force import InForce, in_force
from pbvote.grants.reminding.models import ReminderStep
from pbvote.grants.reminding.sequence import AFTER, AHEAD, TO_OFFICER, Due, Notice, reminded
from pbvote.grants.visits.models import PlannedVisit


@reminded
def visits_due(day: dt.date, award_ids: Collection[int] | None) -> Sequence[Due]:
    """The visits that are planned for grants that run. One that was logged or moved is not planned any more."""
    rows = db.session.execute(_planned(day, award_ids)).all()
    seen_to = in_force([row.award_id for row in rows], day) if rows else {}
    return [_due(row, seen_to.get(row.award_id)) for row in rows]


def _planned(day: dt.date, award_ids: Collection[int] | None) -> sa.Select[int, dt.date, dt.date, str]:
    last = working_days_after(day, -AHEAD + 1)
    columns = (PlannedVisit.award_id, PlannedVisit.due_on, PlannedVisit.planned_on, CALLED.label("called"))
    wanted = sa.select(*columns).join(Award, Award.id == PlannedVisit.award_id).join(Bid, Bid.id == Award.bid_id)
    wanted = wanted.outerjoin(Group, Group.id == Bid.group_id).where(Award.is_running, PlannedVisit.due_on <= last)
    if award_ids is not None:
        wanted = wanted.where(PlannedVisit.award_id.in_(award_ids))
    return wanted.order_by(PlannedVisit.award_id)


def _due(row: sa.Row[int, dt.date, dt.date, str], seen_to: InForce | None) -> Due:
    member = seen_to.sees_to_it if seen_to else None
    return Due(
        kind="visit",
        key=row.award_id,
        award_id=row.award_id,
        due_on=row.due_on,
        known_on=row.planned_on,
        readers=[member] if member else [],
        notices=_notices(row.award_id, row.called, in_words(row.due_on), member.name if member else ""),
        why_nobody=f"Nobody sees to {row.called} at present. Please find a mentor for them.",
    )


def _notices(award_id: int, called: str, planned: str, member: str) -> Sequence[Notice]:
    page = funded_group_page(award_id)
    ahead = (
        f"The next visit to {called} is planned for {planned}.",
        "Ring them to agree a time. A call counts as well, if you can’t go.",
    )
    on_day = (
        f"The visit to {called} was planned for {planned}.",
        "Were you there? Log it on their page. Does another day suit better? Log a call, and choose that day.",
    )
    after = (
        f"The visit to {called} was planned for {planned}, and it is still open.",
        "Could you not reach them? Log that, too: it helps us to know.",
        "We do not write to you about this visit again. If it stays open, an officer hears of it.",
    )
    officer = (
        f"The visit to {called} was planned for {planned}, and it is still open.",
        f"{member} sees to them, and gets no further letter about this visit." if member else "",
    )
    return (
        Notice(ReminderStep.AHEAD, AHEAD, f"A visit to {called} on {planned}", ahead, page),
        Notice(ReminderStep.ON_DAY, 0, f"Your visit to {called}", on_day, page),
        Notice(ReminderStep.AFTER, AFTER, f"Your visit to {called} is still open", after, page),
        Notice(ReminderStep.OFFICER, TO_OFFICER, f"The visit to {called} is late", officer, one_award_page(award_id)),
    )
