"""Accept an offer on one page, for a group's contacts; afterwards the same page shows what was accepted."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of_contact
from pbvote.grants.promises import accepting, second
from pbvote.grants.promises.forms import AcceptForm, LeadForm, SecondForm
from pbvote.grants.promises.letters import FILE_NAME
from pbvote.grants.promises.models import Acceptance
from pbvote.grants.promises.paper import paper_of
from pbvote.grants.promises.shown import accepted_shown
from pbvote.grants.promises.terms import last_day, takes_two, terms_of
from pbvote.people.signing_in import later
from pbvote.people.tries import TooManyTries, note, of_second_people, refuse_haste

TOO_MANY = "You have asked for many letters in a short time. Wait {wait}, then ask again."

door = group_door("promises", __name__, url_prefix="/my/awards/<int:award_id>")
door.add_app_template_global(accepted_shown)


def _mine(award_id: int) -> Award:
    """The award, where it is for a group of this contact's and the group knows of it; else 404."""
    return award_of_contact(award_id, current_user) or abort(404)


def _accepted(award: Award) -> Acceptance:
    """What was accepted of an award that stands; else 404."""
    found = accepting.acceptance_of(award) if award.is_standing else None
    return found or abort(404)


def _form(award: Award) -> AcceptForm:
    others = second.others_of(award, current_user) if takes_two(award) else []
    return AcceptForm.of(award, current_user, others)


def _form_page(award: Award, form: AcceptForm) -> str:
    return render_template(
        "grants/promises/accept.html", award=award, form=form, terms=terms_of(award), ends_on=last_day(award)
    )


def _accepted_page(award: Award, accepted: Acceptance, *, refused: SecondForm | LeadForm | None = None) -> str:
    """What was accepted, with its two forms; one that was refused stands in its place."""
    return render_template(
        "grants/promises/accepted.html",
        award=award,
        shown=accepted_shown([award])[award.id],
        form=refused,
        second_form=refused if isinstance(refused, SecondForm) else SecondForm(formdata=None),
        lead_form=refused if isinstance(refused, LeadForm) else LeadForm.showing(accepted),
    )


@door.get("/accept")
def page(award_id: int) -> ResponseReturnValue:
    """The offer with everything that accepting it means; once it is accepted, what was accepted."""
    award = _mine(award_id)
    if award.is_standing and (found := accepting.acceptance_of(award)):
        return _accepted_page(award, found)
    accepting.require_open(award)
    return _form_page(award, _form(award))


@door.post("/accept")
def accept(award_id: int) -> ResponseReturnValue:
    """Accept for the group. Pressed again, by whomever, nothing changes."""
    begin_write()
    award = _mine(award_id)
    shown = redirect(url_for("promises_group.page", award_id=award_id))
    if award.is_standing and accepting.acceptance_of(award):
        return shown
    accepting.require_open(award)
    form = _form(award)
    if not (form.validate() and form.is_taken(lambda said: accepting.accept(award, said, current_user))):
        return _form_page(award, form), 422
    db.session.commit()
    flash("Thank you. You have accepted.", "success")
    return shown


@door.get("/accepted.pdf")
def copy(award_id: int) -> ResponseReturnValue:
    """What was accepted, to keep."""
    award = _mine(award_id)
    paper = paper_of(award, _accepted(award), accepting.promises_of([award])[award.id])
    return send_file(BytesIO(paper), "application/pdf", as_attachment=True, download_name=FILE_NAME)


@door.post("/second/again")
def remind(award_id: int) -> ResponseReturnValue:
    """Write to the second person once more."""
    begin_write()
    found, sent = _accepted(_mine(award_id)), of_second_people(award_id)
    refuse_haste(sent, TOO_MANY)
    second.remind(found)
    note(sent)
    db.session.commit()
    flash(f"We have written to {found.second_name} again.", "success")
    return redirect(url_for("promises_group.page", award_id=award_id))


@door.post("/second")
def name_second(award_id: int) -> ResponseReturnValue:
    """Name another second person. The link of whoever was named before ends."""
    begin_write()
    award, form = _mine(award_id), SecondForm()
    found, sent = _accepted(award), of_second_people(award_id)
    second.require_waiting(found)
    if not form.validate():
        return _accepted_page(award, found, refused=form), 422
    try:
        refuse_haste(sent, TOO_MANY)
        second.ask(found, form.named)
    except (second.SecondIsFirst, TooManyTries) as refusal:
        form.refuse(str(refusal), "second_name")
        return _accepted_page(award, found, refused=form), refusal.status, later(refusal)
    note(sent)
    db.session.commit()
    flash(f"We have written to {found.second_name}.", "success")
    return redirect(url_for("promises_group.page", award_id=award_id))


@door.post("/safeguarding-lead")
def name_lead(award_id: int) -> ResponseReturnValue:
    """Name somebody else who looks after safeguarding."""
    begin_write()
    award, form = _mine(award_id), LeadForm()
    found = _accepted(award)
    if not form.validate():
        return _accepted_page(award, found, refused=form), 422
    accepting.name_lead(found, form.lead.data)
    db.session.commit()
    flash("Saved. Your mentor reads it from now on.", "success")
    return redirect(url_for("promises_group.page", award_id=award_id))
