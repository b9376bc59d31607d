"""Awards, for organisers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards import declined, service
from pbvote.grants.awards.by_address import award_to_move
from pbvote.grants.awards.decisions import decisions_of
from pbvote.grants.awards.forms import DecisionForm, FreedForm
from pbvote.grants.awards.impartial import own_grant_in_words, own_share_in_words, require_may_decide
from pbvote.grants.awards.sheets import award_table
from pbvote.grants.awards.split import parts_of
from pbvote.grants.awards.turns import CountedBids
from pbvote.grants.awards.view import AwardsShown
from pbvote.spreadsheets.answers import send_table
from pbvote.vote.events.by_address import event_at
from pbvote.vote.events.models import Event

door = desk_door("awards", __name__, url_prefix="/desk")
door.add_app_template_global(own_grant_in_words)
door.add_app_template_global(own_share_in_words)


def awards_page(event: Event, form: DecisionForm | FreedForm | None = None) -> str:
    """The awards, with the form that was sent, or else the one that comes next."""
    counted, awards = CountedBids.of(event), service.awards_of(event)
    made = AwardsShown.of(awards, decisions_of(event))
    return render_template(
        "grants/awards/awards.html",
        event=event,
        form=form or (FreedForm() if awards else DecisionForm.showing(made.called_back)),
        awards=awards,
        made=made,
        counted=counted,
        parts=parts_of([turn.bid for turn in counted.funded], event) if counted else {},
        free=declined.free_money(event, awards, counted.outcome) if counted else None,
    )


@door.get("/events/<slug:slug>/awards")
def awards(slug: str) -> ResponseReturnValue:
    """The event's awards; the form of the decision before there are any."""
    return awards_page(event_at(slug))


@door.get("/events/<slug:slug>/awards.<kind>")
def sheet(slug: str, kind: str) -> ResponseReturnValue:
    """The event's awards as a file."""
    event = event_at(slug)
    return send_table(award_table(event, service.awards_of(event)), f"awards-{slug}", kind)


@door.post("/awards/<int:award_id>/freed")
def decide_about(award_id: int) -> ResponseReturnValue:
    """Write down what becomes of the money that a group declined."""
    begin_write()
    award = award_to_move(award_id)
    require_may_decide(award.event, current_user)
    declined.require_free(award)
    form = FreedForm()
    if not form.validate():
        return awards_page(award.event, form), 422
    declined.decide_about(award, form.freed_reason.data)
    db.session.commit()
    flash("The decision is on record.", "success")
    return redirect(url_for("awards_desk.awards", slug=award.event.slug))


@door.post("/awards/<int:award_id>/said-no")
def note_no(award_id: int) -> ResponseReturnValue:
    """Note that a group without an e-mail address said no, by telephone or by post."""
    begin_write()
    award = award_to_move(award_id)
    service.decline_for(award, current_user)
    db.session.commit()
    flash(f"Noted for {award.bid.reference}.", "success")
    return redirect(url_for("awards_desk.awards", slug=award.event.slug))


@door.post("/awards/<int:award_id>/sign")
def sign(award_id: int) -> ResponseReturnValue:
    """Note that the agreement is signed."""
    begin_write()
    award = award_to_move(award_id)
    service.sign_agreement(award, current_user)
    db.session.commit()
    flash(f"The agreement with {award.bid.reference} is signed.", "success")
    return redirect(url_for("awards_desk.awards", slug=award.event.slug))
