"""Worries that nobody has answered: their officer is reminded on the day, and a deputy a working day later."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.addresses import worry_page
from pbvote.call.bids.models import Bid
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import Award
from pbvote.grants.reminding.models import ReminderStep
from pbvote.grants.reminding.sequence import Due, Notice, reminded
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.people.models import Account

DEPUTY_AFTER = 1


@reminded
def worries_due(day: dt.date, award_ids: Collection[int] | None) -> Sequence[Due]:
    """The worries whose day to answer has come, however their awards stand: a member waits."""
    check_in = orm.joinedload(Worry.check_in, innerjoin=True)
    bid = orm.joinedload(Worry.award, innerjoin=True).joinedload(Award.bid, innerjoin=True)
    wanted = sa.select(Worry).where(Worry.answered_at.is_(None), Worry.due_on <= day).order_by(Worry.id)
    if award_ids is not None:
        wanted = wanted.where(Worry.award_id.in_(award_ids))
    wanted = wanted.options(
        check_in.joinedload(CheckIn.account, innerjoin=True).lazyload(Account.grants),
        bid.joinedload(Bid.group),
        bid.lazyload(Bid.asks),
        orm.joinedload(Worry.officer),
    )
    return [_due(worry) for worry in db.session.scalars(wanted)]


def _due(worry: Worry) -> Due:
    about, member = worry.award.bid.called, worry.check_in.account.name
    waits = f"{member} is worried about {about} and was to be answered by {in_words(worry.due_on)}."
    officer = worry.officer if worry.officer_name else None
    on_day = (waits, "Please answer today. A sentence is enough: the member reads it.")
    deputy = (waits, f"{officer.name} has not answered yet. Please do it in their place." if officer else "")
    page = worry_page(worry.id)
    return Due(
        kind="worry",
        key=worry.id,
        award_id=worry.award_id,
        due_on=worry.due_on,
        known_on=dt.date.min,
        readers=[officer] if officer else [],
        notices=(
            Notice(ReminderStep.ON_DAY, 0, f"The worry about {about} waits for your answer", on_day, page),
            Notice(ReminderStep.OFFICER, DEPUTY_AFTER, f"Nobody has answered the worry about {about}", deputy, page),
        ),
        why_nobody="Its officer can’t sign in. Please answer in their place.",
        not_to=worry.officer_id or 0,
    )
