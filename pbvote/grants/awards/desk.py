"""Awards, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards import declined, service
from pbvote.grants.awards.forms import DecisionForm, FreedForm
from pbvote.grants.awards.sheets import award_table
from pbvote.grants.awards.split import parts_of
from pbvote.spreadsheets.answers import send_table
from pbvote.vote.events.by_address import event_at
from pbvote.vote.events.models import Event
from pbvote.vote.results.view import OutcomeShown

door = desk_door("awards", __name__, url_prefix="/desk")


def _awards_page(event: Event, form: DecisionForm | FreedForm | None = None) -> str:
    """The awards, with the form that was sent, or else the one that comes next."""
    shown, awards = OutcomeShown.of(event), service.awards_of(event)
    return render_template(
        "grants/awards/awards.html",
        event=event,
        form=form or (FreedForm() if awards else DecisionForm()),
        awards=awards,
        shown=shown,
        parts=parts_of([step.bid for step in shown.funded], event) if shown else {},
        free=declined.free_money(event, awards, shown.outcome) if shown else None,
    )


@door.get("/events/<slug:slug>/awards")
def awards(slug: str) -> ResponseReturnValue:
    """The event's awards; the decision form before there are any."""
    return _awards_page(event_at(slug))


@door.get("/events/<slug:slug>/awards.<kind>")
def sheet(slug: str, kind: str) -> ResponseReturnValue:
    """The event's awards as a file."""
    event = event_at(slug)
    return send_table(award_table(event, service.awards_of(event)), f"awards-{slug}", kind)


@door.post("/events/<slug:slug>/awards")
def make_awards(slug: str) -> ResponseReturnValue:
    """Record the decision and make the offers."""
    begin_write()
    event = event_at(slug)
    service.require_awardable(event)
    form = DecisionForm()
    if not form.validate():
        return _awards_page(event, form), 422
    try:
        made = service.make_awards(event, form.decided_on.given, form.reason.data, current_user)
    except service.DecidedBeforeTheEvent as refusal:
        form.refuse(str(refusal), "decided_on")
        return _awards_page(event, form), 422
    db.session.commit()
    flash(f"Offers made: {len(made)}. We have written to the groups.", "success")
    return redirect(url_for("awards_desk.awards", slug=slug))


@door.post("/awards/<int:award_id>/freed")
def decide_about(award_id: int) -> ResponseReturnValue:
    """Write down what becomes of the money that a group declined."""
    begin_write()
    award = service.award_of(award_id) or abort(404)
    declined.require_free(award)
    form = FreedForm()
    if not form.validate():
        return _awards_page(award.event, form), 422
    declined.decide_about(award, form.freed_reason.data)
    db.session.commit()
    flash("The decision is on record.", "success")
    return redirect(url_for("awards_desk.awards", slug=award.event.slug))


@door.post("/awards/<int:award_id>/sign")
def sign(award_id: int) -> ResponseReturnValue:
    """Note that the agreement is signed."""
    begin_write()
    award = service.award_of(award_id) or abort(404)
    service.sign_agreement(award, current_user)
    db.session.commit()
    flash(f"The agreement with {award.bid.reference} is signed.", "success")
    return redirect(url_for("awards_desk.awards", slug=award.event.slug))
