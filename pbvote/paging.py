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


def nearest_page(number: int, total: int, size: int = SIZE) -> tuple[int, int]:
    """The page with this number, from 1, or the nearest that there is; and the last of them."""
    last = max(1, -(-total // size))
    return min(max(1, number), last), last


def page_of(rows: Sequence[Row], number: int, size: int = SIZE) -> Page[Row]:
    """The same of rows that were read already."""
    number, last = nearest_page(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, last, len(rows))


def fetch_page(wanted: sa.Select[Row], number: int, size: int = SIZE) -> Page[Row]:
    """The page with this number, from 1; one that there is not is the nearest that there is."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0
    number, last = nearest_page(number, total, size)
    rows = db.session.scalars(wanted.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, last, total)
