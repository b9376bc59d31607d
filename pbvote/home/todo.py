"""What an organiser should do next, in the order of a round.

Everything is read first, a statement for each kind of thing and not for each event; then it is put in order.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from pbvote.call.bids.models import BidState
from pbvote.call.checking.waiting import KeptWaiting, what_waits
from pbvote.call.drafts.finishing import count_late_drafts
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.service import all_rounds, takes_bids
from pbvote.core.clock import now, today
from pbvote.core.money import format_money
from pbvote.filters import day, hour, moment
from pbvote.grants.awards.decisions import HowFar, how_far
from pbvote.grants.awards.models import AwardState
from pbvote.grants.money.service import MoneyToDo, money_to_do
from pbvote.grants.money.waiting import waiting_anywhere
from pbvote.grants.visits.urgent import what_is_urgent
from pbvote.tally import Outcome
from pbvote.vote.acts.kinds import kind_of
from pbvote.vote.count.outcome import outcomes_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import events_of, missing_in
from pbvote.vote.poll.states import IS_PUBLIC, TAKES_CHANGES, PollState


class Urgency(enum.IntEnum):
    """How soon a task must be seen to."""

    CONFIRM = 0
    """It lapses within ten minutes."""
    OPEN = 1
    WORRY = 2
    """A member waits for an answer."""
    OVERDUE = 3
    DUE = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, where to do it, and a word or two more."""

    text: str
    href: str
    hint: str = ""
    tag_text: str = "To do"
    tag_colour: str = "blue"
    urgency: Urgency = Urgency.DUE
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class _Stand:
    """How the council's own rounds stand: everything that a task may hang on."""

    rounds: list[Round]
    kept_waiting: Mapping[int, Mapping[KeptWaiting, int]]
    """What waits for a decision, has waited too long, or only waits to be sent, by round."""
    late: dict[int, int]
    """Bids that came after the close, by round."""
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
        awards = how_far(ids, *money_to_do(ids)) if public else {}
        undecided = [event for event in public if not awards.get(event.id, HowFar()).has_first]
        return cls(
            rounds=rounds,
            kept_waiting=what_waits() if opened else {},
            late=count_late_drafts() if opened else {},
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
    tasks += _of_monitoring()
    return sorted(tasks, key=lambda task: task.urgency)  # stable: an event's rows stay together


def _to_confirm(asked_by: int | None) -> Iterator[Task]:
    """What two people must agree to, before its ten minutes are over."""
    for waiting in waiting_anywhere():
        act = waiting.act
        minutes = max(1, -int((now() - act.expires_at).total_seconds() // 60))
        left = f"{minutes} {'minute' if minutes == 1 else 'minutes'} left"
        where, what = _where(waiting.event), kind_of(act).occasion
        address = url_for("hall_desk.console", slug=waiting.event.slug)
        if act.award_id:
            address, what = url_for("money_desk.award", award_id=act.award_id), f"{what} for {waiting.project}"
        if act.asked_by == asked_by:
            yield Task(f"You asked for {what}", address, f"{where}. {left}", "Waits", "grey", Urgency.CONFIRM)
        else:
            text, hint = f"Confirm {what}", f"{where}. {act.asker.name} asks. {left}"
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
    if late := stand.late.get(round_.id):
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
            until = moment(event.ends_at) if event.lasts_days else hour(event.ends_at)
            yield Task(
                f"Voting is open at {name}",
                console,
                f"{of}. Planned until {until}",
                "Open",
                "green",
                Urgency.OPEN,
            )
        case PollState.CLOSED:
            yield Task(f"Count the votes of {name}", console, of)
        case PollState.COUNTING:
            yield Task(f"Finish the count of {name}", console, of)
        case PollState.COUNTED:
            yield Task(f"Finish the seal of {name}", console, of)
        case PollState.SEALED:
            address = url_for("steps_desk.publishing_page", slug=event.slug)
            yield Task(f"Publish the result of {name}", address, of)
        case PollState.PUBLISHED:
            yield from _of_awards(stand, event)


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


def _of_awards(stand: _Stand, event: Event) -> Iterator[Task]:
    address = url_for("awards_desk.awards", slug=event.slug)
    outcome, where = stand.outcomes.get(event.id), _where(event)
    if outcome and (outcome.funded or outcome.offers):
        yield Task(f"Make the awards of {event.name}", address, f"{event.share.round.name}. Every group waits to hear.")
    elif outcome and outcome.steps:
        hint = f"{event.share.round.name}. Residents funded no bid, and every group waits to hear."
        yield Task(f"Tell the groups of {event.name}", address, hint)
    far = stand.awards.get(event.id, HowFar())
    if far.has_draft:
        hint = f"{event.share.round.name}. The decision is written down, and no group knows of it."
        yield Task(f"Send the letters about {event.name}", address, hint)
    if far.free_pence:
        amount, name = format_money(far.free_pence, event.share.round.currency), event.share.locality.name
        yield Task(f"{amount} is free in {name}: decide", address, f"{where}. {' '.join(far.refusals)}")
    if accepted := far.awards.get(AwardState.ACCEPTED):
        yield Task(f"Sign {accepted} {'agreement' if accepted == 1 else 'agreements'}", address, where)
    yield from _of_money(far, event)


def _of_money(far: HowFar, event: Event) -> Iterator[Task]:
    """What finance is still to be asked for, and what nobody has said of it."""
    address = url_for("money_desk.event_money", slug=event.slug)
    if plan := far.others.get(MoneyToDo.PLAN):
        text = f"Plan {plan} {'payment' if plan == 1 else 'payments'}"
        yield Task(text, address, f"{_where(event)}. The agreements are signed.")
    if note := far.others.get(MoneyToDo.NOTE):
        text = f"Note whether {note} {'payment was' if note == 1 else 'payments were'} made"
        yield Task(text, address, f"{_where(event)}. The day has passed.")


def _of_monitoring() -> Iterator[Task]:
    """The worries, those due first in front; then what is overdue and who is alone, event by event."""
    urgent = what_is_urgent()
    for worry in urgent.worries:
        hint = f"For {worry.officer or 'whoever reads this first'} by {day(worry.due_on)}. {worry.event}, {worry.round}"
        tag = "Overdue" if worry.is_late else "Worried"
        address = url_for("worries_desk.worry", worry_id=worry.worry_id)
        yield Task(f"Answer the worry about {worry.about}", address, hint, tag, "red", Urgency.WORRY)
    for asked in urgent.another:
        address = url_for("monitoring_desk.award", award_id=asked.award_id)
        hint = f"{asked.event}, {asked.round}. Asked on {day(asked.asked_at)}, without a reason"
        yield Task(f"Choose another mentor for {asked.about}", address, hint)
    for found in urgent.neglected:
        where, board = f"{found.event}, {found.round}", "monitoring_desk.board"
        if found.alone:
            text = f"Find a mentor for {found.alone} funded {'group' if found.alone == 1 else 'groups'}"
            yield Task(text, url_for(board, event=found.slug, which="alone"), where)
        if found.late:
            visits = "visit is" if found.late == 1 else "visits are"
            late = url_for(board, event=found.slug, which="late")
            yield Task(f"{found.late} {visits} overdue", late, where, "Overdue", "red", Urgency.OVERDUE)


def _where(event: Event) -> str:
    return f"{event.name}, {event.share.round.name}"
