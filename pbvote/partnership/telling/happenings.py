"""What a partnership’s letters tell: agendas, meetings that move or are off, results, updates. It only reads."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from pbvote.addresses import consultation_page, meeting_page, update_page
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations.models import Consultation, ConsultationState
from pbvote.partnership.meetings.models import Meeting, MeetingState
from pbvote.partnership.meetings.words import meeting_hours
from pbvote.partnership.telling.kinds import PieceOfNews, told_as
from pbvote.partnership.updates.models import Update


def _within(moment: Any, since: dt.datetime, until: dt.datetime) -> sa.ColumnElement[bool]:
    return sa.and_(moment > since, moment <= until)


def _to_come(locality: Locality, state: MeetingState) -> sa.Select[Meeting]:
    """Public meetings that are not over: nobody is told of one that they have missed."""
    wanted = sa.select(Meeting).where(Meeting.locality_id == locality.id, Meeting.is_public, Meeting.ends_at > now())
    return wanted.where(Meeting.state == state).order_by(Meeting.starts_at, Meeting.id)


@told_as("agenda", "The agenda of a meeting is out")
def agendas_out(locality: Locality, since: dt.datetime, until: dt.datetime) -> Iterator[PieceOfNews]:
    """Agendas that came out, by a press or by the clock."""
    wanted = _to_come(locality, MeetingState.AGENDA).where(_within(Meeting.published_at, since, until))
    for meeting in db.session.scalars(wanted):
        if meeting.published_at:
            line = f"The agenda is out: {meeting.title}, {meeting_hours(meeting)}, {meeting.place}"
            yield PieceOfNews(meeting.published_at, line, meeting_page(locality.slug, meeting.id))


@told_as("moved", "A meeting moves, or is off")
def meetings_moved(locality: Locality, since: dt.datetime, until: dt.datetime) -> Iterator[PieceOfNews]:
    """Meetings that have another hour or place, and those that do not take place."""
    moved = _to_come(locality, MeetingState.AGENDA).where(_within(Meeting.moved_at, since, until))
    for meeting in db.session.scalars(moved):
        if meeting.moved_at:
            line = f"A meeting has moved: {meeting.title} is now on {meeting_hours(meeting)}, {meeting.place}"
            yield PieceOfNews(meeting.moved_at, line, meeting_page(locality.slug, meeting.id))
    off = _to_come(locality, MeetingState.OFF).where(_within(Meeting.off_at, since, until))
    for meeting in db.session.scalars(off):
        if meeting.off_at:
            line = f"A meeting is off: {meeting.title}, {meeting_hours(meeting)}"
            yield PieceOfNews(meeting.off_at, line, meeting_page(locality.slug, meeting.id))


@told_as("result", "What came of a consultation")
def results_told(locality: Locality, since: dt.datetime, until: dt.datetime) -> Iterator[PieceOfNews]:
    """Results of consultations that came out."""
    wanted = sa.select(Consultation).where(Consultation.locality_id == locality.id)
    wanted = wanted.where(Consultation.state == ConsultationState.TOLD, _within(Consultation.told_at, since, until))
    for consultation in db.session.scalars(wanted.order_by(Consultation.told_at, Consultation.id)):
        if consultation.told_at:
            line = f"What we heard, and what comes of it: {consultation.title}"
            yield PieceOfNews(consultation.told_at, line, consultation_page(locality.slug, consultation.id))


@told_as("news", "The partnership has news")
def updates_told(locality: Locality, since: dt.datetime, until: dt.datetime) -> Iterator[PieceOfNews]:
    """Updates that came out and still say something."""
    wanted = sa.select(Update).where(Update.locality_id == locality.id, Update.taken_down_at.is_(None))
    wanted = wanted.where(_within(Update.published_at, since, until)).order_by(Update.published_at, Update.id)
    for update in db.session.scalars(wanted):
        if update.published_at:
            yield PieceOfNews(update.published_at, update.heading, update_page(locality.slug, update.id))
