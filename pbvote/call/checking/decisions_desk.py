"""Decisions about bids, for organisers: draft them, look at the letters, send them together, call one back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.bids.models import Bid
from pbvote.call.bids.service import bid_numbered
from pbvote.call.checking import appeals, decisions, letters
from pbvote.call.checking.checklist import rules_of
from pbvote.call.checking.desk import bid_page, to_next_bid
from pbvote.call.checking.forms import RefusalForm, SecondLookForm
from pbvote.call.checking.models import Appeal, BidDecision, DecisionKind
from pbvote.call.checking.senders import Senders
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.core.reading import row_number
from pbvote.db import begin_write, db
from pbvote.errors import Refusal

door = desk_door("decisions", __name__, url_prefix="/desk/bids")


def _bid(bid_id: int) -> Bid:
    return bid_numbered(bid_id) or abort(404)


def _round(slug: str) -> Round:
    return round_called(slug) or abort(404)


def _decision(decision_id: int) -> BidDecision:
    return decisions.decision_numbered(decision_id) or abort(404)


@door.post("/<int:bid_id>/shortlist")
def shortlist(bid_id: int) -> ResponseReturnValue:
    """Draft that the bid goes to the vote, and lead on to the next one."""
    begin_write()
    bid = _bid(bid_id)
    decisions.draft(bid, DecisionKind.SHORTLIST, current_user)
    db.session.commit()
    flash(f"Drafted: {bid.reference} goes to the vote. Nothing is sent yet.", "success")
    return to_next_bid(bid)


@door.post("/<int:bid_id>/refuse")
def refuse(bid_id: int) -> ResponseReturnValue:
    """Draft a refusal with its reason, and lead on to the next bid."""
    begin_write()
    bid, form = _bid(bid_id), RefusalForm()
    decisions.require_decidable(bid, DecisionKind.REFUSE, current_user)
    if not form.validate():
        return bid_page(bid_id, refusal=form), 422
    decisions.draft(bid, DecisionKind.REFUSE, current_user, form.reason.data, form.advice.data)
    db.session.commit()
    flash(f"Drafted: {bid.reference} is refused. Nothing is sent yet.", "success")
    return to_next_bid(bid)


@door.post("/round/<slug:slug>/several")
def several(slug: str) -> ResponseReturnValue:
    """Draft one decision for every bid that was ticked; a refusal asks for its reason first."""
    begin_write()
    round_, is_refusal = _round(slug), request.form.get("verdict") == DecisionKind.REFUSE
    bids = [bid for bid in map(bid_numbered, request.form.getlist("bid", type=row_number)) if bid]
    bids = [bid for bid in bids if bid.round_id == round_.id]
    if not bids:
        flash("Tick at least one bid first.")
        return redirect(url_for("checking_desk.board", slug=slug))
    form = RefusalForm(formdata=request.form if "reason" in request.form else None)
    if is_refusal and not ("reason" in request.form and form.validate()):
        status = 422 if form.errors else 200
        return render_template("call/checking/refuse_several.html", round=round_, bids=bids, form=form), status
    kept = _draft_each(bids, DecisionKind.REFUSE if is_refusal else DecisionKind.SHORTLIST, form)
    db.session.commit()
    flash(_said("drafted", len(bids) - len(kept), kept), "success" if len(kept) < len(bids) else "message")
    return redirect(url_for("decisions_desk.drafts", slug=slug))


def _draft_each(bids: list[Bid], verdict: DecisionKind, form: RefusalForm) -> list[tuple[str, str]]:
    """Draft for each; the numbers of the bids for which that was refused, with the sentence."""
    reason, advice = (form.reason.data, form.advice.data) if verdict is DecisionKind.REFUSE else ("", "")
    kept = []
    for bid in bids:
        try:
            decisions.draft(bid, verdict, current_user, reason, advice)
        except Refusal as refusal:
            kept.append((bid.reference, str(refusal)))
    return kept


def _said(verb: str, done: int, kept: list[tuple[str, str]]) -> str:
    """``8 decisions are sent. B-07: Somebody has …``."""
    said = f"{done or 'No'} {'decision is' if done < 2 else 'decisions are'} {verb}."
    return " ".join([said, *(f"{reference}: {sentence}" for reference, sentence in kept)])


@door.get("/round/<slug:slug>/decisions")
def drafts(slug: str) -> ResponseReturnValue:
    """Every draft as the letter that it will be, and what can still be called back."""
    round_ = _round(slug)
    rules, planned, pending = rules_of(round_.id), decisions.when_in(round_), decisions.pending_in(round_)
    waiting, senders = [each for each in pending if each.is_draft], Senders.around(current_user)
    return render_template(
        "call/checking/decisions.html",
        round=round_,
        rules=rules,
        drafts=[(each, letters.decision_letter(each, rules, planned)) for each in waiting],
        partial=senders.partial_to(pending),
        unread=senders.unread(waiting),
        sent=[each for each in pending if each.sent_at],
        call_back_for=decisions.CALL_BACK_FOR,
    )


@door.post("/round/<slug:slug>/decisions")
def send(slug: str) -> ResponseReturnValue:
    """Send the decisions that the page showed, together."""
    begin_write()
    sending = decisions.send_decisions(_round(slug), request.form.getlist("decision", type=row_number), current_user)
    db.session.commit()
    ending = " Their letters leave in 10 minutes. Until then you can call each back." if sending.sent else ""
    flash(_said("sent", len(sending.sent), sending.kept) + ending, "success" if sending.sent else "message")
    return redirect(url_for("decisions_desk.drafts", slug=slug))


@door.post("/decisions/<int:decision_id>/drop")
def drop(decision_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    begin_write()
    decision = _decision(decision_id)
    decisions.drop(decision, current_user)
    db.session.commit()
    flash(f"The draft about {decision.bid.reference} is dropped.", "success")
    return redirect(url_for("decisions_desk.drafts", slug=decision.bid.round.slug))


@door.post("/decisions/<int:decision_id>/call-back")
def call_back(decision_id: int) -> ResponseReturnValue:
    """Cancel a decision whose letter has not left."""
    begin_write()
    decision = _decision(decision_id)
    decisions.call_back(decision, current_user)
    db.session.commit()
    flash(f"Called back. {decision.bid.reference} is where it was, and its group has read nothing.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=decision.bid_id))


def _appeal(appeal_id: int) -> Appeal:
    return appeals.appeal_numbered(appeal_id) or abort(404)


def _second_look_page(appeal: Appeal, form: SecondLookForm) -> str:
    has_refused = appeals.has_refused(appeal.decision, current_user)
    return render_template("call/checking/second_look.html", appeal=appeal, form=form, has_refused=has_refused)


@door.get("/second-looks/<int:appeal_id>")
def second_look(appeal_id: int) -> ResponseReturnValue:
    """What the group asks, what was refused, and the form that decides."""
    return _second_look_page(_appeal(appeal_id), SecondLookForm())


@door.post("/second-looks/<int:appeal_id>")
def look_again(appeal_id: int) -> ResponseReturnValue:
    """Let the bid in after all, or let the refusal stand."""
    begin_write()
    appeal, form = _appeal(appeal_id), SecondLookForm()
    if not form.validate():
        return _second_look_page(appeal, form), 422
    decide = appeals.let_in if form.outcome.data == "let_in" else appeals.uphold
    decide(appeal, current_user, form.answer.data)
    db.session.commit()
    flash("We have written to the group.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=appeal.decision.bid_id))
