"""Which bids there are. Nothing here writes."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import STANDING, Ask, Bid, BidHistory, BidState
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.from_above import BidsIn, bids_in
from pbvote.call.rounds.models import Round, Share
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.people.models import Account


def bids_of(round_: Round, locality_id: int | None = None, state: BidState | None = None) -> list[Bid]:
    """The round's bids by reference, of one locality or in one state where asked."""
    wanted = sa.select(Bid).where(Bid.round_id == round_.id).order_by(Bid.id)
    wanted = wanted.options(orm.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True))
    if locality_id is not None:
        wanted = wanted.where(Bid.asks.any(Ask.locality_id == locality_id))
    if state is not None:
        wanted = wanted.where(Bid.state == state)
    return list(db.session.scalars(wanted))


def shortlisted_bids(round_: Round, locality: Locality) -> list[Bid]:
    """The bids that residents of the locality may vote on."""
    return bids_of(round_, locality.id, BidState.SHORTLISTED)


def bids_of_contact(account: Account) -> list[Bid]:
    """The bids of the groups that this account speaks for, newest first."""
    mine = sa.select(Bid).join(Bid.group).join(Group.contacts).where(GroupContact.account_id == account.id)
    mine = mine.options(
        orm.joinedload(Bid.round, innerjoin=True).selectinload(Round.shares),
        orm.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
        orm.selectinload(Bid.lines),
        orm.selectinload(Bid.history),
    )
    return list(db.session.scalars(mine.order_by(Bid.id.desc())))


def bid_numbered(bid_id: int) -> Bid | None:
    """One bid, with all that was asked for, worded and decided."""
    whole = (
        orm.joinedload(Bid.round, innerjoin=True),
        orm.joinedload(Bid.ward),
        orm.joinedload(Bid.keyed_by),
        orm.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
        orm.selectinload(Bid.history).joinedload(BidHistory.account).lazyload(Account.grants),
        orm.joinedload(Bid.group)
        .selectinload(Group.contacts)
        .joinedload(GroupContact.account)
        .lazyload(Account.grants),
    )
    return db.session.get(Bid, bid_id, options=whole)


def has_changed_since(bid: Bid, moment: dt.datetime) -> bool:
    """Whether the group, or the desk, has done anything to the bid after this moment: its history tells."""
    later = sa.exists().where(BidHistory.bid_id == bid.id, BidHistory.at > moment)
    return bool(db.session.scalar(sa.select(later)))


@bids_in.answered_by
def _bids_in(shares: Sequence[Share]) -> dict[int, BidsIn]:
    """The standing bids of each share: the room below writes of them and knows no bid."""
    wanted = (
        sa.select(Share.id, sa.func.count(), sa.func.sum(Ask.ask_pence))
        .join(Ask, Ask.locality_id == Share.locality_id)
        .join(Bid, sa.and_(Bid.id == Ask.bid_id, Bid.round_id == Share.round_id))
        .where(Share.id.in_([share.id for share in shares]), Bid.state.in_(STANDING))
        .group_by(Share.id)
    )
    return {share_id: BidsIn(number, int(asked)) for share_id, number, asked in db.session.execute(wanted)}
