"""The command that verifies ledgers."""

from collections.abc import Sequence

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
    if not say_whether_they_fit(_events(event_slug)):
        raise click.exceptions.Exit(1)


def say_whether_they_fit(events: Sequence[Event]) -> bool:
    """Say a line for each event, and more where something does not fit. Whether all is well."""
    is_fitting = True
    for event in events:
        found = list(discrepancies(event))
        number = len(entries_of(event))
        if found:
            is_fitting = False
            say(*(f"{event.slug}: DOES NOT FIT: {discrepancy}" for discrepancy in found))
        elif number:
            say(f"{event.slug}: {number} {'entry fits' if number == 1 else 'entries fit'}.")
        else:
            say(f"{event.slug}: no entries.")
    return is_fitting


def _events(event_slug: str | None) -> Sequence[Event]:
    if event_slug is None:
        return all_events()
    event = event_called(event_slug)
    if event is None:
        raise click.BadParameter(f"there is no event “{event_slug}”.", param_hint="EVENT")
    return [event]


def all_events() -> Sequence[Event]:
    """Every event, in the order in which they were made."""
    return db.session.scalars(sa.select(Event).order_by(Event.id)).all()
