"""Needs and offers as cards of a wall, who was introduced to whom, and what people answer to a card."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import today
from pbvote.db import Base
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.models import Locality, Ward
from pbvote.people.models import Account
from pbvote.vote.residents.models import Volunteer

LASTS: Final = dt.timedelta(weeks=8)
"""A card leaves the wall so long after it was opened, or after its author last said that it is still so."""
_WEEK: Final = dt.timedelta(weeks=1)
_IS_LIVE = sa.text("outcome IS NULL")


def in_eight_weeks() -> dt.date:
    """The last day of a card that is opened today."""
    return today() + LASTS


class CardSide(enum.StrEnum):
    """Which of the two a card is."""

    NEED = "need"
    OFFER = "offer"

    @property
    def other(self) -> "CardSide":
        """What fits it."""
        return CardSide.OFFER if self is CardSide.NEED else CardSide.NEED


class CardState(enum.StrEnum):
    """How far a need or an offer has come."""

    OPEN = "open"
    INTRODUCED = "introduced"
    HELPED = "helped"
    ENDED = "ended"
    """It is on no wall any more."""


class WallCard(Base):
    """A need or an offer.

    Of a group, its award says which; whoever of the group wrote it agreed that name and e-mail address are passed on in
    an introduction. A need that a mentor noted has nobody who agreed, until somebody of the group does.
    """

    __tablename__ = "wall_card"
    __table_args__ = (
        sa.UniqueConstraint("check_in_id", "kind"),
        sa.UniqueConstraint("tag"),
        sa.CheckConstraint("sentence <> ''", name="sentence_given"),
        sa.CheckConstraint("side = 'offer' OR award_id IS NOT NULL", name="needs_of_groups"),
        sa.CheckConstraint("award_id IS NOT NULL OR account_id IS NOT NULL OR volunteer_id <> ''", name="has_author"),
        sa.CheckConstraint("volunteer_id = '' OR award_id IS NULL", name="one_author"),
        sa.CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ended_has_day"),
        sa.CheckConstraint("taken_down = '' OR state = 'ended'", name="taken_down_has_ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    side: Mapped[CardSide]
    kind: Mapped[str] = mapped_column(sa.Enum(*NEEDS, name="needkind", native_enum=False, create_constraint=True))
    """A key of `NEEDS`."""
    sentence: Mapped[str]
    ward_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ward.id", ondelete="SET NULL"), index=True)
    """None where any ward will do."""
    award_id: Mapped[int | None] = mapped_column(sa.ForeignKey("award.id"), index=True)
    """Of the group whose card it is; None for a member's or a resident's offer."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who wrote it, and agreed to be introduced."""
    volunteer_id: Mapped[str] = mapped_column(default="")
    """Of the resident who lends a hand. No key of the database: those rows are written again when a poll closes."""
    check_in_id: Mapped[int | None] = mapped_column(sa.ForeignKey("check_in.id"))
    """The visit at which a mentor noted the need; unique for each kind, so it is also found by this alone."""
    state: Mapped[CardState] = mapped_column(default=CardState.OPEN)
    opened_on: Mapped[dt.date] = mapped_column(default=today)
    ends_on: Mapped[dt.date] = mapped_column(default=in_eight_weeks, index=True)
    asked_on: Mapped[dt.date | None]
    """When its author was asked whether it is still so; None again once they said yes."""
    ended_on: Mapped[dt.date | None]
    taken_down: Mapped[str] = mapped_column(default="")
    """Why somebody of the council or the partnership took it down; its author reads that."""
    tag: Mapped[bytes | None]
    """Of the code in the newest letter about it."""

    locality: Mapped[Locality] = relationship(lazy="raise_on_sql")
    ward: Mapped[Ward | None] = relationship(lazy="raise_on_sql")
    award: Mapped[Award | None] = relationship(lazy="raise_on_sql")
    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    volunteer: Mapped[Volunteer | None] = relationship(
        primaryjoin=lambda: sa.orm.foreign(WallCard.volunteer_id) == Volunteer.id, viewonly=True, lazy="raise_on_sql"
    )

    @property
    def kind_words(self) -> str:
        """What it is about, as a page names it."""
        return NEEDS[self.kind]

    @property
    def ward_name(self) -> str:
        """Where it would help; "" where any ward will do."""
        return self.ward.name if self.ward else ""

    @property
    def is_need(self) -> bool:
        """Whether somebody lacks it."""
        return self.side is CardSide.NEED

    @property
    def by(self) -> str:
        """Whose it is, as everybody may read it: a group's name, and no person's."""
        if self.award:
            return self.award.bid.called
        return "A resident" if self.volunteer_id else "A member of the partnership"

    @property
    def rings(self) -> str:
        """The telephone number of a resident who left nothing else; "" where a letter reaches its author."""
        contact = self.volunteer.contact if self.volunteer else ""
        return "" if "@" in contact else contact

    @property
    def is_live(self) -> bool:
        """Whether something can still come of it."""
        return self.state in {CardState.OPEN, CardState.INTRODUCED}


class IntroductionOutcome(enum.StrEnum):
    """What came of an introduction."""

    HELPED = "helped"
    FELL_THROUGH = "fell_through"


class Introduction(Base):
    """A need and an offer made known to each other. Each has one at a time."""

    __tablename__ = "introduction"
    __table_args__ = (
        sa.Index("uq_introduction_of_need", "need_id", unique=True, sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE),
        sa.Index("uq_introduction_of_offer", "offer_id", unique=True, sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE),
        sa.CheckConstraint("(outcome IS NULL) = (over_on IS NULL)", name="over_has_day"),
        sa.CheckConstraint("need_id <> offer_id", name="two_cards"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(sa.ForeignKey("wall_card.id", ondelete="CASCADE"), index=True)
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("wall_card.id", ondelete="CASCADE"), index=True)
    made_on: Mapped[dt.date] = mapped_column(default=today)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    asked_on: Mapped[dt.date | None]
    """When the need's group was last asked whether it helped, or said that it has not yet."""
    outcome: Mapped[IntroductionOutcome | None]
    over_on: Mapped[dt.date | None]


class WallAnswer(Base):
    """What somebody answers to a card. It is passed on once they have shown that the address is theirs."""

    __tablename__ = "wall_answer"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.CheckConstraint("name <> '' AND email <> '' AND words <> ''", name="all_said"),
        sa.CheckConstraint("answered_on IS NULL OR confirmed_on IS NOT NULL", name="answered_once_confirmed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(sa.ForeignKey("wall_card.id", ondelete="CASCADE"), index=True)
    own_card_id: Mapped[int | None] = mapped_column(sa.ForeignKey("wall_card.id", ondelete="SET NULL"), index=True)
    """The card from which they answer, where they have one that fits."""
    name: Mapped[str]
    email: Mapped[str]
    words: Mapped[str]
    tag: Mapped[bytes | None]
    """Of the code in the letter to them; None for somebody who is signed in."""
    asked_on: Mapped[dt.date] = mapped_column(default=today, index=True)
    confirmed_on: Mapped[dt.date | None]
    answered_on: Mapped[dt.date | None]
    """When the card's author said that they had answered."""

    @property
    def waits_long(self) -> bool:
        """Whether its author has left it unanswered for more than a week."""
        return self.answered_on is None and self.confirmed_on is not None and self.confirmed_on < today() - _WEEK
