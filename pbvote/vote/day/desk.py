"""How an event's day goes, its papers, and what residents have asked for. For organisers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.filters import choose_language, language
from pbvote.vote.day import planning, requests
from pbvote.vote.day.forms import DayForm
from pbvote.vote.day.papers import PAPERS, languages_of, paper_of
from pbvote.vote.day.words import what_does_not_fit
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import BAR, parts_of, times_of
from pbvote.vote.events.words import need_in_words
from pbvote.vote.programme.forms import LANGUAGE_NAMES

door = desk_door("day", __name__, url_prefix="/desk/events/<slug:slug>/day")


@door.get("")
def plan(slug: str) -> ResponseReturnValue:
    """The day as it is planned, and the form that changes it."""
    event = own_event_at(slug)
    return _plan_page(event, DayForm.for_event(event, is_shown=True))


@door.post("")
def save(slug: str) -> ResponseReturnValue:
    """Store how the day goes."""
    begin_write()
    event = own_event_at(slug)
    planning.refuse_fixed(event, request.form)
    form = DayForm.for_event(event)
    if not form.validate():
        return _plan_page(event, form), 422
    planning.plan_day(event, form.settled)
    db.session.commit()
    flash("How the day goes is saved.", "success")
    return redirect(url_for("day_desk.plan", slug=slug))


def _plan_page(event: Event, form: DayForm) -> str:
    times = times_of(event)
    return render_template(
        "vote/day/plan.html",
        event=event,
        form=form,
        fixed=planning.locked_in(event),
        times=times,
        parts=parts_of(times) if times else [],
        width=BAR,
        warnings=what_does_not_fit(times) if times else [],
    )


@door.get("/papers")
def papers(slug: str) -> ResponseReturnValue:
    """What can be printed for the day."""
    event = own_event_at(slug)
    names = {"en": "English", **LANGUAGE_NAMES}
    shown = {kind: {code: names[code] for code in languages_of(event, kind)} for kind in PAPERS}
    return render_template("vote/day/papers.html", event=event, papers=PAPERS, languages=shown)


@door.get("/papers/<kind>")
def paper(slug: str, kind: str) -> ResponseReturnValue:
    """One of them as a PDF, in the language that the address names."""
    event = own_event_at(slug)
    if kind not in PAPERS:
        abort(404)
    choose_language(request.args.get("lang"))
    return paper_of(event, kind, language())


@door.get("/requests")
def access_requests(slug: str) -> ResponseReturnValue:
    """What residents have asked for."""
    event = own_event_at(slug)
    found = requests.requests_of(event)
    return render_template("vote/day/requests.html", event=event, requests=found, need_in_words=need_in_words)


@door.post("/requests/<int:request_id>/answered")
def answered(slug: str, request_id: int) -> ResponseReturnValue:
    """Note that somebody was answered."""
    begin_write()
    requests.answer(own_event_at(slug), request_id)
    db.session.commit()
    return redirect(url_for("day_desk.access_requests", slug=slug))
