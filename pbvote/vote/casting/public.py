"""The voter's path. No cookie, no session, no account: the code in the body of a POST is all the authority there is.

`GET /v/<event>` is one page for everybody, and no GET changes anything: scanners and previews of links follow them.
"""

from collections.abc import Sequence
from contextlib import suppress

import sqlalchemy as sa
from flask import Response, abort, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.config import LANGUAGES
from pbvote.db import Busy, begin_write, db
from pbvote.errors import error_page
from pbvote.filters import day_in, hour_in
from pbvote.people.signing_in import csrf
from pbvote.vote.casting import service
from pbvote.vote.casting.acknowledgement import acknowledgement
from pbvote.vote.casting.carrying import hidden_inputs, sent_again
from pbvote.vote.casting.drawn_bids import drawn_bids
from pbvote.vote.casting.early import is_early, stage_of_poll, told_while_waiting, waits_for_all_to_speak
from pbvote.vote.casting.forms import BallotForm
from pbvote.vote.casting.kiosks import events_for_kiosks
from pbvote.vote.casting.papers import paper_of
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.holding import together
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.states import KEYLESS
from pbvote.vote.slips import finding as slips
from pbvote.vote.slips import guessing
from pbvote.vote.slips.keys import slips_are_in_use
from pbvote.vote.slips.over import events_over
from pbvote.voters_path import PREFIX, note

door = public_door("casting", __name__, url_prefix=PREFIX)
csrf.exempt(door)  # the voter's forms carry their own authority, the code
door.add_app_template_global(hidden_inputs)
door.add_app_template_global(sent_again)
CACHE_SECONDS = 15
WAITING_SECONDS = 2


@door.errorhandler(slips.UnknownCode)
def unknown_code(refusal: slips.UnknownCode) -> ResponseReturnValue:
    """No slip votes with this code. The answer is made first; then that somebody tried is noted, if it is to be.

    After the count no slip votes any more, and a page that comes late learns that instead. Where the code was typed
    without its event's address nobody can tell whose it was: then the page leads to each event that is over, whatever
    the code. Where no event is left that a slip could be of, nobody guesses, and nothing is noted.
    """
    event = event_called(g.voter.event)
    note(event_name=event.name if event else "")
    if event and event.poll in KEYLESS:
        over = service.PollClosed(event, is_cast=False)
        return error_page(over.status, str(over), over.reason)
    is_typed_well = not isinstance(refusal, slips.MistypedCode)
    if is_typed_well and not g.voter.kiosk:
        note(over=events_over())
    answer = error_page(refusal.status, str(refusal), refusal.reason)
    if is_typed_well and slips_are_in_use() and guessing.is_to_be_noted(request.form.get("code", "")):
        # A note that finds no room is left out: the answer stands.
        with suppress(Busy, sa.exc.OperationalError):
            begin_write()
            guessing.note_failed_lookup()
            db.session.commit()
    return answer


@door.get("/")
def any_event() -> ResponseReturnValue:
    """Type a code, of any event."""
    return _start(None)


@door.get("/kiosk")
def any_kiosk() -> ResponseReturnValue:
    """A tablet whose address was typed without its event: the way to the one that takes votes, or to several."""
    found = events_for_kiosks()
    if len(found) == 1:
        return redirect(url_for("casting.kiosk", slug=found[0].slug))
    return render_template("vote/casting/kiosks.html", events=found)


@door.get("/<slug:slug>")
def start(slug: str) -> ResponseReturnValue:
    """Where the QR leads: the code's field and one button for each language."""
    return _start(own_event_at(slug))


@door.get("/<slug:slug>/kiosk")
def kiosk(slug: str) -> ResponseReturnValue:
    """The first page on a tablet that many share. It takes the slips of its own event only."""
    note(kiosk=slug)
    return _start(own_event_at(slug))


