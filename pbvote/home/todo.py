"""What an organiser should do next, in the order of a round.

Everything is read first, a statement for each kind of thing and not for each event; then it is put in order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from pbvote.call.bids.models import BidState
from pbvote.call.checking.waiting import KeptWaiting, what_waits
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.service import all_rounds, takes_bids
from pbvote.core.clock import now, today
from pbvote.filters import moment
from pbvote.grants.awards.decisions import HowFar, how_far
from pbvote.grants.money.service import money_to_do
from pbvote.grants.money.waiting import waiting_anywhere
from pbvote.grants.reports.todo import reports_to_do
from pbvote.home.grants_todo import of_awards, of_monitoring
from pbvote.home.partnership_todo import of_introductions, of_partnerships
from pbvote.home.tasks import Task, Urgency, where
from pbvote.tally import Outcome
from pbvote.vote.acts.kinds import kind_of
from pbvote.vote.count.outcome import outcomes_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import events_of, missing_in
from pbvote.vote.poll.states import IS_PUBLIC, TAKES_CHANGES, PollState


@dataclass(frozen=True, slots=True)
class _Stand:
    """How the council's own rounds stand: everything that a task may hang on."""

    rounds: list[Round]
    kept_waiting: Mapping[int, Mapping[KeptWaiting, int]]
    """What waits for a decision, has waited too long, or only waits to be sent, by round."""
    events: dict[int, Event]
    """By share."""
    missing: dict[int, int]
    """Bids without a place in the running order, by event."""
    awards: Mapping[int, HowFar]
    """How far the awards have come, by event."""
    outcomes: dict[int, Outcome]
    """The published outcomes of events whose groups have not heard of any decision, by event."""

    @classmethod
    def now(cls) -> "_Stand":
        """As it is now."""
        rounds = [round_ for round_ in all_rounds() if not round_.is_imported]
        opened = [share for round_ in rounds if round_.state is RoundState.OPEN for share in round_.shares]
        events = events_of(opened) if opened else {}
        planned = [event for event in events.values() if event.poll in TAKES_CHANGES]
        public = [event for event in events.values() if event.poll in IS_PUBLIC]
        ids = [event.id for event in public]
        awards = how_far(ids, *money_to_do(ids), *reports_to_do(ids)) if public else {}
        undecided = [event for event in public if not awards.get(event.id, HowFar()).has_first]
        return cls(
            rounds=rounds,
            kept_waiting=what_waits() if opened else {},
            events=events,
            missing=missing_in(planned) if planned else {},
            awards=awards,
            outcomes=outcomes_of(undecided) if undecided else {},
        )


def organisers_tasks(asked_by: int | None = None) -> list[Task]:
    """Everything that waits for an organiser, the most urgent first; else in the order of a round.

    What the account `asked_by` asked for itself waits for somebody else, and it is told so.
    """
    stand = _Stand.now()
    tasks = [*_to_confirm(asked_by)]
    tasks += [task for round_ in stand.rounds for task in _of_round(stand, round_)]
    tasks += of_monitoring()
    tasks += of_partnerships()
    tasks += of_introductions()
    return sorted(tasks, key=lambda task: task.urgency)  # stable: an event's rows stay together


