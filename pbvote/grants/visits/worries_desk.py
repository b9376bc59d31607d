"""A member's worry: who answers it and what they answer, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_to_move
from pbvote.grants.awards.service import award_of
from pbvote.grants.visits import worries
from pbvote.grants.visits.forms import STANDINGS, OfficerForm, WorryAnswerForm
from pbvote.grants.visits.models import Worry

door = desk_door("worries", __name__, url_prefix="/desk/worries")


def _worry(worry_id: int) -> Worry:
    """The worry. Whoever belongs to the group does not read it either: raises `HasInterest`."""
    found = worries.worry_with(worry_id) or abort(404)
    award_to_move(found.award_id)
    return found


def _officer_form(worry: Worry, form: OfficerForm) -> OfficerForm:
    others = (officer for officer in worries.officers_for(worry.award_id) if officer.id != worry.officer_id)
    form.officer.choices = [(officer.id, officer.name) for officer in others]
    return form


def _page(worry: Worry, answering: WorryAnswerForm, giving: OfficerForm | None = None) -> str:
    return render_template(
        "grants/visits/worry.html",
        worry=worry,
        award=award_of(worry.award_id),
        answering=answering,
        giving=giving or _officer_form(worry, OfficerForm(formdata=None)),
        standings=STANDINGS,
    )


@door.get("/<int:worry_id>")
def worry(worry_id: int) -> ResponseReturnValue:
    """What the member wrote, who answers by when, and the answer."""
    return _page(_worry(worry_id), WorryAnswerForm())


@door.post("/<int:worry_id>")
def answer(worry_id: int) -> ResponseReturnValue:
    """Answer the member. Whoever comes second is shown the first answer, and keeps what they typed."""
    begin_write()
    found, form = _worry(worry_id), WorryAnswerForm()
    if found.is_open and not form.validate():
        return _page(found, form), 422
    try:
        worries.answer_worry(found, form.answer.data, current_user)
    except worries.AlreadyAnswered as refusal:
        form.refuse(str(refusal))
        db.session.rollback()  # and read what the first officer has just written
        return _page(_worry(worry_id), form), 409
    db.session.commit()
    flash(f"{found.check_in.account.name} reads your answer, and has a letter.", "success")
    return redirect(url_for("monitoring_desk.award", award_id=found.award_id))


@door.post("/<int:worry_id>/officer")
def give(worry_id: int) -> ResponseReturnValue:
    """Let another officer answer it."""
    begin_write()
    found = _worry(worry_id)
    worries.require_open(found)
    form = _officer_form(found, OfficerForm())
    if not form.validate():
        return _page(found, WorryAnswerForm(formdata=None), form), 422
    officer = worries.give_worry(found, int(form.officer.data))
    db.session.commit()
    flash(f"{officer.name} has a letter, and answers it from now on.", "success")
    return redirect(url_for("worries_desk.worry", worry_id=worry_id))
