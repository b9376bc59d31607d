"""The command that deletes what is kept no longer."""

import click
from flask.cli import with_appcontext

from pbvote.call.bids.sending import forget_unconfirmed
from pbvote.call.drafts.forgetting import forget_drafts, warn_writers
from pbvote.call.spreadsheets.importing import forget_sheets
from pbvote.cli.printing import say
from pbvote.db import begin_write, db
from pbvote.vote.day.requests import forget_requests
from pbvote.vote.passes.roll import forget_devices


@click.command("tidy")
@with_appcontext
def tidy_command() -> None:
    """Delete drafts, and bids that no contact has confirmed, 30 days after their round's close of bids.

    Whoever has a draft is written to a week before. Sheets that nobody confirmed go after a day. Phones and
    screens of an event, with the first names of its helpers, go after 30 days, and what residents asked for
    beforehand after 31. Run it every day.
    """
    begin_write()
    written, drafts, forgotten = warn_writers(), forget_drafts(), forget_unconfirmed()
    forget_sheets()
    forget_devices()
    forget_requests()
    db.session.commit()
    say(f"{written} {'letter' if written == 1 else 'letters'} about drafts written")
    say(f"{drafts} {'draft' if drafts == 1 else 'drafts'} deleted")
    say(f"{forgotten} unconfirmed {'bid' if forgotten == 1 else 'bids'} deleted")
