"""Stories that many tests begin with: told through the services once, then copied from what they left behind.

A test that wants a funded group waits for half a second of slips, votes, counting and letters. The same story told
again leaves the same database and the same files, so the next test of this process gets a copy of those.
"""

import datetime as dt
import functools
import itertools
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.db import Base, db
from tests.postgres import Rows, put_rows, rows_of

P = ParamSpec("P")
R = TypeVar("R")

LASTS = dt.timedelta(minutes=3)
"""A story is told anew after this: what it did "just now" would lie too far back."""


class _Kept(NamedTuple):
    told_at: dt.datetime
    folder: Path
    """Its files, and SQLite's database among them."""
    rows: Rows
    """What stood in PostgreSQL's."""
    answer: bytes


_kept: dict[tuple[object, ...], _Kept] = {}
_numbers = itertools.count()
_shelves: list[Path] = []
_DATABASE = "pbvote.sqlite"


def keep_stories_in(shelf: Path) -> None:
    """Where stories are kept, from the first test to the last."""
    _shelves.append(shelf)


def told_once(tell: Callable[Concatenate[Flask, P], R]) -> Callable[Concatenate[Flask, P], R]:
    """A story that leaves the same behind whenever it is told to an app whose database is empty; else it is only told.

    Its answer is pickled: a code, a slug, slips; no row and no browser. A test that changes how pbvote works does so
    after the story.
    """

    def begin(app: Flask, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not _can_be_copied(app):
            return tell(app, *args, **kwargs)
        key = (tell.__module__, tell.__qualname__, repr(args), repr(sorted(kwargs.items())), *_circumstances(app))
        moment, before = now(), set(_folder(app).rglob("*"))
        found = _kept.get(key)
        if found and _is_of_now(found.told_at):
            _put_back(app, found)
            return cast("R", pickle.loads(found.answer))  # noqa: S301  # our own, of this process
        answer = tell(app, *args, **kwargs)
        if not time_machine.escape_hatch.is_travelling() or now() == moment:
            _kept[key] = _Kept(moment, *_keep(app, before), pickle.dumps(answer))
        return answer

    functools.update_wrapper(begin, tell)
    return begin


def _is_of_now(told_at: dt.datetime) -> bool:
    if time_machine.escape_hatch.is_travelling():
        return told_at == now()
    return now() - LASTS <= told_at <= now()


def _circumstances(app: Flask) -> tuple[object, ...]:
    """What a story may depend on: the day, whether time stands still, the kind of database, the app's settings."""
    plain = {
        name: str(value).replace(str(_folder(app)), "")
        for name, value in app.config.items()
        if isinstance(value, str | int | bool | Path) and "DATABASE" not in name
    }
    travels = time_machine.escape_hatch.is_travelling()
    with app.app_context():
        return today(), travels, db.engine.name, repr(sorted(plain.items()))


def _folder(app: Flask) -> Path:
    return Path(app.instance_path)


def _can_be_copied(app: Flask) -> bool:
    """Whether nothing has happened yet, and the files are where the database is."""
    places = [app.config["FILES_DIR"], app.config["KEYS_DIR"]]
    if not all(place.is_relative_to(_folder(app)) for place in places):
        return False
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite" and db.engine.url.database != str(_folder(app) / _DATABASE):
            return False
        return connection.execute(_any_row()).first() is None


@functools.cache
def _any_row() -> sa.TextClause:
    tables = " UNION ALL ".join(f'SELECT 1 FROM "{name}"' for name in Base.metadata.tables)  # noqa: S608
    return sa.text(f"SELECT 1 FROM ({tables}) AS found LIMIT 1")  # noqa: S608


def _keep(app: Flask, before: set[Path]) -> tuple[Path, Rows]:
    """Copy what was left behind: files, and rows of PostgreSQL."""
    copy = _shelves[-1] / str(next(_numbers))
    copy.mkdir()
    for path in sorted(_folder(app).rglob("*")):
        there = copy / path.relative_to(_folder(app))
        if path in before or path.name.startswith(_DATABASE):
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            there.mkdir()
            shutil.copystat(path, there)  # who else may look into a folder of keys
        else:
            shutil.copy2(path, there)
    if _is_sqlite(app):
        _copy_sqlite(_folder(app) / _DATABASE, copy / _DATABASE)
        return copy, Rows({}, [])
    return copy, rows_of(_address(app))


def _put_back(app: Flask, kept: _Kept) -> None:
    """Let the app find the story where it would have told it."""
    shutil.copytree(kept.folder, _folder(app), dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{_DATABASE}*"))
    if _is_sqlite(app):
        _copy_sqlite(kept.folder / _DATABASE, _folder(app) / _DATABASE)
    else:
        put_rows(_address(app), kept.rows)


def _is_sqlite(app: Flask) -> bool:
    with app.app_context():
        return db.engine.name == "sqlite"


def _copy_sqlite(one: Path, other: Path) -> None:
    """Through SQLite itself: somebody may have it open."""
    with closing(sqlite3.connect(one)) as source, closing(sqlite3.connect(other)) as target:
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


def _address(app: Flask) -> str:
    with app.app_context():
        return db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
