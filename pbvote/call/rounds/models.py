"""A round's pot and its shares."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.questions import Question, QuestionsAsJson
from pbvote.call.rounds.rule_words import leftover, ties
from pbvote.core.clock import now
from pbvote.dating import dates_changes_of
from pbvote.db import Base, Pence
from pbvote.json_columns import JsonOf
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.tally import BallotRules, Rule, RuleKind


class RoundState(enum.StrEnum):
    """Set up in private; then open to the public for good."""

    DRAFT = "draft"
    OPEN = "open"


@dates_changes_of("name", "currency", "pot_pence", "bid_cap_pence", "state")
class Round(Base):
    """One year's grants. Amounts are whole minor units of its currency."""

    __tablename__ = "round"
    __table_args__ = (
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint("pot_pence > 0", name="pot_positive"),
        sa.CheckConstraint("length(currency) = 3", name="currency_code"),
        sa.CheckConstraint("next_reference > 0", name="next_reference_positive"),
        sa.CheckConstraint("budget_from_pence >= 0", name="budget_from_not_negative"),
        sa.CheckConstraint("bid_cap_pence > 0", name="bid_cap_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    currency: Mapped[str] = mapped_column(default="GBP")
    """The pound, but for elections that were read from another city's file."""
    pot_pence: Mapped[Pence]
    bid_cap_pence: Mapped[Pence | None]
    """The most that one bid may ask of all shares together; None where each share's own cap is enough."""
    state: Mapped[RoundState] = mapped_column(default=RoundState.DRAFT)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    is_imported: Mapped[bool] = mapped_column(default=False)
    """A real election read from a `.pb` file: looked at, never voted in."""
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    changed_at: Mapped[dt.datetime] = mapped_column(default=now)
    """When something that everybody reads of it last changed."""
    next_reference: Mapped[int] = mapped_column(default=1)
    """The number of the next bid. It only goes up, so that no number is given twice."""
    budget_from_pence: Mapped[Pence] = mapped_column(default=1_000_00)
    """A bid that asks for more than this says what the money would buy, line by line."""
    questions: Mapped[tuple[Question, ...]] = mapped_column(QuestionsAsJson, default=())
    """What the form asks in this round beyond its own questions."""
    has_short_form: Mapped[bool] = mapped_column(default=False)
    """Whether its form is one page, for small sums. Settled before the round opens: then groups write on it."""
    grant_rules: Mapped[GrantRules] = mapped_column(JsonOf(GrantRules), default=GrantRules)
    """What it asks of the groups that get its money, and says to the others."""

    shares: Mapped[list["Share"]] = relationship(
        back_populates="round", order_by="Share.id", cascade="all, delete-orphan"
    )

    @property
    def shared_pence(self) -> int:
        """What the localities' shares add up to."""
        return sum(share.share_pence for share in self.shares)


class EventFormat(enum.StrEnum):
    """How the groups meet the residents."""

    PITCHES = "pitches"
    STALLS = "stalls"
    DAYS = "days"
    """They don't: residents read the bids, and vote over several days with slips from a library or a centre."""
    MEMBERS = "members"
    """Neither: the members of the locality's partnership choose, openly. Nobody votes, and no slip is printed."""


@dates_changes_of(
    *("share_pence", "cap_pence", "bids_open_on", "bids_close_on"),
    *("minimum_age", "who_may_vote", "format", "ballot_rules", "count_rule"),
)
class Share(Base):
    """A locality's part of a round's pot, and the rules by which its residents spend it."""

    __tablename__ = "share"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "locality_id"),
        sa.CheckConstraint("share_pence > 0", name="share_positive"),
        sa.CheckConstraint("cap_pence > 0 AND cap_pence <= share_pence", name="cap_within_share"),
        sa.CheckConstraint("bids_open_on <= bids_close_on", name="dates_in_order"),
        sa.CheckConstraint("minimum_age BETWEEN 0 AND 120", name="minimum_age_plausible"),
        sa.CheckConstraint("pitch_minutes BETWEEN 1 AND 60", name="pitch_minutes_plausible"),
        sa.CheckConstraint("quorum BETWEEN 1 AND 50", name="quorum_plausible"),
        sa.CheckConstraint("is_locked OR NOT has_opened", name="locked_before_opened"),
        sa.CheckConstraint("has_opened OR NOT is_counted", name="opened_before_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"))
    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    share_pence: Mapped[Pence]
    cap_pence: Mapped[Pence]
    """The most that one bid may ask of this share."""
    bids_open_on: Mapped[dt.date]
    bids_close_on: Mapped[dt.date]
    """The last day on which bids are taken."""
    minimum_age: Mapped[int] = mapped_column(default=0)
    who_may_vote: Mapped[str] = mapped_column(default="")
    format: Mapped[EventFormat] = mapped_column(default=EventFormat.PITCHES)
    pitch_minutes: Mapped[int] = mapped_column(default=3)
    """How long each group may speak, where groups pitch one after another."""
    quorum: Mapped[int] = mapped_column(default=3)
    """How many members must have chosen before anything is decided, where members choose."""
    ballot_rules: Mapped[BallotRules] = mapped_column(JsonOf(BallotRules))
    """What a complete ballot is."""
    publishes_ballots: Mapped[bool] = mapped_column(default=False)
    """Whether whole ballots are published, not only how many voters gave each bid each mark."""
    count_rule: Mapped[Rule] = mapped_column(JsonOf(Rule))
    """How votes become awards."""
    is_locked: Mapped[bool] = mapped_column(default=False)
    """Set when the first slip is printed: from then on money, ballot and rule stay as they are."""
    has_opened: Mapped[bool] = mapped_column(default=False)
    """Set when voting opens: from then on the bids on the ballot, their order and their words stay as they are."""
    is_counted: Mapped[bool] = mapped_column(default=False)
    """Set at the count: from then on nobody takes a bid out any more."""
    changed_at: Mapped[dt.datetime] = mapped_column(default=now)
    """When its money, its days or its rules last changed. How far its poll has come does not move it: everybody
    reads this moment.
    """

    round: Mapped[Round] = relationship(back_populates="shares")
    locality: Mapped[Locality] = relationship()

    @property
    def is_chosen_by_members(self) -> bool:
        """Whether the members of the partnership choose, and no residents vote."""
        return self.format is EventFormat.MEMBERS

    @property
    def has_meeting(self) -> bool:
        """Whether groups meet residents in a hall."""
        return self.format in {EventFormat.PITCHES, EventFormat.STALLS}

    @property
    def shows_ballots(self) -> bool:
        """Whether whole ballots are published: by choice, or because nobody could repeat the count without them."""
        return self.publishes_ballots or self.count_rule.needs_ballots

    @property
    def rule_kind(self) -> RuleKind:
        """The count rule in words."""
        return self.count_rule.kind

    @property
    def tie_words(self) -> str:
        """What settles a tie, in a sentence."""
        return ties(self.count_rule)

    @property
    def leftover_words(self) -> str:
        """What becomes of money that is left, in a sentence or two."""
        return leftover(self.count_rule)


class Extension(Base):
    """A later last day for bids for whoever writes from one e-mail address; the latest of a round counts."""

    __tablename__ = "extension"
    __table_args__ = (
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    email: Mapped[str]
    until_on: Mapped[dt.date]
    reason: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(default=now)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
