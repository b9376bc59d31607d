"""Published results, for anyone."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.events.models import PollState
from pbvote.events.service import event_called
from pbvote.people.signing_in import limiter
from pbvote.results.study import how_close
from pbvote.results.view import OutcomeShown, other_rules

door = public_door("results", __name__, url_prefix="/results")


def _published(slug: str) -> OutcomeShown:
    """The event's outcome, once it is published; else 404."""
    event = event_called(slug)
    if event is None or event.poll is not PollState.PUBLISHED:
        abort(404)
    return OutcomeShown.of(event) or abort(404)


@door.get("/<slug>")
def result(slug: str) -> ResponseReturnValue:
    """The outcome of an event, step by step."""
    shown = _published(slug)
    return render_template("results/result.html", event=shown.event, shown=shown)


@door.get("/<slug>/other-rules")
def others(slug: str) -> ResponseReturnValue:
    """What other rules would have funded: not the result."""
    shown = _published(slug)
    if not shown.shows_totals:
        abort(404)
    return render_template("results/other_rules.html", event=shown.event, shown=shown, others=other_rules(shown))


@door.get("/<slug>/close/<path:reference>")
@limiter.limit("20 per minute")
def close(slug: str, reference: str) -> ResponseReturnValue:
    """How close one bid came: worked out when somebody asks, since in a city it takes seconds."""
    shown = _published(slug)
    step = next((step for step in shown.steps if step.bid.reference == reference), None)
    if step is None or step.is_funded or not shown.shows_totals:
        abort(404)
    sentence = how_close(shown.event, reference)
    return render_template("results/close.html", event=shown.event, step=step, sentence=sentence)
