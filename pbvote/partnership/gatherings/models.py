"""Gatherings, and the groups that sign up for them."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.groups.models import Group
from pbvote.core.clock import UK, now, today
from pbvote.db import Base
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.models import Locality
from pbvote.partnership.seen import Versioned

MOST_PLACES: Final = 2_000


class GatheringState(enum.StrEnum):
    """How far a gathering is. Whether it is over, its end says."""

    DRAFT = "draft"
    """Only editors see it."""
    PUBLISHED = "published"
    OFF = "off"
    """It was published and does not take place. Its page stays, with the reason."""


class SignUpState(enum.StrEnum):
    """How a group stands with a gathering."""

    COMING = "coming"
    WAITING = "waiting"
    """In the line: it holds no place."""
    OFFERED = "offered"
    """Places are held for it until it says yes or no, or its day is over."""
    GIVEN_BACK = "given_back"
    WALKED_IN = "walked_in"
    """Somebody noted it at the door. It holds no place."""


HOLDS_PLACES: Final = (SignUpState.COMING, SignUpState.OFFERED)

GatheringLocality = sa.Table(
    "gathering_locality",
    Base.metadata,
    sa.Column("gathering_id", sa.ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("locality_id", sa.ForeignKey("locality.id"), primary_key=True, index=True),
)
"""The localities whose groups a gathering is for: its host's, and any others."""


