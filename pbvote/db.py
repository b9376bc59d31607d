"""The database: the base of every table, and the one way to write.

A view that writes calls `begin_write()` before its first query and commits once, in plain sight. A flush anywhere else
raises, so a forgotten lock can't hide. SQLite (the default) gets one writer at a time, in the order they came;
PostgreSQL gets READ COMMITTED and, where votes meet a close, `pbvote.vote.events.holding`.
"""

import datetime as dt
import enum
import logging
import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import sqlalchemy as sa
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event, orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from pbvote.core.fair_lock import FairLock
from pbvote.core.slugs import slug_of

BUSY_SECONDS = 10
IDLE_SECONDS = 1.0
_logger = logging.getLogger("pbvote")


class Busy(Exception):
    """The database had no room for this write within `BUSY_SECONDS`. Nothing was stored; the same may be sent again."""


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """A moment: aware, stored in UTC, and aware again when it comes back (SQLite itself forgets the zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: sa.Dialect) -> dt.datetime | None:
        """To UTC; a naive moment is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: sa.Dialect) -> dt.datetime | None:
        """From the database, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


Pence = Annotated[int, orm.mapped_column(sa.BigInteger())]
"""Whole minor units of a round's currency (pence of the pound). Real budgets pass 32 bits."""


class Base(orm.DeclarativeBase):
    """Every table's base: our type map and our constraint names, so that migrations can name what they change."""

    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    registry = orm.registry(
        metadata=metadata,
        type_annotation_map={
            str: sa.Text(),
            bytes: sa.LargeBinary(),
            dt.datetime: UtcDateTime(),
            dict[str, Any]: sa.JSON(),
            list[str]: sa.JSON(),
            enum.Enum: sa.Enum(
                enum.Enum,
                native_enum=False,
                create_constraint=True,
                values_callable=lambda choices: [choice.value for choice in choices],
            ),
        },
    )


class _Session(FlaskSession):
    """A session whose end never replaces the answer that was made before it: the connection may be gone by then."""

    def close(self) -> None:
        """Give the connection back; where the database is gone, throw it away."""
        try:
            super().close()
        except sa.exc.DBAPIError as error:
            _logger.warning("the database went away before the session ended: %s", type(error.orig).__name__)
            self.invalidate()


db = SQLAlchemy(session_options={"class_": _Session})


_writers = FairLock()


def begin_write(at_once: str = "") -> None:
    """Begin the transaction that this request or command will commit. What was read before is forgotten.

    `at_once` is a statement that PostgreSQL runs together with its BEGIN, which saves a journey there; SQLite, whose
    BEGIN lets one writer in, does without. Raises `Busy` when the database can't take a writer in time.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("begin_write() must come before anything is changed")
    session.rollback()
    session.info["writes"] = True
    try:
        session.connection(execution_options={"pbvote_writes": True, "pbvote_at_once": at_once})
    except BaseException:
        session.info.pop("writes", None)
        raise


def read_row(statement: sa.Select[Any], values: Mapping[str, object]) -> sa.Row[Any] | None:
    """The one row of plain values that a statement finds, or none.

    Within a transaction of the session it is read there. Else it is read by itself: one statement needs no transaction
    around it, and whoever only reads pays for none.
    """
    session = db.session()
    if session.in_transaction():
        return session.execute(statement, values).one_or_none()
    alone: sa.Engine = current_app.extensions["pbvote-alone"]
    with alone.connect() as connection:
        return connection.execute(statement, values).one_or_none()


def insert_if_absent(table: type[Base], values: dict[str, Any]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that does nothing where the key is there already: one statement decides, nobody looks first."""
    return insert_into(table).values(values).on_conflict_do_nothing()


