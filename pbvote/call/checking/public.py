"""Where the links in our letters lead: a group answers a question, or asks for a second look at a refusal.

The code in the body is the authority. No GET does anything, since scanners of mail follow links.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.checking import appeals, queries
from pbvote.call.checking.forms import AnswerForm, LookAgainForm
from pbvote.call.checking.models import BidDecision, Query
from pbvote.db import begin_write, db
from pbvote.people.codes import typed_into
from pbvote.people.forms import LinkForm

door = public_door("checking", __name__, url_prefix="/bids")
T = TypeVar("T")


ANSWER, LOOK_AGAIN = "Answer our question", "Ask us to look again"
_BUTTONS = {ANSWER: "Show the question", LOOK_AGAIN: "Show the decision"}


def _link_page(heading: str, form: LinkForm) -> str:
    return render_template("call/checking/link.html", heading=heading, button=_BUTTONS[heading], form=form)


def _shown(heading: str, find: Callable[[str], T], page: Callable[[T, str], str]) -> ResponseReturnValue:
    """The page behind a link: what the typed code leads to, or the code's form with the refusal in it."""
    form = LinkForm()
    if not form.validate():
        return _link_page(heading, form), 422
    with typed_into(form, partial(_link_page, heading, form)):
        found = find(form.code.data)
    return page(found, form.code.data)


@door.get("/answer")
def answer_link() -> ResponseReturnValue:
    """The page that the letter's link opens: the code, and one button."""
    return _link_page(ANSWER, LinkForm())


def _answer_page(query: Query, code: str, form: AnswerForm | None = None) -> str:
    return render_template(
        "call/checking/answer.html",
        query=query,
        code=code,
        form=form or AnswerForm(formdata=None),
        action=url_for("checking.answer"),
    )


@door.post("/answer")
def question() -> ResponseReturnValue:
    """The question, and the form for the answer."""
    return _shown(ANSWER, queries.query_with, _answer_page)


@door.post("/answer/send")
def answer() -> ResponseReturnValue:
    """Keep the answer."""
    begin_write()
    code, form = request.form.get("code", ""), AnswerForm()
    query = queries.query_with(code)
    if not form.validate():
        return _answer_page(query, code, form), 422
    queries.answer(query, form.words.data)
    db.session.commit()
    return _thanks("We have your answer. We look at your bid again and write to you.")


@door.get("/look-again")
def look_again_link() -> ResponseReturnValue:
    """The page that the letter's link opens: the code, and one button."""
    return _link_page(LOOK_AGAIN, LinkForm())


def _look_again_page(decision: BidDecision, code: str, form: LookAgainForm | None = None) -> str:
    return render_template(
        "call/checking/look_again.html",
        decision=decision,
        code=code,
        form=form or LookAgainForm(formdata=None),
        why_not=appeals.why_not_ask(decision),
    )


@door.post("/look-again")
def refusal() -> ResponseReturnValue:
    """What was refused and why, and the form that asks for a second look."""
    return _shown(LOOK_AGAIN, appeals.refusal_with, _look_again_page)


@door.post("/look-again/send")
def ask_again() -> ResponseReturnValue:
    """Ask for a second look."""
    begin_write()
    code, form = request.form.get("code", ""), LookAgainForm()
    decision = appeals.refusal_with(code)
    if not form.validate():
        return _look_again_page(decision, code, form), 422
    appeals.ask_again(decision, form.words.data)
    db.session.commit()
    return _thanks("We have your words. Somebody else looks at your bid again and writes to you.")


def _thanks(sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("checking.thanks"))


@door.get("/thanks")
def thanks() -> ResponseReturnValue:
    """The end of both ways. What was sent is said above it."""
    return render_template("call/checking/thanks.html", contact=current_app.config["CONTACT_EMAIL"])
