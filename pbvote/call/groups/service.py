"""Groups and their contacts. Nothing here commits."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from pbvote.access import Role
from pbvote.call.groups.models import Group, GroupContact, GroupKind
from pbvote.db import db
from pbvote.people import service as people
from pbvote.people.models import Account


def group_of(
    contact: Account,
    name: str,
    registered_number: str,
    phone: str,
    kind: GroupKind = GroupKind.INFORMAL,
    money_holder: str = "",
) -> Group:
    """The contact's group of this name, or a new one.

    A name that somebody else's group has makes a group of its own: knowing a name must not open that group's papers.
    The desk sees namesakes.
    """
    _let_speak(contact)
    mine = db.session.scalars(sa.select(GroupContact).where(GroupContact.account_id == contact.id))
    spoken_for = next((mine for mine in mine if is_same_name(mine.group.name, name)), None)
    if spoken_for is None:
        spoken_for = GroupContact(account=contact, group=Group(name=name))
        db.session.add(spoken_for)
    spoken_for.phone = phone or spoken_for.phone
    group = spoken_for.group
    settle_group(group, group.name, registered_number or group.registered_number, kind, money_holder)
    return group


def settle_group(group: Group, name: str, registered_number: str, kind: GroupKind, money_holder: str) -> None:
    """Write down what a group is now."""
    group.name, group.registered_number, group.kind, group.money_holder = name, registered_number, kind, money_holder
    db.session.flush()


def add_contact(group: Group, name: str, email: str, phone: str) -> None:
    """Let another person speak for a group, whose own contact has named them; nothing where nobody is named."""
    if not (name and email):
        return
    account = people.account_with_email(email) or people.add_account(name, email)
    _let_speak(account)
    spoken_for = db.session.get(GroupContact, (group.id, account.id))
    if spoken_for is None:
        spoken_for = GroupContact(account=account, group=group)
        db.session.add(spoken_for)
    spoken_for.phone = phone or spoken_for.phone
    db.session.flush()


def say_names(said: Iterable[tuple[Group, str]]) -> None:
    """Write down how these groups' names are said aloud; "" where a name is plain."""
    for group, say_it in said:
        group.say_it = say_it
    db.session.flush()


def speaks_for(account: Account, group: Group | None) -> bool:
    """Whether this account is a contact of the group."""
    return group is not None and db.session.get(GroupContact, (group.id, account.id)) is not None


def group_by_post(name: str, registered_number: str, kind: GroupKind, money_holder: str, contact: str) -> Group:
    """A group without an e-mail address, with the name and the telephone number of its contact."""
    group = Group(name=name, contact_by_post=contact)
    db.session.add(group)
    settle_group(group, name, registered_number, kind, money_holder)
    return group


def groups_without_contact() -> Sequence[Group]:
    """The groups that nobody can be written to about, by name."""
    return db.session.scalars(sa.select(Group).where(has_no_contact()).order_by(Group.name, Group.id)).all()


def has_no_contact() -> sa.ColumnElement[bool]:
    """Whether nobody can be written to about a group, by e-mail or by post."""
    return sa.and_(~Group.contacts.any(), Group.contact_by_post == "")


def _let_speak(account: Account) -> None:
    """Nobody gives a colleague a role by typing their address: to an account with other duties an organiser adds it."""
    if account.roles <= {Role.GROUP_CONTACT}:
        people.grant_role(account, Role.GROUP_CONTACT)


def is_same_name(name: str, other: str) -> bool:
    """Whether people would take the names for one: case and spaces don't count. SQLite's own lower() stops at z."""
    return " ".join(name.split()).casefold() == " ".join(other.split()).casefold()
