"""The command that writes everything public into a folder."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from pbvote.cli.printing import Failure, say
from pbvote.public_account.snapshots.folder import write_snapshot


@click.command("open-data")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path))
@with_appcontext
def open_data_command(folder: Path) -> None:
    """Write everything that is public today into a new folder within FOLDER: CSV files, an SQLite database of the same.

    Nothing in it changes any more: put it on the council's data portal, or keep it.
    """
    try:
        made = write_snapshot(folder)
    except FileExistsError as error:
        raise Failure(f"{error} was written already, and is left as it is.") from None
    except OSError as error:
        raise Failure(f"The files could not be written ({error.strerror}). None are left.") from None
    size = sum(file.stat().st_size for file in made.iterdir())
    say(f"{made}: {len(list(made.iterdir()))} files, {size / 1_000_000:,.1f} MB.")
