"""A partnership's consultations, as its editors keep them: drafted, out, closed later, called off; poster and sheet."""

from io import BytesIO

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.addresses import consultation_address
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations import service, sorting
from pbvote.partnership.engagement.consultations.by_address import edited_consultation
from pbvote.partnership.engagement.consultations.forms import CloseForm, ConsultationForm, ConsultationOffForm
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.partnership.engagement.consultations.poster import consultation_poster
from pbvote.partnership.engagement.consultations.sheets import answers_table
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.seen import SavedMeanwhile, SeenForm, differences
from pbvote.spreadsheets.answers import send_table

door = editor_door("consultations", __name__, url_prefix="/my/partnership/<slug:slug>/consultations")


def _to(slug: str, consultation: Consultation, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("consultations_editor.one", slug=slug, consultation_id=consultation.id))


def _form_page(locality: Locality, form: Form, consultation: Consultation | None = None, changes: object = ()) -> str:
    shown = {"locality": locality, "form": form, "consultation": consultation, "changes": changes}
    return render_template("partnership/engagement/consultations/form.html", **shown)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new consultation, filled in as most are."""
    usual = ConsultationForm.usual(current_user.name)
    return _form_page(edited_partnership(slug), ConsultationForm(formdata=None, data=usual))


@door.post("/new")
def draft(slug: str) -> ResponseReturnValue:
    """Draft it."""
    begin_write()
    locality, form = edited_partnership(slug), ConsultationForm()
    if not form.validate():
        return _form_page(locality, form), 422
    consultation = service.draft_consultation(locality, form.said(), current_user)
    db.session.commit()
    return _to(slug, consultation, "Saved as a draft. Nobody but editors sees it until you publish it.")


def _page(locality: Locality, consultation: Consultation, refused: Form | None = None) -> str:
    seen = {"seen": str(consultation.version)}
    return render_template(
        "partnership/engagement/consultations/edited.html",
        locality=locality,
        consultation=consultation,
        progress=sorting.progress_of(consultation),
        hours=sorting.hours_of(consultation),
        off_form=refused if isinstance(refused, ConsultationOffForm) else ConsultationOffForm(formdata=None, data=seen),
        form=refused,
        address=consultation_address(consultation.code),
    )


@door.get("/<int:consultation_id>")
def one(slug: str, consultation_id: int) -> ResponseReturnValue:
    """One consultation: where it stands, how answers came in, and what comes next."""
    return _page(*edited_consultation(slug, consultation_id))


def _now(consultation: Consultation) -> ConsultationForm | CloseForm:
    """The form of what can still be changed, as it stands."""
    if consultation.is_draft:
        return ConsultationForm(formdata=None, data=ConsultationForm.data_of(consultation))
    service.require_not_closed(consultation)
    return CloseForm(formdata=None, data=CloseForm.data_of(consultation))


@door.get("/<int:consultation_id>/details")
def details(slug: str, consultation_id: int) -> ResponseReturnValue:
    """All of a draft, to change; of one that is out, its last day and its officer."""
    locality, consultation = edited_consultation(slug, consultation_id)
    return _form_page(locality, _now(consultation), consultation)


@door.post("/<int:consultation_id>/details")
def change(slug: str, consultation_id: int) -> ResponseReturnValue:
    """Change it."""
    begin_write()
    locality, consultation = edited_consultation(slug, consultation_id)
    form = ConsultationForm() if consultation.is_draft else CloseForm()
    if not consultation.is_draft:
        service.require_not_closed(consultation)
    if not form.validate():
        return _form_page(locality, form, consultation), 422
    try:
        _save(consultation, form)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        changes = differences(form, _now(consultation))
        form.show_again(consultation)
        return _form_page(locality, form, consultation, changes), refusal.status
    db.session.commit()
    return _to(slug, consultation, "Saved.")


def _save(consultation: Consultation, form: ConsultationForm | CloseForm) -> None:
    if isinstance(form, ConsultationForm):
        service.change_draft(consultation, form.said(), form.version_seen, current_user)
    else:
        officer = form.officer.data
        service.move_close(consultation, form.closes_on.given, officer, form.version_seen, current_user)


@door.post("/<int:consultation_id>/publish")
def publish(slug: str, consultation_id: int) -> ResponseReturnValue:
    """Let everybody find it."""
    begin_write()
    _, consultation = edited_consultation(slug, consultation_id)
    service.publish_consultation(consultation, SeenForm().version_seen, current_user)
    db.session.commit()
    return _to(slug, consultation, "It is out. Print the poster, or show its code on a tablet.")


@door.post("/<int:consultation_id>/off")
def off(slug: str, consultation_id: int) -> ResponseReturnValue:
    """Say that nothing comes of it, and why."""
    begin_write()
    locality, consultation = edited_consultation(slug, consultation_id)
    service.require_to_call_off(consultation)
    form = ConsultationOffForm()
    if not form.validate():
        return _page(locality, consultation, form), 422
    service.call_off_consultation(consultation, form.why.data.strip(), form.version_seen, current_user)
    db.session.commit()
    return _to(slug, consultation, "It is called off. Its page says why.")


@door.post("/<int:consultation_id>/remove")
def remove(slug: str, consultation_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    begin_write()
    _, consultation = edited_consultation(slug, consultation_id)
    service.remove_draft(consultation)
    db.session.commit()
    flash("The draft is deleted.", "success")
    return redirect(url_for("engagement_editor.kept", slug=slug))


@door.get("/<int:consultation_id>/poster.pdf")
def poster(slug: str, consultation_id: int) -> Response:
    """A sheet to hang up: the questions, and the code that leads to the boxes."""
    _, consultation = edited_consultation(slug, consultation_id)
    name = f"consultation-{consultation_id}-poster.pdf"
    drawn = BytesIO(consultation_poster(consultation))
    return send_file(drawn, "application/pdf", as_attachment=False, download_name=name)


@door.get("/<int:consultation_id>/answers.<kind>")
def sheet(slug: str, consultation_id: int, kind: str) -> ResponseReturnValue:
    """All answers with their topics, as a file."""
    _, consultation = edited_consultation(slug, consultation_id)
    table = answers_table(consultation, sorting.all_answers(consultation))
    return send_table(table, f"consultation-{consultation_id}", kind)
