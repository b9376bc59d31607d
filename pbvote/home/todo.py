"""What an organiser should do next, in the order of a round."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from pbvote.call.bids.models import BidState
from pbvote.call.bids.service import bids_of
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.service import all_rounds, takes_bids
from pbvote.core.clock import today
from pbvote.filters import moment
from pbvote.grants.awards.models import AwardState
from pbvote.grants.awards.service import awards_of
from pbvote.grants.mentoring.service import watches
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_of, missing_bids
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips.finding import slips_of


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, where to do it, and a word or two more."""

    text: str
    href: str
    hint: str = ""
    tag_text: str = "To do"
    tag_colour: str = "blue"
    is_done: bool = False


def organisers_tasks() -> list[Task]:
    """Everything that waits for an organiser, the earliest step of a round first."""
    rounds = [round_ for round_ in all_rounds() if not round_.is_imported]
    return [task for round_ in rounds for task in _of_round(round_)] + list(_of_monitoring())


def _of_round(round_: Round) -> Iterator[Task]:
    if round_.state is RoundState.DRAFT:
        address = url_for("rounds_desk.set_up", slug=round_.slug)
        yield Task(f"Set up {round_.name}", address, "Its shares, dates and rules; then open it.")
        return
    waiting = len(bids_of(round_, state=BidState.RECEIVED))
    if waiting:
        board = url_for("bids_desk.board", slug=round_.slug, state=BidState.RECEIVED.value)
        yield Task(f"Check {waiting} {'bid' if waiting == 1 else 'bids'}", board, round_.name)
    for share in round_.shares:
        event = event_of(share)
        yield from _of_event(event) if event else _of_share(share)


def _of_share(share: Share) -> Iterator[Task]:
    if not takes_bids(share) and share.bids_close_on < today():
        address = url_for("events_desk.new_event", share_id=share.id)
        yield Task(f"Plan the event of {share.locality.name}", address, "Bids are in.")


def _of_event(event: Event) -> Iterator[Task]:
    """The next step of an event's poll."""
    console, name = url_for("hall_desk.console", slug=event.slug), event.name
    match event.poll:
        case PollState.PLANNED:
            if missing_bids(event):
                order = url_for("events_desk.running_order", slug=event.slug)
                yield Task(f"Bring the running order of {name} up to date", order, "The shortlist has changed.")
            if not slips_of(event):
                printing = url_for("slips_desk.order", slug=event.slug)
                yield Task(f"Print the slips of {name}", printing, moment(event.starts_at))
            yield Task(f"Open voting at {name}", console, moment(event.starts_at))
        case PollState.OPEN:
            votes = turnout_of(event)
            hint = f"{votes} {'vote' if votes == 1 else 'votes'} so far"
            yield Task(f"Voting is open at {name}", console, hint, "Open", "green")
        case PollState.CLOSED:
            yield Task(f"Count the votes of {name}", console)
        case PollState.COUNTING:
            yield Task(f"Finish the count of {name}", console)
        case PollState.COUNTED:
            yield Task(f"Finish the seal of {name}", console)
        case PollState.SEALED:
            yield Task(f"Publish the result of {name}", url_for("results_desk.outcome", slug=event.slug))
        case PollState.PUBLISHED:
            yield from _of_awards(event)


def _of_awards(event: Event) -> Iterator[Task]:
    address, awards = url_for("awards_desk.awards", slug=event.slug), awards_of(event)
    outcome = outcome_of(event)
    if not awards and outcome and outcome.funded:
        yield Task(f"Make the awards of {event.name}", address)
    accepted = sum(award.state is AwardState.ACCEPTED for award in awards)
    if accepted:
        yield Task(f"Sign {accepted} {'agreement' if accepted == 1 else 'agreements'}", address, event.name)


def _of_monitoring() -> Iterator[Task]:
    board, watched = url_for("mentoring_desk.board"), watches()
    alone = sum(watch.is_alone for watch in watched)
    if alone:
        yield Task(f"Find a mentor for {alone} funded {'group' if alone == 1 else 'groups'}", board)
    late = sum(watch.is_overdue for watch in watched)
    if late:
        yield Task(f"{late} {'visit is' if late == 1 else 'visits are'} overdue", board, "", "Overdue", "red")
