"""The command that finishes a seal."""

import click
from flask.cli import with_appcontext

from pbvote.cli.printing import Failure, say
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.sealing import destroy_key, empty_log
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.states import KEYLESS


@click.command("seal")
@click.argument("event_slug", metavar="EVENT")
@with_appcontext
def seal_command(event_slug: str) -> None:
    """Finish the count and the seal of EVENT where they were cut off, and destroy the event's key on this host.

    Where several hosts hold the key, run it once on each of them.
    """
    event = event_called(event_slug)
    if event is None:
        raise click.BadParameter(f"there is no event “{event_slug}”.", param_hint="EVENT")
    if event.poll not in KEYLESS:
        raise Failure(f"the votes of {event.name} are not counted yet.")
    finish(event, None)
    destroy_key(event)  # where another host has finished the seal, this one still holds the key
    empty_log()
    say(f"{event.name} is sealed, and this host has no key of it.")
