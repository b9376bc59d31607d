"""Paper ballots, for organisers. A code travels in the bodies of POSTs only; addresses hold serials."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.casting.forms import BallotForm
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.events.models import Event
from pbvote.vote.paper_entry import service, undoing
from pbvote.vote.paper_entry.acts import REDECIDE, TAKE_OUT, Redeciding, TakingOut
from pbvote.vote.paper_entry.clashes import DECISIONS, clashes_of, decide_clash, label_decided
from pbvote.vote.paper_entry.forms import SPOILT_REASONS, ClashForm, CodeForm, SpoiltForm, summary_of
from pbvote.vote.paper_entry.pile import Entry, OnPaper, entry_numbered, pile_of, spoilt_said, waiting_entries
from pbvote.vote.poll.models import Decision, SpoiltReason
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.finding import FoundSlip
from pbvote.vote.slips.sheets.grid import points_to_cross

door = desk_door("paper_entry", __name__, url_prefix="/desk/events/<slug:slug>/papers")
MOST_BOXES = 10
"""More than so many to a bid don't fit beside each other on a phone: the mark alone is shown."""


def _event_with_papers(slug: str) -> Event:
    event = event_at(slug)
    service.require_paper_time(event)
    return event


@door.get("")
def papers(slug: str) -> ResponseReturnValue:
    """The pile: how many are keyed, what waits, what clashes."""
    event = event_at(slug)
    pile = pile_of(event)
    return render_template(
        "vote/paper_entry/papers.html",
        event=event,
        pile=pile,
        waiting=waiting_entries(event),
        clashes=clashes_of(event),
        decisions=DECISIONS,
        spoilt=spoilt_said(pile.spoilt),
    )


@door.get("/key")
def key(slug: str) -> ResponseReturnValue:
    """Which paper is keyed next."""
    return _which_to_key(_event_with_papers(slug), CodeForm(formdata=None))


def _which_to_key(event: Event, form: CodeForm) -> str:
    kept = entry_numbered(event, request.args.get("kept", ""))
    return render_template("vote/paper_entry/key.html", event=event, form=form, pile=pile_of(event), kept=kept)


@door.post("/key")
def open_paper(slug: str) -> ResponseReturnValue:
    """The paper of the slip with this code, to be keyed."""
    event, form = _event_with_papers(slug), CodeForm()
    if not form.validate():
        return _which_to_key(event, form), 422
    try:
        slip = service.slip_on_paper(event, form.code.data)
        service.require_not_keyed(slip, current_user)
    except Refusal as refusal:
        form.refuse(str(refusal), "code")
        return _which_to_key(event, form), refusal.status
    return _to_key(slip, BallotForm.empty(Paper.of(event), form.code.data, 0))


def _to_key(slip: FoundSlip, ballot: BallotForm, spoilt: SpoiltForm | None = None, *, is_sent: bool = False) -> str:
    return render_template(
        "vote/paper_entry/paper.html",
        event=slip.event,
        slip=slip,
        ballot=ballot,
        spoilt=spoilt or SpoiltForm(formdata=None),
        errors=ballot.errors if is_sent else [],
        summary=summary_of(ballot) if is_sent else "",
    )


@door.post("/key/marks")
def keep_marks(slug: str) -> ResponseReturnValue:
    """Keep what a paper says."""
    begin_write()
    event = _event_with_papers(slug)
    slip = service.slip_on_paper(event, request.form.get("code", ""))
    ballot = BallotForm.sent(Paper.of(event), request.form)
    if ballot.errors:
        return _to_key(slip, ballot, is_sent=True), 422
    service.key_paper(slip, OnPaper.choosing(ballot.paper, ballot.choices), current_user)
    db.session.commit()
    return redirect(url_for("paper_entry_desk.key", slug=slug, kept=slip.serial))


@door.post("/key/spoilt")
def keep_spoilt(slug: str) -> ResponseReturnValue:
    """Keep why a paper can't be counted."""
    begin_write()
    event, form = _event_with_papers(slug), SpoiltForm()
    code = request.form.get("code", "")
    slip = service.slip_on_paper(event, code)
    if not form.validate():
        return _to_key(slip, BallotForm.empty(Paper.of(event), code, 0), form), 422
    service.key_paper(slip, OnPaper(spoilt=SpoiltReason(form.reason.data)), current_user)
    db.session.commit()
    return redirect(url_for("paper_entry_desk.key", slug=slug, kept=slip.serial))


