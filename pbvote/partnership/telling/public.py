"""Tell me by e-mail: ask, confirm, change, stop. For anyone; a letter’s code is the authority.

No GET does anything, since scanners of mail follow links. The stop address carries its code in its path, because a mail
program presses it without opening a page (RFC 8058): that code opens nothing else.
"""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.partnership.telling import subscribing
from pbvote.partnership.telling.forms import ChangeTellingForm, TellingLinkForm, TellMeForm
from pbvote.people.codes import typed_into
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import note, of_tellings, refuse_haste

door = public_door("telling", __name__)
door.add_app_template_global(subscribing.count_told, "number_told")
csrf.exempt(door)  # a stranger's page could send no more than anybody can
TOO_MANY = "Many requests came from here. Wait {wait}, then send it again."
DONE = {
    "sent": "We have written to you",
    "on": "We will tell you",
    "changed": "Changed",
    "deleted": "Your address is deleted",
}


def _ask_page(locality: Locality, form: TellMeForm) -> str:
    return render_template("partnership/telling/ask.html", locality=locality, form=form)


@door.get("/localities/<slug:slug>/tell-me")
def ask(slug: str) -> ResponseReturnValue:
    """The form: an address, and what to be told."""
    return _ask_page(public_locality(slug), TellMeForm.offered(is_sent=False))


@door.post("/localities/<slug:slug>/tell-me")
def send(slug: str) -> ResponseReturnValue:
    """Write a letter with a button to the address. The page says the same whether or not it is told already."""
    begin_write()
    locality, form = public_locality(slug), TellMeForm.offered(is_sent=True)
    if not form.validate():
        return _ask_page(locality, form), 422
    counts = of_tellings(form.email.data, place_of(None))
    try:
        refuse_haste(counts, TOO_MANY)
        subscribing.subscribe(locality, form.email.data, form.kinds.data)
    except Refusal as refusal:
        form.refuse(str(refusal))
        return _ask_page(locality, form), refusal.status, later(refusal)
    note(counts)
    db.session.commit()
    return redirect(url_for("telling.done", what="sent"))


def _confirm_page(form: TellingLinkForm) -> str:
    return render_template("partnership/telling/confirm.html", form=form)


@door.get("/tell-me/confirm")
def link() -> ResponseReturnValue:
    """Where the first letter’s link leads: the code, and two buttons."""
    return _confirm_page(TellingLinkForm(formdata=None))


@door.post("/tell-me/confirm")
def confirm() -> ResponseReturnValue:
    """Tell whoever reads the address, or delete it: as the button says."""
    begin_write()
    form, deletes = TellingLinkForm(), "delete" in request.form
    if not form.validate():
        return _confirm_page(form), 422
    with typed_into(form, lambda: _confirm_page(form)):
        (subscribing.delete_address if deletes else subscribing.confirm_telling)(form.code.data)
    db.session.commit()
    return redirect(url_for("telling.done", what="deleted" if deletes else "on"))


def _code_page(form: TellingLinkForm) -> str:
    return render_template("partnership/telling/change_link.html", form=form)


@door.get("/tell-me/change")
def change_link() -> ResponseReturnValue:
    """Where a letter’s second link leads: the code, and one button."""
    return _code_page(TellingLinkForm(formdata=None))


@door.post("/tell-me/change")
def change() -> ResponseReturnValue:
    """What the address is told, to change."""
    form = TellingLinkForm()
    if not form.validate():
        return _code_page(form), 422
    with typed_into(form, lambda: _code_page(form)):
        subscriber = subscribing.subscriber_with(form.code.data)
    questions = subscribing.questions_awaited(subscriber)
    shown = {"code": form.code.data, "kinds": ChangeTellingForm.ticked(subscriber.kinds, questions)}
    return _change_page(ChangeTellingForm.offered(questions, shown), subscriber.stop_code)


def _change_page(form: ChangeTellingForm, stop_code: str) -> str:
    return render_template("partnership/telling/change.html", form=form, stop_code=stop_code)


@door.post("/tell-me/change/save")
def save() -> ResponseReturnValue:
    """Tell it what is ticked from now on."""
    begin_write()
    subscriber = subscribing.subscriber_with(request.form.get("code", ""))
    form = ChangeTellingForm.offered(subscribing.questions_awaited(subscriber))
    if not form.validate():
        return _change_page(form, subscriber.stop_code), 422
    subscribing.change_telling(subscriber, form.chosen, awaits=form.awaits)
    db.session.commit()
    return redirect(url_for("telling.done", what="changed"))


@door.get("/tell-me/stop/<code>")
def stop_page(code: str) -> ResponseReturnValue:
    """One button; of letters that are stopped already, that they are."""
    return render_template("partnership/telling/stop.html", code=code, is_told=subscribing.is_told(code))


@door.post("/tell-me/stop/<code>")
def stop(code: str) -> ResponseReturnValue:
    """Delete the address: pressed on the page, or by a mail program, which follows no redirect."""
    begin_write()
    subscribing.stop_telling(code)
    db.session.commit()
    return render_template("partnership/telling/stop.html", code="", is_told=False)


@door.get("/tell-me/done/<slug:what>")
def done(what: str) -> ResponseReturnValue:
    """That it is done, and what comes next."""
    return render_template("partnership/telling/done.html", title=DONE.get(what) or abort(404), what=what)
