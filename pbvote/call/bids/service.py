"""Take bids in, decide about them, and word them. Nothing here commits."""

import sqlalchemy as sa

from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.groups.service import is_same_name
from pbvote.call.rounds.models import Round
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.people.models import Account


def bids_of(round_: Round, locality_id: int | None = None, state: BidState | None = None) -> list[Bid]:
    """The round's bids by reference, of one locality or in one state where asked."""
    wanted = sa.select(Bid).where(Bid.round_id == round_.id).order_by(Bid.id)
    if locality_id is not None:
        wanted = wanted.where(Bid.asks.any(Ask.locality_id == locality_id))
    if state is not None:
        wanted = wanted.where(Bid.state == state)
    return list(db.session.scalars(wanted))


def shortlisted_bids(round_: Round, locality: Locality) -> list[Bid]:
    """The bids that residents of the locality may vote on."""
    return bids_of(round_, locality.id, BidState.SHORTLISTED)


def is_reference(round_: Round, reference: str) -> bool:
    """Whether a bid of the round has this reference."""
    wanted = sa.select(sa.exists().where(Bid.round_id == round_.id, Bid.reference == reference))
    return db.session.scalar(wanted) or False


def bids_of_contact(account: Account) -> list[Bid]:
    """The bids of the groups that this account speaks for, newest first."""
    mine = sa.select(Bid).join(Bid.group).join(Group.contacts).where(GroupContact.account_id == account.id)
    return list(db.session.scalars(mine.order_by(Bid.id.desc())))


def namesakes(bid: Bid) -> list[Bid]:
    """Other bids of the round whose group has the same name or the same registered number."""
    mine = bid.group
    if mine is None:
        return []
    number = mine.registered_number
    return [
        other
        for other in bids_of(bid.round)
        if other is not bid
        and other.group
        and (is_same_name(other.group.name, mine.name) or (number and other.group.registered_number == number))
    ]
