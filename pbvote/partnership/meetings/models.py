"""A partnership's meetings, with their items, papers and questions."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import UK, now, today
from pbvote.core.working_days import working_days_between
from pbvote.db import Base
from pbvote.files.models import Photo, StoredFile
from pbvote.localities.models import Locality
from pbvote.partnership.seen import Versioned

IN_TIME_DAYS: Final = 5
"""Working days: so long before a meeting its agenda should be readable."""
MOST_QUESTION_WORDS: Final = 100


class MeetingState(enum.StrEnum):
    """A meeting's life. An agenda is out from its hour on; until then its meeting is nobody's but the editors'."""

    DRAFT = "draft"
    AGENDA = "agenda"
    HELD = "held"
    MINUTES = "minutes"
    """Members read the minutes, and say what is wrong with them."""
    AGREED = "agreed"
    OFF = "off"


AFTER_IT: Final = (MeetingState.HELD, MeetingState.MINUTES, MeetingState.AGREED)


class Meeting(Versioned):
    """One meeting of a partnership. Its number, and so its address, stays wherever it moves."""

    __tablename__ = "meeting"
    __table_args__ = (
        sa.CheckConstraint("title <> '' AND place <> ''", name="all_said"),
        sa.CheckConstraint("ends_at > starts_at", name="hours_in_order"),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="draft_or_published"),
        sa.CheckConstraint("(state IN ('held', 'minutes', 'agreed')) = (held_at IS NOT NULL)", name="held_after"),
        sa.CheckConstraint("(state = 'agreed') = (agreed_at IS NOT NULL)", name="agreed_once"),
        sa.CheckConstraint("(state = 'off') = (off_at IS NOT NULL)", name="off_once"),
        sa.CheckConstraint("(state = 'off') = (off_reason <> '')", name="off_with_reason"),
        sa.CheckConstraint("moves >= 0", name="moves_counted"),
        sa.Index("ix_meeting_locality_id_starts_at", "locality_id", "starts_at"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"))
    title: Mapped[str]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    place: Mapped[str]
    access: Mapped[str] = mapped_column(default="")
    """How to get in."""
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.DRAFT)
    published_at: Mapped[dt.datetime | None]
    """When the agenda is readable for everybody; to come where an editor has named an hour."""
    moves: Mapped[int] = mapped_column(default=0)
    """How often it got another hour or place, or was called off, since its agenda was out."""
    moved_from_at: Mapped[dt.datetime | None]
    """When it was to begin before it moved last."""
    moved_at: Mapped[dt.datetime | None]
    """When an editor gave it another hour or place last, since its agenda was out."""
    held_at: Mapped[dt.datetime | None]
    """When an editor said that it has ended."""
    agreed_at: Mapped[dt.datetime | None]
    """When its minutes were agreed; from then on everybody reads them."""
    off_at: Mapped[dt.datetime | None]
    off_reason: Mapped[str] = mapped_column(default="")

    locality: Mapped[Locality] = relationship(lazy="raise_on_sql")
    items: Mapped[list["MeetingItem"]] = relationship(
        lazy="raise_on_sql", order_by="(MeetingItem.position, MeetingItem.id)", back_populates="meeting"
    )
    papers: Mapped[list["MeetingPaper"]] = relationship(lazy="raise_on_sql", order_by="MeetingPaper.id")

    @hybrid_property
    def is_public(self) -> bool:
        """Whether its agenda is out, by the clock."""
        return self.published_at is not None and self.published_at <= now()

    @is_public.inplace.expression
    @classmethod
    def _is_public(cls) -> sa.ColumnElement[bool]:
        return cls.published_at <= now()

    @property
    def is_scheduled(self) -> bool:
        """Whether its agenda comes out at an hour to come."""
        return self.published_at is not None and not self.is_public

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.state is MeetingState.OFF

    @property
    def is_now(self) -> bool:
        """Whether it runs at this moment."""
        return self.state is MeetingState.AGENDA and self.is_public and self.starts_at <= now() < self.ends_at

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come."""
        return self.starts_at <= now()

    @property
    def takes_questions(self) -> bool:
        """Whether residents may ask: from its agenda on, until it begins."""
        return self.state is MeetingState.AGENDA and self.is_public and not self.has_begun

    @property
    def takes_minutes(self) -> bool:
        """Whether editors write its minutes: from its beginning on, until they are agreed."""
        is_under_way = self.state is MeetingState.AGENDA and self.is_public and self.has_begun
        return is_under_way or self.state in {MeetingState.HELD, MeetingState.MINUTES}

    @property
    def awaits_minutes(self) -> bool:
        """Whether it is over, by the word of an editor or by the clock, and everybody waits for its minutes."""
        is_over = self.state is MeetingState.AGENDA and self.is_public and self.ends_at <= now()
        return is_over or self.state in {MeetingState.HELD, MeetingState.MINUTES}

    @property
    def has_agreed_minutes(self) -> bool:
        """Whether everybody reads its minutes."""
        return self.state is MeetingState.AGREED

    @property
    def takes_changes(self) -> bool:
        """Whether its day, place and agenda may still be changed."""
        return self.state in {MeetingState.DRAFT, MeetingState.AGENDA}

    @property
    def days_ahead(self) -> int:
        """Working days from the day on which the agenda was out to the meeting; 0 where it has none."""
        if self.published_at is None:
            return 0
        return working_days_between(self.published_at.astimezone(UK).date(), self.starts_at.astimezone(UK).date())

    @property
    def is_in_time(self) -> bool:
        """Whether the agenda was out long enough before the meeting."""
        return self.days_ahead >= IN_TIME_DAYS


class MeetingItem(Versioned):
    """One item of a meeting's agenda, and what was decided about it."""

    __tablename__ = "meeting_item"
    __table_args__ = (
        sa.CheckConstraint("title <> ''", name="all_said"),
        sa.CheckConstraint("minutes > 0", name="minutes_positive"),
    )

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    """Who brings it."""
    minutes: Mapped[int | None]
    """How long it may take."""
    added_at: Mapped[dt.datetime] = mapped_column(default=now)
    decided: Mapped[str] = mapped_column(default="")
    """What was decided: the minutes of this item."""

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql", back_populates="items")


