"""Groups and their bids."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.bids.new_bid import CameBy as CameBy
from pbvote.call.bids.new_bid import NewBid, NewBidAsJson
from pbvote.call.bids.new_bid import Papers as Papers
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.db import Base, Pence
from pbvote.files.models import Photo
from pbvote.localities.models import Locality, Ward
from pbvote.people.models import Account


class BidState(enum.StrEnum):
    """Where a bid is on its way to the vote."""

    RECEIVED = "received"
    SHORTLISTED = "shortlisted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"
    """A project of a real election that was read from a file."""


STANDING = (BidState.RECEIVED, BidState.SHORTLISTED)
"""The states of a bid that is on its way to the vote. A withdrawn or refused one makes room for another."""
_STANDING_IN_SQL = sa.text("state IN ({})".format(", ".join(f"'{state.value}'" for state in STANDING)))


PHOTO_TEXT_LENGTH = 200
"""The most characters of what a photo shows, in any language."""


class Bid(Base):
    """A group's request in one round."""

    __tablename__ = "bid"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "reference"),
        sa.UniqueConstraint("link_tag"),  # one letter's link makes one bid
        # One bid for a group in a round.
        sa.Index(
            "uq_bid_round_id_group_id_standing",
            "round_id",
            "group_id",
            unique=True,
            sqlite_where=_STANDING_IN_SQL,
            postgresql_where=_STANDING_IN_SQL,
        ),
        sa.CheckConstraint("title <> ''", name="title_given"),
        sa.CheckConstraint("came_by <> 'form' OR keyed_by_id IS NULL", name="form_keyed_by_nobody"),
        sa.CheckConstraint(
            "came_by NOT IN ('telephone', 'paper') OR keyed_by_id IS NOT NULL", name="keyed_by_somebody"
        ),
        sa.UniqueConstraint("photo_id"),
        sa.CheckConstraint("(photo_id IS NULL) = (photo_text = '')", name="photo_has_text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"))
    reference: Mapped[str]
    """Short, said aloud in the hall and printed in every report: ``S-07``."""
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("voluntary_group.id"), index=True)
    """None only where an imported election names no proposer."""
    title: Mapped[str]
    summary: Mapped[str]
    who_benefits: Mapped[str] = mapped_column(default="")
    ward_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ward.id"), index=True)
    postcode: Mapped[str] = mapped_column(default="")
    """Of where most of it would happen; "" where the group named a ward, or neither."""
    works_with_people_at_risk: Mapped[bool] = mapped_column(default=False)
    """Whether children, or adults at risk, take part."""
    papers: Mapped[Papers | None]
    """None where nobody asked."""
    answers: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    """Answers to the round's own questions, by a question's key."""
    came_by: Mapped[CameBy] = mapped_column(default=CameBy.FORM)
    keyed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """The organiser who keyed it in for the group."""
    state: Mapped[BidState] = mapped_column(default=BidState.RECEIVED)
    sent_at: Mapped[dt.datetime | None]
    """When the form came in, which is what the close of bids goes by; None for what no form sent."""
    received_at: Mapped[dt.datetime] = mapped_column(default=now)
    """When its contact confirmed it."""
    link_tag: Mapped[bytes | None]
    """The tag of the link that confirmed it, so that whoever presses again is told its number."""

    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("photo.id"))
    photo_text: Mapped[str] = mapped_column(default="")
    """What the photo shows, for those who cannot see it."""

    round: Mapped[Round] = relationship()
    photo: Mapped[Photo | None] = relationship(lazy="raise_on_sql")
    group: Mapped[Group | None] = relationship(lazy="joined")
    ward: Mapped[Ward | None] = relationship()
    keyed_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    asks: Mapped[list["Ask"]] = relationship(
        back_populates="bid", order_by="Ask.locality_id", cascade="all, delete-orphan", lazy="selectin"
    )
    lines: Mapped[list["BudgetLine"]] = relationship(order_by="BudgetLine.position", cascade="all, delete-orphan")
    wordings: Mapped[list["Wording"]] = relationship(cascade="all, delete-orphan")
    history: Mapped[list["BidHistory"]] = relationship(order_by="BidHistory.id", cascade="all, delete-orphan")

    @property
    def called(self) -> str:
        """What pages and letters call it: its group's name, or its title where it names no group."""
        return self.group.name if self.group else self.title

    @property
    def is_standing(self) -> bool:
        """Whether it is on its way to the vote."""
        return self.state in STANDING

    @property
    def ask_pence(self) -> int:
        """What the bid asks for, from all localities together."""
        return sum(ask.ask_pence for ask in self.asks)

    def ask_of(self, locality_id: int) -> int:
        """What the bid asks of one locality's share; 0 where it asks nothing."""
        return sum(ask.ask_pence for ask in self.asks if ask.locality_id == locality_id)

    def wording(self, language: str) -> "Wording | None":
        """The bid's title and summary in another language, where somebody entered them."""
        return next((wording for wording in self.wordings if wording.language == language), None)


CALLED = sa.func.coalesce(Group.name, Bid.title)
"""`Bid.called`, for statements that join a bid and, where there is one, its group."""


class Ask(Base):
    """What a bid asks of one locality's share. A bid may ask of several."""

    __tablename__ = "ask"
    __table_args__ = (sa.CheckConstraint("ask_pence > 0", name="ask_positive"),)

    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), primary_key=True, index=True)
    ask_pence: Mapped[Pence]

    bid: Mapped[Bid] = relationship(back_populates="asks")
    locality: Mapped[Locality] = relationship()


class BudgetLine(Base):
    """One thing that the money would buy. The lines add up to the ask."""

    __tablename__ = "budget_line"
    __table_args__ = (sa.CheckConstraint("line_pence > 0", name="line_positive"),)

    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    line_pence: Mapped[Pence]


class Wording(Base):
    """A bid's title and summary, and what its photo shows, in a language of the voter's path other than English."""

    __tablename__ = "wording"

    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    photo_text: Mapped[str] = mapped_column(default="")
    """"" where nobody has entered it: the photo's words are then heard in English."""


class BidHistory(Base):
    """Who did what to a bid, and when."""

    __tablename__ = "bid_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Who did it. None for the group itself."""
    state: Mapped[BidState]
    reason: Mapped[str] = mapped_column(default="")

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class SentBid(Base):
    """What the public form sent, until the contact named in it has confirmed it by the letter's link.

    It is no bid: it has no number, is on no board, holds no group's place in the round, and changes nothing of any
    group. Confirming deletes the row and makes the bid.
    """

    __tablename__ = "sent_bid"
    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.UniqueConstraint("draft_key"),  # one draft is sent once
        sa.CheckConstraint("sent_at < expires_at", name="times_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    new: Mapped[NewBid] = mapped_column(NewBidAsJson)
    sent_at: Mapped[dt.datetime] = mapped_column(default=now)
    tag: Mapped[bytes]
    """What is kept of the code in the newest letter's link."""
    expires_at: Mapped[dt.datetime]
    """Until when that link works."""
    is_readdressed: Mapped[bool] = mapped_column(default=False)
    """Whether the sender has put the e-mail address right. That is done once."""
    draft_key: Mapped[str | None]
    """The draft that was sent, so that sending it again finds this."""
    came_by: Mapped[CameBy] = mapped_column(default=CameBy.FORM)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """The organiser who keyed it in for the group, or let it in after the close."""
    reason: Mapped[str] = mapped_column(default="")
    """Why it was let in after the close of bids; "" where it was in time."""

    round: Mapped[Round] = relationship()
