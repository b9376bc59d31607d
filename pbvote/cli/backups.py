"""The commands that make a backup and bring one back."""

import datetime as dt
from pathlib import Path

import click
from flask.cli import with_appcontext

from pbvote.backups.archive import Manifest, Unusable
from pbvote.backups.databases import CannotCopy
from pbvote.backups.service import NotAsBefore, forget_backups, make_backup, restore_backup
from pbvote.cli.ledgers import all_events, say_whether_they_fit
from pbvote.cli.printing import Failure, say
from pbvote.cli.timers import note_end
from pbvote.doctor.database import tables_are_up_to_date
from pbvote.doctor.findings import Level
from pbvote.filters import moment
from pbvote.storage import NoRoom
from pbvote.vote.slips.keys import keys_are_here

_MB = 1_000_000


@click.command("backup")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path))
@click.option("--keep-days", type=click.IntRange(1), help="Then delete the backups there that are older.")
@with_appcontext
def backup_command(folder: Path, keep_days: int | None) -> None:
    """Write a backup into FOLDER, while pbvote is in use: the database and the files that it names, as one file.

    It holds no event's key, so it links no slip to a ballot. It holds names and addresses: encrypt it before it leaves.
    """
    try:
        made = make_backup(folder)
    except CannotCopy as error:
        raise Failure(f"{error} No backup was made.") from None
    except OSError as error:
        raise Failure(f"The backup could not be written ({error.strerror}). None was made.") from None
    note_end("backup")
    size = made.place.stat().st_size / _MB
    say(f"{made.place}: {_told(made.manifest)}, {size:,.1f} MB.")
    if keep_days:
        gone = forget_backups(folder, keep_days)
        say(f"{gone} older {'backup' if gone == 1 else 'backups'} deleted")
    say(*(f"missing: {digest}" for digest in made.missing), aside=True)
    if made.missing:
        raise Failure(
            f"It lacks {len(made.missing)} that are missing from the folder of files. See pbvote sweep-files."
        )


@click.command("restore")
@click.argument("backup", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore_command(backup: Path) -> None:
    """Bring BACKUP back into an installation whose database is empty, and verify what came out.

    The whole backup is read first: one that was damaged or changed is refused, and nothing is touched.
    """
    try:
        manifest = restore_backup(backup)
    except Unusable:
        raise Failure(f"{backup} is no backup of pbvote, or was damaged. Nothing was changed.") from None
    except CannotCopy as error:
        raise Failure(f"{error} The database was not changed.") from None
    except (NoRoom, OSError):
        raise Failure("There is no room for what is in it. The database was not changed.") from None
    except NotAsBefore:
        raise Failure("Other rows came out than went in. Don't use this database; restore into another.") from None
    say(f"All is as it stood on {moment(dt.datetime.fromisoformat(manifest.made_at))}: {_told(manifest)}.")
    if any(finding.level is not Level.OK for finding in tables_are_up_to_date()):
        say("The tables are of another version: run `pbvote db upgrade`, and then `pbvote verify-ledger`.")
        return
    is_fitting = say_whether_they_fit(all_events())
    for finding in keys_are_here():
        if finding.level is not Level.OK:
            say(finding.sentence, finding.advice)
    if not is_fitting:
        raise click.exceptions.Exit(1)


def _told(manifest: Manifest) -> str:
    files = sum(1 for name in manifest.digests if "/" in name)
    rows = sum(manifest.rows.values())
    return f"{rows:,} rows and {files:,} {'file' if files == 1 else 'files'}"
