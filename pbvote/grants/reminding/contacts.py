"""Whom to write to about an award, or else whom to ring."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Share
from pbvote.grants.awards.models import Award
from pbvote.people.models import Account
from pbvote.vote.events.models import Event


def with_contacts(award_ids: Collection[int] | None) -> sa.Select[Award]:
    """Awards, of these ids where given, with their bids, their groups' contacts and their rounds."""
    bid = orm.joinedload(Award.bid, innerjoin=True)
    contacts = bid.joinedload(Bid.group).selectinload(Group.contacts).joinedload(GroupContact.account)
    share = orm.joinedload(Award.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    wanted = sa.select(Award).order_by(Award.id)
    if award_ids is not None:
        wanted = wanted.where(Award.id.in_(award_ids))
    return wanted.options(bid.lazyload(Bid.asks), contacts, share.joinedload(Share.round, innerjoin=True))


def let_in(group: Group) -> list[Account]:
    """The contacts of a group who can come in."""
    return [contact.account for contact in group.contacts if not contact.account.is_disabled]


def how_to_ring(group: Group | None) -> str:
    """What an officer does where a group can't be written to."""
    if group is None or not (group.contacts or group.contact_by_post):
        return "No contact is on record. Please find out how they are."
    if not group.contacts:
        return f"They have no e-mail address. Please ring them: {group.contact_by_post}."
    people = ", ".join(" ".join(filter(None, (each.account.name, each.phone))) for each in group.contacts)
    return f"Their contacts can’t sign in. Please ring them: {people}."
