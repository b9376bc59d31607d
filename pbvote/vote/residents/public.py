"""On the event's page: remind me, and lend a hand. For anyone; nothing of the voter's path leads here.

A name written seconds after a ballot would tie the two, so the page after the vote has no link to these.
"""

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.filters import kept_language, language, speak_languages
from pbvote.people.codes import typed_into
from pbvote.people.signing_in import csrf, place_of
from pbvote.people.tries import of_residents
from pbvote.vote.events.by_address import published_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.events.sent import keep_sent
from pbvote.vote.residents import reminders, volunteers
from pbvote.vote.residents.forms import code_form, hand_form, reminder_form
from pbvote.vote.residents.words import DONE, too_many

door = public_door("residents", __name__, url_prefix="/events/<slug:slug>")
csrf.exempt(door)  # nothing of these pages needs to know who sends it
speak_languages(door)


@door.get("/remind")
def remind(slug: str) -> ResponseReturnValue:
    """The form for one letter when the result is out."""
    return _remind_page(published_event_at(slug), reminder_form())


def _remind_page(event: Event, form: Form) -> str:
    return render_template("vote/residents/remind.html", event=event, form=form)


@door.post("/remind")
def ask(slug: str) -> ResponseReturnValue:
    """Write a letter with a link to the address."""
    begin_write()
    event, form = published_event_at(slug), reminder_form()
    counts = of_residents("reminders", place_of(None))

    def keep() -> None:
        reminders.ask_for_reminder(event, form["email"].data, language())

    if refused := keep_sent(event, form, _remind_page, keep, counts, too_many()):
        return refused
    db.session.commit()
    return _to_done(event, "sent")


@door.get("/remind/link")
def link(slug: str) -> ResponseReturnValue:
    """Where the letter's link leads: the code, and two buttons."""
    return _link_page(published_event_at(slug), code_form())


def _link_page(event: Event, form: Form) -> str:
    return render_template("vote/residents/link.html", event=event, form=form)


@door.post("/remind/link")
def confirm(slug: str) -> ResponseReturnValue:
    """Remind whoever reads the address, or delete it: as the button says."""
    begin_write()
    event, form = published_event_at(slug), code_form()
    if not form.validate():
        return _link_page(event, form), 422
    stops = "stop" in request.form
    with typed_into(form, lambda: _link_page(event, form)):
        (reminders.stop_reminder if stops else reminders.confirm_reminder)(event, form["code"].data)
    db.session.commit()
    return _to_done(event, "off" if stops else "on")


@door.get("/lend-a-hand")
def lend(slug: str) -> ResponseReturnValue:
    """The form for whoever lends a hand."""
    return _lend_page(published_event_at(slug), hand_form())


def _lend_page(event: Event, form: Form) -> str:
    is_over = volunteers.is_too_late(event)
    return render_template("vote/residents/lend.html", event=event, form=form, is_over=is_over)


@door.post("/lend-a-hand")
def offer(slug: str) -> ResponseReturnValue:
    """Keep what somebody offers, for the organisers."""
    begin_write()
    event, form = published_event_at(slug), hand_form()
    council = str(current_app.config["CONTACT_EMAIL"])

    def keep() -> None:
        said = {name: form[name].data for name in ("name", "contact", "words")}
        volunteers.lend_a_hand(event, council=council, **said)

    counts = of_residents("hands", place_of(None))
    if refused := keep_sent(event, form, _lend_page, keep, counts, too_many()):
        return refused
    db.session.commit()
    return _to_done(event, "hand")


def _to_done(event: Event, what: str) -> ResponseReturnValue:
    return redirect(url_for("residents.done", slug=event.slug, what=what, **kept_language()))


@door.get("/done/<slug:what>")
def done(slug: str, what: str) -> ResponseReturnValue:
    """That it is done, and what comes next."""
    event = published_event_at(slug)
    said = DONE.get(what) or abort(404)
    title, sentences = said()
    return render_template("vote/residents/done.html", event=event, title=title, sentences=sentences)
