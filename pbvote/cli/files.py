"""The command that looks after the folder of files."""

import click
from flask.cli import with_appcontext

from pbvote.cli.printing import Failure, say
from pbvote.cli.timers import note_end
from pbvote.files.service import sweep


@click.command("sweep-files")
@with_appcontext
def sweep_files_command() -> None:
    """Delete files that nothing has named for a day, and report those that are missing. Run it every day.

    Ends with an error where a file is missing: bring it back from a backup.
    """
    gone, rows = sweep()
    missing = [f"missing: {stored.digest} {stored.name}" for stored in rows]
    note_end("sweep-files")
    say(f"{gone} {'file' if gone == 1 else 'files'} deleted that nothing named")
    say(*missing, aside=True)
    if missing:
        raise Failure(f"{len(missing)} missing from the folder of files. Bring them back from a backup.")
