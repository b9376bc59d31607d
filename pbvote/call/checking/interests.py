"""Who belongs to a bidding group, and so decides nothing about its bids. Nothing here commits."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.checking.models import Interest
from pbvote.call.checking.names import named
from pbvote.call.groups.closeness import Belonging, declared_by
from pbvote.call.groups.closeness import NotImpartial as NotImpartial
from pbvote.call.groups.closeness import groups_close_to as groups_close_to
from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent
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
def _declared(account_ids: Collection[int]) -> Belonging:
    """The groups that each account has been declared to belong to."""
    wanted = sa.select(Interest.account_id, Interest.group_id)
    return wanted.where(Interest.account_id.in_(account_ids), Interest.ended_at.is_(None))


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
