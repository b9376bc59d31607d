"""Whoever belongs to a group takes no part in its grant, nor decides about money that it bid for. Nothing writes."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import groups_close_to, is_close
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award
from pbvote.people.models import Account, RoleGrant
from pbvote.vote.count.outcome import TAKEN_OUT
from pbvote.vote.events.models import Event, Slot

MOST_NAMES = 3
"""So many of those who can are named; more make a list that nobody reads."""


class HasInterest(Refusal):
    """An officer who speaks for a group, or has declared an interest in it, decides nothing about its grant."""

    def __init__(self, group: Group) -> None:
        super().__init__(f"You belong to {group.name}, so you take no part in its grant. {_named(_names_of(group.id))}")


def has_interest(account: Account, award: Award) -> bool:
    """Whether the account speaks for the award's group, or has declared an interest in it."""
    return award.bid.group_id in groups_close_to(account)


def require_impartial(award: Award, by: Account) -> None:
    """Raise `HasInterest` where the account belongs to the award's group."""
    if award.bid.group and has_interest(by, award):
        raise HasInterest(award.bid.group)


def own_grant_in_words(award: Award, reader: Account) -> str:
    """What whoever belongs to the group reads above its grant at the desk, and who sees to it; "" above any other."""
    group = award.bid.group
    return str(HasInterest(group)) if group and has_interest(reader, award) else ""


class BidsForIt(Refusal):
    """An officer of a group that bid for a share, winner or not, decides nothing about the share's money."""

    def __init__(self, group: str, who_can: Sequence[str]) -> None:
        super().__init__(
            f"You belong to {group}, which bid for this money, so you decide nothing about it. {_named(who_can)}"
        )


def require_may_decide(event: Event, by: Account) -> None:
    """Raise `BidsForIt` where the account belongs to any group on the event's ballot, whether it has won or lost.

    As it asks nothing of the result, it may be asked before that is public. It is one statement.
    """
    who_can = officers_apart_from_all(event).with_only_columns(Account.id)
    wanted = sa.select(Group.name, Account.name).outerjoin(Account, Account.id.in_(who_can))
    wanted = wanted.where(Group.id.in_(_groups_that_bid(event)), is_close(by.id, Group.id))
    found = db.session.execute(wanted.order_by(Group.id, Account.name, Account.id)).all()
    if found:
        first = found[0][0]
        raise BidsForIt(first, [name for group, name in found if group == first and name])


def own_share_in_words(event: Event, reader: Account) -> str:
    """What whoever belongs to a group on the ballot reads in place of the decision's forms; "" for any other."""
    try:
        require_may_decide(event, reader)
    except BidsForIt as refusal:
        return str(refusal)
    return ""


def _groups_that_bid(event: Event) -> sa.Select[int | None]:
    """The ids of the groups whose bids stand on the event's ballot; whoever has withdrawn asks for nothing."""
    wanted = sa.select(Bid.group_id).join(Slot, Slot.bid_id == Bid.id)
    return wanted.where(Slot.event_id == event.id, Bid.group_id.is_not(None), Bid.state.not_in(TAKEN_OUT))


def officers() -> sa.Select[Account]:
    """The organisers who can sign in, and nothing of their roles."""
    held = sa.select(RoleGrant.account_id).where(RoleGrant.role == Role.ORGANISER)
    wanted = sa.select(Account).where(Account.id.in_(held), Account.is_disabled.is_(False))
    return wanted.options(orm.lazyload(Account.grants))


def officers_apart_from(group_id: object) -> sa.Select[Account]:
    """Those of them who do not belong to a group, whose id is a column, or a number."""
    return officers().where(~is_close(Account.id, group_id))


def officers_apart_from_all(event: Event) -> sa.Select[Account]:
    """Those of them who belong to no group on the event's ballot."""
    theirs = _groups_that_bid(event).where(is_close(Account.id, Bid.group_id))
    return officers().where(~theirs.correlate(Account).exists())


def group_of(award_id: object) -> sa.ScalarSelect[int | None]:
    """The id of the group of an award, whose id is a column, or a number."""
    wanted = sa.select(Bid.group_id).join(Award, Award.bid_id == Bid.id).where(Award.id == award_id)
    return wanted.correlate_except(Bid, Award).scalar_subquery()


def _names_of(group_id: int) -> Sequence[str]:
    wanted = officers_apart_from(group_id).with_only_columns(Account.name).order_by(Account.name, Account.id)
    names: Sequence[str] = db.session.scalars(wanted).all()
    return names


def _named(names: Sequence[str]) -> str:
    """Who can do it in that officer's place."""
    if not names:
        return "No other organiser can do this yet: invite one under People."
    named = [*names[:MOST_NAMES], *(["another organiser"] if len(names) > MOST_NAMES else [])]
    return f"{', '.join(named[:-1])}{' or ' if named[:-1] else ''}{named[-1]} can do this."
