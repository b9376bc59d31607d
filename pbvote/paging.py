"""Long lists, a page at a time: two queries, however long the list is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import sqlalchemy as sa

from pbvote.db import db

SIZE = 50

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list: which page of how many this is, and how many rows there are in all."""

    rows: Sequence[Row]
    number: int
    last: int
    total: int


def page_of(rows: Sequence[Row], number: int, size: int = SIZE) -> Page[Row]:
    """The same of rows that were read already."""
    last = max(1, -(-len(rows) // size))
    number = min(max(1, number), last)
    return Page(rows[(number - 1) * size : number * size], number, last, len(rows))


def fetch_page(wanted: sa.Select[Row], number: int, size: int = SIZE) -> Page[Row]:
    """The page with this number, from 1; one that there is not is the nearest that there is."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    rows = db.session.scalars(wanted.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, last, total)
