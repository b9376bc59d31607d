"""Who may choose at an event, which bids, and whether they have said whose groups they belong to."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import groups_close_to, stated_at
from pbvote.db import db
from pbvote.people.models import Account, RoleGrant
from pbvote.vote.choosing.models import MemberChoice
from pbvote.vote.choosing.records import ChoosingOpened
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.service import event_called
from pbvote.vote.ledger.service import last_entry
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.states import TAKES_CHOICES


def members_of(event: Event) -> list[Account]:
    """The members of the locality's partnership, by name."""
    is_member = Account.grants.any(
        sa.and_(RoleGrant.role == Role.LP_MEMBER, RoleGrant.locality_id == event.share.locality_id)
    )
    wanted = sa.select(Account).where(is_member, Account.is_disabled.is_(False)).order_by(Account.name, Account.id)
    return list(db.session.scalars(wanted.options(orm.lazyload(Account.grants))))


def event_of_member(slug: str, member: Account) -> Event | None:
    """The event at which this member may choose, while members choose there or have chosen."""
    event = event_called(slug)
    if event is None or not event.is_chosen_by_members or event.takes_changes:
        return None
    return event if event.share.locality_id in member.localities(Role.LP_MEMBER) else None


def waiting_for(member: Account) -> list[Event]:
    """The events at which this member can choose now and has not chosen yet, the next to close first."""
    from_share = orm.joinedload(Event.share, innerjoin=True)
    chosen = sa.exists().where(MemberChoice.event_id == Event.id, MemberChoice.account_id == member.id)
    wanted = sa.select(Event).where(Event.poll.in_(TAKES_CHOICES), ~chosen).order_by(Event.ends_at, Event.id)
    events = db.session.scalars(wanted.options(from_share)).all()
    mine = member.localities(Role.LP_MEMBER)
    return [event for event in events if event.share.locality_id in mine]


def left_out_by(event: Event, member: Account) -> frozenset[str]:
    """The references of the event's bids whose groups the member belongs to."""
    wanted = sa.select(Bid.reference).join(Slot, Slot.bid_id == Bid.id).where(Slot.event_id == event.id)
    return frozenset(db.session.scalars(wanted.where(Bid.group_id.in_(groups_close_to(member)))))


def has_stated(event: Event, member: Account) -> bool:
    """Whether the member has looked at every group since the choosing opened, and named each that they belong to."""
    stated, opened = stated_at(member), _opened_at(event)
    return stated is not None and opened is not None and stated >= opened


def _opened_at(event: Event) -> dt.datetime | None:
    entry = last_entry(event, ChoosingOpened)
    return entry.at if entry else None


def choice_of(event: Event, member: Account) -> MemberChoice | None:
    """What the member has chosen so far."""
    return db.session.get(MemberChoice, (event.id, member.id))


def choices_at(event: Event) -> list[MemberChoice]:
    """What every member has chosen, by name."""
    wanted = sa.select(MemberChoice).join(MemberChoice.account).where(MemberChoice.event_id == event.id)
    wanted = wanted.options(orm.contains_eager(MemberChoice.account).lazyload(Account.grants))
    return list(db.session.scalars(wanted.order_by(Account.name, Account.id)))


@dataclass(frozen=True, slots=True)
class MembersPaper:
    """The bids that one member can choose, and those that they can't."""

    paper: Paper
    left_out: Paper

    @classmethod
    def of(cls, event: Event, without: Collection[str]) -> "MembersPaper":
        """The event's paper in two. Nobody must choose more bids than they have before them."""
        whole = Paper.of(event)
        own = tuple(line for line in whole.lines if line.reference not in without)
        others = tuple(line for line in whole.lines if line.reference in without)
        rules = replace(whole.rules, min_choices=min(whole.rules.min_choices, len(own)))
        return cls(replace(whole, lines=own, rules=rules), replace(whole, lines=others))
