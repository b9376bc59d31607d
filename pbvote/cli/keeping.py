"""The command that deletes what is kept no longer."""

import click
from flask.cli import with_appcontext

from pbvote.call.bids.sending import forget_unconfirmed
from pbvote.call.spreadsheets.importing import forget_sheets
from pbvote.cli.printing import say
from pbvote.db import begin_write, db


@click.command("tidy")
@with_appcontext
def tidy_command() -> None:
    """Delete the bids that no contact has confirmed, 30 days after their round's close of bids, and the sheets of bids
    that no organiser has confirmed within a day. Run it every day.
    """
    begin_write()
    forgotten = forget_unconfirmed()
    forget_sheets()
    db.session.commit()
    say(f"{forgotten} unconfirmed {'bid' if forgotten == 1 else 'bids'} deleted")
