"""Find meetings: for everybody, for members, for editors. Each list takes a fixed number of statements."""

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now, uk_moment
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.paging import Page, fetch_page
from pbvote.partnership.meetings.models import AFTER_IT, Meeting, MeetingItem, MeetingPaper, MeetingState

PAGE = 30
"""Past meetings on a page: two or three years of them."""


def meeting_of(locality: Locality, meeting_id: int) -> Meeting | None:
    """The partnership's meeting with this number, whatever its state; with items and papers, in three statements."""
    wanted = sa.select(Meeting).where(Meeting.locality_id == locality.id, Meeting.id == meeting_id)
    papers = orm.selectinload(Meeting.papers)
    whole = (papers.joinedload(MeetingPaper.file), papers.joinedload(MeetingPaper.photo))
    return db.session.scalar(wanted.options(orm.selectinload(Meeting.items), *whole))


def public_meeting_of(locality: Locality, meeting_id: int) -> Meeting | None:
    """The same, where its agenda is out."""
    found = meeting_of(locality, meeting_id)
    return found if found and found.is_public else None


def item_of(meeting: Meeting, item_id: int) -> MeetingItem | None:
    """The meeting's item with this number."""
    return next((item for item in meeting.items if item.id == item_id), None)


def _public(locality: Locality) -> sa.Select[Meeting]:
    return sa.select(Meeting).where(Meeting.locality_id == locality.id, Meeting.is_public)


def _is_over() -> sa.ColumnElement[bool]:
    """Whether a meeting is a thing of the past: ended by an editor, or by its hour."""
    return sa.or_(Meeting.state.in_(AFTER_IT), Meeting.ends_at <= now())


def meetings_to_come(locality: Locality) -> list[Meeting]:
    """Public meetings that are not over, those that are off among them; the next one first."""
    wanted = _public(locality).where(~_is_over()).order_by(Meeting.starts_at, Meeting.id)
    return list(db.session.scalars(wanted))


def meetings_past(locality: Locality, number: int) -> Page[Meeting]:
    """A page of the public meetings that are over, the newest first; in two statements."""
    wanted = _public(locality).where(_is_over()).order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    return fetch_page(wanted, number, PAGE)


def meetings_since(locality: Locality, first: dt.date) -> Sequence[Meeting]:
    """The public meetings that began on this day or later, or are still to begin; the earliest first."""
    wanted = _public(locality).where(Meeting.starts_at >= uk_moment(first, dt.time()))
    return db.session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)).all()


def next_of(meetings: Iterable[Meeting]) -> Meeting | None:
    """Of these, the one that runs or comes next."""
    return next((each for each in meetings if each.state is MeetingState.AGENDA and each.ends_at > now()), None)


def newest_meetings(locality: Locality) -> list[Meeting]:
    """Public meetings with their items, for calendars and feeds: those to come, and some before; in two statements."""
    wanted = _public(locality).options(orm.selectinload(Meeting.items))
    newest = wanted.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(PAGE)
    return list(db.session.scalars(newest))


def minutes_in_draft(locality: Locality) -> list[Meeting]:
    """The meetings whose minutes the partnership's members read before they are agreed."""
    wanted = sa.select(Meeting).where(Meeting.locality_id == locality.id, Meeting.state == MeetingState.MINUTES)
    return list(db.session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)))


def kept_meetings(locality: Locality, number: int) -> Page[Meeting]:
    """A page of all the partnership's meetings for its editors, the latest day first."""
    wanted = sa.select(Meeting).where(Meeting.locality_id == locality.id)
    return fetch_page(wanted.order_by(Meeting.starts_at.desc(), Meeting.id.desc()), number, PAGE)


def by_year(meetings: Sequence[Meeting]) -> list[tuple[int, list[Meeting]]]:
    """Meetings by the year in which they begin, in their order."""
    years: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        years.setdefault(meeting.starts_at.year, []).append(meeting)
    return list(years.items())
