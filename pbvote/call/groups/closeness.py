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
Accounts = Collection[int] | sa.Select[int]
"""The ids of accounts, or a statement that finds them."""
Declared = Callable[[Accounts], Belonging]
"""From the ids of accounts to what was declared of them."""
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
    pairs = closeness_of(account_ids)
    return frozenset((account_id, group_id) for account_id, group_id in db.session.execute(pairs))


def closeness_of(account_ids: Accounts) -> sa.CompoundSelect[int, int]:
    """The statement that finds those pairs, for others to look into."""
    return _spoken_for(account_ids).union_all(*(find(account_ids) for find in _declared))


def _spoken_for(account_ids: Accounts) -> Belonging:
    wanted = sa.select(GroupContact.account_id, GroupContact.group_id)
    return wanted.where(GroupContact.account_id.in_(account_ids))


def require_strange(email: str, by: Account) -> None:
    """Raise `NotImpartial` where the reader of this address is the account itself, or of a group that it belongs to."""
    reader = account_with_email(email) if email else None
    if reader is None:
        return
    theirs = {group_id for _, group_id in db.session.execute(_spoken_for([reader.id]))}
    if reader.id == by.id or theirs & groups_close_to(by):
        raise NotImpartial
