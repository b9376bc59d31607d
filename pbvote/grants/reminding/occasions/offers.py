"""Offers that wait for an answer: every contact of the group is reminded, then an officer rings."""

import datetime as dt
from collections.abc import Collection, Sequence

from pbvote.addresses import offers_page, one_award_page
from pbvote.core.clock import now
from pbvote.core.money import format_money
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.reminding.contacts import how_to_ring, let_in, with_contacts
from pbvote.grants.reminding.models import ReminderStep
from pbvote.grants.reminding.sequence import Due, Notice, reminded
from pbvote.people.models import Account

OFFICER_AFTER = 5
"""Working days after the day by which a group was asked to answer."""


@reminded
def offers_due(_day: dt.date, award_ids: Collection[int] | None) -> Sequence[Due]:
    """The offers that their groups know of and have not answered."""
    wanted = with_contacts(award_ids).where(Award.state == AwardState.OFFERED, Award.told_at <= now())
    return [_due(award) for award in db.session.scalars(wanted)]


def _due(award: Award) -> Due:
    readers = [] if award.bid.group is None else let_in(award.bid.group)
    return Due(
        kind="offer",
        key=award.id,
        award_id=award.id,
        due_on=award.answer_due_on,
        known_on=award.told_on,
        readers=readers,
        notices=_notices(award, in_words(award.told_on), readers),
        why_nobody=how_to_ring(award.bid.group),
    )


def _notices(award: Award, told: str, readers: Sequence[Account]) -> Sequence[Notice]:
    called = award.bid.called
    amount = format_money(award.award_pence, award.event.share.round.currency)
    on_day = (
        f"On {told} the council offered {amount} for “{award.bid.title}”. We have not had your answer yet.",
        "Do you take it? One press says yes or no. A no is no shame: the money then helps another group.",
    )
    officer = (
        f"{called} has not answered the offer of {amount} that they heard of on {told}.",
        f"Please ask {' or '.join(reader.name for reader in readers)} how it stands." if readers else "",
    )
    subject = f"Your offer of {amount} waits for an answer"
    return (
        Notice(ReminderStep.ON_DAY, 0, subject, on_day, offers_page(award.bid_id)),
        Notice(ReminderStep.OFFICER, OFFICER_AFTER, f"No answer from {called}", officer, one_award_page(award.id)),
    )
