"""The event's page at the desk: what it will show, publishing it, and everything that is printed of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.addresses import event_page
from pbvote.db import begin_write, db
from pbvote.filters import choose_language, language, languages_of_page
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.words import day_shown
from pbvote.vote.programme import publishing
from pbvote.vote.programme.entries import entries_of, missing_words
from pbvote.vote.programme.forms import LANGUAGE_NAMES
from pbvote.vote.programme.prints import KINDS, print_of

door = desk_door("programme", __name__, url_prefix="/desk/events/<slug:slug>/page")


@door.get("")
def overview(slug: str) -> ResponseReturnValue:
    """What the page shows, whether everybody can read it, and the prints."""
    event = own_event_at(slug)
    entries = entries_of(event)
    return render_template(
        "vote/programme/overview.html",
        event=event,
        entries=entries,
        missing=missing_words(entries),
        address=event_page(slug),
        kinds=KINDS,
        language_names=LANGUAGE_NAMES,
    )


@door.get("/preview")
def preview(slug: str) -> ResponseReturnValue:
    """The page as everybody will read it, in the language that the address names."""
    event = own_event_at(slug)
    choose_language(request.args.get("lang"))
    entries = entries_of(event, looks_ahead=True)
    shown = {"entries": entries, "shown": entries, "query": "", "address": event_page(slug, language())}
    shown |= day_shown(event, language())
    return render_template(
        "vote/programme/page.html",
        event=event,
        is_preview=True,
        **shown,
        **languages_of_page(),
    )


@door.post("/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Let everybody read the page."""
    begin_write()
    publishing.publish_page(own_event_at(slug))
    db.session.commit()
    flash("Everybody can read the page now.", "success")
    return redirect(url_for("programme_desk.overview", slug=slug))


@door.post("/take-back")
def take_back(slug: str) -> ResponseReturnValue:
    """Hide the page again."""
    begin_write()
    publishing.take_page_back(own_event_at(slug))
    db.session.commit()
    flash("The page is hidden again.", "success")
    return redirect(url_for("programme_desk.overview", slug=slug))


@door.get("/prints/<kind>")
def prints(slug: str, kind: str) -> ResponseReturnValue:
    """A poster, a handout, a booklet or table cards, as a PDF in the language that the address names."""
    event = own_event_at(slug)
    if kind not in KINDS:
        abort(404)
    choose_language(request.args.get("lang"))
    return print_of(event, kind, language(), looks_ahead=True)
