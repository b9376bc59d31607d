"""Reports that groups have not sent: every contact is reminded, then an officer asks."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from pbvote.addresses import offers_page, one_award_page
from pbvote.core.clock import UK
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import Award
from pbvote.grants.reminding.contacts import how_to_ring, let_in, with_contacts
from pbvote.grants.reminding.models import ReminderStep
from pbvote.grants.reminding.sequence import AFTER, AHEAD, TO_OFFICER, Due, Notice, reminded
from pbvote.grants.reports.asking_receipts import receipts_requests
from pbvote.grants.reports.due import report_due_on
from pbvote.grants.reports.models import Report


@reminded
def reports_due(_day: dt.date, award_ids: Collection[int] | None) -> Sequence[Due]:
    """The reports that are awaited of grants under way. More time moves the day, and begins again."""
    is_sent = sa.exists().where(Report.award_id == Award.id)
    wanted = with_contacts(award_ids).where(Award.is_under_way, ~is_sent)
    awards = db.session.scalars(wanted).all()
    asked = receipts_requests([award.id for award in awards])
    return [_due(award, wants_receipts=award.id in asked) for award in awards]


def _due(award: Award, *, wants_receipts: bool) -> Due:
    due_on = report_due_on(award.ends_on)
    return Due(
        kind="report",
        key=award.id,
        award_id=award.id,
        due_on=due_on,
        known_on=award.told_at.astimezone(UK).date(),
        readers=[] if award.bid.group is None else let_in(award.bid.group),
        notices=_notices(award, in_words(due_on), wants_receipts=wants_receipts),
        why_nobody=how_to_ring(award.bid.group),
    )


def _notices(award: Award, due: str, *, wants_receipts: bool) -> Sequence[Notice]:
    page, title, called = offers_page(award.bid_id), award.bid.title, award.bid.called
    asked = award.event.share.round.grant_rules.asks_for(award.award_pence)
    receipts = ("Please add photos of your receipts, as we wrote to you.",) if wants_receipts else ()
    ahead = (
        f"Please tell us by {due} how “{title}” went. We ask for {asked}.",
        *receipts,
        "You may tell your mentor instead, or ring us. Do you need more time? A sentence is enough.",
    )
    on_day = (
        f"Today is the day for your report on “{title}”. We ask for {asked}.",
        *receipts,
        "Do you need more time? Say so on the same page. A sentence is enough.",
    )
    after = (
        f"We have not had your report on “{title}” yet. It was due by {due}.",
        *receipts,
        "Is something in the way? Tell us, or your mentor. We do not write to you about it again.",
    )
    officer = (f"The report of {called} was due by {due}, and has not come.", "Please ask them how they are.")
    return (
        Notice(ReminderStep.AHEAD, AHEAD, f"Your report on {title}", ahead, page),
        Notice(ReminderStep.ON_DAY, 0, f"Your report on {title} is due today", on_day, page),
        Notice(ReminderStep.AFTER, AFTER, f"Your report on {title} is still open", after, page),
        Notice(ReminderStep.OFFICER, TO_OFFICER, f"The report of {called} is late", officer, one_award_page(award.id)),
    )
