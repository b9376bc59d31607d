"""Accounts that are read for their names only."""

from typing import Any

from sqlalchemy import orm

from pbvote.people.models import Account


def named(*path: Any) -> Any:
    """Load the accounts at the end of this path, and their roles only once somebody asks for them."""
    first, *others = path
    option = orm.joinedload(first)
    for step in others:
        option = option.joinedload(step)
    return option.lazyload(Account.grants)
