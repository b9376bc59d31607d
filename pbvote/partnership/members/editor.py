"""The list of a partnership's members. For organisers and editors; auditors read it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, editor_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.localities.service import wards_of
from pbvote.partnership.members import letters, service
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.members.editors import set_editor
from pbvote.partnership.members.forms import EndForm, MemberForm
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.seen import Changed, SavedMeanwhile, differences

door = editor_door("members", __name__, url_prefix="/my/partnership/<slug:slug>/members")


def _member(locality: Locality, member_id: int) -> PartnershipMember:
    return service.member_of(locality, member_id) or abort(404)


def _offered(form: MemberForm, locality: Locality) -> MemberForm:
    return form.offer(wards_of([locality.id]), service.accounts_to_name(locality))


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """Everybody of today and to come, and the former members of the past year."""
    locality = edited_partnership(slug)
    members = service.listed_members(locality)
    return render_template("partnership/members/edited.html", locality=locality, members=members)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new member."""
    locality = edited_partnership(slug)
    return _new_page(locality, _offered(MemberForm(formdata=None), locality))


def _new_page(locality: Locality, form: MemberForm) -> str:
    return render_template("partnership/members/new.html", locality=locality, form=form)


@door.post("/new")
def add(slug: str) -> ResponseReturnValue:
    """Add a member."""
    begin_write()
    locality = edited_partnership(slug)
    form = _offered(MemberForm(), locality)
    if not form.validate():
        return _new_page(locality, form), 422
    try:
        member = service.add_member(locality, form.said(), current_user)
    except service.MemberAlready as refusal:
        form.refuse(str(refusal), "account")
        return _new_page(locality, form), refusal.status
    db.session.commit()
    flash(f"{member.name} stands in the list of members.", "success")
    return redirect(url_for("members_editor.listed", slug=slug))


def _page(
    locality: Locality, member: PartnershipMember, form: MemberForm, end: EndForm | None = None, changes: object = ()
) -> str:
    refused = end if end and end.errors else form
    shown = {"member": member, "form": form, "end_form": end or EndForm.today(), "refused": refused}
    return render_template("partnership/members/one.html", locality=locality, changes=changes, **shown)


@door.get("/<int:member_id>")
def one(slug: str, member_id: int) -> ResponseReturnValue:
    """One member, to change or to end."""
    locality = edited_partnership(slug)
    member = _member(locality, member_id)
    return _page(locality, member, _now(locality, member))


def _now(locality: Locality, member: PartnershipMember) -> MemberForm:
    return _offered(MemberForm(formdata=None, data=MemberForm.data_of(member)), locality)


@door.post("/<int:member_id>")
def change(slug: str, member_id: int) -> ResponseReturnValue:
    """Say something else of a member."""
    begin_write()
    locality = edited_partnership(slug)
    member, form = _member(locality, member_id), _offered(MemberForm(), locality)
    if not form.validate():
        return _page(locality, member, form), 422
    changes: list[Changed] = []
    try:
        service.change_member(member, form.said(), form.version_seen, current_user)
    except Refusal as refusal:
        form.refuse(str(refusal), "account" if isinstance(refusal, service.MemberAlready) else None)
        if isinstance(refusal, SavedMeanwhile):
            changes = differences(form, _now(locality, member))
            form.show_again(member)
        return _page(locality, member, form, changes=changes), refusal.status
    db.session.commit()
    flash("Saved.", "success")
    return redirect(url_for("members_editor.listed", slug=slug))


@door.post("/<int:member_id>/end")
def end(slug: str, member_id: int) -> ResponseReturnValue:
    """Name a member's last day."""
    begin_write()
    locality = edited_partnership(slug)
    member, form = _member(locality, member_id), EndForm()
    if not form.validate():
        return _page(locality, member, _now(locality, member), form), 422
    try:
        service.end_member(member, form.last_on.given)
    except service.EndsBeforeItBegan as refusal:
        form.refuse(str(refusal), "last_on")
        return _page(locality, member, _now(locality, member), form), refusal.status
    db.session.commit()
    flash(f"{member.name} is public through that day. Their photo and words go the day after.", "success")
    return redirect(url_for("members_editor.listed", slug=slug))


@door.post("/<int:member_id>/remove")
def remove(slug: str, member_id: int) -> ResponseReturnValue:
    """Delete somebody who was entered by mistake."""
    begin_write()
    member = _member(edited_partnership(slug), member_id)
    service.remove_member(member)
    db.session.commit()
    flash(f"{member.name} is deleted.", "success")
    return redirect(url_for("members_editor.listed", slug=slug))


@door.post("/<int:member_id>/editor")
def let(slug: str, member_id: int) -> ResponseReturnValue:
    """Let a member keep the page, or no longer. Organisers alone do that."""
    if Role.ORGANISER not in current_user.roles:
        abort(403)
    begin_write()
    locality = edited_partnership(slug)
    member, is_editor = _member(locality, member_id), "is_editor" in request.form
    set_editor(member, is_editor=is_editor)
    if is_editor:
        letters.say_is_editor(member, locality)
    db.session.commit()
    flash(f"{member.name} {'keeps this page from now on' if is_editor else 'keeps this page no longer'}.", "success")
    return redirect(url_for("members_editor.one", slug=slug, member_id=member_id))
