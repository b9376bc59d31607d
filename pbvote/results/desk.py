"""The outcome before it is published, for organisers: the page that the hall will see, and the button that shows it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.events.models import Event
from pbvote.events.service import event_called
from pbvote.results import service, study
from pbvote.results.view import OutcomeShown, other_rules

door = desk_door("results", __name__, url_prefix="/desk/events/<slug>")


def _event(slug: str) -> Event:
    return event_called(slug) or abort(404)


@door.post("/count")
def count(slug: str) -> ResponseReturnValue:
    """Count the closed poll."""
    begin_write()
    event = _event(slug)
    service.count_poll(event, current_user)
    db.session.commit()
    _study(event)
    return redirect(url_for("results_desk.outcome", slug=slug))


def _study(event: Event) -> None:
    """Work out what explains the outcome, outside the count's transaction, and keep it."""
    findings = study.work_out(event)
    begin_write()
    study.store_study(event, findings)
    db.session.commit()


@door.get("/outcome")
def outcome(slug: str) -> ResponseReturnValue:
    """The outcome, step by step, as it will be published."""
    event = _event(slug)
    shown = OutcomeShown.of(event) or abort(404)
    return render_template("results/outcome.html", event=event, shown=shown)


@door.get("/other-rules")
def others(slug: str) -> ResponseReturnValue:
    """What other rules would have funded: not the result."""
    event = _event(slug)
    shown = OutcomeShown.of(event) or abort(404)
    return render_template("results/other_rules.html", event=event, shown=shown, others=other_rules(shown))


@door.post("/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Show the outcome to everyone."""
    event = _event(slug)
    if study.study_of(event) is None and service.stored_outcome(event):
        _study(event)  # the count was cut off before its study
    begin_write()
    service.publish_outcome(event, current_user)
    db.session.commit()
    flash(f"The result of {event.name} is public.", "success")
    return redirect(url_for("hall_desk.console", slug=slug))
