"""Slips, for organisers: printing them, opening their envelopes, making them void, replacing lost ones."""

from io import BytesIO

from flask import Response, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.core.qr import qr_svg
from pbvote.db import begin_write, db
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import BEFORE_THE_COUNT, TAKES_SLIPS
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips import envelopes, printing, voiding
from pbvote.vote.slips.acts import REPLACE, VOID, Replacing, Voiding
from pbvote.vote.slips.batches import batches_of
from pbvote.vote.slips.forms import LostForm, PrintForm, VoidForm
from pbvote.vote.slips.lost_key import key_on_paper
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.sheets.recovery import recovery_sheet
from pbvote.vote.slips.sheets.slips import slip_sheets
from pbvote.watching import watched

door = desk_door("slips", __name__, url_prefix="/desk/events/<slug:slug>/slips")


@door.get("")
def order(slug: str) -> ResponseReturnValue:
    """How many to print, and what was made so far."""
    return watched(_print_page(event_at(slug), PrintForm()))


def _print_page(event: Event, form: PrintForm) -> str:
    return render_template("vote/slips/print.html", event=event, form=form, batches=batches_of(event))


@door.post("")
def print_slips(slug: str) -> ResponseReturnValue:
    """Make slips and hand their sheets over as a PDF, once. They are stored nowhere; `order` lists what was made."""
    begin_write()
    event, form = event_at(slug), PrintForm()
    printing.require_in_time(event)
    if not form.validate():
        return _print_page(event, form), 422
    state, is_large = SlipState(form.purpose.data), form.is_large.data
    made = printing.make_slips(event, form.number.given, current_user, state, is_large=is_large)
    db.session.commit()
    try:
        sheets = slip_sheets(event, made, large=is_large)
    except Exception:
        begin_write()
        printing.void_batch(event, made, current_user)
        db.session.commit()
        raise
    return _as_pdf(sheets, f"slips-{slug}-{made[0].envelope or 'rehearsal'}.pdf")


def _as_pdf(pdf: bytes, name: str) -> Response:
    return send_file(BytesIO(pdf), "application/pdf", as_attachment=True, download_name=name)


@door.post("/recovery-sheet")
def print_key(slug: str) -> ResponseReturnValue:
    """Hand the sheet over that brings the event's key back to a server which lost it. It is stored nowhere."""
    begin_write()
    event = event_at(slug)
    sheet = recovery_sheet(event, key_on_paper(event, current_user))
    db.session.commit()
    return _as_pdf(sheet, f"recovery-sheet-{slug}.pdf")


@door.post("/show")
def show(slug: str) -> ResponseReturnValue:
    """A new slip on the screen, in the demonstration only: it stands in for the card from the envelope."""
    begin_write()
    event = event_at(slug)
    if not event.share.round.is_demonstration:
        abort(404)
    [slip] = printing.make_slips(event, 1, current_user, SlipState.LIVE)
    db.session.commit()
    return Response(render_template("vote/slips/new_slip.html", event=event, slip=slip, picture=qr_svg(slip.address)))


@door.get("/envelopes")
def all_envelopes(slug: str) -> ResponseReturnValue:
    """Every envelope, and whether it is open."""
    event = event_at(slug)
    found = envelopes.envelopes_of(event)
    takes_slips = event.poll in TAKES_SLIPS
    return render_template("vote/slips/envelopes.html", event=event, envelopes=found, takes_slips=takes_slips)


@door.get("/envelopes/<int:number>")
def envelope(slug: str, number: int) -> ResponseReturnValue:
    """One envelope, and the button that opens it."""
    event = event_at(slug)
    found, takes_slips = envelopes.envelope_numbered(event, number), event.poll in TAKES_SLIPS
    return render_template("vote/slips/envelope.html", event=event, envelope=found, takes_slips=takes_slips)


@door.post("/envelopes/<int:number>/open")
def open_envelope(slug: str, number: int) -> ResponseReturnValue:
    """Open an envelope in a steward's place."""
    begin_write()
    event = event_at(slug)
    opened = envelopes.open_envelope(event, number, current_user)
    db.session.commit()
    flash(envelopes.said_of_opening(event, number, opened), "success" if opened else "information")
    return redirect(url_for("slips_desk.all_envelopes", slug=slug))


@door.get("/void")
def void(slug: str) -> ResponseReturnValue:
    """Which slip must not vote any more, and why."""
    return _void_page(event_at(slug), VoidForm())


def _void_page(event: Event, form: VoidForm) -> str:
    is_in_time = event.poll in BEFORE_THE_COUNT
    return render_template("vote/slips/void.html", event=event, form=form, is_in_time=is_in_time)


@door.post("/void")
def make_void(slug: str) -> ResponseReturnValue:
    """Make a slip void; one that has voted waits for a second person."""
    begin_write()
    event, form = event_at(slug), VoidForm()
    voiding.require_voidable(event)
    if not form.validate():
        return _void_page(event, form), 422
    try:
        serial = voiding.void_slip(event, form.serial.data, VoidReason(form.reason.data), current_user)
    except (voiding.UnknownSerial, voiding.AlreadyVoid) as refused:
        form.refuse(str(refused), "serial")
        return _void_page(event, form), 422
    except voiding.NeedsSecondPerson as needed:
        ask_for(VOID, About(event=event.id), Voiding(needed.serial, form.reason.data), current_user)
        said, kind = str(needed), "information"
    else:
        said, kind = f"Slip {serial} is void. It had not voted.", "success"
    db.session.commit()
    flash(said, kind)
    return to_console(slug)


@door.get("/lost")
def lost(slug: str) -> ResponseReturnValue:
    """The question to ask of somebody who lost their slip."""
    return _lost_page(event_at(slug), LostForm())


def _lost_page(event: Event, form: LostForm, *, has_voted: bool = False) -> str:
    return render_template("vote/slips/lost.html", event=event, form=form, has_voted=has_voted)


@door.post("/lost")
def replace(slug: str) -> ResponseReturnValue:
    """Anyone who has voted needs no slip; for anyone who has not, a second person confirms a new one."""
    begin_write()
    event, form = event_at(slug), LostForm()
    voiding.require_replaceable(event)
    if not form.validate():
        return _lost_page(event, form), 422
    if form.saw_it.data == "yes":
        return _lost_page(event, form, has_voted=True)
    ask_for(REPLACE, About(event=event.id), Replacing(), current_user)
    db.session.commit()
    flash("Hand over a slip of the open envelope only after a second person has confirmed it.", "information")
    return to_console(slug)
