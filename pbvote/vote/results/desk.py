"""The outcome before it is published, for organisers: the page that the hall will see, and the button that shows it."""

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.count.finishing import finish
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.results import service
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


@door.post("/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Show the outcome to everyone."""
    finish(event_at(slug), current_user)  # where the count was cut off before it
    begin_write()
    event = event_at(slug)
    service.publish_outcome(event, current_user)
    db.session.commit()
    flash(f"The result of {event.name} is public.", "success")
    return to_console(slug)
