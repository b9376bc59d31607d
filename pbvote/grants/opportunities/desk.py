"""Post money from elsewhere. For organisers; auditors read."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.opportunities import service
from pbvote.grants.opportunities.forms import OpportunityForm
from pbvote.grants.opportunities.models import Opportunity

door = desk_door("opportunities", __name__, url_prefix="/desk/opportunities")


def _at(opportunity_id: int) -> Opportunity:
    return db.session.get(Opportunity, opportunity_id) or abort(404)


def _list() -> ResponseReturnValue:
    return redirect(url_for("opportunities_desk.kept"))


def _page(form: OpportunityForm, opportunity: Opportunity | None = None) -> str:
    return render_template("grants/opportunities/one.html", form=form, opportunity=opportunity)


@door.get("")
def kept() -> ResponseReturnValue:
    """All of them, also those that are over."""
    return render_template("grants/opportunities/kept.html", opportunities=service.all_opportunities())


@door.get("/new")
def new() -> ResponseReturnValue:
    """The form for another one."""
    return _page(OpportunityForm(formdata=None))


@door.post("/new")
def post() -> ResponseReturnValue:
    """Let everybody read it."""
    begin_write()
    form = OpportunityForm()
    if not form.validate():
        return _page(form), 422
    service.post_opportunity(form.said())
    db.session.commit()
    flash("Everybody can read it until its last day is over.", "success")
    return _list()


@door.get("/<int:opportunity_id>")
def one(opportunity_id: int) -> ResponseReturnValue:
    """What it says, to change."""
    opportunity = _at(opportunity_id)
    return _page(OpportunityForm.of(opportunity), opportunity)


@door.post("/<int:opportunity_id>")
def change(opportunity_id: int) -> ResponseReturnValue:
    """Say something else of it."""
    begin_write()
    opportunity, form = _at(opportunity_id), OpportunityForm()
    if not form.validate():
        return _page(form, opportunity), 422
    try:
        service.change_opportunity(opportunity, form.said(), form.version_seen)
    except service.OpportunityChanged as refusal:
        now = OpportunityForm.of(opportunity)
        now.refuse(str(refusal))
        return _page(now, opportunity), refusal.status
    db.session.commit()
    flash("Saved.", "success")
    return _list()


@door.post("/<int:opportunity_id>/remove")
def remove(opportunity_id: int) -> ResponseReturnValue:
    """Take it off the list."""
    begin_write()
    service.take_off(_at(opportunity_id))
    db.session.commit()
    flash("It is off the list.", "success")
    return _list()
