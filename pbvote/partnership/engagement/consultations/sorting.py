"""Read answers, put them under topics, set them aside. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.paging import Page, fetch_page
from pbvote.partnership.engagement.consultations.models import (
    AnswerWords,
    Consultation,
    ConsultationAnswer,
    Topic,
    TopicMark,
)

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class SortedWords:
    """What an editor pressed under an answer to one question, as differences: of two who sort, both keep theirs."""

    answer_key: str
    question_id: int
    put: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    new_topic: str = ""
    is_quoted: bool | None = None
    """None where that was not changed."""


@dataclass(frozen=True, slots=True)
class SortedPage:
    """What an editor pressed on a page of answers."""

    words: Sequence[SortedWords] = ()
    aside: Mapping[str, str] = field(default_factory=dict)
    """By the answer's key: why it is set aside now, or "" where it is brought back."""


@dataclass(frozen=True, slots=True)
class AnsweredHour:
    """How many answers came within one hour."""

    began_at: dt.datetime
    number: int
    aside: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sorting is."""

    in_all: int
    left: int


def _left() -> sa.ColumnElement[bool]:
    """Whether an answer is neither set aside nor wholly sorted: some of its words are under no topic."""
    is_under = sa.exists().where(TopicMark.answer_key == AnswerWords.answer_key, TopicMark.topic_id == Topic.id)
    is_under = is_under.where(Topic.question_id == AnswerWords.question_id).correlate(AnswerWords)
    is_open = sa.exists().where(AnswerWords.answer_key == ConsultationAnswer.key, ~is_under)
    return sa.and_(ConsultationAnswer.aside_why == "", is_open.correlate(ConsultationAnswer))


def _whole(consultation: Consultation) -> sa.Select[ConsultationAnswer]:
    # By their keys, which say nothing of the order in which they came.
    wanted = sa.select(ConsultationAnswer).where(ConsultationAnswer.consultation_id == consultation.id)
    parts = (orm.selectinload(ConsultationAnswer.said), orm.selectinload(ConsultationAnswer.topics))
    return wanted.options(*parts).order_by(ConsultationAnswer.key)


def answers_to_sort(consultation: Consultation, number: int, *, only_left: bool) -> Page[ConsultationAnswer]:
    """A page of answers; with `only_left` of those that are to be sorted."""
    wanted = _whole(consultation).where(_left()) if only_left else _whole(consultation)
    return fetch_page(wanted, number, PAGE)


def answers_named(consultation: Consultation, keys: Sequence[str]) -> list[ConsultationAnswer]:
    """The answers with these keys, those of other consultations left out."""
    return list(db.session.scalars(_whole(consultation).where(ConsultationAnswer.key.in_(keys[:PAGE]))))


def all_answers(consultation: Consultation) -> list[ConsultationAnswer]:
    """Every answer, for a sheet."""
    return list(db.session.scalars(_whole(consultation)))


def progress_of(consultation: Consultation) -> Progress:
    """How many answers there are, and how many are to be sorted."""
    wanted = sa.select(sa.func.count(), sa.func.count().filter(_left()))
    row = db.session.execute(wanted.where(ConsultationAnswer.consultation_id == consultation.id)).one()
    return Progress(row[0], row[1])


def topics_of(consultation: Consultation) -> dict[int, list[Topic]]:
    """The topics of each question, by name."""
    ids = [question.id for question in consultation.questions]
    found: dict[int, list[Topic]] = {each: [] for each in ids}
    topics = db.session.scalars(sa.select(Topic).where(Topic.question_id.in_(ids)))
    for topic in sorted(topics, key=lambda each: each.name.casefold()):
        found[topic.question_id].append(topic)
    return found


def hours_of(consultation: Consultation) -> list[AnsweredHour]:
    """How answers came in, hour by hour, as long as the hours are kept."""
    came, aside = ConsultationAnswer.came_at, ConsultationAnswer.aside_why != ""
    wanted = sa.select(came, sa.func.count(), sa.func.count().filter(aside))
    wanted = wanted.where(ConsultationAnswer.consultation_id == consultation.id, came.is_not(None))
    rows = db.session.execute(wanted.group_by(came).order_by(came))
    return [AnsweredHour(hour, number, gone) for hour, number, gone in rows if hour is not None]


def _hold(consultation: Consultation) -> None:
    """Of two who sort at once, the second waits: a topic that both name is made once."""
    db.session.scalar(sa.select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())


def save_sorting(consultation: Consultation, page: SortedPage) -> None:
    """Keep what was pressed. What is not of this consultation is left alone."""
    _hold(consultation)
    keys = {each.answer_key for each in page.words} | set(page.aside)
    wanted = sa.select(ConsultationAnswer).where(ConsultationAnswer.key.in_(keys))
    wanted = wanted.where(ConsultationAnswer.consultation_id == consultation.id)
    own = {answer.key: answer for answer in db.session.scalars(wanted)}
    for key, why in page.aside.items():
        if key in own:
            own[key].aside_why = why
    topics = topics_of(consultation)
    for each in page.words:
        if each.answer_key in own and each.question_id in topics:
            _sort(each, topics[each.question_id])
    _note_change(consultation)
    db.session.flush()


def _sort(each: SortedWords, topics: list[Topic]) -> None:
    """Put one answer to one question under topics, and take it from under others."""
    ids = {topic.id for topic in topics}
    put = set(each.put & ids)
    if each.new_topic:
        put.add(_topic_called(each.question_id, each.new_topic, topics).id)
    marks = sa.and_(TopicMark.answer_key == each.answer_key)
    if each.taken:
        db.session.execute(sa.delete(TopicMark).where(marks, TopicMark.topic_id.in_(each.taken & ids)))
    there = set(db.session.scalars(sa.select(TopicMark.topic_id).where(marks))) if put else set()
    db.session.add_all(TopicMark(answer_key=each.answer_key, topic_id=topic_id) for topic_id in sorted(put - there))
    if each.is_quoted is not None:
        own = sa.and_(AnswerWords.answer_key == each.answer_key, AnswerWords.question_id == each.question_id)
        db.session.execute(sa.update(AnswerWords).where(own).values(is_quoted=each.is_quoted))


def _topic_called(question_id: int, name: str, topics: list[Topic]) -> Topic:
    """The topic of that name, whatever its capitals; made where there is none."""
    found = next((topic for topic in topics if topic.name.casefold() == name.casefold()), None)
    if found is None:
        found = Topic(question_id=question_id, name=name)
        db.session.add(found)
        db.session.flush()
        topics.append(found)
    return found


def _note_change(consultation: Consultation) -> None:
    """Whoever sorts after the result is out changes the result."""
    if consultation.is_told:
        consultation.told_changed_on = today()


def name_topic(consultation: Consultation, topic: Topic, name: str) -> bool:
    """Give a topic another name; with the name of another one, the two become one, and it returns True."""
    _hold(consultation)
    others = [each for each in topics_of(consultation)[topic.question_id] if each.id != topic.id]
    same = next((each for each in others if each.name.casefold() == name.casefold()), None)
    _note_change(consultation)
    if same is None:
        topic.name = name
        db.session.flush()
        return False
    under = sa.select(TopicMark.answer_key).where(TopicMark.topic_id == same.id)
    moved = sa.update(TopicMark).where(TopicMark.topic_id == topic.id, TopicMark.answer_key.not_in(under))
    db.session.execute(moved.values(topic_id=same.id))
    remove_topic(consultation, topic)
    return True


def remove_topic(consultation: Consultation, topic: Topic) -> None:
    """Delete a topic; what was under it alone is to be sorted again."""
    _hold(consultation)
    _note_change(consultation)
    db.session.execute(sa.delete(TopicMark).where(TopicMark.topic_id == topic.id))
    db.session.delete(topic)
    db.session.flush()


def topic_of(consultation: Consultation, topic_id: int) -> Topic | None:
    """The consultation's topic with this number."""
    ids = [question.id for question in consultation.questions]
    return db.session.scalar(sa.select(Topic).where(Topic.id == topic_id, Topic.question_id.in_(ids)))


def set_hour_aside(consultation: Consultation, hour: dt.datetime, why: str) -> int:
    """Set all answers of an hour aside, with the reason, or bring them back with none; how many."""
    wanted = sa.update(ConsultationAnswer).where(
        ConsultationAnswer.consultation_id == consultation.id,
        ConsultationAnswer.came_at == hour,
        (ConsultationAnswer.aside_why == "") if why else (ConsultationAnswer.aside_why != ""),
    )
    gone = db.session.scalars(wanted.values(aside_why=why).returning(ConsultationAnswer.key)).all()
    _note_change(consultation)
    return len(gone)
