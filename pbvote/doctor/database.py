"""What a database must promise before the first vote goes in: to keep what it acknowledges, and to note nothing more.

Whoever administers the server can change its settings the minute after: `docs/security.md` says so.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import current_app

from pbvote.db import db
from pbvote.doctor.findings import Diagnosis, advises, ok, stops_voting, unsafe, warning

DURABLE: Final = frozenset({"on", "remote_apply", "remote_write"})
SQLITE_FROM: Final = (3, 40)
POSTGRESQL_FROM: Final = 15
"""The oldest versions that pbvote is tested with: those of Debian 12."""
_FULL, _EXTRA = "2", "3"
_ASKED = (
    "synchronous_commit",
    "fsync",
    "full_page_writes",
    "log_statement",
    "log_min_duration_statement",
    "log_min_duration_sample",
    "log_transaction_sample_rate",
    "log_parameter_max_length",
    "log_parameter_max_length_on_error",
    "track_commit_timestamp",
    "auto_explain.log_min_duration",
    "pgaudit.log",
)


def _is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


@stops_voting
def settings_are_safe() -> Iterator[Diagnosis]:
    """What the database's settings do to a vote."""
    asked = settings_asked()
    values = db.session.execute(sa.select(*asked.values())).one()
    yield from of_settings(dict(zip(asked, values, strict=True)))


def settings_asked() -> dict[str, sa.ColumnElement[Any]]:
    """The settings by name, as columns of whatever statement asks for them."""
    if _is_postgresql():
        return {name: sa.func.current_setting(name, True) for name in _ASKED}
    pragmas = ("journal_mode", "synchronous")
    return {
        name: sa.select(sa.column(name)).select_from(sa.table(f"pragma_{name}")).scalar_subquery() for name in pragmas
    }


def of_settings(found: Mapping[str, Any]) -> Iterator[Diagnosis]:
    """What the settings do to a vote, as `settings_asked` found them."""
    if _is_postgresql():
        yield from of_postgresql({name: value or "" for name, value in found.items()})
    else:
        yield of_sqlite(str(found["journal_mode"]), str(found["synchronous"]))


def of_sqlite(journal: str, synchronous: str) -> Diagnosis:
    """What SQLite's `journal_mode` and `synchronous` of our connections do to a vote."""
    if journal == "wal" and synchronous in {_FULL, _EXTRA}:
        return ok("durability", "SQLite has each vote on the disk before it is acknowledged.")
    return unsafe(
        "durability",
        f"SQLite could forget votes at a power cut (journal_mode {journal}, synchronous {synchronous}).",
        "Put the database on a local disk that takes a write-ahead log.",
    )


def of_postgresql(settings: Mapping[str, str]) -> Iterator[Diagnosis]:
    """The same of PostgreSQL's settings, as `current_setting` words them; "" for those that it does not have."""
    forgets, tells = list(_forgetting(settings)), list(_telling(settings))
    yield from forgets or [ok("durability", "PostgreSQL has each vote on the disk before it is acknowledged.")]
    yield from tells or [ok("secrecy", "PostgreSQL notes nothing that could lead from a slip to its vote.")]


def _forgetting(settings: Mapping[str, str]) -> Iterator[Diagnosis]:
    for setting, is_good in (
        ("synchronous_commit", settings["synchronous_commit"] in DURABLE),
        ("fsync", settings["fsync"] == "on"),
        ("full_page_writes", settings["full_page_writes"] == "on"),
    ):
        if not is_good:
            sentence = f"The database is set to forget votes at a power cut ({setting})."
            yield unsafe("durability", sentence, _set_to(setting, "on"))


def _telling(settings: Mapping[str, str]) -> Iterator[Diagnosis]:
    # Without its parameters a statement names no slip and no vote.
    has_parameters = settings["log_parameter_max_length"] != "0"
    slow, some, rate = "log_min_duration_statement", "log_min_duration_sample", "log_transaction_sample_rate"
    failed, explained, audited = "log_parameter_max_length_on_error", "auto_explain.log_min_duration", "pgaudit.log"
    timed = "track_commit_timestamp"
    told = "into its log with what they hold"
    rules = {
        "log_statement": (settings["log_statement"] in {"none", "ddl"}, "writes every statement into its log", "none"),
        slow: (not has_parameters or settings[slow] == "-1", f"writes slow statements {told}", "-1"),
        some: (not has_parameters or settings[some] == "-1", f"writes some statements {told}", "-1"),
        rate: (not has_parameters or settings[rate] == "0", f"writes some transactions {told}", "0"),
        failed: (settings[failed] == "0", "writes what a failed statement holds into its log", "0"),
        explained: (settings[explained] in {"", "-1"}, "explains statements in its log with what they hold", "-1"),
        audited: (settings[audited] in {"", "none"}, "keeps an audit of statements", "none"),
        timed: (settings[timed] == "off", "notes when each vote came in", "off"),
    }
    for setting, (is_good, what, good) in rules.items():
        if not is_good:
            sentence = f"The database {what} ({setting}). That could show who voted how."
            yield unsafe("secrecy", sentence, _set_to(setting, good))


def _set_to(setting: str, value: str) -> str:
    how = "restart" if setting == "track_commit_timestamp" else "reload"
    return f"Set {setting} = {value} and {how} PostgreSQL; leave it so until the votes are sealed."


@stops_voting
def tables_are_up_to_date() -> Iterator[Diagnosis]:
    """Whether the database has the tables of this version."""
    wanted = _newest_tables()
    found = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
    if found == wanted:
        yield ok("tables", "The database has the tables of this version.")
    else:
        yield unsafe(
            "tables", "The database has the tables of another version.", "Run `pbvote db upgrade`, and serve again."
        )


@lru_cache(maxsize=1)
def _newest_tables() -> str | None:
    return ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config()).get_current_head()


@advises
def version_is_known() -> Iterator[Diagnosis]:
    """Whether the database is of a version that pbvote is tested with."""
    db.session.connection()  # the server says its version when it is first met
    found = db.engine.dialect.server_version_info or (0,)
    name = "PostgreSQL" if _is_postgresql() else "SQLite"
    oldest = (POSTGRESQL_FROM,) if _is_postgresql() else SQLITE_FROM
    said = ".".join(map(str, found))
    if found >= oldest:
        yield ok("version", f"{name} {said} is recent enough.")
    else:
        sentence = f"{name} {said} is older than any that pbvote is tested with."
        yield warning("version", sentence, f"Use {name} {'.'.join(map(str, oldest))} or later.")
