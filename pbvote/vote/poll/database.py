"""What a database must promise before the first vote goes in: to keep what it acknowledges, and to note nothing more.

PostgreSQL's settings are asked at the opening; SQLite's own are made at each connection. Whoever administers the server
can change them the minute after: `docs/security.md` says so.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from pbvote.db import db
from pbvote.errors import Refusal

DURABLE = frozenset({"on", "remote_apply", "remote_write"})
_ASKED = (
    "synchronous_commit",
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


class NotDurable(Refusal):
    """A database that would acknowledge a vote before it is safe."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The database is set to forget votes at a power cut (synchronous_commit). Voting can't open.")


class TellsTooMuch(Refusal):
    """A database that notes beside the votes what could lead from a slip to its vote."""

    status = 503

    def __init__(self, setting: str, what: str) -> None:
        self.setting = setting
        super().__init__(f"The database {what} ({setting}). That could show who voted how. Voting can't open.")


def require_safe_database() -> None:
    """Raise `NotDurable` or `TellsTooMuch` where PostgreSQL is set to lose a vote, or to tell too much of it."""
    if db.engine.dialect.name == "postgresql":
        settings = {name: sa.func.current_setting(name, True).label(name) for name in _ASKED}
        asked = db.session.execute(sa.select(*settings.values())).one()
        require_safe({name: value or "" for name, value in zip(_ASKED, asked, strict=True)})


def require_safe(settings: Mapping[str, str]) -> None:
    """Raise `NotDurable` or `TellsTooMuch` for settings as PostgreSQL's `current_setting` words them; "" for none."""
    if settings["synchronous_commit"] not in DURABLE:
        raise NotDurable
    # Without its parameters a statement names no slip and no vote.
    has_parameters = settings["log_parameter_max_length"] != "0"
    refused = {
        "log_statement": (settings["log_statement"] not in {"none", "ddl"}, "writes every statement into its log"),
        "log_min_duration_statement": (
            has_parameters and settings["log_min_duration_statement"] != "-1",
            "writes slow statements into its log with what they hold",
        ),
        "log_min_duration_sample": (
            has_parameters and settings["log_min_duration_sample"] != "-1",
            "writes some statements into its log with what they hold",
        ),
        "log_transaction_sample_rate": (
            has_parameters and settings["log_transaction_sample_rate"] != "0",
            "writes some transactions into its log with what they hold",
        ),
        "log_parameter_max_length_on_error": (
            settings["log_parameter_max_length_on_error"] != "0",
            "writes what a failed statement holds into its log",
        ),
        "auto_explain.log_min_duration": (
            settings["auto_explain.log_min_duration"] not in {"", "-1"},
            "explains statements in its log with what they hold",
        ),
        "pgaudit.log": (settings["pgaudit.log"] not in {"", "none"}, "keeps an audit of statements"),
        "track_commit_timestamp": (settings["track_commit_timestamp"] != "off", "notes when each vote came in"),
    }
    for setting, (is_refused, what) in refused.items():
        if is_refused:
            raise TellsTooMuch(setting, what)
