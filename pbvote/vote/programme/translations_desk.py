"""The words of an event's bids in the voters' languages: what is there, what is missing, and many at once."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.bids.deciding import word_bid
from pbvote.db import begin_write, db
from pbvote.vote.events.by_address import own_event_at
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import hold_ballot
from pbvote.vote.programme.entries import OTHER_LANGUAGES, entries_of, missing_words
from pbvote.vote.programme.forms import LANGUAGE_NAMES, PasteForm
from pbvote.vote.programme.translating import UnreadableLines, lines_to_translate, read_pasted

door = desk_door("translations", __name__, url_prefix="/desk/events/<slug:slug>/translations")


@door.get("")
def overview(slug: str) -> ResponseReturnValue:
    """Every bid in every language."""
    return _page(own_event_at(slug), PasteForm())


def _page(event: Event, form: PasteForm) -> str:
    entries = entries_of(event)
    missing = missing_words(entries)
    return render_template(
        "vote/programme/translations.html",
        event=event,
        form=form,
        entries=entries,
        missing=missing,
        to_translate={language: lines_to_translate(without) for language, without in missing.items()},
        languages_here=OTHER_LANGUAGES,
        language_names=LANGUAGE_NAMES,
    )


@door.post("")
def paste(slug: str) -> ResponseReturnValue:
    """Take in what was pasted: every line of it, or none."""
    begin_write()
    event, form = own_event_at(slug), PasteForm()
    hold_ballot(event)
    if not form.validate():
        return _page(event, form), 422
    try:
        pasted = read_pasted(form.lines.data, entries_of(event))
    except UnreadableLines as wrong:
        form.lines.errors = wrong.sentences[:20]
        return _page(event, form), 422
    for each in pasted:
        word_bid(each.entry.bid, form.language.data, each.title, each.summary, each.photo_text)
    db.session.commit()
    bids = "1 bid" if len(pasted) == 1 else f"{len(pasted)} bids"
    flash(f"The words of {bids} are saved in {LANGUAGE_NAMES[form.language.data]}.", "success")
    return redirect(url_for("translations_desk.overview", slug=slug))
