"""The command that verifies ledgers."""

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from pbvote.cli.printing import say
from pbvote.db import db
from pbvote.vote.audit.verifying import discrepancies
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.ledger.service import entries_of


@click.command("verify-ledger")
@click.argument("event_slug", metavar="[EVENT]", required=False)
@with_appcontext
def verify_ledger_command(event_slug: str | None) -> None:
    """Check the ledger of EVENT, or of every event, and that the database still holds what was counted and sealed.

    Says a line for each event. Ends with status 1 where something does not fit, and names the first wrong entry.
    """
    is_fitting = True
    for event in _events(event_slug):
        found = list(discrepancies(event))
        number = len(entries_of(event))
        if found:
            is_fitting = False
            say(*(f"{event.slug}: DOES NOT FIT: {discrepancy}" for discrepancy in found))
        elif number:
            say(f"{event.slug}: {number} {'entry fits' if number == 1 else 'entries fit'}.")
        else:
            say(f"{event.slug}: no entries.")
    if not is_fitting:
        raise click.exceptions.Exit(1)


def _events(event_slug: str | None) -> list[Event]:
    if event_slug is None:
        return list(db.session.scalars(sa.select(Event).order_by(Event.id)))
    event = event_called(event_slug)
    if event is None:
        raise click.BadParameter(f"there is no event “{event_slug}”.", param_hint="EVENT")
    return [event]
