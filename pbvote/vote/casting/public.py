"""The voter's path. No cookie, no session, no account: the code in the body of a POST is all the authority there is.

`GET /v/<event>` is one page for everybody, and no GET changes anything: scanners and previews of links follow them.
"""

from contextlib import suppress

import sqlalchemy as sa
from flask import Response, abort, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.db import Busy, begin_write, db
from pbvote.errors import error_page
from pbvote.vote.casting import service
from pbvote.vote.casting.forms import BallotForm
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.states import KEYLESS, PollState
from pbvote.vote.slips import finding as slips
from pbvote.vote.slips import guessing
from pbvote.voters_path import PREFIX, note

door = public_door("casting", __name__, url_prefix=PREFIX)
CACHE_SECONDS = 15


@door.errorhandler(slips.UnknownCode)
def unknown_code(refusal: slips.UnknownCode) -> ResponseReturnValue:
    """No slip votes with this code. The answer is made first; then that somebody tried is noted, if it is to be.

    After the count no slip votes any more, and a page that comes late learns that instead.
    """
    event = event_called(g.voter.event)
    if event and event.poll in KEYLESS:
        over = service.PollClosed(event, is_cast=False)
        return error_page(over.status, str(over), over.reason)
    answer = error_page(refusal.status, str(refusal), refusal.reason)
    if guessing.is_to_be_noted(request.form.get("code", "")):
        # A note that finds no room is left out: the answer stands.
        with suppress(Busy, sa.exc.OperationalError):
            begin_write()
            guessing.note_failed_lookup()
            db.session.commit()
    return answer


@door.get("/")
def any_event() -> ResponseReturnValue:
    """Type a code of whichever event."""
    return _start(None)


@door.get("/<slug:slug>")
def start(slug: str) -> ResponseReturnValue:
    """Where the QR leads: the code's field and one button for each language."""
    return _start(_event(slug))


@door.get("/<slug:slug>/kiosk")
def kiosk(slug: str) -> ResponseReturnValue:
    """The first page on a tablet that many share. It takes the slips of its own event only."""
    note(kiosk=slug)
    return _start(_event(slug))


def _event(slug: str) -> Event:
    event = event_called(slug)
    if event is None or event.share.round.is_imported:
        abort(404)
    return event


def _start(event: Event | None) -> Response:
    note(event=event.slug if event else "")
    is_over = event is not None and event.poll is PollState.PUBLISHED
    template = "vote/casting/over.html" if is_over else "vote/casting/start.html"
    response = make_response(render_template(template, event=event))
    response.cache_control.public = True
    response.cache_control.max_age = CACHE_SECONDS
    return response


def _slip_shown() -> slips.FoundSlip:
    """The slip with the code that was sent. Raises `UnknownCode`, and on a kiosk `OtherEvent`."""
    slip = slips.slip_with(request.form.get("code", ""))
    if g.voter.kiosk:
        slips.require_of(slip, g.voter.kiosk)
    note(is_rehearsal=slip.is_test)
    return slip


@door.post("/paper")
def paper() -> ResponseReturnValue:
    """The ballot paper of the slip with this code."""
    slip = _slip_shown()
    service.require_takes_votes(slip, is_cast=False)
    form = BallotForm.empty(Paper.of(slip.event), request.form["code"], service.version_of(slip))
    return render_template("vote/casting/paper.html", form=form, errors=[], is_conflict=False)


@door.post("/cast")
def cast() -> ResponseReturnValue:
    """Store the ballot, and answer with what is stored."""
    begin_write()
    slip = _slip_shown()
    form = BallotForm.sent(Paper.of(slip.event), request.form)
    if errors := form.errors:
        service.require_takes_votes(slip, is_cast=True)
        return render_template("vote/casting/paper.html", form=form, errors=errors, is_conflict=False), 422
    try:
        service.cast_ballot(slip, form.paper, form.choices, definition=form.definition, seen=form.seen)
    except service.AlreadyVoted as voted:
        again = BallotForm(form.paper, form.code, voted.version, form.definition, form.marks)
        return render_template("vote/casting/paper.html", form=again, errors=[], is_conflict=True), voted.status
    db.session.commit()
    stored = service.stored_ballot(slip, form.paper)
    return render_template("vote/casting/have_your_vote.html", slip=slip, paper=form.paper, stored=stored)
