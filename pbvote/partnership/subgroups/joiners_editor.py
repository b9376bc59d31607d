"""Who has joined a sub-group: seen, written to, taken off. For its lead, organisers and editors; auditors read it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.partnership.members.editors import may_edit
from pbvote.partnership.subgroups import joining
from pbvote.partnership.subgroups.by_address import led_subgroup
from pbvote.partnership.subgroups.forms import WriteToJoinersForm
from pbvote.partnership.subgroups.letters import pass_words_on
from pbvote.partnership.subgroups.reading import ShownSubgroup, joiners_of
from pbvote.partnership.subgroups.service import hold_going
from pbvote.people.tries import note, of_words_to_joiners, refuse_haste

door = editor_door("joiners", __name__, url_prefix="/my/partnership/<slug:slug>/sub-groups/<int:subgroup_id>/people")
TOO_MANY = "You have written to them often today. Wait {wait}, then send it again."


def _page(locality: Locality, found: ShownSubgroup, form: WriteToJoinersForm) -> str:
    return render_template(
        "partnership/subgroups/joiners.html",
        locality=locality,
        found=found,
        joiners=joiners_of(found.subgroup),
        form=form,
        edits=may_edit(current_user, locality),
    )


def _back(slug: str, subgroup_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("joiners_editor.listed", slug=slug, subgroup_id=subgroup_id))


@door.get("")
def listed(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """Names and how to reach them, and the form that writes to all."""
    return _page(*led_subgroup(slug, subgroup_id), WriteToJoinersForm(formdata=None))


@door.post("/write")
def write(slug: str, subgroup_id: int) -> ResponseReturnValue:
    """One letter to each whom a letter reaches."""
    begin_write()
    locality, found = led_subgroup(slug, subgroup_id)
    form, counts = WriteToJoinersForm(), of_words_to_joiners(subgroup_id)
    hold_going(found.subgroup)
    refuse_haste(counts, TOO_MANY)
    if not form.validate():
        return _page(locality, found, form), 422
    joined = [joiner for joiner in joiners_of(found.subgroup) if joiner.confirmed_on]
    number = pass_words_on(joined, found.subgroup, locality, form.letter.data, current_user)
    note(counts)
    db.session.commit()
    return _back(slug, subgroup_id, f"{number} {'letter is' if number == 1 else 'letters are'} on their way.")


@door.post("/<int:joiner_id>/rang")
def rang(slug: str, subgroup_id: int, joiner_id: int) -> ResponseReturnValue:
    """Somebody rang them, and they do join."""
    begin_write()
    _, found = led_subgroup(slug, subgroup_id)
    joining.note_rang(found.subgroup, joiner_id)
    db.session.commit()
    return _back(slug, subgroup_id, "They are in.")


@door.post("/<int:joiner_id>/remove")
def remove(slug: str, subgroup_id: int, joiner_id: int) -> ResponseReturnValue:
    """Take somebody off the list."""
    begin_write()
    _, found = led_subgroup(slug, subgroup_id)
    if not joining.remove_joiner(found.subgroup, joiner_id):
        abort(404)
    db.session.commit()
    return _back(slug, subgroup_id, "They are not in it any more, and a letter says so. Nothing is kept of them.")
