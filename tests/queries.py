"""The SQL statements that one thread sends, so that a page's can be counted."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

_TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


class _Heard(threading.local):
    """What this thread's statements are added to, while somebody listens."""

    statements: list[str] | None = None


_heard = _Heard()


@event.listens_for(sa.Engine, "before_cursor_execute")
def _hear(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
    if _heard.statements is not None and not statement.startswith(_TRANSACTION):
        _heard.statements.append(statement)


@contextmanager
def listening() -> Iterator[list[str]]:
    """The statements that this thread sends within the context. Inside another, the inner one alone hears them."""
    before, _heard.statements = _heard.statements, []
    try:
        yield _heard.statements
    finally:
        _heard.statements = before


def told(statements: list[str]) -> str:
    """Which statements came, those that came again first, each with how often."""
    lines = (f"{times} × {' '.join(statement.split())[:400]}" for statement, times in Counter(statements).most_common())
    return "\n".join(lines)
