"""Meetings of partnerships for programs: what stands on a meeting's page once its agenda is out, and no names."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import sqlalchemy as sa
from msgspec import Meta
from sqlalchemy import orm

from pbvote.addresses import meeting_page
from pbvote.data_addresses import paper_address
from pbvote.db import db
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingPaper, MeetingQuestion, QuestionState
from pbvote.public_account.api.collections import ROW_NUMBER, Asked, Collection, Moment, of_number


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What a resident asked about an item, without who asked."""

    asked_on: Annotated[dt.date, Meta(description="The day on which it was asked.")]
    words: Annotated[str, Meta(description="The question.")]
    answered_on: Annotated[dt.date | None, Meta(description="The day of the answer; null without one.")]
    answer: Annotated[str, Meta(description="The answer; empty without one.")]

    @classmethod
    def of(cls, question: MeetingQuestion) -> "QuestionRow":
        """This question."""
        return cls(question.asked_on, question.words, question.answered_on, question.answer)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of an agenda, and what was decided about it."""

    title: Annotated[str, Meta(description="What it is called.")]
    words: Annotated[str, Meta(description="What is said of it; empty where nothing is.")]
    minutes: Annotated[int | None, Meta(description="How many minutes it may take; null where nobody said.")]
    decided: Annotated[str, Meta(description="What was decided; empty until the minutes are agreed.")]
    questions: Annotated[list[QuestionRow], Meta(description="What residents asked about it and an editor showed.")]

    @classmethod
    def of(cls, item: MeetingItem, questions: Sequence[MeetingQuestion], is_agreed: bool) -> "ItemRow":
        """This item, with what was asked about it and everybody reads."""
        asked = [QuestionRow.of(each) for each in questions if each.state is QuestionState.SHOWN]
        return cls(item.title, item.words, item.minutes, item.decided if is_agreed else "", asked)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of a meeting."""

    title: Annotated[str, Meta(description="What it is called.")]
    file: Annotated[str, Meta(description="Where the document or the photo is.")]
    added_at: Annotated[Moment, Meta(description="When it was added.")]

    @classmethod
    def of(cls, paper: MeetingPaper, locality_slug: str) -> "PaperRow":
        """This paper."""
        return cls(paper.title, paper_address(locality_slug, paper.meeting_id, paper.id), paper.added_at)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting of a partnership whose agenda is out."""

    id: Annotated[str, Meta(description="The number of the meeting. It stays wherever the meeting moves.")]
    locality: Annotated[str, Meta(description="The locality, as addresses call it.")]
    locality_name: Annotated[str, Meta(description="The locality whose partnership meets, by its name.")]
    page: Annotated[str, Meta(description="The page for people.")]
    title: Annotated[str, Meta(description="What the meeting is called.")]
    starts_at: Annotated[Moment, Meta(description="When it begins.")]
    ends_at: Annotated[Moment, Meta(description="When it ends.")]
    place: Annotated[str, Meta(description="Where it is.")]
    access: Annotated[str, Meta(description="How to get in; empty where nobody said.")]
    agenda_out_at: Annotated[Moment, Meta(description="When the agenda was out.")]
    is_in_time: Annotated[bool, Meta(description="Whether that was at least five working days ahead.")]
    moved_from_at: Annotated[Moment | None, Meta(description="When it was to begin before it moved last.")]
    off_at: Annotated[Moment | None, Meta(description="When it was called off; null where it was not.")]
    off_reason: Annotated[str, Meta(description="Why it was called off; empty where it was not.")]
    minutes_agreed_at: Annotated[Moment | None, Meta(description="When its minutes were agreed; null until then.")]
    items: Annotated[list[ItemRow], Meta(description="The agenda, in its order.")]
    papers: Annotated[list[PaperRow], Meta(description="Its papers.")]
    changed_at: Annotated[
        Moment, Meta(description="When something of this row last changed, or an editor last saved a part of it.")
    ]

    @classmethod
    def of(cls, meeting: Meeting, out_at: dt.datetime, asked: Mapping[int, Sequence[MeetingQuestion]]) -> "MeetingRow":
        """This meeting, whose agenda came out then, with what was asked about each item."""
        slug = meeting.locality.slug
        questions = {item.id: asked.get(item.id, ()) for item in meeting.items}
        moments = [meeting.changed_at, out_at, *(item.changed_at for item in meeting.items)]
        moments += [paper.added_at for paper in meeting.papers]
        moments += [question.changed_at for some in questions.values() for question in some]
        return cls(
            id=str(meeting.id),
            locality=slug,
            locality_name=meeting.locality.name,
            page=meeting_page(slug, meeting.id),
            title=meeting.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            access=meeting.access,
            agenda_out_at=out_at,
            is_in_time=meeting.is_in_time,
            moved_from_at=meeting.moved_from_at,
            off_at=meeting.off_at,
            off_reason=meeting.off_reason,
            minutes_agreed_at=meeting.agreed_at,
            items=[ItemRow.of(each, questions[each.id], meeting.has_agreed_minutes) for each in meeting.items],
            papers=[PaperRow.of(paper, slug) for paper in meeting.papers],
            changed_at=max(moments),
        )


_IS_READ = MeetingQuestion.state != QuestionState.WAITING
"""Nobody but editors knows of one that waits. One that was taken down again has changed its meeting."""


def _find(asked: Asked) -> Sequence[MeetingRow]:
    """In four statements."""
    wanted: sa.Select[Any] = sa.select(Meeting).where(Meeting.is_public)
    if since := asked.since:
        of_item = sa.exists().where(MeetingItem.meeting_id == Meeting.id, MeetingItem.changed_at >= since)
        of_paper = sa.exists().where(MeetingPaper.meeting_id == Meeting.id, MeetingPaper.added_at >= since)
        is_its = (MeetingItem.meeting_id == Meeting.id, MeetingQuestion.item_id == MeetingItem.id)
        of_question = sa.exists().where(*is_its, _IS_READ, MeetingQuestion.changed_at >= since)
        of_meeting = (Meeting.changed_at >= since, Meeting.published_at >= since)
        wanted = wanted.where(sa.or_(*of_meeting, of_item, of_paper, of_question))
    whole = (
        orm.joinedload(Meeting.locality, innerjoin=True),
        orm.selectinload(Meeting.items),
        orm.selectinload(Meeting.papers),
    )
    found = db.session.scalars(asked.narrow(wanted, [Meeting.id], of_number).options(*whole)).all()
    questions = _questions([item.id for meeting in found for item in meeting.items])
    return [MeetingRow.of(each, each.published_at, questions) for each in found if each.published_at]


def _questions(item_ids: Sequence[int]) -> Mapping[int, Sequence[MeetingQuestion]]:
    wanted = sa.select(MeetingQuestion).where(MeetingQuestion.item_id.in_(item_ids), _IS_READ)
    found: dict[int, list[MeetingQuestion]] = {}
    for question in db.session.scalars(wanted.order_by(MeetingQuestion.id)):
        found.setdefault(question.item_id, []).append(question)
    return found


MEETINGS = Collection(
    name="meetings",
    row=MeetingRow,
    sentence="What partnerships talk about: agendas, questions of residents, and minutes once they are agreed.",
    ids=ROW_NUMBER,
    example="12",
    find=_find,
)
