"""A partnership's engagement plan, as its editors keep it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.partnership.engagement import service
from pbvote.partnership.engagement.consultations.service import kept_consultations
from pbvote.partnership.engagement.forms import EngagementTextForm
from pbvote.partnership.engagement.models import EngagementText
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.seen import SavedMeanwhile, differences

door = editor_door("engagement", __name__, url_prefix="/my/partnership/<slug:slug>/engagement")


@door.get("")
def kept(slug: str) -> ResponseReturnValue:
    """The plan's texts, and all consultations."""
    locality = edited_partnership(slug)
    return render_template(
        "partnership/engagement/kept.html",
        locality=locality,
        texts=service.texts_of(locality),
        found=kept_consultations(locality, sent_number(request.args.get("page")) or 1),
    )


def _back(slug: str, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("engagement_editor.kept", slug=slug))


def _page(
    locality: Locality, form: EngagementTextForm, text: EngagementText | None = None, changes: object = ()
) -> str:
    shown = {"locality": locality, "form": form, "text": text, "changes": changes}
    return render_template("partnership/engagement/text.html", **shown)


def _text(slug: str, text_id: int) -> tuple[Locality, EngagementText]:
    locality = edited_partnership(slug)
    return locality, service.text_of_plan(locality, text_id) or abort(404)


@door.post("/begin")
def begin(slug: str) -> ResponseReturnValue:
    """Put the usual texts into an empty plan."""
    begin_write()
    service.begin_with_usual_texts(edited_partnership(slug), current_user)
    db.session.commit()
    return _back(slug, "The plan has three texts now. Everybody can read them. Put them into your own words.")


@door.post("/looked-at")
def look(slug: str) -> ResponseReturnValue:
    """Somebody has read the whole plan, and it is still true."""
    begin_write()
    service.look_at_plan(edited_partnership(slug))
    db.session.commit()
    return _back(slug, "Noted: the plan was looked at today.")


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new text."""
    return _page(edited_partnership(slug), EngagementTextForm(formdata=None))


@door.post("/new")
def add(slug: str) -> ResponseReturnValue:
    """Add it. Everybody reads it at once."""
    begin_write()
    locality, form = edited_partnership(slug), EngagementTextForm()
    if not form.validate():
        return _page(locality, form), 422
    text = service.add_text(locality, form.heading.data, form.words.data, current_user)
    db.session.commit()
    return _back(slug, f"“{text.heading}” is in the plan. Everybody can read it.")


@door.get("/<int:text_id>")
def one(slug: str, text_id: int) -> ResponseReturnValue:
    """One text, to change."""
    locality, text = _text(slug, text_id)
    return _page(locality, _now(text), text)


def _now(text: EngagementText) -> EngagementTextForm:
    return EngagementTextForm(formdata=None, data=EngagementTextForm.data_of(text))


@door.post("/<int:text_id>")
def change(slug: str, text_id: int) -> ResponseReturnValue:
    """Say something else."""
    begin_write()
    locality, text = _text(slug, text_id)
    form = EngagementTextForm()
    if not form.validate():
        return _page(locality, form, text), 422
    try:
        service.change_text(text, form.heading.data, form.words.data, form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        changes = differences(form, _now(text))
        form.show_again(text)
        return _page(locality, form, text, changes), refusal.status
    db.session.commit()
    return _back(slug, "Saved, as looked at today.")


@door.post("/<int:text_id>/<any(up, down):way>")
def move(slug: str, text_id: int, way: str) -> ResponseReturnValue:
    """One place up or down."""
    begin_write()
    locality, text = _text(slug, text_id)
    service.move_text(locality, text, way)
    db.session.commit()
    return redirect(url_for("engagement_editor.kept", slug=slug))


@door.post("/<int:text_id>/remove")
def remove(slug: str, text_id: int) -> ResponseReturnValue:
    """Take a text out of the plan."""
    begin_write()
    _, text = _text(slug, text_id)
    heading = text.heading
    service.remove_text(text)
    db.session.commit()
    return _back(slug, f"“{heading}” is out of the plan.")
