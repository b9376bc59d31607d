"""What a consultation heard, as a picture and in words; and what becomes of it. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations.models import (
    AnswerWords,
    Consultation,
    ConsultationAction,
    ConsultationAnswer,
    ConsultationQuestion,
    ConsultationState,
    ConsultationWont,
    Topic,
    TopicMark,
)
from pbvote.partnership.engagement.consultations.service import NotThatFar
from pbvote.partnership.meetings.actions.models import Action
from pbvote.partnership.meetings.actions.service import whole_actions
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class Heard:
    """What one question heard: how many answered it, how many of them about each topic, and what is quoted."""

    question: ConsultationQuestion
    answers: int
    topics: Sequence[tuple[str, int]]
    """The most named first."""
    unsorted: int
    """Answers that are under no topic."""
    quotes: Sequence[str]

    @property
    def most(self) -> int:
        """The longest bar; 1 where there is none."""
        return max((number for _, number in self.topics), default=1) or 1


@dataclass(frozen=True, slots=True)
class ConsultationResult:
    """Everything that a result shows."""

    heard: Sequence[Heard]
    counted: int
    """Answers that are not set aside."""
    aside: Sequence[tuple[str, int]]
    """How many are set aside, by the reason."""
    actions: Sequence[Action]

    @property
    def aside_in_all(self) -> int:
        """How many answers are set aside."""
        return sum(number for _, number in self.aside)


class NothingSaidYet(Refusal):
    """A result that says neither what will be done nor what won't."""

    status = 422


def result_of(consultation: Consultation, *, public_only: bool) -> ConsultationResult:
    """The result as it stands, in four statements; with `public_only` without actions that not everybody may know."""
    counted, aside = _counts(consultation)
    actions = actions_of_result(consultation)
    return ConsultationResult(
        heard=_heard(consultation),
        counted=counted,
        aside=aside,
        actions=[action for action in actions if action.is_public or not public_only],
    )


def _counts(consultation: Consultation) -> tuple[int, list[tuple[str, int]]]:
    why = ConsultationAnswer.aside_why
    wanted = sa.select(why, sa.func.count()).where(ConsultationAnswer.consultation_id == consultation.id)
    rows = {row[0]: row[1] for row in db.session.execute(wanted.group_by(why))}
    counted = rows.pop("", 0)
    return counted, sorted(rows.items(), key=lambda row: (-row[1], row[0]))


def _heard(consultation: Consultation) -> list[Heard]:
    of_it = sa.and_(ConsultationAnswer.consultation_id == consultation.id, ConsultationAnswer.aside_why == "")
    named = sa.select(Topic.question_id, Topic.name, sa.func.count()).join(TopicMark, TopicMark.topic_id == Topic.id)
    named = named.join(ConsultationAnswer, ConsultationAnswer.key == TopicMark.answer_key).where(of_it)
    topics: dict[int, list[tuple[str, int]]] = {}
    for question_id, name, number in db.session.execute(named.group_by(Topic.id, Topic.question_id, Topic.name)):
        topics.setdefault(question_id, []).append((name, number))
    is_sorted = sa.exists().where(TopicMark.answer_key == AnswerWords.answer_key, TopicMark.topic_id == Topic.id)
    is_sorted = is_sorted.where(Topic.question_id == AnswerWords.question_id).correlate(AnswerWords)
    said = sa.select(AnswerWords, is_sorted).join(ConsultationAnswer, ConsultationAnswer.key == AnswerWords.answer_key)
    rows = db.session.execute(said.where(of_it).order_by(AnswerWords.answer_key)).all()
    found = []
    for question in consultation.questions:
        own = [(words, is_under) for words, is_under in rows if words.question_id == question.id]
        bars = sorted(topics.get(question.id, []), key=lambda each: (-each[1], each[0].casefold()))
        unsorted = sum(not is_under for _, is_under in own)
        quotes = [words.words for words, _ in own if words.is_quoted and words.words]
        found.append(Heard(question, len(own), bars, unsorted, quotes))
    return found


def actions_of_result(consultation: Consultation) -> list[Action]:
    """The actions that come of it, the first due first."""
    wanted = whole_actions().join(ConsultationAction, ConsultationAction.action_id == Action.id)
    wanted = wanted.where(ConsultationAction.consultation_id == consultation.id).order_by(Action.due_on, Action.id)
    return list(db.session.scalars(wanted))


def require_closed(consultation: Consultation) -> None:
    """Raise `NotThatFar` before the close, and for what was called off."""
    if not consultation.may_be_told:
        raise NotThatFar("The result is written once the consultation is closed.")


def write_result(
    consultation: Consultation,
    heard: str,
    action_ids: Sequence[int],
    wont: Sequence[Mapping[str, str]],
    seen: int,
    by: Account,
) -> None:
    """Say what was heard and what becomes of it. Once the result is out, its page says on which day it was changed.

    Raises `NotThatFar`, `SavedMeanwhile`, `NothingSaidYet`.
    """
    require_closed(consultation)
    if consultation.is_told:
        _require_said(heard, bool(action_ids or wont))
    changed = {"told_changed_on": today()} if consultation.is_told else {}
    save_over(consultation, seen, by, {"heard": heard, **changed})
    own = ConsultationAction.consultation_id == consultation.id
    db.session.execute(sa.delete(ConsultationAction).where(own))
    db.session.add_all(ConsultationAction(consultation_id=consultation.id, action_id=each) for each in action_ids)
    consultation.wont = [
        ConsultationWont(position=position, what=each["what"], why=each["why"]) for position, each in enumerate(wont, 1)
    ]
    db.session.flush()


def _require_said(heard: str, has_consequences: bool) -> None:
    if not heard:
        raise NothingSaidYet("Say first what you heard.")
    if not has_consequences:
        raise NothingSaidYet("Say first what you will do, or what you won’t do and why.")


def tell_result(consultation: Consultation, seen: int, by: Account) -> None:
    """Let everybody read the result. Raises `NotThatFar`, `NothingSaidYet`, `SavedMeanwhile`."""
    if not consultation.awaits_result:
        raise NotThatFar("This result is out already, or the consultation is not closed.")
    public = any(action.is_public for action in actions_of_result(consultation))
    _require_said(consultation.heard, public or bool(consultation.wont))
    save_over(consultation, seen, by, {"state": ConsultationState.TOLD, "told_at": now()})


def offered_actions(locality: Locality, consultation: Consultation) -> list[Action]:
    """What a result can name: the partnership's actions, the newest first, and those that it names already."""
    own = sa.select(ConsultationAction.action_id).where(ConsultationAction.consultation_id == consultation.id)
    newest = sa.select(Action.id).where(Action.locality_id == locality.id, Action.is_public)
    newest = newest.order_by(Action.id.desc()).limit(30)
    wanted = whole_actions().where(sa.or_(Action.id.in_(own), Action.id.in_(newest))).order_by(Action.id.desc())
    return list(db.session.scalars(wanted))