def add_absent(table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows; those whose key is there already are left as they are."""
    db.session.execute(insert_into(table).on_conflict_do_nothing(), rows)


def insert_into(table: type[Base] | sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT as this database speaks it."""
    return postgresql.insert(table) if db.engine.dialect.name == "postgresql" else sqlite.insert(table)


def table_of(model: type[Base]) -> sa.Table:
    """The table of a model, for statements that ask for plain values and pay for no more."""
    table = sa.inspect(model).local_table
    if not isinstance(table, sa.Table):
        raise TypeError(f"{model.__name__} is no table")
    return table


def write_again(table: type[Base], which: sa.ColumnElement[bool]) -> None:
    """Write these rows again in the order of their key, so that neither place nor mark says in which order they came.

    On PostgreSQL a row stands where it was put and carries the number of its transaction: afterwards all have one
    number, and stand as the keys do. On SQLite a table without row ids is its own index by that key. What the session
    has loaded of them is stale afterwards.
    """
    plain = table_of(table)
    rows = [row._asdict() for row in db.session.execute(sa.select(plain).where(which).order_by(*plain.primary_key))]
    if rows:
        db.session.execute(sa.delete(plain).where(which))
        db.session.execute(sa.insert(plain), rows)


def add_one(table: type[Base], key: dict[str, Any], **others: Any) -> None:
    """Add one to the `times` of the row with this key, made where there is none: one statement, so none is lost.

    `others` are columns that the row gets either way.
    """
    insert = insert_into(table).values(**key, times=1, **others)
    more = {"times": sa.inspect(table).c.times + 1, **others}
    db.session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=more))


PAGES_SLUGS: Final = frozenset({"new", "kiosk", "paper", "cast", "stay", "years"})
"""What stands in an address where others have a row's slug: `/desk/rounds/new`, `/v/kiosk`, `/money/years`."""


def free_slug(name: str, column: sa.orm.InstrumentedAttribute[str]) -> str:
    """The name's slug, with a number behind it where another row, or a page that is no row's, has it already."""
    wanted = slug_of(name)
    taken = {*PAGES_SLUGS, *db.session.scalars(sa.select(column).where(column.startswith(wanted)))}
    number = 1
    while (slug := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return slug


@event.listens_for(orm.Session, "before_flush")
def _no_stray_flush(session: orm.Session, *_: object) -> None:
    """Refuse changes outside `begin_write()`."""
    if (session.new or session.dirty or session.deleted) and not session.info.get("writes"):
        raise RuntimeError("a change outside begin_write()")


@event.listens_for(orm.Session, "do_orm_execute")
def _no_stray_statement(state: orm.ORMExecuteState) -> None:
    """Refuse INSERT, UPDATE and DELETE statements outside `begin_write()`."""
    if (state.is_insert or state.is_update or state.is_delete) and not state.session.info.get("writes"):
        raise RuntimeError("a change outside begin_write()")


@event.listens_for(orm.Session, "after_transaction_end")
def _forget_write(session: orm.Session, transaction: orm.SessionTransaction) -> None:
    """The right to write ends with its transaction."""
    if transaction.parent is None:
        session.info.pop("writes", None)


def _open_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Settings of every SQLite connection. FULL: an acknowledged vote survives a power cut (NORMAL loses some)."""
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("the SQLite engine uses Python's own driver")
    connection.isolation_level = None  # we say BEGIN ourselves
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"busy_timeout = {BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """BEGIN, or for a writer: wait in line, then BEGIN IMMEDIATE (a deferred one fails when two upgrade at once)."""
    if connection.get_execution_options().get("pbvote_alone"):
        return
    if not connection.get_execution_options().get("pbvote_writes"):
        connection.exec_driver_sql("BEGIN")
        return
    if not _writers.acquire(BUSY_SECONDS):
        raise Busy
    # The turn goes back when the connection goes back to the pool: after the commit, whatever happened.
    connection.info["has_turn"] = True
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: sa.Connection) -> None:
    """BEGIN; for a writer with the statement that goes with it."""
    options = connection.get_execution_options()
    if not options.get("pbvote_alone"):
        at_once = options.get("pbvote_at_once")
        connection.exec_driver_sql(f"BEGIN; {at_once}" if at_once else "BEGIN")


def _end_turn(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    if record.info.pop("has_turn", None):
        _writers.release()


def _note_return(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info["returned_at"] = time.monotonic()


def _require_alive(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """Ask a connection that lay idle whether its server is still there; the pool replaces it where it is not.

    One that was in use a moment ago is not asked: in a crowd that would be a question more for every vote. A server
    that stops in between is met as any other fault of the database.
    """
    if time.monotonic() - record.info.get("returned_at", time.monotonic()) > IDLE_SECONDS:
        try:
            db.engine.dialect.do_ping(connection)
        except db.engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.DisconnectionError from error


def init_db(app: Flask) -> None:
    """Bind the database to the app and give its engine our way of opening and beginning."""
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "checkin", _note_return)
        event.listen(db.engine, "checkout", _require_alive)
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _open_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
            event.listen(db.engine, "checkin", _end_turn)
        else:
            event.listen(db.engine, "begin", _begin_postgresql)
        app.extensions["pbvote-alone"] = db.engine.execution_options(pbvote_alone=True)
