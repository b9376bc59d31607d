"""Make gatherings and keep them. For organisers and editors of their host; auditors read."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.localities.service import all_localities
from pbvote.partnership.gatherings import letters, service, shown
from pbvote.partnership.gatherings.forms import GatheringForm, OffForm
from pbvote.partnership.gatherings.line import bring_answers_forward, offer_free_places
from pbvote.partnership.gatherings.models import Gathering
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.seen import Changed, SavedMeanwhile, differences

door = editor_door("gatherings", __name__, url_prefix="/my/partnership/<slug:slug>/gatherings")


def _held(locality: Locality, gathering_id: int) -> Gathering:
    """The gathering that this partnership keeps, its row held; else 404."""
    found = service.hold_gathering(gathering_id)
    if found is None or found.locality_id != locality.id:
        abort(404)
    return found


def _to(gathering: Gathering) -> ResponseReturnValue:
    return redirect(url_for("gatherings_editor.one", slug=gathering.locality.slug, gathering_id=gathering.id))


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """The gatherings that this partnership keeps."""
    locality = edited_partnership(slug)
    gatherings = shown.kept_gatherings(locality, sent_number(request.args.get("page")) or 1)
    return render_template("partnership/gatherings/listed.html", locality=locality, gatherings=gatherings)


def _new_page(locality: Locality, form: GatheringForm) -> str:
    return render_template("partnership/gatherings/new.html", locality=locality, form=form)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new one."""
    locality = edited_partnership(slug)
    return _new_page(locality, GatheringForm(formdata=None).offer(locality, all_localities()))


@door.post("/new")
def make(slug: str) -> ResponseReturnValue:
    """Make a draft."""
    begin_write()
    locality = edited_partnership(slug)
    form = GatheringForm().offer(locality, all_localities())
    if not form.validate():
        return _new_page(locality, form), 422
    gathering = service.make_gathering(locality, form.said(), current_user)
    db.session.commit()
    flash("This is a draft. Nobody else sees it until you publish it.", "success")
    return redirect(url_for("gatherings_editor.one", slug=slug, gathering_id=gathering.id))


@door.get("/<int:gathering_id>")
def one(slug: str, gathering_id: int) -> ResponseReturnValue:
    """How it stands: who comes, who waits, and what to do next."""
    locality = edited_partnership(slug)
    gathering = shown.kept_gathering(locality, gathering_id) or abort(404)
    signed_up = shown.sign_ups_of(gathering)
    return render_template(
        "partnership/gatherings/one.html", locality=locality, gathering=gathering, signed_up=signed_up
    )


def _change_page(gathering: Gathering, form: GatheringForm, changes: object = ()) -> str:
    return render_template("partnership/gatherings/change.html", gathering=gathering, form=form, changes=changes)


def _now(gathering: Gathering) -> GatheringForm:
    form = GatheringForm(formdata=None, data=GatheringForm.data_of(gathering))
    return form.offer(gathering.locality, all_localities())


@door.get("/<int:gathering_id>/change")
def change_page(slug: str, gathering_id: int) -> ResponseReturnValue:
    """What it says, to change."""
    gathering = shown.kept_gathering(edited_partnership(slug), gathering_id) or abort(404)
    return _change_page(gathering, _now(gathering))


@door.post("/<int:gathering_id>/change")
def change(slug: str, gathering_id: int) -> ResponseReturnValue:
    """Say something else. Whoever signed up hears of another day, hour or venue."""
    begin_write()
    locality = edited_partnership(slug)
    gathering, form = _held(locality, gathering_id), GatheringForm().offer(locality, all_localities())
    if not form.validate():
        return _change_page(gathering, form), 422
    changes: list[Changed] = []
    try:
        is_moved = service.change_gathering(gathering, form.said(), form.version_seen, current_user)
    except Refusal as refusal:
        form.refuse(str(refusal), "places" if isinstance(refusal, service.FewerThanTaken) else None)
        if isinstance(refusal, SavedMeanwhile):
            changes = differences(form, _now(gathering))
            form.show_again(gathering)
        return _change_page(gathering, form, changes), refusal.status
    if is_moved:
        bring_answers_forward(gathering)
        letters.tell_moved(gathering)
    offer_free_places(gathering)
    db.session.commit()
    flash("Saved. We write to everybody who signed up." if is_moved else "Saved.", "success")
    return _to(gathering)


@door.post("/<int:gathering_id>/publish")
def publish(slug: str, gathering_id: int) -> ResponseReturnValue:
    """Let everybody read it."""
    begin_write()
    gathering = _held(edited_partnership(slug), gathering_id)
    service.publish_gathering(gathering)
    db.session.commit()
    flash("Everybody can read it now, and groups can sign up.", "success")
    return _to(gathering)


def _off_page(gathering: Gathering, form: OffForm) -> str:
    return render_template("partnership/gatherings/off.html", gathering=gathering, form=form)


@door.get("/<int:gathering_id>/off")
def off_page(slug: str, gathering_id: int) -> ResponseReturnValue:
    """What happens when it is called off."""
    gathering = shown.kept_gathering(edited_partnership(slug), gathering_id) or abort(404)
    return _off_page(gathering, OffForm())


@door.post("/<int:gathering_id>/off")
def call_off(slug: str, gathering_id: int) -> ResponseReturnValue:
    """Call it off, and write to everybody who signed up."""
    begin_write()
    gathering, form = _held(edited_partnership(slug), gathering_id), OffForm()
    if not form.validate():
        return _off_page(gathering, form), 422
    service.call_off(gathering, form.reason.data)
    letters.tell_off(gathering)
    db.session.commit()
    flash("It is off. We write to everybody who signed up.", "success")
    return _to(gathering)


@door.post("/<int:gathering_id>/remove")
def remove(slug: str, gathering_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    begin_write()
    service.remove_draft(_held(edited_partnership(slug), gathering_id))
    db.session.commit()
    flash("The draft is deleted.", "success")
    return redirect(url_for("gatherings_editor.listed", slug=slug))