def _to_confirm(asked_by: int | None) -> Iterator[Task]:
    """What two people must agree to, before its ten minutes are over."""
    for waiting in waiting_anywhere():
        act = waiting.act
        minutes = max(1, -int((now() - act.expires_at).total_seconds() // 60))
        left = f"{minutes} {'minute' if minutes == 1 else 'minutes'} left"
        of, what = where(waiting.event), kind_of(act).occasion
        address = url_for("hall_desk.console", slug=waiting.event.slug)
        if act.award_id:
            address, what = url_for("money_desk.award", award_id=act.award_id), f"{what} for {waiting.project}"
        if act.asked_by == asked_by:
            yield Task(f"You asked for {what}", address, f"{of}. {left}", "Waits", "grey", Urgency.CONFIRM)
        else:
            text, hint = f"Confirm {what}", f"{of}. {act.asker.name} asks. {left}"
            yield Task(text, address, hint, "Confirm", "red", Urgency.CONFIRM)


def _of_round(stand: _Stand, round_: Round) -> Iterator[Task]:
    if round_.state is RoundState.DRAFT:
        address = url_for("rounds_desk.set_up", slug=round_.slug)
        yield Task(f"Set up {round_.name}", address, "Its shares, dates and rules; then open it.")
        return
    waits = stand.kept_waiting.get(round_.id, {})
    yield from _of_checking(round_, waits)
    if waiting := waits.get(KeptWaiting.RECEIVED):
        board = url_for("checking_desk.board", slug=round_.slug, state=BidState.RECEIVED.value)
        yield Task(f"Check {waiting} {'bid' if waiting == 1 else 'bids'}", board, round_.name)
    if late := waits.get(KeptWaiting.LATE):
        address = url_for("drafts_desk.late", slug=round_.slug)
        yield Task(f"Look at {late} late {'bid' if late == 1 else 'bids'}", address, round_.name)
    for share in round_.shares:
        event = stand.events.get(share.id)
        yield from _of_event(stand, event) if event else _of_share(share)


def _of_checking(round_: Round, waits: Mapping[KeptWaiting, int]) -> Iterator[Task]:
    """What keeps groups waiting, the most urgent first; each with the list where it is dealt with."""
    board, slug = "checking_desk.board", round_.slug
    if number := waits.get(KeptWaiting.SECOND_LOOK):
        text = f"Look again at {number} refused {'bid' if number == 1 else 'bids'}"
        yield Task(text, url_for(board, slug=slug, flag="again"), f"{round_.name}. The group has asked for it.")
    if number := waits.get(KeptWaiting.OVERDUE):
        text = f"Follow up {number} overdue {'answer' if number == 1 else 'answers'}"
        yield Task(text, url_for(board, slug=slug, flag="overdue"), f"{round_.name}. The day to answer has passed.")
    if number := waits.get(KeptWaiting.DRAFTED):
        text = f"Send {number} drafted {'decision' if number == 1 else 'decisions'}"
        yield Task(text, url_for("decisions_desk.drafts", slug=slug), f"{round_.name}. No group knows of a draft.")
    if number := waits.get(KeptWaiting.UNCONFIRMED):
        text = f"Write again about {number} unconfirmed {'bid' if number == 1 else 'bids'}"
        hint = f"{round_.name}. The contact has not confirmed it for two days."
        yield Task(text, url_for("bids_desk.unconfirmed", slug=slug), hint)


def _of_share(share: Share) -> Iterator[Task]:
    if not takes_bids(share) and share.bids_close_on < today():
        address = url_for("events_desk.new_event", share_id=share.id)
        yield Task(f"Plan the event of {share.locality.name}", address, f"{share.round.name}. Bids are in.")


def _of_event(stand: _Stand, event: Event) -> Iterator[Task]:
    """The next step of an event's poll."""
    console, name, of = url_for("hall_desk.console", slug=event.slug), event.name, event.share.round.name
    if event.is_chosen_by_members and event.poll is not PollState.PUBLISHED:
        yield from _of_choosing(event, console)
        return
    match event.poll:
        case PollState.PLANNED:
            if event.id in stand.missing:
                order = url_for("events_desk.running_order", slug=event.slug)
                yield Task(f"Bring the running order of {name} up to date", order, f"{of}. The shortlist has changed.")
            if not event.share.is_locked:  # the first slip locks it
                printing = url_for("slips_desk.order", slug=event.slug)
                yield Task(f"Print the slips of {name}", printing, f"{of}. {moment(event.starts_at)}")
            yield Task(f"Open voting at {name}", console, f"{of}. {moment(event.starts_at)}")
        case PollState.OPEN:
            # The hour of a hall's close is worked out of its groups: the event's page names it.
            until = f"{of}. Planned until {moment(event.ends_at)}" if event.lasts_days else of
            yield Task(f"Voting is open at {name}", console, until, "Open", "green", Urgency.OPEN)
        case PollState.CLOSED:
            yield Task(f"Count the votes of {name}", console, of, urgency=Urgency.OPEN)
        case PollState.COUNTING:
            yield Task(f"Finish the count of {name}", console, of, urgency=Urgency.OPEN)
        case PollState.COUNTED:
            yield Task(f"Finish the seal of {name}", console, of, urgency=Urgency.OPEN)
        case PollState.SEALED:
            address = url_for("steps_desk.publishing_page", slug=event.slug)
            yield Task(f"Publish the result of {name}", address, of, urgency=Urgency.OPEN)
        case PollState.PUBLISHED:
            yield from of_awards(event, stand.outcomes.get(event.id), stand.awards.get(event.id, HowFar()))


def _of_choosing(event: Event, console: str) -> Iterator[Task]:
    """The next step where members choose."""
    name, of = event.name, event.share.round.name
    if event.takes_changes:
        yield Task(f"Let the members choose at {name}", console, f"{of}. {moment(event.starts_at)}")
    elif event.takes_choices:
        until = f"{of}. Until {moment(event.ends_at)}"
        yield Task(f"The members are choosing at {name}", console, until, "Open", "green", Urgency.OPEN)
    else:
        yield Task(f"Publish what the members chose at {name}", console, f"{of}. With the reasons")
