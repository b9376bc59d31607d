"""Where updates are written, published and taken down. For organisers and editors; auditors read it."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.files.forms import TOO_MANY_PHOTOS
from pbvote.files.pictures import LARGE, SMALL
from pbvote.files.sending import picture
from pbvote.localities.models import Locality
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.publishing import PublishForm
from pbvote.partnership.seen import Changed, SavedMeanwhile, differences
from pbvote.partnership.updates import service
from pbvote.partnership.updates.forms import UpdateDownForm, UpdateForm, UpdatePhotoForm
from pbvote.partnership.updates.models import Update
from pbvote.people.tries import note, of_files, refuse_haste

door = editor_door("updates", __name__, url_prefix="/my/partnership/<slug:slug>/updates")


def _update(locality: Locality, update_id: int) -> Update:
    return service.update_of(locality, update_id) or abort(404)


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """Drafts, what is to come, and what is out."""
    locality = edited_partnership(slug)
    found = service.all_updates(locality, request.args.get("page", 1, type=int))
    return render_template("partnership/updates/edited.html", locality=locality, found=found)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new one."""
    return _new_page(edited_partnership(slug), UpdateForm(formdata=None))


def _new_page(locality: Locality, form: UpdateForm) -> str:
    return render_template("partnership/updates/new.html", locality=locality, form=form)


@door.post("/new")
def write(slug: str) -> ResponseReturnValue:
    """Keep it as a draft."""
    begin_write()
    locality, form = edited_partnership(slug), UpdateForm()
    if not form.validate():
        return _new_page(locality, form), 422
    update = service.draft_update(locality, form.heading.data, form.words.data, current_user)
    db.session.commit()
    flash("Saved as a draft. Nobody else reads it yet.", "success")
    return redirect(url_for("updates_editor.one", slug=slug, update_id=update.id))


def _page(locality: Locality, update: Update, refused: Form | None = None, changes: object = ()) -> str:
    forms: dict[str, Form] = {
        "form": UpdateForm.of(update),
        "photo_form": UpdatePhotoForm(formdata=None),
        "publish_form": PublishForm(formdata=None, data={"seen": str(update.version)}),
        "down_form": UpdateDownForm(formdata=None),
    }
    for name, form in forms.items():
        if type(form) is type(refused):
            forms[name] = refused or form
    shown = {"update": update, "refused": refused, "changes": changes}
    return render_template("partnership/updates/edit.html", locality=locality, **shown, **forms)


def _back(update: Update, slug: str, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("updates_editor.one", slug=slug, update_id=update.id))


@door.get("/<int:update_id>")
def one(slug: str, update_id: int) -> ResponseReturnValue:
    """One update, to change, to publish or to take down."""
    locality = edited_partnership(slug)
    return _page(locality, _update(locality, update_id))


@door.post("/<int:update_id>")
def change(slug: str, update_id: int) -> ResponseReturnValue:
    """Say something else in it."""
    begin_write()
    locality = edited_partnership(slug)
    update, form = _update(locality, update_id), UpdateForm()
    service.require_standing(update)
    if not form.validate():
        return _page(locality, update, form), 422
    try:
        service.change_update(update, form.heading.data, form.words.data, form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        changes: list[Changed] = differences(form, UpdateForm.of(update))
        form.show_again(update)
        return _page(locality, update, form, changes), refusal.status
    db.session.commit()
    return _back(update, slug, "Saved.")


@door.post("/<int:update_id>/publish")
def publish(slug: str, update_id: int) -> ResponseReturnValue:
    """Let everybody read it, now or from an hour on."""
    begin_write()
    locality = edited_partnership(slug)
    update, form = _update(locality, update_id), PublishForm()
    service.require_coming(update)
    if not form.validate():
        return _page(locality, update, form), 422
    try:
        service.publish_update(update, form.moment, form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        form.show_again(update)
        return _page(locality, update, form), refusal.status
    db.session.commit()
    return _back(update, slug, "Everybody can read it now." if update.is_out else "It comes out by itself.")


@door.post("/<int:update_id>/photo")
def give(slug: str, update_id: int) -> ResponseReturnValue:
    """Show a photo beside the words."""
    sent = of_files(current_user.id)
    refuse_haste(sent, TOO_MANY_PHOTOS)
    form = UpdatePhotoForm()
    if not form.validate() or form.new is None:  # which draws the photo again, while nobody waits for the database
        locality = edited_partnership(slug)
        return _page(locality, _update(locality, update_id), form), 422
    begin_write()
    update = _update(edited_partnership(slug), update_id)
    service.give_update_photo(update, form.new, form.photo_text.data, current_user)
    note(sent)
    db.session.commit()
    return _back(update, slug, "The photo stands beside the words.")


@door.post("/<int:update_id>/photo/remove")
def remove_photo(slug: str, update_id: int) -> ResponseReturnValue:
    """Show no photo any more."""
    begin_write()
    update = _update(edited_partnership(slug), update_id)
    service.remove_update_photo(update, current_user)
    db.session.commit()
    return _back(update, slug, "The photo is deleted.")


@door.get("/<int:update_id>/photo-<int:width>.jpg")
def photo(slug: str, update_id: int, width: int) -> Response:
    """Its photo, before everybody sees it too."""
    update = _update(edited_partnership(slug), update_id)
    return picture((update.photo if width in {SMALL, LARGE} else None) or abort(404), width)


@door.post("/<int:update_id>/take-down")
def take_down(slug: str, update_id: int) -> ResponseReturnValue:
    """Delete what it says, and leave the reason in its place."""
    begin_write()
    locality = edited_partnership(slug)
    update, form = _update(locality, update_id), UpdateDownForm()
    service.require_out(update)
    if not form.validate():
        return _page(locality, update, form), 422
    service.take_update_down(update, form.why.data, current_user)
    db.session.commit()
    return _back(update, slug, "Taken down. The reason stands in its place.")


@door.post("/<int:update_id>/delete")
def delete(slug: str, update_id: int) -> ResponseReturnValue:
    """Delete one that nobody has read."""
    begin_write()
    service.delete_update(_update(edited_partnership(slug), update_id))
    db.session.commit()
    flash("Deleted.", "success")
    return redirect(url_for("updates_editor.listed", slug=slug))
