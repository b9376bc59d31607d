"""Passes for helpers of an event, and the phones and screens that asked to come in."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.vote.events.models import Event
from pbvote.vote.passes.lifetime import ASK_LIVES, CONNECTED_FOR, REPORTS_KEPT_EVERY, UPLOADS_FOR, is_over, lives_until

LONGEST_NAME = 40


class DeviceKind(enum.StrEnum):
    """What a phone or a screen is let in for."""

    STEWARD = "steward"
    COMPERE = "compere"
    SCREEN = "screen"

    def home(self, slug: str) -> str:
        """Where its pages of an event are. Its cookie goes there and nowhere else, never to the voter's path."""
        return f"/{'door' if self is DeviceKind.STEWARD else self.value}/{slug}"

    def numbered(self, number: int) -> str:
        """What the ledger calls a device of this kind, which has no name there: ``Steward’s phone 7``."""
        return f"Screen {number}" if self is DeviceKind.SCREEN else f"{self.capitalize()}’s phone {number}"


class HallPass(Base):
    """A printed pass, of which only a tag is kept. A phone asks with it to come in, and waits for an organiser.

    An event has one live pass of each kind; a new one ends the old.
    """

    __tablename__ = "hall_pass"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.Index(
            "uq_hall_pass_event_id_kind_live",
            "event_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint("kind <> 'screen'", name="for_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    kind: Mapped[DeviceKind]
    tag: Mapped[bytes]
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    made_at: Mapped[dt.datetime] = mapped_column(default=now)
    ended_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship()


class HallDevice(Base):
    """A phone or a screen that asked to come in. An organiser lets in, and ends, one by one."""

    __tablename__ = "hall_device"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        # Two screens of one call sign could not be told apart by whoever lets them in.
        sa.Index(
            "uq_hall_device_event_id_name_screen",
            "event_id",
            "name",
            unique=True,
            sqlite_where=sa.text("kind = 'screen' AND ended_at IS NULL"),
            postgresql_where=sa.text("kind = 'screen' AND ended_at IS NULL"),
        ),
        sa.CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_NAME}", name="name_fits"),
        sa.CheckConstraint("(allowed_at IS NULL) = (allowed_by IS NULL)", name="allowed_by_somebody"),
        sa.CheckConstraint(
            "seen_at IS NULL OR (kind = 'screen' AND allowed_at IS NOT NULL)", name="seen_if_an_allowed_screen"
        ),
        sa.CheckConstraint("showing = '' OR seen_at IS NOT NULL", name="showing_if_seen"),
        sa.CheckConstraint(f"length(showing) <= {LONGEST_NAME}", name="showing_fits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    """Its number, by which the ledger tells of it."""
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    kind: Mapped[DeviceKind]
    name: Mapped[str]
    """A first name as somebody typed it, or a screen's call sign."""
    tag: Mapped[bytes]
    asked_at: Mapped[dt.datetime] = mapped_column(default=now)
    allowed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    allowed_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    seen_at: Mapped[dt.datetime | None]
    """When a screen last reported what it shows; written down every 10 seconds at most."""
    showing: Mapped[str] = mapped_column(default="")
    """The scene that a screen reported."""

    event: Mapped[Event] = relationship()

    @property
    def called(self) -> str:
        """What pages call it: ``Anna’s phone``, or ``Kite 4``."""
        return self.name if self.kind is DeviceKind.SCREEN else f"{self.name}’s phone"

    @property
    def is_waiting(self) -> bool:
        """Whether it asks to come in, and an organiser can still let it in."""
        is_open = self.allowed_at is None and self.ended_at is None and not is_over(self.event)
        return is_open and not self.has_asked_too_long

    @property
    def has_asked_too_long(self) -> bool:
        """Whether it is a screen whose ask has died."""
        return self.kind is DeviceKind.SCREEN and self.allowed_at is None and now() >= self.asked_at + ASK_LIVES

    @property
    def is_allowed(self) -> bool:
        """Whether it is let in now."""
        return self._was_let_in and not is_over(self.event)

    @property
    def may_upload(self) -> bool:
        """Whether it may hand over what it noted already: a day longer than it is let in."""
        return self._was_let_in and now() < lives_until(self.event) + UPLOADS_FOR

    @property
    def _was_let_in(self) -> bool:
        return self.allowed_at is not None and self.ended_at is None

    @property
    def is_connected(self) -> bool:
        """Whether this screen has reported lately."""
        return self.seen_at is not None and now() < self.seen_at + CONNECTED_FOR

    def has_news(self, showing: str) -> bool:
        """Whether this report of a screen is to be written down: another scene, or the last one is 10 seconds old."""
        return self.seen_at is None or self.showing != showing or now() >= self.seen_at + REPORTS_KEPT_EVERY
