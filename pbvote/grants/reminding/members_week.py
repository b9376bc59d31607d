"""What an LP member reads once a week: visits, answers, whom they cover for. Nothing here writes."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.absences import covers_for
from pbvote.grants.reminding.paragraphs import Paragraph
from pbvote.grants.visits.members_groups import seen_to_by
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.grants.visits.service import FundedGroup
from pbvote.people.models import Account


def members_week(member: Account, day: dt.date, *, since: dt.datetime) -> list[Paragraph]:
    """Of the groups that the member sees to today, and of the worries that were answered since a moment."""
    mine, sunday = seen_to_by(member, day), day + dt.timedelta(days=6 - day.weekday())
    overdue = [funded for funded in mine if funded.is_overdue]
    soon = [funded for funded in mine if funded.due_on and not funded.is_overdue and funded.due_on <= sunday]
    covered = [f"{each.account.name}, until {in_words(each.back_on)}" for each in covers_for(member)]
    return [
        Paragraph("Visits that are overdue", _planned(overdue)),
        Paragraph("Visits this week", _planned(soon)),
        Paragraph("Your worries that were answered", _answered(member, since)),
        Paragraph("You cover for", covered),
    ]


def _planned(groups: Sequence[FundedGroup]) -> list[str]:
    return [f"{each.award.bid.called}, planned for {in_words(each.due_on)}" for each in groups if each.due_on]


def _answered(member: Account, since: dt.datetime) -> list[str]:
    """Who answered; what they said stays on the page."""
    officer = orm.aliased(Account)
    wanted = sa.select(CALLED.label("called"), officer.name.label("officer")).select_from(Worry)
    wanted = wanted.join(CheckIn, CheckIn.id == Worry.check_in_id).join(Award, Award.id == Worry.award_id)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    wanted = wanted.join(officer, officer.id == Worry.answered_by_id)
    wanted = wanted.where(CheckIn.account_id == member.id, Worry.answered_at > since).order_by(Worry.answered_at)
    return [f"{row.called}, by {row.officer}" for row in db.session.execute(wanted)]