class Gathering(Versioned):
    """An evening for groups. The partnership of its host keeps it."""

    __tablename__ = "gathering"
    __table_args__ = (
        sa.CheckConstraint("title <> '' AND purpose <> '' AND venue <> ''", name="all_said"),
        sa.CheckConstraint("starts_at < ends_at", name="begins_first"),
        sa.CheckConstraint(f"places BETWEEN 1 AND {MOST_PLACES}", name="places_counted"),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name="never_too_many"),
        sa.CheckConstraint("most_a_group BETWEEN 1 AND places", name="most_fits"),
        sa.CheckConstraint("(state = 'off') = (off_reason <> '')", name="off_for_a_reason"),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_once"),
        sa.CheckConstraint("moves >= 0", name="moves_counted"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    """The host."""
    title: Mapped[str]
    purpose: Mapped[str]
    venue: Mapped[str]
    starts_at: Mapped[dt.datetime] = mapped_column(index=True)
    ends_at: Mapped[dt.datetime]
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    """Places that groups hold: those that come, and those that an offer keeps. The sum of their people."""
    most_a_group: Mapped[int]
    sign_up_until: Mapped[dt.date]
    """The last day on which a group signs up. What was signed up can be changed and given back until it begins."""
    state: Mapped[GatheringState] = mapped_column(default=GatheringState.DRAFT)
    off_reason: Mapped[str] = mapped_column(default="")
    moves: Mapped[int] = mapped_column(default=0)
    """How often what a calendar shows of it has changed since it was published: the SEQUENCE of its entry."""
    published_at: Mapped[dt.datetime | None]

    locality: Mapped[Locality] = relationship(lazy="raise_on_sql")
    localities: Mapped[list[Locality]] = relationship(
        secondary=GatheringLocality, order_by=Locality.name, lazy="raise_on_sql"
    )

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it."""
        return self.state is not GatheringState.DRAFT

    @property
    def is_draft(self) -> bool:
        """Whether only editors see it."""
        return self.state is GatheringState.DRAFT

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.state is GatheringState.OFF

    @property
    def is_over(self) -> bool:
        """Whether it took place."""
        return self.state is GatheringState.PUBLISHED and self.ends_at <= now()

    @property
    def has_begun(self) -> bool:
        """Whether nobody can change any more how many come."""
        return self.starts_at <= now()

    @property
    def is_on(self) -> bool:
        """Whether it is published and has not begun."""
        return self.state is GatheringState.PUBLISHED and not self.has_begun

    @property
    def takes_sign_ups(self) -> bool:
        """Whether a group can sign up today, for a place or for the line."""
        return self.is_on and today() <= self.sign_up_until

    @property
    def takes_the_door(self) -> bool:
        """Whether who came is noted: from its day on."""
        return self.state is GatheringState.PUBLISHED and self.starts_at.astimezone(UK).date() <= today()

    @property
    def free(self) -> int:
        """How many places nobody holds."""
        return self.places - self.taken

    @property
    def state_in_words(self) -> str:
        """As a list names it."""
        return "Over" if self.is_over else self.state.value.capitalize()


class SignUp(Base):
    """A group at a gathering, whether it comes, waits or has given its places back; or one that walked in."""

    __tablename__ = "sign_up"
    __table_args__ = (
        sa.UniqueConstraint("gathering_id", "group_id"),
        sa.CheckConstraint("people >= 1", name="somebody_comes"),
        sa.CheckConstraint("(group_id IS NULL) = (walk_in_name <> '')", name="one_name"),
        sa.CheckConstraint("(state = 'walked_in') = (group_id IS NULL)", name="walked_in_without_account"),
        sa.CheckConstraint("(state = 'waiting') = (waiting_since IS NOT NULL)", name="waits_since"),
        sa.CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offered_until_a_day"),
        sa.CheckConstraint("came >= 0", name="came_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    gathering_id: Mapped[int] = mapped_column(sa.ForeignKey("gathering.id"))
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("voluntary_group.id"), index=True)
    walk_in_name: Mapped[str] = mapped_column(default="")
    state: Mapped[SignUpState]
    people: Mapped[int]
    """How many people come."""
    gives: Mapped[str] = mapped_column(default="")
    """What the group can give to others."""
    needs: Mapped[list[str]] = mapped_column(default=list)
    """What it could use: keys of `NEEDS`."""
    needs_words: Mapped[str] = mapped_column(default="")
    access_needs: Mapped[str] = mapped_column(default="")
    """What its people need to take part. Only editors read it; it goes a week after the gathering."""
    shows_name: Mapped[bool] = mapped_column(default=False)
    """Whether its name may stand on the gathering’s page."""
    waiting_since: Mapped[dt.datetime | None]
    offered_on: Mapped[dt.date | None]
    offered_until: Mapped[dt.date | None]
    """The last day on which it can say yes."""
    reminded_on: Mapped[dt.date | None]
    """When it was reminded of the offer that stands."""
    came: Mapped[int | None]
    """How many people came; None until somebody notes it."""
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    signed_at: Mapped[dt.datetime] = mapped_column(default=now)

    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")

    @property
    def called(self) -> str:
        """The group's name."""
        return self.group.name if self.group else self.walk_in_name

    @property
    def needs_in_words(self) -> list[str]:
        """What it could use, as a page names it."""
        return [NEEDS[key] for key in self.needs if key in NEEDS]

    @property
    def holds_places(self) -> bool:
        """Whether places are taken by it, or held for it."""
        return self.state in HOLDS_PLACES

    @property
    def is_coming(self) -> bool:
        """Whether it holds places that it said yes to."""
        return self.state is SignUpState.COMING

    @property
    def waits(self) -> bool:
        """Whether it stands in the line."""
        return self.state is SignUpState.WAITING

    @property
    def is_offered(self) -> bool:
        """Whether an offer waits for its answer."""
        return self.state is SignUpState.OFFERED

    @property
    def may_come(self) -> bool:
        """Whether the door may see it: whoever waits may come all the same, and who has given back does not."""
        return not self.is_given_back

    @property
    def is_given_back(self) -> bool:
        """Whether it comes no more."""
        return self.state is SignUpState.GIVEN_BACK

    def leave(self) -> None:
        """It comes no more, and what its people need to take part is nobody's business any longer."""
        self.state, self.waiting_since, self.access_needs = SignUpState.GIVEN_BACK, None, ""
        self.offered_on, self.offered_until, self.reminded_on = None, None, None
