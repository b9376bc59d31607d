"""The council's decisions, for organisers: record one, read its letters, send them together, call them back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards import deciding, decisions, sending
from pbvote.grants.awards.desk import awards_page
from pbvote.grants.awards.forms import DecisionForm
from pbvote.grants.awards.impartial import require_may_decide
from pbvote.grants.awards.models import AwardDecision
from pbvote.grants.awards.preview import Preview, papers_of, sent_by
from pbvote.vote.events.by_address import event_at

door = desk_door("award_decisions", __name__, url_prefix="/desk")


def _decision(decision_id: int) -> AwardDecision:
    return decisions.decision_numbered(decision_id) or abort(404)


def _to_change(decision_id: int) -> AwardDecision:
    """The decision, for an officer who is about to do something about it. Raises `BidsForIt`."""
    decision = _decision(decision_id)
    require_may_decide(decision.event, current_user)
    return decision


def _to(decision: AwardDecision) -> ResponseReturnValue:
    return redirect(url_for("award_decisions_desk.decision", decision_id=decision.id))


@door.post("/events/<slug:slug>/awards/decision")
def record(slug: str) -> ResponseReturnValue:
    """Write the decision down, and go on to its letters. Nobody is told."""
    begin_write()
    event = event_at(slug)
    require_may_decide(event, current_user)
    deciding.require_undecided(event)
    form = DecisionForm()
    if not form.validate():
        return awards_page(event, form), 422
    try:
        made = deciding.record_first(event, form.record, current_user)
    except deciding.DecidedBeforeTheEvent as refusal:
        form.refuse(str(refusal), "decided_on")
        return awards_page(event, form), 422
    db.session.commit()
    flash("The decision is written down. Nobody knows of it yet: read the letters, then send them.", "success")
    return _to(made)


@door.post("/events/<slug:slug>/awards/next")
def offer_on(slug: str) -> ResponseReturnValue:
    """Draft the offer of declined money to the next in line, with its letters."""
    begin_write()
    event = event_at(slug)
    require_may_decide(event, current_user)
    made = deciding.draft_next(event, current_user)
    db.session.commit()
    flash("The next decision is drafted. Nobody knows of it yet: read the letters, then send them.", "success")
    return _to(made)


@door.get("/award-decisions/<int:decision_id>")
def decision(decision_id: int) -> ResponseReturnValue:
    """The record, and every letter as its group will read it; once they are sent, to whom they went."""
    decision = _decision(decision_id)
    prepared = sending.prepare(decision) if decision.is_draft else None
    return render_template(
        "grants/awards/decision.html",
        decision=decision,
        event=decision.event,
        preview=Preview.of(prepared) if prepared else None,
        left_pence=sending.left_after(prepared.plan) if prepared else 0,
        sent=[] if prepared else sent_by(decision),
    )


@door.get("/award-decisions/<int:decision_id>/paper")
def paper(decision_id: int) -> ResponseReturnValue:
    """The letters that go by post, each on a sheet of its own."""
    decision = _decision(decision_id)
    prepared = sending.prepare(decision) if decision.is_draft else None
    return render_template("grants/awards/paper.html", decision=decision, papers=papers_of(decision, prepared))


def _change_page(decision: AwardDecision, form: DecisionForm) -> str:
    return render_template("grants/awards/change_decision.html", decision=decision, event=decision.event, form=form)


@door.get("/award-decisions/<int:decision_id>/change")
def change(decision_id: int) -> ResponseReturnValue:
    """The form with a draft's record."""
    decision = _decision(decision_id)
    deciding.require_draft(decision)
    return _change_page(decision, DecisionForm.showing(decision))


@door.post("/award-decisions/<int:decision_id>/change")
def put_right(decision_id: int) -> ResponseReturnValue:
    """Put a draft's record into other words."""
    begin_write()
    decision, form = _to_change(decision_id), DecisionForm()
    deciding.require_draft(decision)
    if not form.validate():
        return _change_page(decision, form), 422
    try:
        deciding.change_record(decision, form.record)
    except deciding.DecidedBeforeTheEvent as refusal:
        form.refuse(str(refusal), "decided_on")
        return _change_page(decision, form), 422
    db.session.commit()
    flash("The record is changed.", "success")
    return _to(decision)


@door.post("/award-decisions/<int:decision_id>/send")
def send(decision_id: int) -> ResponseReturnValue:
    """Make the awards and send every letter that the page showed, together."""
    begin_write()
    decision = _to_change(decision_id)
    sending.send(decision, request.form.get("seen", ""), current_user)
    db.session.commit()
    flash("Sent. The letters leave in 10 minutes. Until then no group knows, and you can call them back.", "success")
    return _to(decision)


@door.post("/award-decisions/<int:decision_id>/call-back")
def call_back(decision_id: int) -> ResponseReturnValue:
    """Take a decision's letters and awards back, before any group has read of them."""
    begin_write()
    decision = _to_change(decision_id)
    slug = decision.event.slug
    sending.call_back(decision)
    db.session.commit()
    flash("Called back. No group has read anything, and no award is made.", "success")
    return redirect(url_for("awards_desk.awards", slug=slug))


@door.post("/award-decisions/<int:decision_id>/drop")
def drop(decision_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    begin_write()
    decision = _to_change(decision_id)
    slug = decision.event.slug
    deciding.drop(decision)
    db.session.commit()
    flash("The draft is dropped. Nobody has heard of it.", "success")
    return redirect(url_for("awards_desk.awards", slug=slug))
