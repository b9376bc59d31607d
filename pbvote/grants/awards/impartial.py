"""Whoever belongs to a group takes no part in its grant: one function asks, one refusal answers. Nothing writes."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import groups_close_to, is_close
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.hearing import plan_of
from pbvote.grants.awards.models import Award, AwardDecision, AwardDecisionKind
from pbvote.grants.awards.turns import CountedBids
from pbvote.people.models import Account, RoleGrant
from pbvote.vote.events.models import Event

MOST_NAMES = 3
"""So many of those who can are named; more make a list that nobody reads."""


class HasInterest(Refusal):
    """An officer who speaks for a group, or has declared an interest in it, decides nothing about its grant."""

    def __init__(self, group: Group) -> None:
        super().__init__(f"You belong to {group.name}, so you take no part in its grant. {_who_can(group.id)}")


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


def require_impartial_about(groups: Iterable[Group | None], by: Account) -> None:
    """Raise `HasInterest` where the account belongs to one of these groups."""
    close = groups_close_to(by)
    for group in groups:
        if group and group.id in close:
            raise HasInterest(group)


def require_may_decide(event: Event, kind: AwardDecisionKind, by: Account) -> None:
    """Raise `HasInterest` where a decision of this kind would offer money to a group of this account's.

    Before the result is public it says nothing: it would tell who has won.
    """
    counted = CountedBids.of(event) if event.is_public else None
    if counted:
        offered = plan_of(event, kind, counted).hearings
        require_impartial_about((hearing.bid.group for hearing in offered if hearing.offers), by)


def require_may_change(decision: AwardDecision, by: Account) -> None:
    """Raise `HasInterest` where the decision offers, or has offered, money to a group of this account's."""
    if decision.is_draft:
        require_may_decide(decision.event, decision.kind, by)
        return
    offered = sa.select(Group).join(Bid, Bid.group_id == Group.id).join(Award, Award.bid_id == Bid.id)
    require_impartial_about(db.session.scalars(offered.where(Award.decision_id == decision.id)), by)


def officers() -> sa.Select[Account]:
    """The organisers who can sign in, and nothing of their roles."""
    held = sa.select(RoleGrant.account_id).where(RoleGrant.role == Role.ORGANISER)
    wanted = sa.select(Account).where(Account.id.in_(held), Account.is_disabled.is_(False))
    return wanted.options(orm.lazyload(Account.grants))


def officers_apart_from(group_id: object) -> sa.Select[Account]:
    """Those of them who do not belong to a group, whose id is a column, or a number."""
    return officers().where(~is_close(Account.id, group_id))


def group_of(award_id: object) -> sa.ScalarSelect[int | None]:
    """The id of the group of an award, whose id is a column, or a number."""
    wanted = sa.select(Bid.group_id).join(Award, Award.bid_id == Bid.id).where(Award.id == award_id)
    return wanted.correlate_except(Bid, Award).scalar_subquery()


def _who_can(group_id: int) -> str:
    """Who can do it in that officer's place."""
    names: Sequence[str] = db.session.scalars(
        officers_apart_from(group_id).with_only_columns(Account.name).order_by(Account.name, Account.id)
    ).all()
    if not names:
        return "No other organiser can do this yet: invite one under People."
    named = [*names[:MOST_NAMES], *(["another organiser"] if len(names) > MOST_NAMES else [])]
    return f"{', '.join(named[:-1])}{' or ' if named[:-1] else ''}{named[-1]} can do this."
