"""Groups and their contacts. Nothing here commits."""

import sqlalchemy as sa

from pbvote.access import Role
from pbvote.call.groups.models import Group, GroupContact
from pbvote.db import db
from pbvote.people import service as people
from pbvote.people.models import Account


def group_of(contact: Account, name: str, registered_number: str, phone: str) -> Group:
    """The contact's group of this name, or a new one.

    A name that somebody else's group has makes a group of its own: knowing a name must not open that group's papers.
    The desk sees namesakes.
    """
    # Nobody gives a colleague a role by typing their address: to an account with other duties an organiser adds it.
    if contact.roles <= {Role.GROUP_CONTACT}:
        people.grant_role(contact, Role.GROUP_CONTACT)
    mine = db.session.scalars(sa.select(GroupContact).where(GroupContact.account_id == contact.id))
    spoken_for = next((mine for mine in mine if is_same_name(mine.group.name, name)), None)
    if spoken_for is None:
        spoken_for = GroupContact(account=contact, group=Group(name=name))
        db.session.add(spoken_for)
    spoken_for.phone = phone or spoken_for.phone
    spoken_for.group.registered_number = registered_number or spoken_for.group.registered_number
    db.session.flush()
    return spoken_for.group


def is_same_name(name: str, other: str) -> bool:
    """Whether people would take the names for one: case and spaces don't count. SQLite's own lower() stops at z."""
    return " ".join(name.split()).casefold() == " ".join(other.split()).casefold()
