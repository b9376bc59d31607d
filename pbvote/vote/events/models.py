"""Events and their running order."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import EventFormat, Share
from pbvote.core.clock import lasts_days, now
from pbvote.dating import dates_changes_of
from pbvote.db import Base
from pbvote.json_columns import JsonOf
from pbvote.people.models import Account
from pbvote.vote.events.day import DayPlan, Latecomers
from pbvote.vote.poll import states
from pbvote.vote.poll.states import PollState


@dates_changes_of("name", "place", "starts_at", "ends_at", "published_at")
class Event(Base):
    """One locality's decision day."""

    __tablename__ = "event"
    __table_args__ = (
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("share_id"),
        sa.CheckConstraint("starts_at < ends_at", name="times_in_order"),
        sa.CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="closed_once_opened"),
        sa.CheckConstraint("opened_at <= closed_at", name="opened_before_closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    share_id: Mapped[int] = mapped_column(sa.ForeignKey("share.id"))
    name: Mapped[str]
    place: Mapped[str]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    poll: Mapped[PollState] = mapped_column(default=PollState.PLANNED)
    entries: Mapped[int] = mapped_column(default=0)
    """How many entries its ledger has: so the last of them can't go unnoticed either."""
    access: Mapped[str] = mapped_column(default="")
    """How people get in who can't climb steps; "" where nobody has said."""
    day: Mapped[DayPlan] = mapped_column(JsonOf(DayPlan), default=DayPlan)
    """How the day goes: minutes, the hall, the door."""
    moves: Mapped[int] = mapped_column(default=0)
    """How often what calendars hold of it has changed: their SEQUENCE."""
    published_at: Mapped[dt.datetime | None]
    """Since when everybody can read its page, with the running order; None before."""
    changed_at: Mapped[dt.datetime] = mapped_column(default=now)
    """When its name, its place or its hours last changed, or its page came out. Its poll does not move it: everybody
    reads this moment.
    """
    opened_at: Mapped[dt.datetime | None]
    """When voting opened; None before, where members choose, and where the vote was another city’s."""
    closed_at: Mapped[dt.datetime | None]
    """When voting closed last; None while it is open."""

    share: Mapped[Share] = relationship()
    running_order: Mapped[list["Slot"]] = relationship(
        back_populates="event", order_by="Slot.number", cascade="all, delete-orphan"
    )

    @property
    def calendar_facts(self) -> tuple[object, ...]:
        """What calendars hold of it."""
        return (self.name, self.place, self.starts_at, self.ends_at, self.access, self.day.doors_minutes)

    def note_move(self, before: tuple[object, ...]) -> None:
        """Count a move, where its `calendar_facts` are no longer those of before."""
        if self.calendar_facts != before:
            self.moves += 1

    @property
    def lasts_days(self) -> bool:
        """Whether residents vote over several days, and not at one meeting."""
        return lasts_days(self.starts_at, self.ends_at)

    @property
    def began_at(self) -> dt.datetime:
        """When people began to vote, for whoever tells of it afterwards: the plan may have said another day."""
        return self.opened_at or self.starts_at

    @property
    def ended_at(self) -> dt.datetime:
        """When they ended, likewise."""
        return self.closed_at or self.ends_at

    @property
    def has_page(self) -> bool:
        """Whether everybody can read its page."""
        return self.published_at is not None

    @property
    def takes_changes(self) -> bool:
        """Whether its bids, their order and its rules can change: voting has not opened."""
        return self.poll in states.TAKES_CHANGES

    @property
    def takes_slips(self) -> bool:
        """Whether slips are printed and envelopes opened: voting has not closed."""
        return self.poll in states.TAKES_SLIPS

    @property
    def takes_votes(self) -> bool:
        """Whether voting is open."""
        return self.poll in states.TAKES_VOTES

    @property
    def takes_choices(self) -> bool:
        """Whether the members of the partnership are choosing."""
        return self.poll in states.TAKES_CHOICES

    @property
    def is_chosen_by_members(self) -> bool:
        """Whether the members of the partnership choose here, and no residents vote."""
        return self.share.is_chosen_by_members

    @property
    def latecomers(self) -> Latecomers:
        """Until when somebody who comes late gets a slip. Where groups do not pitch, it is until the close."""
        return self.day.latecomers if self.share.format is EventFormat.PITCHES else Latecomers.UNTIL_THE_CLOSE

    @property
    def takes_paper(self) -> bool:
        """Whether paper ballots are keyed: voting has opened, and the votes are not counted."""
        return self.poll in states.TAKES_PAPER

    @property
    def awaits_count(self) -> bool:
        """Whether voting has closed and the votes are not counted."""
        return self.poll in states.AWAITS_THE_COUNT

    @property
    def is_before_count(self) -> bool:
        """Whether the votes are not counted."""
        return self.poll in states.BEFORE_THE_COUNT

    @property
    def is_counting(self) -> bool:
        """Whether two people have agreed to count, and the box is being counted."""
        return self.poll in states.IS_COUNTING

    @property
    def awaits_seal(self) -> bool:
        """Whether two people have agreed to count, and the seal is not finished."""
        return self.poll in states.AWAITS_THE_SEAL

    @property
    def awaits_publication(self) -> bool:
        """Whether the count is sealed and its result not public."""
        return self.poll in states.AWAITS_PUBLICATION

    @property
    def is_public(self) -> bool:
        """Whether everybody can read the result."""
        return self.poll in states.IS_PUBLIC


class Slot(Base):
    """A bid's place in the running order. Its number is the number on the ballot."""

    __tablename__ = "slot"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "bid_id"),
        sa.CheckConstraint("number > 0", name="number_positive"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    placed_at: Mapped[dt.datetime] = mapped_column(default=now)
    """When the running order that it stands in was settled."""

    event: Mapped[Event] = relationship(back_populates="running_order")
    bid: Mapped[Bid] = relationship(lazy="joined", innerjoin=True)

    @property
    def as_on_paper(self) -> str:
        """The bid as the hall knows it, and its reference: ``Shed Club (number 3, Timperley Shed, B-03)``.

        Two groups may give their bids the same title, and `recount.py` says it in the same words.
        """
        group = self.bid.group.name if self.bid.group else "no group"
        return f"{self.bid.title} (number {self.number}, {group}, {self.bid.reference})"


class OrderDraw(Base):
    """A running order that was drawn by lot. Every draw stays on record, so that nobody draws until they like it."""

    __tablename__ = "order_draw"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    seed: Mapped[str]
    references: Mapped[list[str]]
    """The bids' numbers in the order that the seed gave."""
    drawn_at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
