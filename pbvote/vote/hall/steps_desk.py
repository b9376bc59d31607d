"""Open, close, count, publish: each on a page with the facts, before the one button that does it."""

from collections.abc import Iterable

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.count.account import account_of, stated_account
from pbvote.vote.count.acts import COUNT, Counting
from pbvote.vote.count.box import open_box
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.outcome import TAKEN_OUT
from pbvote.vote.events.by_address import event_at, to_console
from pbvote.vote.events.models import Event
from pbvote.vote.hall import facts
from pbvote.vote.hall.console import Console
from pbvote.vote.hall.figures import Figures
from pbvote.vote.hall.seen import look_again, mark_of, require_seen
from pbvote.vote.poll import closing, opening
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import AWAITS_PUBLICATION, AWAITS_THE_COUNT, TAKES_CHANGES, TAKES_VOTES, States
from pbvote.vote.results.first_look import may_see
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.stage.view import StageShown

door = desk_door("steps", __name__, url_prefix="/desk/events/<slug:slug>")


def _event_at_step(slug: str, states: States) -> Event:
    """The event. Raises `OutOfTurn` where its poll is at another step."""
    event = event_at(slug)
    if event.poll not in states:
        raise OutOfTurn
    return event


def _looked_at(slug: str, states: States) -> tuple[Event, Console, StageShown]:
    """The event at this step, and all that is said of it. Raises `OutOfTurn`."""
    event = _event_at_step(slug, states)
    shown = StageShown.of(event)
    return event, Console.of(event, shown.slots), shown


def _page(step: str, event: Event, shown: StageShown, said: Iterable[facts.Fact], **more: object) -> str:
    seen = mark_of(event, shown.stage)
    return render_template(f"vote/hall/{step}.html", event=event, seen=seen, facts=list(said), **more)


@door.get("/open")
def opening_page(slug: str) -> ResponseReturnValue:
    """What to know before voting opens."""
    event, console, shown = _looked_at(slug, TAKES_CHANGES)
    said = facts.facts_before_opening(event, console, shown)
    return _page("opening", event, shown, said, can_go_on=bool(shown.slots))


@door.post("/open")
def open_poll(slug: str) -> ResponseReturnValue:
    """Open the poll."""
    begin_write()
    event = event_at(slug)
    require_seen(event, request.form.get("seen", ""))
    opening.open_poll(event, current_user)
    db.session.commit()
    flash("Voting is open. The box was empty: 0 ballots.", "success")
    return to_console(slug)


@door.get("/close")
def closing_page(slug: str) -> ResponseReturnValue:
    """What to know before voting closes."""
    event, console, shown = _looked_at(slug, TAKES_VOTES)
    return _page("closing", event, shown, facts.facts_before_closing(event, console, shown), can_go_on=True)


@door.post("/close")
def close_poll(slug: str) -> ResponseReturnValue:
    """Close the poll."""
    begin_write()
    event = event_at(slug)
    require_seen(event, request.form.get("seen", ""))
    closing.close_poll(event, current_user)
    db.session.commit()
    flash("Voting is closed.", "success")
    return to_console(slug)


@door.get("/count")
def counting_page(slug: str) -> ResponseReturnValue:
    """What to know before the votes are counted. It opens the box, which takes seconds in a city."""
    event = _event_at_step(slug, AWAITS_THE_COUNT)
    shown, figures, box = StageShown.of(event), Figures.of(event), open_box(event)
    account = account_of(event, box, stated_account(event))
    said = facts.facts_before_counting(figures, account, box.waiting)
    is_ready = facts.is_ready_to_count(figures, account, box.waiting)
    gone = [slot for slot in shown.slots if slot.bid.state in TAKEN_OUT]
    return _page("counting", event, shown, said, can_go_on=is_ready, taken_out=gone)


@door.post("/count")
def ask_to_count(slug: str) -> ResponseReturnValue:
    """Ask a second person to confirm the count and the seal, once nothing stands in their way."""
    seen = request.form.get("seen", "")
    event = event_at(slug)
    look_again(event, seen)
    closing.require_closed(event)
    looked_at = Counting.of(event)
    begin_write()  # not before the box was opened: in a city that takes seconds
    event = event_at(slug)
    require_seen(event, seen)
    ask_for(COUNT, About(event=event.id), looked_at, current_user)
    db.session.commit()
    flash("The count waits for a second person.", "success")
    return to_console(slug)


@door.get("/publish")
def publishing_page(slug: str) -> ResponseReturnValue:
    """What to know before everybody can read the result."""
    event, console, shown = _looked_at(slug, AWAITS_PUBLICATION)
    said = facts.facts_before_publishing(event, console, shown, knows=may_see(event, current_user))
    return _page("publishing", event, shown, said, can_go_on=not console.waits_for_draw, words=console.words)


@door.post("/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Show the outcome to everyone."""
    seen = request.form.get("seen", "")
    event = event_at(slug)
    look_again(event, seen)
    finish(event, current_user)  # what explains the outcome, where that was cut off
    begin_write()
    event = event_at(slug)
    require_seen(event, seen)
    publish_outcome(event, current_user)
    db.session.commit()
    flash(f"The result of {event.name} is public.", "success")
    return to_console(slug)
