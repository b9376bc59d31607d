"""What is held about one person, and its erasure. For organisers alone.

An auditor reads what the council decided, and has no reason to gather everything about somebody. Whom it is about is
never in an address, which would stand in logs: each page is asked for by a form.
"""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import organiser_door
from pbvote.call.groups.service import groups_without_contact
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.rights.one_person import erasing
from pbvote.rights.one_person.finding import addresses_beside, digest_of, find_traces
from pbvote.rights.one_person.forms import ErasePersonForm, PersonForm
from pbvote.rights.one_person.giving import answer_of
from pbvote.rights.one_person.listed import erasures
from pbvote.rights.one_person.shown import kinds_of

door = organiser_door("one_person", __name__, url_prefix="/desk/one-person")


def _asked(form: PersonForm) -> str:
    groups = groups_without_contact()
    return render_template("rights/one_person/asked.html", form=form, erasures=erasures(), groups=groups)


@door.get("")
def ask() -> ResponseReturnValue:
    """The form: who asks. Below it, what was erased."""
    return _asked(PersonForm(formdata=None))


@door.post("")
def found() -> ResponseReturnValue:
    """Where they are found, what it is for and how long it is kept."""
    form = PersonForm()
    if not form.validate():
        return _asked(form), 422
    person = form.person
    traces = find_traces(person)
    shown = {"kinds": kinds_of(person, traces), "reasons": erasing.why_not(person, traces), "said": form.said}
    beside = addresses_beside(person, traces)
    return render_template("rights/one_person/found.html", person=person, beside=beside, **shown)


@door.post("/file")
def file() -> ResponseReturnValue:
    """What is held, as a file to send to them."""
    form = PersonForm()
    if not form.validate():
        return _asked(form), 422
    person = form.person
    name = f"what-we-hold-{today().isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(answer_of(person, find_traces(person)), content_type="application/zip", headers=headers)


def _confirming(form: ErasePersonForm, refusal: str = "") -> str:
    person = form.person
    traces = find_traces(person)
    shown = {"kinds": kinds_of(person, traces), "reasons": erasing.why_not(person, traces), "said": form.said}
    return render_template(
        "rights/one_person/erase.html", person=person, refusal=refusal, seen=digest_of(traces), form=form, **shown
    )


@door.post("/erase")
def erase() -> ResponseReturnValue:
    """What goes, what loses the name and what stays, and the button."""
    form = ErasePersonForm()
    if not form.validate():
        return _asked(form), 422
    return _confirming(form)


@door.post("/erased")
def erased() -> ResponseReturnValue:
    """Erase them."""
    begin_write()
    form = ErasePersonForm()
    if not form.validate():
        return _asked(form), 422
    try:
        done = erasing.erase(form.person, form.seen.data or "", with_namesakes=form.is_same.data, by=current_user)
    except Refusal as refusal:
        db.session.rollback()
        return _confirming(form, str(refusal)), refusal.status
    db.session.commit()
    entries = sum(done.rows.values())
    number = "1 entry" if entries == 1 else f"{entries} entries"
    flash(f"Erased: {number}. Tell them by a letter of your own.", "success")
    return redirect(url_for("one_person_organiser.ask"))
