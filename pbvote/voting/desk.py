"""Printing slips, and the sheet with the event's key, for organisers."""

from io import BytesIO

from flask import Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.events.models import Event
from pbvote.events.service import event_called
from pbvote.fields import ChoiceField, Form, IntegerField, TickField
from pbvote.voting import slips
from pbvote.voting.lost_key import key_on_paper
from pbvote.voting.models import CodeState
from pbvote.voting.sheets.recovery import recovery_sheet
from pbvote.voting.sheets.slips import slip_sheets

door = desk_door("voting", __name__, url_prefix="/desk/events/<slug:slug>/slips")


class PrintForm(Form):
    """How many slips to print, and what for."""

    number = IntegerField(
        "How many slips?",
        hint="They come on sheets of A4, in envelopes of 25. Print some more than you expect people.",
        least=1,
        most=slips.MOST_AT_ONCE,
        required="Enter how many slips to print",
    )
    purpose = ChoiceField(
        "What are they for?",
        choices=[(CodeState.SPARE.value, "The event"), (CodeState.TEST.value, "A rehearsal")],
        hints={
            CodeState.SPARE.value: "In sealed envelopes. A slip votes once its envelope is opened at the door.",
            CodeState.TEST.value: "They work at once, before voting opens too, and they never count.",
        },
        default=CodeState.SPARE,
        required="Choose what the slips are for",
    )
    is_large = TickField("Large print, one slip to a sheet")


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
    made = slips.make_slips(event, form.number.given, current_user, CodeState(form.purpose.data))
    db.session.commit()
    try:
        sheets = slip_sheets(event, made, large=form.is_large.data)
    except Exception:
        begin_write()
        slips.void_batch(event, made, current_user)
        db.session.commit()
        raise
    return _as_pdf(sheets, f"slips-{slug}-{made[0].envelope or 'rehearsal'}.pdf")


def _as_pdf(pdf: bytes, name: str) -> Response:
    return send_file(BytesIO(pdf), "application/pdf", as_attachment=True, download_name=name)


@door.post("/recovery-sheet")
def print_key(slug: str) -> ResponseReturnValue:
    """Hand the sheet over that brings the event's key back to a server which lost it. It is stored nowhere."""
    begin_write()
    event = _event(slug)
    sheet = recovery_sheet(event, key_on_paper(event, current_user))
    db.session.commit()
    return _as_pdf(sheet, f"recovery-sheet-{slug}.pdf")


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
