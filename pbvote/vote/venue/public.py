"""Where the test sheet's QR code leads: a phone in the hall measures the network. For anyone who holds the sheet."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.doctor.findings import ok
from pbvote.errors import Refusal
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import wrong_code
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.slips.guessing import Bucket
from pbvote.vote.venue.forms import ScanForm
from pbvote.vote.venue.keeping import keep
from pbvote.vote.venue.models import VenuePoint
from pbvote.vote.venue.phone import of_trips, read_trips
from pbvote.vote.venue.sheet import UnknownSheet, require_sheet

door = public_door("venue", __name__, url_prefix="/venue/<slug:slug>")
csrf.exempt(door)  # nothing of these pages needs to know who sends it
WORKS = ok("sheet", "A phone read the printed code and reached this event.")


class ChecksOver(Refusal):
    """The hall has voted."""

    def __init__(self) -> None:
        super().__init__("Voting has closed, so the venue is not checked any more.")


class TooManyScans(Refusal):
    """Each scan writes, and votes wait in the same line."""

    status = 429

    def __init__(self) -> None:
        super().__init__("The sheet was scanned too often just now. Wait a minute, then scan it again.")


@door.get("")
def scan(slug: str) -> ResponseReturnValue:
    """The same page for everybody; its script measures, and sends what it measured."""
    return render_template("vote/venue/scan.html", event=own_event_at(slug), form=ScanForm())


@door.post("")
def scanned(slug: str) -> ResponseReturnValue:
    """Keep that the sheet was read, and how long the round trips took."""
    begin_write()
    event, form = own_event_at(slug), ScanForm()
    if not form.validate():
        return render_template("vote/venue/scan.html", event=event, form=form), 422
    try:
        require_sheet(event, form.code.data)
    except UnknownSheet as unknown:
        said = wrong_code(form.code.data, place_of(None), unknown)
        db.session.commit()  # a wrong code was counted
        form.refuse(str(said), "code")
        return render_template("vote/venue/scan.html", event=event, form=form), said.status, later(said)
    if not event.takes_slips:
        raise ChecksOver
    if not current_app.extensions.setdefault("pbvote-scans", Bucket()).take():
        raise TooManyScans
    trips = read_trips(request.form.get("trips", ""))
    found = {VenuePoint.SHEET: WORKS} | ({VenuePoint.WIFI: of_trips(trips)} if trips else {})
    keep(event, found, None)
    db.session.commit()
    wifi = found.get(VenuePoint.WIFI)
    return render_template("vote/venue/scanned.html", event=event, code=form.code.data, wifi=wifi)
