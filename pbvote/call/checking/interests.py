"""Who belongs to a bidding group, and so decides nothing about its bids. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.bids.models import STANDING, Ask, Bid
from pbvote.call.checking.models import Interest, InterestStatement
from pbvote.call.checking.names import named
from pbvote.call.groups.closeness import Belonging, declared_by
from pbvote.call.groups.closeness import NotImpartial as NotImpartial
from pbvote.call.groups.closeness import groups_close_to as groups_close_to
from pbvote.call.groups.closeness import is_close as is_close
from pbvote.call.groups.closeness import is_contact as is_contact
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent, insert_into
from pbvote.errors import Refusal
from pbvote.people.models import Account, RoleGrant


class OwnInterest(Refusal):
    """What somebody declared about themselves is ended by another."""

    def __init__(self) -> None:
        super().__init__("Ask another organiser to end this: nobody ends their own declaration.")


def declare_interest(bid: Bid, account: Account, what: str, by: Account) -> None:
    """Record that the account belongs to the bid's group. Where that stands already, nothing changes."""
    whose = {"group_id": bid.group_id, "account_id": account.id}
    values = {**whose, "what": what, "recorded_at": now(), "recorded_by_id": by.id}
    db.session.execute(insert_if_absent(Interest, values))


def state_interests(member: Account, bids: Iterable[Bid], what: str) -> None:
    """Record that the member belongs to the groups of these bids, and to no other that has bid by now."""
    for bid in bids:
        declare_interest(bid, member, what, member)
    stated = {"stated_at": now()}
    insert = insert_into(InterestStatement).values(account_id=member.id, **stated)
    db.session.execute(insert.on_conflict_do_update(index_elements=["account_id"], set_=stated))


def stated_at(member: Account) -> dt.datetime | None:
    """When the member last stated their interests; None before the first time."""
    wanted = sa.select(InterestStatement.stated_at).where(InterestStatement.account_id == member.id)
    return db.session.scalar(wanted)


def interests_of(member: Account) -> list[Interest]:
    """What was declared about the member and stands, by group."""
    wanted = (
        sa.select(Interest).join(Interest.group).where(Interest.account_id == member.id, Interest.ended_at.is_(None))
    )
    wanted = wanted.options(orm.contains_eager(Interest.group), named(Interest.recorded_by))
    return list(db.session.scalars(wanted.order_by(Group.name, Group.id)))


def bids_near(member: Account) -> list[Bid]:
    """The bids that stand and are not decided yet, in the localities whose partnership the member belongs to."""
    wanted = sa.select(Bid).join(Bid.group).where(_is_near(member))
    wanted = wanted.options(orm.contains_eager(Bid.group), orm.joinedload(Bid.round, innerjoin=True))
    return list(db.session.scalars(wanted.order_by(Group.name, Bid.id)))


def _is_near(member: Account) -> sa.ColumnElement[bool]:
    localities = member.localities(Role.LP_MEMBER)
    undecided = sa.select(Share.round_id, Share.locality_id).join(Share.round)
    undecided = undecided.where(
        Share.locality_id.in_(localities),
        Share.is_counted.is_(False),
        Round.state == RoundState.OPEN,
        Round.is_imported.is_(False),
    )
    asking = sa.exists().where(Ask.bid_id == Bid.id, sa.tuple_(Bid.round_id, Ask.locality_id).in_(undecided))
    return sa.and_(Bid.state.in_(STANDING), asking)


def number_unseen(member: Account) -> int:
    """How many groups near the member have bid since they last stated their interests."""
    since = stated_at(member)
    wanted = sa.select(sa.func.count(Bid.group_id.distinct())).where(_is_near(member))
    return db.session.scalars(wanted.where(Bid.received_at > since) if since else wanted).one()


def end_interest(interest: Interest, by: Account) -> None:
    """End a declaration that no longer holds. It stays on record. Raises `OwnInterest`."""
    if interest.account_id == by.id:
        raise OwnInterest
    claim = sa.update(Interest).where(Interest.id == interest.id, Interest.ended_at.is_(None))
    db.session.execute(claim.values(ended_at=now(), ended_by_id=by.id))


def interests_in(bid: Bid) -> list[Interest]:
    """Every declaration about the bid's group, also those that ended, oldest first."""
    wanted = sa.select(Interest).where(Interest.group_id == bid.group_id).order_by(Interest.id)
    wanted = wanted.options(named(Interest.account), named(Interest.recorded_by))
    return list(db.session.scalars(wanted))


@declared_by
def _declared() -> Belonging:
    """The groups that each account has been declared to belong to."""
    return sa.select(Interest.account_id, Interest.group_id).where(Interest.ended_at.is_(None))


def require_impartial(bid: Bid, by: Account) -> None:
    """Raise `NotImpartial` where the account belongs to the bid's group."""
    if bid.group_id in groups_close_to(by):
        raise NotImpartial


def who_may_belong() -> list[Account]:
    """Whoever decides about bids: organisers and LP members, by name."""
    decides = Account.grants.any(RoleGrant.role.in_((Role.ORGANISER, Role.LP_MEMBER)))
    wanted = sa.select(Account).where(decides, Account.is_disabled.is_(False)).order_by(Account.name, Account.id)
    wanted = wanted.options(orm.lazyload(Account.grants))
    return list(db.session.scalars(wanted))
