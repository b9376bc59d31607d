"""An event's entry for calendars, and what residents ask for beforehand. For anyone."""

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.filters import kept_language, speak_languages
from pbvote.people.signing_in import csrf, place_of
from pbvote.people.tries import of_access_requests
from pbvote.vote.day import requests
from pbvote.vote.day.calendar import event_calendar
from pbvote.vote.day.forms import access_form
from pbvote.vote.events.by_address import published_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.events.sent import keep_sent

door = public_door("day", __name__, url_prefix="/events/<slug:slug>")
csrf.exempt(door)  # nothing of these pages needs to know who sends it
speak_languages(door)
TOO_MANY = "Many requests came from your network. Wait {wait}, then send it again."


@door.get("/calendar.ics")
def calendar(slug: str) -> ResponseReturnValue:
    """The event for a calendar."""
    event = published_event_at(slug)
    answer = Response(event_calendar(event), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer


@door.get("/access")
def access(slug: str) -> ResponseReturnValue:
    """The form for whoever needs something to take part."""
    return _page(published_event_at(slug), access_form())


@door.post("/access")
def ask(slug: str) -> ResponseReturnValue:
    """Keep what somebody needs, for the organisers."""
    begin_write()
    event, form = published_event_at(slug), access_form()
    council = str(current_app.config["CONTACT_EMAIL"])

    def keep() -> None:
        said = {name: form[name].data for name in ("name", "contact", "words")}
        requests.ask(event, needs=form["needs"].data, council=council, **said)

    if refused := keep_sent(event, form, _page, keep, of_access_requests(place_of(None)), TOO_MANY):
        return refused
    db.session.commit()
    return redirect(url_for("day.asked", slug=slug, **kept_language()))


@door.get("/access/sent")
def asked(slug: str) -> ResponseReturnValue:
    """That the request came in."""
    return render_template("vote/day/asked.html", event=published_event_at(slug))


def _page(event: Event, form: Form) -> str:
    is_over = now() > event.ends_at
    asks = {} if is_over else {"form": form}  # nothing is wrong with a form that is not there
    return render_template("vote/day/access.html", event=event, is_over=is_over, **asks)
