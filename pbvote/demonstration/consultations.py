"""What the four partnerships of the demonstration ask: one result is due, one is out, one consultation is open."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa

from pbvote.core.clock import now, today, uk_moment
from pbvote.db import db
from pbvote.demonstration.answers import FAIR, GREEN, SHOPS, Answered
from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called
from pbvote.partnership.engagement.consultations.answering import keep_answer
from pbvote.partnership.engagement.consultations.models import (
    AnswerWords,
    Consultation,
    ConsultationAnswer,
)
from pbvote.partnership.engagement.consultations.results import tell_result, write_result
from pbvote.partnership.engagement.consultations.service import (
    SaidOfConsultation,
    consultation_of,
    consultation_with_code,
    draft_consultation,
    publish_consultation,
    result_due,
)
from pbvote.partnership.engagement.consultations.sorting import SortedPage, SortedWords, save_sorting
from pbvote.partnership.engagement.service import add_text, begin_with_usual_texts
from pbvote.partnership.meetings.actions.service import SaidOfAction, add_action
from pbvote.people.models import Account

_OFFICER: Final = "Grace Oyelaran, parks officer"
_WHERE: Final = {
    "old-trafford-stretford": "Thursdays at Stretford Mall, by the library stall, from 10am to noon.",
    "sale": "The first Saturday of the month at the Town Hall steps, at 11am.",
    "urmston-partington": "Wednesdays in Partington’s community centre, over soup, from noon to 2pm.",
    "south-trafford": "Tuesdays at Altrincham market, at the council’s table, from 9am to 1pm.",
}


class _Asked(NamedTuple):
    slug: str
    title: str
    why: str
    closed_days_ago: int
    """Less than none where it is still open."""
    answers: Sequence[Answered]
    sorted: int
    """How many of them are under topics."""


_ALL: Final = (
    _Asked(
        "old-trafford-stretford",
        "The fair on the rec",
        "We decide in spring what the fair’s £2,000 is spent on. Its day and its place are settled.",
        11,
        FAIR,
        21,
    ),
    _Asked(
        "sale",
        "Sale town centre on a Saturday",
        "Shops and the council put up new benches, lights and signs this year. You say where.",
        34,
        SHOPS,
        100,
    ),
    _Asked(
        "urmston-partington",
        "The green behind Partington library",
        "There is money for one thing on the green this year. What you write decides which.",
        -12,
        GREEN,
        0,
    ),
)


def consult(organiser: Account) -> None:
    """A plan for each partnership, and three consultations."""
    for slug, words in _WHERE.items():
        locality = locality_called(slug)
        if locality:
            begin_with_usual_texts(locality, organiser)
            add_text(locality, "This season", words, organiser)
    for asked in _ALL:
        locality = locality_called(asked.slug)
        if locality:
            _ask(locality, asked, organiser)


def _ask(locality: Locality, asked: _Asked, organiser: Account) -> None:
    questions = ("What do you like best here?", "What would you change?")
    days = (today() - dt.timedelta(days=3), today() + dt.timedelta(days=12))
    said = SaidOfConsultation(asked.title, asked.why, questions, *days, _OFFICER)
    draft = draft_consultation(locality, said, organiser)
    publish_consultation(draft, draft.version, organiser)
    consultation = consultation_with_code(draft.code) or draft
    for number, one in enumerate(asked.answers):
        typed = {place: words for place, words in enumerate(one.said, 1) if words}
        keep_answer(consultation, str(number), typed, one.ward)
    _date(consultation, asked)
    _sort(consultation, asked)
    if asked.slug == "sale":
        _tell(locality, consultation, organiser)


def _date(consultation: Consultation, asked: _Asked) -> None:
    """Put the consultation and the hours of its answers where they belong."""
    if asked.closed_days_ago > 0:
        consultation.closes_on = today() - dt.timedelta(days=asked.closed_days_ago)
        consultation.opens_on = consultation.closes_on - dt.timedelta(days=21)
        consultation.result_due_on = result_due(consultation.closes_on)
    answers = sa.select(ConsultationAnswer).where(ConsultationAnswer.consultation_id == consultation.id)
    for number, answer in enumerate(db.session.scalars(answers.order_by(ConsultationAnswer.key))):
        began = uk_moment(consultation.opens_on + dt.timedelta(days=number % 3), dt.time(10 + number % 4))
        answer.came_at = min(began, now().replace(minute=0, second=0, microsecond=0))
    db.session.flush()


def _sort(consultation: Consultation, asked: _Asked) -> None:
    """Put answers under topics, as far as the editors have come; quote those that they chose, and set one aside."""
    topics = {words: (topic, one) for one in asked.answers for words, topic in zip(one.said, one.topics, strict=True)}
    wanted = sa.select(AnswerWords).join(ConsultationAnswer, ConsultationAnswer.key == AnswerWords.answer_key)
    wanted = wanted.where(ConsultationAnswer.consultation_id == consultation.id).order_by(AnswerWords.answer_key)
    pressed, aside = [], {}
    for said in list(db.session.scalars(wanted))[: asked.sorted]:
        topic, one = topics[said.words]
        if one.aside_why:
            aside[said.answer_key] = one.aside_why
        elif topic:
            quoted = True if one.is_quoted else None
            pressed.append(SortedWords(said.answer_key, said.question_id, new_topic=topic, is_quoted=quoted))
    save_sorting(consultation, SortedPage(pressed, aside))
    db.session.expire_all()


def _tell(locality: Locality, consultation: Consultation, organiser: Account) -> None:
    """Write the result, and publish it some days ago."""
    due = today() + dt.timedelta(days=70)
    said = SaidOfAction("Six benches between the tram and the library", "Six stand", "Trafford Council", None, due)
    benches = add_action(locality, said, organiser)
    lit = SaidOfAction(
        "Light the passage by the canal until midnight", "Both lamps burn", "Trafford Council", None, due
    )
    lights = add_action(locality, lit, organiser)
    heard = (
        "You like that everything is close together, and that people know your name. You would sit down more often if "
        "you could. After dark you go round by the road."
    )
    cars = {
        "what": "Close School Road to cars on Saturdays",
        "why": "Buses have no other way. We ask again when the new road is open.",
    }
    number = consultation.id
    db.session.expunge(consultation)  # so that it is read again with all its parts
    whole = consultation_of(locality, number) or consultation
    write_result(whole, heard, [benches.id, lights.id], [cars], whole.version, organiser)
    tell_result(whole, whole.version, organiser)
    whole.told_at = now() - dt.timedelta(days=9)
    db.session.flush()
