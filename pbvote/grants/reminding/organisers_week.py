"""What an organiser reads once a week: what Today says about funded groups, in its words. Nothing here writes."""

import sqlalchemy as sa

from pbvote.call.rounds.models import Round, Share
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.awards.decisions import how_far
from pbvote.grants.awards.models import Award
from pbvote.grants.money.service import MoneyToDo, money_to_do, note_in_words
from pbvote.grants.reminding.paragraphs import Paragraph
from pbvote.grants.visits.urgent import Neglected, OpenWorry, what_is_urgent
from pbvote.vote.events.models import Event


def organisers_week() -> list[Paragraph]:
    """Of all funded groups: worries, who asks for another mentor, who is alone, what waits, payments to note."""
    urgent = what_is_urgent()
    alone = [f"{found.alone_in_words} ({_where(found)})" for found in urgent.neglected if found.alone]
    late = [f"{found.late_in_words} ({_where(found)})" for found in urgent.neglected if found.late]
    return [
        Paragraph("Worries", [_worry(worry) for worry in urgent.worries]),
        Paragraph("Overdue", late),
        Paragraph("Mentors", [*(asked.to_do for asked in urgent.another), *alone]),
        Paragraph("Second people", [waiting.in_words for waiting in urgent.second]),
        Paragraph("Payments", _payments()),
    ]


def _worry(worry: OpenWorry) -> str:
    who = f", for {worry.officer}" if worry.officer else ""
    return f"{worry.to_do}{who}, by {day(worry.due_on)}"


def _where(found: Neglected) -> str:
    return f"{found.event}, {found.round}"


def _payments() -> list[str]:
    """The payments that somebody should note, event by event."""
    wanted = sa.select(Event.id, Event.name, Round.name.label("round")).join(Event.share).join(Share.round)
    wanted = wanted.where(sa.exists().where(Award.event_id == Event.id)).order_by(Event.starts_at, Event.id)
    events = db.session.execute(wanted).all()
    ids = [event.id for event in events]
    far = how_far(ids, *money_to_do(ids)) if ids else {}
    notes = [(event, far[event.id].others.get(MoneyToDo.NOTE, 0)) for event in events if event.id in far]
    return [f"{note_in_words(number)} ({event.name}, {event.round})" for event, number in notes if number]
