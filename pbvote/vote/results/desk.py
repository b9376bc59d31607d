"""The outcome before it is published, for organisers: the page that everybody will see."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.vote.events.by_address import event_at
from pbvote.vote.results.view import OutcomeShown, rules_beside

door = desk_door("results", __name__, url_prefix="/desk/events/<slug:slug>")


@door.get("/outcome")
def outcome(slug: str) -> ResponseReturnValue:
    """The outcome, step by step, as it will be published."""
    event = event_at(slug)
    shown = OutcomeShown.of(event) or abort(404)
    return render_template("vote/results/outcome.html", event=event, shown=shown, lang={})


@door.get("/other-rules")
def others(slug: str) -> ResponseReturnValue:
    """What other rules would have funded: not the result."""
    event = event_at(slug)
    shown = OutcomeShown.of(event) or abort(404)
    if not shown.shows_totals:
        abort(404)
    back = url_for("results.result" if event.is_public else "results_desk.outcome", slug=slug)
    return render_template(
        "vote/results/other_rules.html", event=event, shown=shown, rules=rules_beside(shown), back=back
    )
