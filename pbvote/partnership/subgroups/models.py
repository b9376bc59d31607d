"""A partnership's sub-groups, and who has joined them."""

import datetime as dt
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import today
from pbvote.partnership.letter_links import MOST_LETTERS, LetterLinks
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.seen import Versioned

MOST_WORDS: Final = 200


class Subgroup(Versioned):
    """Some people who see to one thing. One that has ended leaves its name and the reason, and nobody's contact."""

    __tablename__ = "subgroup"
    __table_args__ = (
        sa.CheckConstraint("name <> '' AND words <> '' AND meets <> ''", name="all_said"),
        sa.CheckConstraint("(ended_on IS NULL) = (why_ended = '')", name="ended_with_reason"),
        sa.CheckConstraint("ended_on IS NULL OR NOT takes_joiners", name="ended_takes_nobody"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    name: Mapped[str]
    words: Mapped[str]
    """What it does."""
    meets: Mapped[str]
    """When and where."""
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("partnership_member.id", ondelete="SET NULL"), index=True)
    takes_joiners: Mapped[bool] = mapped_column(default=True)
    ended_on: Mapped[dt.date | None]
    why_ended: Mapped[str] = mapped_column(default="")

    lead: Mapped[PartnershipMember | None] = relationship(lazy="raise_on_sql", foreign_keys=lead_id)

    @property
    def has_ended(self) -> bool:
        """Whether it meets no more."""
        return self.ended_on is not None

    @property
    def present_lead(self) -> PartnershipMember | None:
        """Who leads it today; None where nobody does, or they are a member no more."""
        return self.lead if self.lead and self.lead.is_present else None


class SubgroupJoiner(LetterLinks):
    """Who has joined: how to reach them is for the lead and the editors. They are counted once they have confirmed."""

    __tablename__ = "subgroup_joiner"
    __table_args__ = (
        sa.UniqueConstraint("subgroup_id", "contact"),
        sa.CheckConstraint("name <> '' AND contact <> ''", name="all_said"),
        sa.CheckConstraint(f"letters BETWEEN 0 AND {MOST_LETTERS}", name="letters_few"),
        sa.CheckConstraint("account_id IS NULL OR confirmed_on IS NOT NULL", name="account_is_confirmed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subgroup_id: Mapped[int] = mapped_column(sa.ForeignKey("subgroup.id", ondelete="CASCADE"))
    name: Mapped[str]
    contact: Mapped[str]
    """An e-mail address, or a telephone number as it was typed."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Of whoever joined while they were signed in."""
    joined_on: Mapped[dt.date] = mapped_column(default=today)

    @property
    def has_address(self) -> bool:
        """Whether a letter reaches them; else somebody rings."""
        return "@" in self.contact
