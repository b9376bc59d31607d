"""Which groups somebody belongs to, and so decides nothing about. Nothing here writes.

Whoever speaks for a group is known here; the room above knows who has declared that they belong to one, and tells it.
"""

from collections.abc import Callable, Collection

import sqlalchemy as sa

from pbvote.call.groups.models import GroupContact
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.people.service import account_with_email

Belonging = sa.Select[int, int]
"""A statement that finds pairs of an account's id and the id of a group that it belongs to."""
Declared = Callable[[], Belonging]
"""What finds everything that was declared."""
_declared: list[Declared] = []


class NotImpartial(Refusal):
    """Whoever belongs to a group decides nothing about its bids."""

    def __init__(self) -> None:
        super().__init__("You belong to this group, so somebody else decides about its bid.")


def declared_by(statement: Declared) -> Declared:
    """Make a statement that finds declared groups known here."""
    _declared.append(statement)
    return statement


def groups_close_to(account: Account) -> frozenset[int]:
    """The ids of the groups that the account belongs to: declared, or as a contact."""
    return frozenset(group_id for _, group_id in who_is_close([account.id]))


def who_is_close(account_ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """The pairs of account and group, by their ids, where one of these accounts belongs to the group: one statement."""
    spoken_for, *declared = (
        pairs.where(pairs.selected_columns[0].in_(account_ids))
        for pairs in (_spoken_for(), *(find() for find in _declared))
    )
    found = db.session.execute(spoken_for.union_all(*declared))
    return frozenset((account_id, group_id) for account_id, group_id in found)


def is_contact(account_id: object, group_id: object) -> sa.ColumnElement[bool]:
    """Whether an account speaks for a group. Both are columns of the statement around, or numbers."""
    return _has(_spoken_for(), account_id, group_id)


def is_close(account_id: object, group_id: object) -> sa.ColumnElement[bool]:
    """Whether an account belongs to a group: declared, or as a contact. Both are columns, or numbers."""
    declared = (_has(find(), account_id, group_id) for find in _declared)
    return sa.or_(is_contact(account_id, group_id), *declared)


def _has(pairs: Belonging, account_id: object, group_id: object) -> sa.ColumnElement[bool]:
    account, group = pairs.selected_columns
    own_tables = pairs.columns_clause_froms
    return pairs.where(account == account_id, group == group_id).correlate_except(*own_tables).exists()


def _spoken_for() -> Belonging:
    return sa.select(GroupContact.account_id, GroupContact.group_id)


def require_strange(email: str, by: Account) -> None:
    """Raise `NotImpartial` where the reader of this address is the account itself, or of a group that it belongs to."""
    reader = account_with_email(email) if email else None
    if reader is None:
        return
    theirs = set(db.session.scalars(sa.select(GroupContact.group_id).where(GroupContact.account_id == reader.id)))
    if reader.id == by.id or theirs & groups_close_to(by):
        raise NotImpartial