@door.get("/read-back")
def read_back(slug: str) -> ResponseReturnValue:
    """Which paper is read back next."""
    return _which_to_read(_event_with_papers(slug), CodeForm(formdata=None))


def _which_to_read(event: Event, form: CodeForm) -> str:
    done = entry_numbered(event, request.args.get("done", ""))
    return render_template(
        "vote/paper_entry/read_back.html", event=event, form=form, waiting=waiting_entries(event), done=done
    )


@door.post("/read-back")
def find_entry(slug: str) -> ResponseReturnValue:
    """The entry of the paper with this code."""
    event, form = _event_with_papers(slug), CodeForm()
    if not form.validate():
        return _which_to_read(event, form), 422
    try:
        slip = service.slip_on_paper(event, form.code.data)
        if entry_numbered(event, slip.serial) is None:
            raise service.NotKeyed(slip.serial)
    except Refusal as refusal:
        form.refuse(str(refusal), "code")
        return _which_to_read(event, form), refusal.status
    return redirect(url_for("paper_entry_desk.entry", slug=slug, serial=slip.serial))


@door.get("/read-back/<serial>")
def entry(slug: str, serial: str) -> ResponseReturnValue:
    """One keyed paper, laid out as on its back while it waits."""
    event = _event_with_papers(slug)
    found: Entry = entry_numbered(event, serial) or abort(404)
    paper = Paper.of(event)
    points = points_to_cross(paper.rules)
    return render_template(
        "vote/paper_entry/entry.html",
        event=event,
        entry=found,
        paper=paper,
        points=points if len(points) <= MOST_BOXES else (),
        spoilt_reasons=SPOILT_REASONS,
    )


@door.post("/read-back/<serial>/confirm")
def confirm(slug: str, serial: str) -> ResponseReturnValue:
    """Confirm that a paper says what was keyed."""
    begin_write()
    service.confirm_paper(event_at(slug), serial, _seen(), current_user)
    db.session.commit()
    return redirect(url_for("paper_entry_desk.read_back", slug=slug, done=serial))


@door.post("/read-back/<serial>/send-back")
def send_back(slug: str, serial: str) -> ResponseReturnValue:
    """Take a paper out that was keyed wrongly."""
    begin_write()
    undoing.send_back(event_at(slug), serial, _seen(), current_user)
    db.session.commit()
    flash(f"Slip {serial} has to be keyed again, by anyone. Put it on the other pile.", "success")
    return redirect(url_for("paper_entry_desk.read_back", slug=slug))


@door.post("/read-back/<serial>/take-out")
def take_out(slug: str, serial: str) -> ResponseReturnValue:
    """Ask a second person to confirm that a paper is taken out which two people have confirmed."""
    begin_write()
    event = event_at(slug)
    paper = undoing.label_confirmed(event, serial)
    ask_for(TAKE_OUT, About(event=event.id), TakingOut(paper), current_user)
    db.session.commit()
    return to_console(slug)


def _seen() -> str:
    """What the page showed of the entry."""
    return request.form.get("seen", "").replace("\0", "")


@door.post("/clashes/<serial>")
def decide(slug: str, serial: str) -> ResponseReturnValue:
    """Say which of a slip's two ballots counts; where that was said before, ask a second person to confirm it."""
    begin_write()
    event, form = event_at(slug), ClashForm()
    if not form.validate():
        abort(422)
    decision = Decision(form.decision.data)
    if form.seen.data:
        was = Decision(form.seen.data)
        again = Redeciding(label_decided(event, serial, was), decision.value, was.value)
        ask_for(REDECIDE, About(event=event.id), again, current_user)
    else:
        decide_clash(event, serial, decision, current_user)
    db.session.commit()
    return redirect(url_for("hall_desk.console" if form.seen.data else "paper_entry_desk.papers", slug=slug))
