"""What an organiser should do next about awards: decide, pay, answer reports and worries, find mentors."""

import datetime as dt
from collections.abc import Iterator

from flask import url_for

from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.decisions import HowFar
from pbvote.grants.awards.models import AwardState
from pbvote.grants.money.service import MoneyToDo, note_in_words
from pbvote.grants.reminding.running import REMINDERS, is_silent, reminders_moment
from pbvote.grants.reports.todo import ReportToDo
from pbvote.grants.visits.urgent import what_is_urgent
from pbvote.home.tasks import Task, Urgency, where
from pbvote.tally import Outcome
from pbvote.vote.events.models import Event


def of_awards(event: Event, outcome: Outcome | None, far: HowFar) -> Iterator[Task]:
    """Decide, tell the groups, then see to the agreements, the money and the reports."""
    address, of = url_for("awards_desk.awards", slug=event.slug), where(event)
    if outcome and (outcome.funded or outcome.offers):
        yield Task(f"Make the awards of {event.name}", address, f"{event.share.round.name}. Every group waits to hear.")
    elif outcome and outcome.steps:
        hint = f"{event.share.round.name}. Residents funded no bid, and every group waits to hear."
        yield Task(f"Tell the groups of {event.name}", address, hint)
    if far.has_draft:
        hint = f"{event.share.round.name}. The decision is written down, and no group knows of it."
        yield Task(f"Send the letters about {event.name}", address, hint)
    if far.free_pence:
        amount, name = format_money(far.free_pence, event.share.round.currency), event.share.locality.name
        yield Task(f"{amount} is free in {name}: decide", address, f"{of}. {' '.join(far.refusals)}")
    if accepted := far.awards.get(AwardState.ACCEPTED):
        yield Task(f"Sign {accepted} {'agreement' if accepted == 1 else 'agreements'}", address, of)
    yield from _of_money(far, event)
    yield from _of_reports(far, event)


def _of_money(far: HowFar, event: Event) -> Iterator[Task]:
    """What finance is still to be asked for, and what nobody has said of it."""
    address = url_for("money_desk.event_money", slug=event.slug)
    if plan := far.others.get(MoneyToDo.PLAN):
        text = f"Plan {plan} {'payment' if plan == 1 else 'payments'}"
        yield Task(text, address, f"{where(event)}. The agreements are signed.")
    if note := far.others.get(MoneyToDo.NOTE):
        yield Task(note_in_words(note), address, f"{where(event)}. The day has passed.")


def _of_reports(far: HowFar, event: Event) -> Iterator[Task]:
    """Whom to thank, what groups ask, what they have not sent."""
    address, of, counted = url_for("reports_desk.reports", event=event.slug), where(event), far.others.get
    if asked := counted(ReportToDo.CHANGE):
        text = f"Answer {asked} {'group that asks' if asked == 1 else 'groups that ask'} for a change"
        yield Task(text, address, of)
    if answer := counted(ReportToDo.ANSWER):
        text = f"Thank {answer} {'group' if answer == 1 else 'groups'} for {'its report' if answer == 1 else 'reports'}"
        if counted(ReportToDo.LATE_THANKS):
            yield Task(text, address, of, "Overdue", "red", Urgency.OVERDUE)
        else:
            yield Task(text, address, of)
    if left := counted(ReportToDo.LEFT):
        text = f"Agree what becomes of money that {left} {'group has' if left == 1 else 'groups have'} left"
        yield Task(text, address, of)
    if late := counted(ReportToDo.LATE):
        text = f"{late} {'report is' if late == 1 else 'reports are'} late"
        yield Task(text, address, of, "Overdue", "red", Urgency.OVERDUE)


def of_monitoring() -> Iterator[Task]:
    """The worries, those due first in front; then what is overdue and who is alone, event by event."""
    urgent = what_is_urgent(reminders_moment())
    yield from _of_reminders(urgent.moments.get(REMINDERS))
    for worry in urgent.worries:
        hint = f"For {worry.officer or 'whoever reads this first'} by {day(worry.due_on)}. {worry.event}, {worry.round}"
        tag = "Overdue" if worry.is_late else "Worried"
        address = url_for("worries_desk.worry", worry_id=worry.worry_id)
        yield Task(worry.to_do, address, hint, tag, "red", Urgency.WORRY)
    for asked in urgent.another:
        address = url_for("monitoring_desk.award", award_id=asked.award_id)
        why = f"Asked on {day(asked.asked_at)}, without a reason" if asked.asked_at else asked.why
        hint = f"{asked.event}, {asked.round}. {why}"
        yield Task(asked.to_do, address, hint)
    for waiting in urgent.second:
        address = url_for("promises_desk.accepted", award_id=waiting.award_id)
        hint = f"{waiting.event}, {waiting.round}. Ask the group how it stands"
        yield Task(waiting.in_words, address, hint)
    for each in urgent.unreachable:
        yield Task(each.in_words, url_for("groups_desk.without_contact"), f"{each.event}, {each.round}")
    for found in urgent.neglected:
        of, board = f"{found.event}, {found.round}", "monitoring_desk.board"
        if found.alone:
            yield Task(found.alone_in_words, url_for(board, event=found.slug, which="alone"), of)
        if found.late:
            late = url_for(board, event=found.slug, which="late")
            yield Task(found.late_in_words, late, of, "Overdue", "red", Urgency.OVERDUE)


def _of_reminders(last: dt.datetime | None) -> Iterator[Task]:
    """Nobody is reminded of anything where nothing runs: whoever looks after the server should know."""
    if last and is_silent(last):
        hint = "Tell whoever looks after the server: `pbvote remind` runs every day."
        text = f"Reminders have not run since {day(last)}"
        yield Task(text, url_for("home_desk.outbox"), hint, "Overdue", "red", Urgency.OVERDUE)
