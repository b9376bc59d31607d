"""How a round's bids are checked, and who has more time, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.checking import checklist
from pbvote.call.checking.forms import ChecklistForm, ExtensionForm
from pbvote.call.checking.interests import who_may_belong
from pbvote.call.checking.letters import extension_letter
from pbvote.call.groups.closeness import require_strange
from pbvote.call.rounds import extensions
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.db import begin_write, db
from pbvote.filters import day
from pbvote.mail.service import write_letter

door = desk_door("checklist", __name__, url_prefix="/desk/rounds/<slug:slug>")


def _round(slug: str) -> Round:
    return round_called(slug) or abort(404)


@door.get("/checklist")
def questions(slug: str) -> ResponseReturnValue:
    """The form with the round's questions, and whom a refused group can ring."""
    round_ = _round(slug)
    return _questions_page(round_, ChecklistForm.showing(checklist.rules_of(round_.id), who_may_belong()))


def _questions_page(round_: Round, form: ChecklistForm) -> str:
    return render_template("call/checking/checklist.html", round=round_, form=form)


@door.post("/checklist")
def set_questions(slug: str) -> ResponseReturnValue:
    """Store them."""
    begin_write()
    round_ = _round(slug)
    form = ChecklistForm.showing(checklist.rules_of(round_.id), who_may_belong())
    if not form.validate():
        return _questions_page(round_, form), 422
    person_id = int(form.person.data) if form.person.data else None
    checklist.set_rules(round_.id, form.lines, person_id, form.telephone.data)
    db.session.commit()
    flash("The checklist is saved.", "success")
    return redirect(url_for("checking_desk.board", slug=slug))


@door.get("/more-time")
def more_time(slug: str) -> ResponseReturnValue:
    """Who has more time, and the form that gives it."""
    return _time_page(_round(slug), ExtensionForm())


def _time_page(round_: Round, form: ExtensionForm) -> str:
    given = extensions.extensions_of(round_)
    return render_template("call/checking/more_time.html", round=round_, form=form, extensions=given)


@door.post("/more-time")
def extend(slug: str) -> ResponseReturnValue:
    """Give one group more time, and tell it."""
    begin_write()
    round_, form = _round(slug), ExtensionForm()
    if not form.validate():
        return _time_page(round_, form), 422
    until_on = form.until_on.given
    require_strange(form.email.data, current_user)
    given = extensions.extend(round_, form.email.data, until_on, form.reason.data, current_user)
    letter = extension_letter(round_, until_on)
    write_letter(given.email, letter.subject, letter.to("friend"))
    db.session.commit()
    flash(f"{given.email} has until the end of {day(until_on)}. We have written to them.", "success")
    return redirect(url_for("checklist_desk.more_time", slug=slug))
