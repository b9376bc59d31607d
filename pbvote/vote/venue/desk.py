"""The venue check: what is tested before the day, and how it stands. For organisers."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.venue import burst
from pbvote.vote.venue.forms import read_clock
from pbvote.vote.venue.keeping import keep
from pbvote.vote.venue.models import VenuePoint
from pbvote.vote.venue.server import look
from pbvote.vote.venue.sheet import sheet_of
from pbvote.vote.venue.standing import VenueStanding
from pbvote.watching import watched

door = desk_door("venue", __name__, url_prefix="/desk/events/<slug:slug>/venue")


def _event(slug: str) -> Event:
    """The event. Where members choose, no hall votes: 404."""
    event = own_event_at(slug)
    return abort(404) if event.is_chosen_by_members else event


@door.get("")
def page(slug: str) -> ResponseReturnValue:
    """Each point with what was found there, and the buttons that look again."""
    event = _event(slug)
    standing = VenueStanding.of(event)
    return watched(render_template("vote/venue/check.html", event=event, standing=standing, points=VenuePoint))


@door.post("/server")
def look_at_server(slug: str) -> ResponseReturnValue:
    """Look at everything that needs no paper and no phone."""
    event = _event(slug)
    found = look(event, request.host, read_clock(request.form.get("browser_at", "")))
    begin_write()  # not before the network was asked: that takes seconds
    keep(_event(slug), found, current_user)
    db.session.commit()
    return _back(slug, "The server is checked.", "success")


@door.post("/burst")
def send_burst(slug: str) -> ResponseReturnValue:
    """Cast the test votes, and clear them away."""
    begin_write()
    votes = burst.make_votes(_event(slug), current_user)
    db.session.commit()
    answers = burst.cast_all(votes)
    begin_write()
    event = _event(slug)
    found = burst.of_burst(answers, burst.clear_away(event, votes))
    keep(event, {VenuePoint.BURST: found}, current_user)
    db.session.commit()
    return _back(slug, found.sentence, "information" if found.advice else "success")


def _back(slug: str, said: str, kind: str) -> ResponseReturnValue:
    flash(said, kind)
    return redirect(url_for("venue_desk.page", slug=slug))


@door.get("/sheet.pdf")
def sheet(slug: str) -> ResponseReturnValue:
    """The test sheet, to print on the printer that slips are printed on."""
    event = _event(slug)
    return send_file(BytesIO(sheet_of(event)), "application/pdf", download_name=f"test-sheet-{slug}.pdf")
