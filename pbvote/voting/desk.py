"""Printing slips, for organisers."""

from io import BytesIO

from flask import Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.events.models import Event
from pbvote.events.service import event_called
from pbvote.fields import Form, IntegerField
from pbvote.voting import slips
from pbvote.voting.models import CodeState
from pbvote.voting.sheets.slips import slip_sheets

door = desk_door("voting", __name__, url_prefix="/desk/events/<slug>/slips")


class PrintForm(Form):
    """How many slips to print."""

    number = IntegerField(
        "How many slips?",
        hint="They come on sheets of A4, in envelopes of 25. Print some more than you expect people.",
        least=1,
        most=slips.MOST_AT_ONCE,
        required="Enter how many slips to print",
    )


def _event(slug: str) -> Event:
    return event_called(slug) or abort(404)


@door.get("")
def order(slug: str) -> ResponseReturnValue:
    """How many to print."""
    return render_template("voting/print.html", event=_event(slug), form=PrintForm())


@door.post("")
def print_slips(slug: str) -> ResponseReturnValue:
    """Make slips and hand their sheets over as a PDF, once. They are stored nowhere."""
    begin_write()
    event = _event(slug)
    form = PrintForm()
    if not form.validate():
        return render_template("voting/print.html", event=event, form=form), 422
    made = slips.make_slips(event, form.number.given, current_user)
    db.session.commit()
    try:
        sheets = slip_sheets(event, made)
    except Exception:
        begin_write()
        slips.void_batch(event, made, current_user)
        db.session.commit()
        raise
    name = f"slips-{slug}-{made[0].envelope}.pdf"
    return send_file(BytesIO(sheets), "application/pdf", as_attachment=True, download_name=name)


@door.post("/show")
def show(slug: str) -> ResponseReturnValue:
    """A new slip on the screen, in the demonstration only: it stands in for the card from the envelope."""
    begin_write()
    event = _event(slug)
    if not event.share.round.is_demonstration:
        abort(404)
    [slip] = slips.make_slips(event, 1, current_user, CodeState.LIVE)
    db.session.commit()
    return Response(render_template("voting/new_slip.html", event=event, slip=slip, picture=qr_svg(slip.address)))