class MeetingPaper(Base):
    """A paper of a meeting: a document, or a photo."""

    __tablename__ = "meeting_paper"
    __table_args__ = (
        sa.UniqueConstraint("file_id"),
        sa.UniqueConstraint("photo_id"),
        sa.CheckConstraint("title <> ''", name="all_said"),
        sa.CheckConstraint("(file_id IS NULL) <> (photo_id IS NULL)", name="document_or_photo"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    title: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))
    added_at: Mapped[dt.datetime] = mapped_column(default=now)

    file: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")
    photo: Mapped[Photo | None] = relationship(lazy="raise_on_sql")

    @property
    def kind(self) -> str:
        """What sort of file it is, and how large, in words."""
        if self.file is None:
            return "photo"
        size = self.file.size_bytes
        large = f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} KB"
        return f"{self.file.name.rpartition('.')[2].upper()}, {large}"


class QuestionState(enum.StrEnum):
    """What an editor has said of a question."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"


class MeetingQuestion(Versioned):
    """What a resident asks about an item, as it was typed. Nothing else is kept of who asks than a name they give."""

    __tablename__ = "meeting_question"
    __table_args__ = (
        sa.CheckConstraint("words <> ''", name="all_said"),
        sa.CheckConstraint("(state = 'refused') = (why <> '')", name="refused_with_reason"),
        sa.CheckConstraint("(answer = '') = (answered_on IS NULL)", name="answered_on_a_day"),
        sa.CheckConstraint("answer = '' OR state = 'shown'", name="answered_when_shown"),
    )

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_item.id"), index=True)
    next_item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting_item.id", ondelete="SET NULL"), index=True)
    """The item of a later meeting that it was carried to, because it had no answer."""
    words: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    asked_on: Mapped[dt.date] = mapped_column(default=today)
    state: Mapped[QuestionState] = mapped_column(default=QuestionState.WAITING)
    why: Mapped[str] = mapped_column(default="")
    """Why it is not shown."""
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[dt.date | None]

    item: Mapped[MeetingItem] = relationship(lazy="raise_on_sql", foreign_keys=item_id)
