"""Late drafts, and bids that come by telephone or on paper. For organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.bids.answers import answers_of
from pbvote.call.bids.letters import received_words
from pbvote.call.bids.models import CameBy
from pbvote.call.bids.service import bid_numbered
from pbvote.call.drafts import beginning, finishing
from pbvote.call.drafts.form_pages import first_page
from pbvote.call.drafts.forms import KeyingForm, LetInForm
from pbvote.call.drafts.passes import carry
from pbvote.call.rounds.public import open_round_called
from pbvote.call.rounds.service import round_called
from pbvote.db import begin_write, db

door = desk_door("drafts", __name__, url_prefix="/desk/drafts")


@door.get("/round/<slug:slug>/late")
def late(slug: str) -> ResponseReturnValue:
    """The drafts that came after the close."""
    round_ = round_called(slug) or abort(404)
    return render_template("call/drafts/late_drafts.html", round=round_, late=finishing.late_drafts(round_))


def _late_page(late: finishing.Late, form: LetInForm) -> str:
    round_ = late.draft.round
    answers = answers_of(late.new, round_)
    return render_template("call/drafts/late_draft.html", round=round_, late=late, answers=answers, form=form)


@door.get("/<int:draft_id>")
def one(draft_id: int) -> ResponseReturnValue:
    """A late draft, whole."""
    return _late_page(finishing.late_draft(draft_id) or abort(404), LetInForm())


@door.post("/<int:draft_id>/let-in")
def let_in(draft_id: int) -> ResponseReturnValue:
    """Let a late draft in, with the reason: its contact gets the letter that every bid's contact gets."""
    begin_write()
    late = finishing.late_draft(draft_id)
    if late is None:
        raise finishing.NotLate
    finishing.require_time(late)
    slug, form = late.draft.round.slug, LetInForm()
    if not form.validate():
        return _late_page(late, form), 422
    finishing.let_in(late, current_user, form.reason.data)
    db.session.commit()
    flash(f"“{late.new.title}” is let in. We have written to {late.new.contact_name}.", "success")
    return redirect(url_for("drafts_desk.late", slug=slug))


@door.get("/round/<slug:slug>/key")
def key_in(slug: str) -> ResponseReturnValue:
    """How the bid came that an organiser is about to key in."""
    return render_template("call/drafts/key_in.html", round=open_round_called(slug), form=KeyingForm())


@door.post("/round/<slug:slug>/key")
def begin(slug: str) -> ResponseReturnValue:
    """Open the form for a group that telephoned or wrote."""
    begin_write()
    round_, form = open_round_called(slug), KeyingForm()
    if not form.validate():
        return render_template("call/drafts/key_in.html", round=round_, form=form), 422
    held = beginning.begin_for_group(round_, current_user, CameBy(form.came_by.data))
    db.session.commit()
    carry(held)
    return redirect(url_for("draft_pages.page", slug=slug, page=first_page(round_)))


@door.get("/letter/<int:bid_id>")
def letter(bid_id: int) -> ResponseReturnValue:
    """The letter that a group without an e-mail address gets, to print and to post."""
    bid = bid_numbered(bid_id) or abort(404)
    opening, copy = received_words(bid)
    return render_template("call/drafts/letter.html", bid=bid, opening=opening, copy=copy)
