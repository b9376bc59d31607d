"""Commands about an event."""

import csv
import io
import sys

import click
from flask.cli import with_appcontext

from pbvote.db import begin_write, db
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips, void_batch
from pbvote.vote.slips.sheets.slips import slip_sheets


@click.command("print-slips")
@click.argument("event_slug", metavar="EVENT")
@click.option("--number", type=click.IntRange(1, 5000), required=True, help="How many slips to make.")
@click.option("--format", "form", type=click.Choice(["pdf", "csv"]), default="pdf", show_default=True)
@click.option("--sealed", is_flag=True, help="Slips work only once their envelope is opened at the event.")
@with_appcontext
def print_slips_command(event_slug: str, number: int, form: str, sealed: bool) -> None:
    """Make slips for EVENT and write their sheets to standard output, once: they are stored nowhere.

    They work at once, unless they are sealed. With --format csv the columns are serial, code and url.
    """
    if form == "pdf" and sys.stdout.isatty():
        raise click.UsageError("A PDF does not belong on a screen: add > slips.pdf")
    begin_write()
    event = event_called(event_slug)
    if event is None:
        raise click.BadParameter(f"there is no event “{event_slug}”.", param_hint="EVENT")
    slips = make_slips(event, number, None, SlipState.SPARE if sealed else SlipState.LIVE)
    db.session.commit()
    try:
        sys.stdout.buffer.write(slip_sheets(event, slips, is_sealed=sealed) if form == "pdf" else _as_csv(slips))
        sys.stdout.buffer.flush()
    except BaseException:
        # What did not reach its printer is no slip.
        begin_write()
        void_batch(event, slips, actor=None)
        db.session.commit()
        raise


def _as_csv(slips: list[PrintedSlip]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["serial", "code", "url"])
    writer.writerows([slip.serial, slip.grouped_code, slip.address] for slip in slips)
    return text.getvalue().encode()
