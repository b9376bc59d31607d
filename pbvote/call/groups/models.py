"""Groups that bid, and their contacts."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.db import Base
from pbvote.people.models import Account

LONGEST_SAY_IT = 60
"""Letters: as much as somebody reads on the way to the microphone."""


class GroupKind(enum.StrEnum):
    """What a group is in law."""

    CHARITY = "charity"
    COMPANY = "company"
    CIC = "cic"
    INFORMAL = "informal"
    """None of these: somebody else may hold its money."""


class Group(Base):
    """A voluntary organisation that bids."""

    __tablename__ = "voluntary_group"  # GROUP is a word of SQL
    __table_args__ = (sa.CheckConstraint("name <> ''", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    registered_number: Mapped[str] = mapped_column(default="")
    """Its charity or company number, as `pbvote.core.registered` keeps it; "" where it has none."""
    kind: Mapped[GroupKind] = mapped_column(default=GroupKind.INFORMAL)
    money_holder: Mapped[str] = mapped_column(default="")
    """Who would hold the money of a group that is no charity, company or CIC."""
    say_it: Mapped[str] = mapped_column(default="")
    """How its name is said aloud; "" where that is plain. Only the compere's pages and the group's own show it."""
    contact_by_post: Mapped[str] = mapped_column(default="")
    """Name and telephone number of the contact of a group that has no e-mail."""

    contacts: Mapped[list["GroupContact"]] = relationship(
        back_populates="group", order_by="GroupContact.account_id", cascade="all, delete-orphan"
    )


class GroupContact(Base):
    """An account that speaks for a group."""

    __tablename__ = "group_contact"

    group_id: Mapped[int] = mapped_column(sa.ForeignKey("voluntary_group.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)
    phone: Mapped[str] = mapped_column(default="")

    group: Mapped[Group] = relationship(back_populates="contacts")
    account: Mapped[Account] = relationship()