@door.get("/<slug:slug>/now")
def now(slug: str) -> ResponseReturnValue:
    """How the poll stands, for pages that wait: the same for everybody, and 304 while nothing has changed."""
    told = told_while_waiting(slug) or abort(404)
    response = jsonify(told)
    response.set_etag(f"{told['poll']}-{told['speaks'] or 0}")
    response.cache_control.public = True
    response.cache_control.max_age = WAITING_SECONDS
    return response.make_conditional(request)


def _start(event: Event | None) -> Response:
    if event:
        note(event=event.slug, event_name=event.name)
    if event and event.is_public:
        page = render_template("vote/casting/over.html", event=event, stage=_stage(event))
    else:
        page = render_template("vote/casting/start.html", event=event, stage=_stage(event), opening=_opening(event))
    response = make_response(page)
    response.cache_control.public = True
    response.cache_control.max_age = CACHE_SECONDS
    return response


def _stage(event: Event | None) -> str:
    """How the poll stands, as far as a voter needs to know; "" where there is no event to ask."""
    return stage_of_poll(event.poll) if event else ""


def _opening(event: Event | None) -> dict[str, dict[str, str]]:
    """Day and hour of the event in each language, for the one page that speaks all of them."""
    if event is None:
        return {}
    return {each: {"day": day_in(event.starts_at, each), "hour": hour_in(event.starts_at, each)} for each in LANGUAGES}


def _slip_shown() -> slips.FoundSlip:
    """The slip with the code that was sent. Raises `UnknownCode`, and on a kiosk `OtherEvent`."""
    slip = slips.slip_with(request.form.get("code", ""))
    if g.voter.kiosk:
        slips.require_of(slip, g.voter.kiosk)
    note(event=slip.event.slug, event_name=slip.event.name, is_rehearsal=slip.is_test)
    return slip


@door.post("/paper")
def paper() -> ResponseReturnValue:
    """The ballot paper of the slip with this code: an empty one, or in another language with the marks it had.

    Before the opening it is the page that waits, and becomes the paper by itself.
    """
    slip = _slip_shown()
    paper = paper_of(slip.event)
    has_changed = request.form.get("definition", "") not in {"", paper.definition}
    if is_early(slip):
        form, speak = BallotForm.empty(paper, request.form["code"], 0), waits_for_all_to_speak(slip.event.id)
        shown = {"event": slip.event, "form": form, "all_speak": speak, "has_changed": has_changed}
        return render_template("vote/casting/early.html", **shown)
    service.require_takes_votes(slip, is_cast=False)
    form = BallotForm.opened(paper, request.form, service.version_of(slip))
    return _paper(slip, form, has_changed=has_changed)


def _paper(
    slip: slips.FoundSlip,
    form: BallotForm,
    errors: Sequence[tuple[int | None, str]] = (),
    *,
    is_conflict: bool = False,
    has_changed: bool = False,
) -> str:
    bids = drawn_bids(form, errors, slip.event.opening)
    shown = {"event": slip.event, "form": form, "errors": errors, "is_conflict": is_conflict}
    return render_template("vote/casting/paper.html", bids=bids, has_changed=has_changed, **shown)


@door.post("/stay")
def stay() -> ResponseReturnValue:
    """The end for whoever leaves the vote that is in as it is. It looks no slip up, and writes nothing."""
    event = event_called(g.voter.event)
    note(event_name=event.name if event else "", is_rehearsal="rehearsal" in request.form)
    return render_template("vote/casting/stays.html")


@door.post("/cast")
def cast() -> ResponseReturnValue:
    """Store the ballot, and answer with what is stored."""
    slip = _slip_shown()
    form = BallotForm.sent(paper_of(slip.event), request.form)
    if errors := form.errors:
        service.require_takes_votes(slip, is_cast=True)
        return _paper(slip, form, errors), 422
    begin_write(at_once=together(slip.event.id))
    try:
        stored = service.cast_ballot(slip, form.paper, form.choices, definition=form.definition, seen=form.seen)
    except service.AlreadyVoted as voted:
        again = BallotForm(form.paper, form.code, voted.version, form.definition, form.marks)
        return _paper(slip, again, is_conflict=True), voted.status
    db.session.commit()
    return acknowledgement(slip, form.paper, stored)
