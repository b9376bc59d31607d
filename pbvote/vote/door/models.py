"""What the door notes: numbers, and names only where the event chose to. No column here says when somebody came."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base

ID_BYTES = 16
LONGEST_NAME = 80


class HelpKind(enum.StrEnum):
    """What a steward helped a voter with."""

    DEVICE = "device"
    READING = "reading"
    LANGUAGE = "language"
    MARKING = "marking"


class HelpGiven(Base):
    """How often stewards helped, by kind. A number alone: a line with a time would tell whose ballot came in then."""

    __tablename__ = "help_given"
    __table_args__ = (sa.CheckConstraint("times > 0", name="times_positive"), {"sqlite_with_rowid": False})

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    kind: Mapped[HelpKind] = mapped_column(primary_key=True)
    times: Mapped[int]


class TapKind(enum.StrEnum):
    """Whom a steward counts."""

    VOTER = "voter"
    GUEST = "guest"
    """Somebody who is here and has no vote: who presents, an officer, a child."""


class DoorTap(Base):
    """One press of a steward's + or −, under a random id that the phone gave it. However often it is sent, it is one.

    No time, and no phone: a line here says that somebody was counted, and nothing else.
    """

    __tablename__ = "door_tap"
    __table_args__ = (
        sa.CheckConstraint("step IN (-1, 1)", name="step_is_one"),
        sa.CheckConstraint(f"length(id) = {ID_BYTES}", name="id_fits"),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(primary_key=True)
    kind: Mapped[TapKind]
    step: Mapped[int]
    is_late: Mapped[bool]
    """Whether it came once the count had begun: it is noted, and changes nothing."""


class Tie(enum.StrEnum):
    """How somebody belongs to a locality. One is enough to vote, so one is kept."""

    LIVES = "lives"
    WORKS = "works"
    VOLUNTEERS = "volunteers"
    STUDIES = "studies"


class AgeBand(enum.StrEnum):
    """How old somebody is, as far as a steward asks."""

    UNDER_18 = "under_18"
    FROM_18 = "from_18"
    FROM_25 = "from_25"
    FROM_45 = "from_45"
    FROM_65 = "from_65"


class DoorName(Base):
    """A person whom a steward put on the door's list, under a random id. Of their age, a band is kept at most.

    A name that was taken off leaves its id behind, so that a phone that sends it once more does not bring it back.
    """

    __tablename__ = "door_name"
    __table_args__ = (
        sa.CheckConstraint(f"length(name) <= {LONGEST_NAME}", name="name_fits"),
        sa.CheckConstraint("(name = '') = (tie IS NULL)", name="tie_if_named"),
        sa.CheckConstraint("name <> '' OR age IS NULL", name="age_if_named"),
        sa.CheckConstraint(f"length(id) = {ID_BYTES}", name="id_fits"),
        {"sqlite_with_rowid": False},
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(primary_key=True)
    name: Mapped[str]
    tie: Mapped[Tie | None]
    age: Mapped[AgeBand | None]
    """None where the event does not ask, or they did not say."""
    is_late: Mapped[bool]


class AsideReason(enum.StrEnum):
    """Why a phone at the door can't be reached any more."""

    BROKEN = "broken"
    GONE = "gone"
    LOST = "lost"


class DoorPhone(Base):
    """What a steward's phone last said of itself: how much waits on it. It is beside no tap and no name."""

    __tablename__ = "door_phone"
    __table_args__ = (
        sa.CheckConstraint("waiting >= 0", name="waiting_counted"),
        sa.CheckConstraint(f"length(id) = {ID_BYTES}", name="id_fits"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(primary_key=True)
    name: Mapped[str]
    """As the hall knows it: ``Anna’s phone``."""
    waiting: Mapped[int]
    heard_at: Mapped[dt.datetime] = mapped_column(default=now)
    set_aside: Mapped[AsideReason | None]
    """Why nobody waits for it any more; None again once it is heard of."""


class Queue(enum.StrEnum):
    """How long the line at the door is."""

    NONE = "none"
    SOME = "some"
    LONG = "long"


class DoorQueue(Base):
    """The line at the door, as a steward noted it last."""

    __tablename__ = "door_queue"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    queue: Mapped[Queue]


class DoorPause(Base):
    """Why an event's door list is not deleted yet, as a complaint wants it."""

    __tablename__ = "door_pause"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="reason_given"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    reason: Mapped[str]
    paused_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    paused_at: Mapped[dt.datetime] = mapped_column(default=now)
