"""What a partnership asks residents, what they answered, and under which topics editors have put it.

Nothing is kept of who answers but a ward, where one is chosen. An answer has no number: those who stood beside the
tablet heard its number, and could match the two. It has the hour in which it came, and not the minute, for the same
reason; its key says nothing of the order in which answers came.
"""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.actions.models import Action
from pbvote.partnership.seen import Versioned

RESULT_IN_DAYS: Final = 20
"""Working days: so long after the closing day everybody can read what was heard, and what becomes of it."""
MOST_QUESTIONS: Final = 3
MOST_SIGNS: Final = 500
"""Characters of an answer to one question."""


class ConsultationState(enum.StrEnum):
    """A consultation's life, as far as editors press it. It opens and closes by the clock."""

    DRAFT = "draft"
    OUT = "out"
    TOLD = "told"
    """Its result is out."""
    OFF = "off"


class Consultation(Versioned):
    """Up to three questions, asked from one day to another; by a day after, a named officer says what was heard."""

    __tablename__ = "consultation"
    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.CheckConstraint("title <> '' AND why <> '' AND officer <> ''", name="all_said"),
        sa.CheckConstraint("closes_on >= opens_on", name="days_in_order"),
        sa.CheckConstraint("result_due_on > closes_on", name="result_after"),
        sa.CheckConstraint("answered >= 0", name="answers_counted"),
        sa.CheckConstraint("(state = 'off') = (off_reason <> '')", name="off_with_reason"),
        sa.CheckConstraint("(state = 'off') = (off_on IS NOT NULL)", name="off_once"),
        sa.CheckConstraint("(state = 'told') = (told_at IS NOT NULL)", name="told_once"),
        sa.CheckConstraint("state <> 'told' OR heard <> ''", name="told_with_words"),
        sa.Index("ix_consultation_locality_id_closes_on", "locality_id", "closes_on"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    code: Mapped[str]
    """What its short address ends in. It is on the poster, and no secret."""
    title: Mapped[str]
    why: Mapped[str]
    """Why it is asked, and what the answers can change."""
    officer: Mapped[str]
    """Who answers for it: everybody reads the name."""
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    """The last day on which answers are taken."""
    was_to_close_on: Mapped[dt.date | None]
    """The closing day that it had first, where it was moved after it was out."""
    result_due_on: Mapped[dt.date]
    state: Mapped[ConsultationState] = mapped_column(default=ConsultationState.DRAFT)
    answered: Mapped[int] = mapped_column(default=0)
    """How many answers came, whatever became of them."""
    off_on: Mapped[dt.date | None]
    off_reason: Mapped[str] = mapped_column(default="")
    heard: Mapped[str] = mapped_column(default="")
    """What was heard, in a few sentences; nobody but editors reads it before the result is out."""
    told_at: Mapped[dt.datetime | None]
    """When everybody could read its result first."""
    told_changed_on: Mapped[dt.date | None]
    """When the result was changed last, after it was out."""

    locality: Mapped[Locality] = relationship(lazy="raise_on_sql")
    questions: Mapped[list["ConsultationQuestion"]] = relationship(
        lazy="raise_on_sql", order_by="ConsultationQuestion.position", cascade="all, delete-orphan"
    )
    wont: Mapped[list["ConsultationWont"]] = relationship(
        lazy="raise_on_sql", order_by="ConsultationWont.position", cascade="all, delete-orphan"
    )

    @property
    def is_public(self) -> bool:
        """Whether everybody finds it."""
        return self.state is not ConsultationState.DRAFT

    @property
    def is_draft(self) -> bool:
        """Whether everything of it can be changed."""
        return self.state is ConsultationState.DRAFT

    @property
    def is_off(self) -> bool:
        """Whether it was called off."""
        return self.state is ConsultationState.OFF

    @property
    def is_told(self) -> bool:
        """Whether its result is out."""
        return self.state is ConsultationState.TOLD

    @property
    def is_to_come(self) -> bool:
        """Whether it opens on a day to come."""
        return self.state is ConsultationState.OUT and today() < self.opens_on

    @property
    def is_open(self) -> bool:
        """Whether it takes answers, by the clock."""
        return self.state is ConsultationState.OUT and self.opens_on <= today() <= self.closes_on

    @property
    def awaits_result(self) -> bool:
        """Whether it is closed, and everybody waits for what was heard."""
        return self.state is ConsultationState.OUT and self.closes_on < today()

    @property
    def is_late(self) -> bool:
        """Whether the result should be out."""
        return self.awaits_result and self.result_due_on < today()

    @property
    def may_be_told(self) -> bool:
        """Whether editors write its result: from the close on."""
        return self.awaits_result or self.is_told


class ConsultationQuestion(Base):
    """One question of a consultation."""

    __tablename__ = "consultation_question"
    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "position"),
        sa.CheckConstraint("words <> ''", name="all_said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    position: Mapped[int]
    words: Mapped[str]


class ConsultationAnswer(Base):
    """What one person sent. Its key is a digest of the page's token and of what was typed: a second press finds it."""

    __tablename__ = "consultation_answer"

    key: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), index=True)
    ward: Mapped[str] = mapped_column(default="")
    came_at: Mapped[dt.datetime | None]
    """The hour in which it came, so that a flood can be seen. It goes with the words."""
    aside_why: Mapped[str] = mapped_column(default="")
    """Why it is set aside: it is counted, and shown to nobody but editors."""

    said: Mapped[list["AnswerWords"]] = relationship(lazy="raise_on_sql", order_by="AnswerWords.question_id")
    topics: Mapped[list["Topic"]] = relationship(lazy="raise_on_sql", secondary="consultation_mark", viewonly=True)


class AnswerWords(Base):
    """What one answer says to one question; "" once the words are deleted."""

    __tablename__ = "consultation_answer_words"

    answer_key: Mapped[str] = mapped_column(sa.ForeignKey("consultation_answer.key"), primary_key=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation_question.id"), primary_key=True, index=True)
    words: Mapped[str]
    is_quoted: Mapped[bool] = mapped_column(default=False)
    """Whether the result shows it."""


class Topic(Base):
    """What several answers to a question are about, as an editor names it."""

    __tablename__ = "consultation_topic"
    __table_args__ = (sa.UniqueConstraint("question_id", "name"), sa.CheckConstraint("name <> ''", name="all_said"))

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation_question.id"))
    name: Mapped[str]


class TopicMark(Base):
    """That an answer is about a topic. It stays when the answer's words are deleted."""

    __tablename__ = "consultation_mark"

    answer_key: Mapped[str] = mapped_column(sa.ForeignKey("consultation_answer.key"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(
        sa.ForeignKey("consultation_topic.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ConsultationAction(Base):
    """An action that comes of a consultation. Whoever deletes the action deletes this, too."""

    __tablename__ = "consultation_action"

    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id", ondelete="CASCADE"), primary_key=True, index=True)

    action: Mapped[Action] = relationship(lazy="raise_on_sql", passive_deletes="all")


class ConsultationWont(Base):
    """Something that was asked for and will not be done, and why."""

    __tablename__ = "consultation_wont"
    __table_args__ = (sa.CheckConstraint("what <> '' AND why <> ''", name="all_said"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), index=True)
    position: Mapped[int]
    what: Mapped[str]
    why: Mapped[str]
