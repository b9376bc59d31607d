"""The outcome before it is published, for organisers alone: the page that everybody will see, after a first look.

Nobody else reads these pages at any stage, auditors neither: they read the result with everybody.
"""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import organiser_door
from pbvote.db import begin_write, db
from pbvote.vote.events.by_address import event_at
from pbvote.vote.results.first_look import look_first, may_see
from pbvote.vote.results.view import OutcomeShown, rules_beside, told_beside

door = organiser_door("results", __name__, url_prefix="/desk/events/<slug:slug>")


@door.get("/outcome")
def outcome(slug: str) -> ResponseReturnValue:
    """The outcome, step by step, as it will be published; before that, to those who have pressed the button."""
    event = event_at(slug)
    if not may_see(event, current_user):
        return render_template("vote/results/first_look.html", event=event)
    shown = OutcomeShown.of(event) or abort(404)
    return render_template("vote/results/outcome.html", event=event, shown=shown, lang={})


@door.post("/outcome")
def look(slug: str) -> ResponseReturnValue:
    """Look at the outcome before it is public, which the ledger tells."""
    begin_write()
    look_first(event_at(slug), current_user)
    db.session.commit()
    return redirect(url_for("results_organiser.outcome", slug=slug))


@door.get("/other-rules")
def others(slug: str) -> ResponseReturnValue:
    """What other rules would have funded: not the result."""
    event = event_at(slug)
    if not may_see(event, current_user):
        return redirect(url_for("results_organiser.outcome", slug=slug))
    shown = OutcomeShown.of(event) or abort(404)
    if not shown.shows_totals:
        abort(404)
    back = url_for("results.result" if event.is_public else "results_organiser.outcome", slug=slug)
    rules = rules_beside(shown)
    beside = {"shown": shown, "rules": rules, "told": told_beside(shown, rules), "back": back, "is_at_desk": True}
    return render_template("vote/results/other_rules.html", event=event, **beside)
