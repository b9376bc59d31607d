"""The command that shows what is kept of grants that have ended, and how long."""

import click
from flask.cli import with_appcontext

from pbvote.cli.printing import say
from pbvote.db import begin_write, db
from pbvote.grants.reports.retaining import forget_due, retained


@click.command("retain")
@click.option("--now", "is_now", is_flag=True, help="Delete what is due. `pbvote tidy` does so every day.")
@with_appcontext
def retain_command(is_now: bool) -> None:
    """Show what is kept of grants and for how long after they are closed or given back; with --now, delete it."""
    for each in retained():
        years = f"{each.rule.years} {'year' if each.rule.years == 1 else 'years'}"
        say(f"{each.rule.what}: kept for {years} after the end of the grant. {each.kept} kept, {each.due} due to go")
    if is_now:
        begin_write()
        gone = forget_due()
        db.session.commit()
        say(f"{gone} deleted")
