"""Bringing a lost key back."""

import re
import sys
from collections.abc import Sequence

import click
from flask.cli import with_appcontext

from pbvote.cli.printing import Failure, say
from pbvote.core.recovery import GROUPS, BadGroup, read_group
from pbvote.db import begin_write, db
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.lost_key import require_lost, restore_key


@click.command("restore-key")
@click.argument("event_slug", metavar="EVENT")
@with_appcontext
def restore_key_command(event_slug: str) -> None:
    """Bring the lost key of EVENT back from its recovery sheet: 13 groups, asked for one by one or read from a pipe.

    Run it as the user that the server runs as, on every host that serves the event.
    """
    event = event_called(event_slug)
    if event is None:
        raise click.BadParameter(f"there is no event “{event_slug}”.", param_hint="EVENT")
    require_lost(event)
    name = event.name
    db.session.rollback()  # an open look into the database would keep a seal waiting for as long as somebody types
    groups = _ask() if _is_typed() else re.split(r"[\s,-]+", sys.stdin.read().strip())
    begin_write()
    try:
        restore_key(event, groups)
    except BadGroup as bad:
        raise Failure(_said_of(bad, groups)) from None
    db.session.commit()
    say(f"The key of {name} is back.")


def _is_typed() -> bool:
    """Whether a person sits there."""
    return sys.stdin.isatty()


def _ask() -> list[str]:
    """The groups as somebody types them off the sheet; one that is mistyped is asked for again."""
    say(f"Type the {GROUPS} groups of the recovery sheet, one after the other.")
    groups: list[str] = []
    while len(groups) < GROUPS:
        number = len(groups) + 1
        try:
            groups.append(read_group(click.prompt(f"Group {number}"), number))
        except BadGroup as bad:
            say(_said_of(bad, groups))
    click.clear()  # the key has no business on a screen
    return groups


def _said_of(bad: BadGroup, groups: Sequence[str]) -> str:
    if bad.number == 0:
        return f"The sheet has {GROUPS} groups of 5, and there are {len(groups)} here. Nothing was changed."
    return f"Group {bad.number} is not as the sheet says it: look at it again."
