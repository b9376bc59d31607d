"""Who lends a hand in a round. For organisers; auditors read it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.db import begin_write, db
from pbvote.spreadsheets.answers import send_table
from pbvote.vote.residents import volunteers

door = desk_door("residents", __name__, url_prefix="/desk/rounds/<slug:slug>/volunteers")


def _round(slug: str) -> Round:
    return round_called(slug) or abort(404)


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """Everybody who lends a hand, at whatever event of the round they said so."""
    round_ = _round(slug)
    found = volunteers.volunteers_of(round_)
    return render_template("vote/residents/volunteers.html", round=round_, volunteers=found)


@door.get("/volunteers.<kind>")
def sheet(slug: str, kind: str) -> ResponseReturnValue:
    """The list as a file."""
    return send_table(volunteers.volunteer_table(volunteers.volunteers_of(_round(slug))), "volunteers", kind)


@door.post("/delete")
def forget(slug: str) -> ResponseReturnValue:
    """Delete one of them."""
    begin_write()
    if volunteers.forget_volunteer(_round(slug), request.form.get("volunteer", "")):
        flash("Deleted. Delete it from files that you have made, too.", "success")
    db.session.commit()
    return redirect(url_for("residents_desk.listed", slug=slug))
