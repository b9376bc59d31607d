"""Commands about real elections in files."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from pbvote.cli.printing import say
from pbvote.cli.tally import BadFileError
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.tally.pabulib import PabulibError, read_pabulib
from pbvote.vote.count.study import store_study, work_out
from pbvote.vote.elections.importing import Imported, import_election


@click.command("import-election")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_election_command(file: Path) -> None:
    """Make a round, its bids and its ballots of the real election in FILE (.pb), and count it.

    Ends with status 2 and a message that names line and column where the file can't be read.
    """
    try:
        read = read_pabulib(file)
    except (PabulibError, OSError) as error:
        raise BadFileError(f"{file.name}: {error}") from error
    for finding in read.findings:
        say(f"Note: {finding}", aside=True)
    begin_write()
    try:
        imported = import_election(read)
    except Refusal as refusal:
        raise BadFileError(f"{file.name}: {refusal}") from refusal
    db.session.commit()
    findings = work_out(imported.event)
    begin_write()
    store_study(imported.event, findings)
    db.session.commit()
    say(*_account(imported, read.meta.values.get("rule", "")))


def _account(imported: Imported, named_rule: str) -> list[str]:
    """What came out, in a few lines."""
    outcome, event = imported.outcome, imported.event
    lines = [
        f"{event.name}: {len(outcome.funded)} of {len(outcome.steps)} bids funded",
        f"{current_app.config['BASE_URL']}/results/{event.slug}",
    ]
    if not imported.is_rule_known:
        lines.append(f"The file's rule is “{named_rule}”; it was counted as “{imported.rule.name}”.")
    match imported.is_official:
        case None:
            lines.append("The file names no official outcome.")
        case True:
            lines.append("The official outcome came out.")
        case False:
            lines.append("The official outcome is another: " + ", ".join(sorted(imported.official or ())))
    return lines
