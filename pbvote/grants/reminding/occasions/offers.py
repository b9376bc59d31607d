"""Offers that wait for an answer: every contact of the group is reminded, then an officer rings."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.addresses import offers_page, one_award_page
from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Share
from pbvote.core.clock import UK, now
from pbvote.core.money import format_money
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.reminding.models import ReminderStep
from pbvote.grants.reminding.sequence import Due, Notice, reminded
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

DAYS_TO_DECIDE = 10
"""Working days after a group was told, until it is asked again."""
OFFICER_AFTER = 5
"""Working days after that."""


@reminded
def offers_due(_day: dt.date, award_ids: Collection[int] | None) -> Sequence[Due]:
    """The offers that their groups know of and have not answered."""
    bid = orm.joinedload(Award.bid, innerjoin=True)
    contacts = bid.joinedload(Bid.group).selectinload(Group.contacts).joinedload(GroupContact.account)
    share = orm.joinedload(Award.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    wanted = sa.select(Award).where(Award.state == AwardState.OFFERED, Award.told_at <= now()).order_by(Award.id)
    if award_ids is not None:
        wanted = wanted.where(Award.id.in_(award_ids))
    wanted = wanted.options(bid.lazyload(Bid.asks), contacts, share.joinedload(Share.round, innerjoin=True))
    return [_due(award) for award in db.session.scalars(wanted)]


def _due(award: Award) -> Due:
    told_on = award.told_at.astimezone(UK).date()
    readers = [] if award.bid.group is None else _let_in(award.bid.group)
    return Due(
        kind="offer",
        key=award.id,
        award_id=award.id,
        due_on=working_days_after(told_on, DAYS_TO_DECIDE),
        known_on=told_on,
        readers=readers,
        notices=_notices(award, in_words(told_on), readers),
        why_nobody=_how_to_ring(award.bid.group),
    )


def _let_in(group: Group) -> list[Account]:
    return [contact.account for contact in group.contacts if not contact.account.is_disabled]


def _how_to_ring(group: Group | None) -> str:
    """What an officer does where a group can't be written to."""
    if group is None or not (group.contacts or group.contact_by_post):
        return "No contact is on record. Please find out how they are."
    if not group.contacts:
        return f"They have no e-mail address. Please ring them: {group.contact_by_post}."
    people = ", ".join(" ".join(filter(None, (each.account.name, each.phone))) for each in group.contacts)
    return f"Their contacts can't sign in. Please ring them: {people}."


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
