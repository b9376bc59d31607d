"""A question about a group's bid, for its signed-in contacts."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.call.checking import queries
from pbvote.call.checking.forms import AnswerForm
from pbvote.call.checking.models import Query
from pbvote.db import begin_write, db

door = group_door("checking", __name__, url_prefix="/my/bids")


def _query(query_id: int) -> Query:
    return queries.query_of_contact(query_id, current_user) or abort(404)


def _page(query: Query, form: AnswerForm) -> str:
    action = url_for("checking_group.answer", query_id=query.id)
    return render_template("call/checking/answer.html", query=query, code="", form=form, action=action)


@door.get("/questions/<int:query_id>")
def question(query_id: int) -> ResponseReturnValue:
    """The question, and the form for the answer."""
    return _page(_query(query_id), AnswerForm())


@door.post("/questions/<int:query_id>")
def answer(query_id: int) -> ResponseReturnValue:
    """Keep the answer."""
    begin_write()
    query, form = _query(query_id), AnswerForm()
    if not form.validate():
        return _page(query, form), 422
    queries.answer(query, form.words.data)
    db.session.commit()
    flash("We have your answer. We look at your bid again and write to you.", "success")
    return redirect(url_for("bids_group.bids"))
