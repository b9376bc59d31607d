"""When the commands that timers run last came to their end, and who says so where one does not. Nothing here commits.

Of `pbvote remind`, `pbvote.grants.reminding.running` says so: it is missed only where there are funded groups.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base, db, insert_into
from pbvote.doctor.findings import Diagnosis, advises, ok, warning


class CommandRun(Base):
    """When a command last ran to its end."""

    __tablename__ = "command_run"

    command: Mapped[str] = mapped_column(primary_key=True)
    """``backup``"""
    ran_at: Mapped[dt.datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class _Timer:
    """How long a command may be silent, and what is lost while it is."""

    silent_after: dt.timedelta
    loss: str


TIMERS: Final = {
    "send-mail": _Timer(dt.timedelta(minutes=15), "Letters wait."),
    "backup": _Timer(dt.timedelta(days=2), "What is newer than the last backup would be lost with the disk."),
    "tidy": _Timer(dt.timedelta(days=2), "Personal data stays for longer than the privacy page says."),
    "sweep-files": _Timer(dt.timedelta(days=2), "Nobody looks whether a file is missing."),
}


def note_command(command: str) -> None:
    """Note that a command has just run to its end."""
    insert = insert_into(CommandRun).values(command=command, ran_at=now())
    db.session.execute(insert.on_conflict_do_update(index_elements=["command"], set_={"ran_at": now()}))


def last_run(command: str) -> sa.ScalarSelect[dt.datetime]:
    """When a command last ran to its end, for a statement that asks more; NULL before the first time."""
    return sa.select(CommandRun.ran_at).where(CommandRun.command == command).scalar_subquery()


def last_runs() -> dict[str, dt.datetime]:
    """When each command last ran to its end, of those that ever did."""
    rows = db.session.execute(sa.select(CommandRun.command, CommandRun.ran_at))
    return {row.command: row.ran_at for row in rows}


@advises
def timers_run() -> Iterator[Diagnosis]:
    """Whether each command that a timer runs has come to its end lately."""
    runs = last_runs()
    for command, timer in TIMERS.items():
        if command == "send-mail" and not current_app.config["SMTP_HOST"]:
            continue  # there is a warning about that
        ran = runs.get(command)
        if ran and ran > now() - timer.silent_after:
            yield ok("timers", f"`pbvote {command}` has run when it should.")
            continue
        since = f"has not run to its end since {ran:%d.%m.%Y %H:%M} UTC" if ran else "has never run to its end"
        advice = f"See `systemctl status pbvote@{command}.timer`, and what `journalctl -u pbvote@{command}` says."
        yield warning("timers", f"`pbvote {command}` {since}. {timer.loss}", advice)
