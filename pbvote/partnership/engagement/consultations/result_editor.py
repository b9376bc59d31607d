"""Where editors write the result of a consultation, and publish it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations import results
from pbvote.partnership.engagement.consultations.by_address import edited_consultation
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.partnership.engagement.consultations.result_forms import ResultForm
from pbvote.partnership.meetings.actions.models import Action
from pbvote.partnership.seen import Changed, SavedMeanwhile, SeenForm, differences

door = editor_door(
    "consultation_result", __name__, url_prefix="/my/partnership/<slug:slug>/consultations/<int:consultation_id>/result"
)


def _page(
    locality: Locality,
    consultation: Consultation,
    form: ResultForm,
    changes: object = (),
    result: results.ConsultationResult | None = None,
) -> str:
    return render_template(
        "partnership/engagement/consultations/result.html",
        locality=locality,
        consultation=consultation,
        form=form,
        changes=changes,
        result=result or results.result_of(consultation, public_only=False),
    )


def _now(locality: Locality, consultation: Consultation, chosen: Sequence[Action]) -> ResultForm:
    form = ResultForm(formdata=None, data=ResultForm.data_of(consultation, chosen))
    return form.offer(results.offered_actions(locality, consultation))


@door.get("")
def write(slug: str, consultation_id: int) -> ResponseReturnValue:
    """What the answers say, and what to say of them."""
    locality, consultation = edited_consultation(slug, consultation_id)
    results.require_closed(consultation)
    result = results.result_of(consultation, public_only=False)
    return _page(locality, consultation, _now(locality, consultation, result.actions), result=result)


@door.post("")
def save(slug: str, consultation_id: int) -> ResponseReturnValue:
    """Keep it. Before it is out, nobody but editors reads it."""
    begin_write()
    locality, consultation = edited_consultation(slug, consultation_id)
    results.require_closed(consultation)
    form = ResultForm().offer(results.offered_actions(locality, consultation))
    if not form.validate():
        return _page(locality, consultation, form), 422
    chosen, wont = [int(each) for each in form.actions.data], form.wont.filled()
    try:
        results.write_result(consultation, form.heard.data.strip(), chosen, wont, form.version_seen, current_user)
    except (SavedMeanwhile, results.NothingSaidYet) as refusal:
        form.refuse(str(refusal))
        changes: list[Changed] = []
        if isinstance(refusal, SavedMeanwhile):
            theirs = results.actions_of_result(consultation)
            changes = differences(form, _now(locality, consultation, theirs))
            form.show_again(consultation)
        return _page(locality, consultation, form, changes), refusal.status
    db.session.commit()
    said = "The page says that it was changed." if consultation.is_told else "It is not out yet."
    flash(f"Saved. {said}", "success")
    return redirect(url_for("consultation_result_editor.write", slug=slug, consultation_id=consultation_id))


@door.post("/publish")
def publish(slug: str, consultation_id: int) -> ResponseReturnValue:
    """Let everybody read it."""
    begin_write()
    _, consultation = edited_consultation(slug, consultation_id)
    results.tell_result(consultation, SeenForm().version_seen, current_user)
    db.session.commit()
    flash("The result is out.", "success")
    return redirect(url_for("consultations.one", slug=slug, consultation_id=consultation_id))
