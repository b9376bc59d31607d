"""Which groups somebody belongs to, and so decides nothing about. Nothing here writes.

Whoever speaks for a group is known here; the room above knows who has declared that they belong to one, and tells it.
"""

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from pbvote.call.groups.models import GroupContact
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.people.service import account_with_email

Declared = Callable[[int], sa.Select[int]]
"""From an account's id to a statement that finds the ids of the groups it belongs to."""
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
    spoken_for = _spoken_for([account.id])
    return frozenset(db.session.scalars(spoken_for.union_all(*(find(account.id) for find in _declared))))


def _spoken_for(account_ids: Iterable[int]) -> sa.Select[int]:
    return sa.select(GroupContact.group_id).where(GroupContact.account_id.in_(list(account_ids)))


def require_strange(email: str, by: Account) -> None:
    """Raise `NotImpartial` where the reader of this address is the account itself, or of a group that it belongs to."""
    reader = account_with_email(email) if email else None
    if reader is None:
        return
    theirs = set(db.session.scalars(_spoken_for([reader.id])))
    if reader.id == by.id or theirs & groups_close_to(by):
        raise NotImpartial
