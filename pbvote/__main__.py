"""The console script: Flask's own group of commands (`run`, `db`, `routes` …) with ours in it."""

import os
import sys
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup

from pbvote.cli import COMMANDS, command_called
from pbvote.core.visible import visible


class _Group(FlaskGroup):
    """Flask's group; ours come first and are loaded one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return command_called(name) if name in COMMANDS else super().get_command(ctx, name)


def _app() -> Flask:
    from pbvote.app import create_app

    return create_app()


def main(**options: Any) -> None:
    """Run the command that was named. What it writes (the database, keys) is for this user alone."""
    os.umask(0o077)
    try:
        _Group(create_app=_app)(prog_name="pbvote", **options)
    except Exception as failure:
        sentence = _sentence_about(failure)
        if sentence is None:
            raise
        sys.exit(f"Error: {visible(sentence)}")


def _sentence_about(failure: Exception) -> str | None:
    """What to say of a refusal or of a database that can't be used; None for what nobody foresaw.

    By name, since importing either package would slow the commands that need neither.
    """
    kinds = {f"{kind.__module__}.{kind.__name__}" for kind in type(failure).__mro__}
    if "pbvote.errors.Refusal" in kinds:
        return str(failure)
    if "sqlalchemy.exc.SQLAlchemyError" not in kinds:
        return None
    missing = ("no such table", "no such column", "UndefinedTable", "UndefinedColumn")
    if any(words in str(failure) for words in missing):
        return "the database has no tables yet, or older ones. Run `pbvote db upgrade` first."
    return f"the database can't be used: {getattr(failure, 'orig', None) or failure}"


if __name__ == "__main__":
    main()
