"""Actions: what somebody does for a partnership by a day. One may stand alone, or come from an item of a meeting."""

import datetime as dt
import enum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.core.clock import today
from pbvote.localities.models import Locality, Priority
from pbvote.partnership.meetings.models import Meeting, MeetingState
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.seen import Versioned

QUARTER: Final = dt.timedelta(weeks=13)
"""How long an action, or a whole plan, may go without anybody looking at it before its page says so.

Weeks, and no quarter of the calendar: what was looked at on its last day would be late on the next.
"""


def is_long_ago(day: dt.date) -> bool:
    """Whether more than a quarter has gone by since."""
    return day < today() - QUARTER


class ActionState(enum.StrEnum):
    """How far an action is."""

    OPEN = "open"
    DONE = "done"
    STUCK = "stuck"

    @property
    def words(self) -> str:
        """The state as a page names it."""
        return {ActionState.OPEN: "On the way", ActionState.DONE: "Done", ActionState.STUCK: "Stuck"}[self]


class Action(Versioned):
    """What a body or a member does by a day, and how anybody will see that it is done."""

    __tablename__ = "action"
    __table_args__ = (
        sa.CheckConstraint("what <> '' AND lead <> ''", name="all_said"),
        sa.CheckConstraint("state <> 'stuck' OR why <> ''", name="stuck_with_reason"),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_on_a_day"),
        sa.CheckConstraint("item_id IS NULL OR meeting_id IS NOT NULL", name="item_of_a_meeting"),
    )

    locality_id: Mapped[int] = mapped_column(sa.ForeignKey("locality.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    """Where it was decided; None where it comes from no meeting."""
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting_item.id"), index=True)
    priority_id: Mapped[int | None] = mapped_column(sa.ForeignKey("priority.id", ondelete="SET NULL"), index=True)
    """The priority of the locality's plan that it serves, for as long as there is that priority."""
    what: Mapped[str]
    measure: Mapped[str] = mapped_column(default="")
    """How anybody will see that it is done."""
    lead: Mapped[str]
    """The body that leads. Of a member, their own."""
    lead_member_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("partnership_member.id", ondelete="SET NULL"), index=True
    )
    """The member who leads, for as long as they stand in the list of members."""
    due_on: Mapped[dt.date]
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    why: Mapped[str] = mapped_column(default="")
    """Why it is stuck, or what came of it."""
    looked_at_on: Mapped[dt.date] = mapped_column(default=today)
    done_on: Mapped[dt.date | None]
    """When an editor said that it is done."""

    locality: Mapped[Locality] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    priority: Mapped[Priority | None] = relationship(lazy="raise_on_sql", passive_deletes="all")
    lead_member: Mapped[PartnershipMember | None] = relationship(lazy="raise_on_sql", passive_deletes="all")

    @hybrid_property
    def is_public(self) -> bool:
        """Whether everybody reads it: once the minutes that it stands in are agreed, or where it stands in none."""
        return self.meeting_id is None or (self.meeting is not None and self.meeting.has_agreed_minutes)

    @is_public.inplace.expression
    @classmethod
    def _is_public(cls) -> sa.ColumnElement[bool]:
        return sa.or_(cls.meeting_id.is_(None), cls.meeting.has(Meeting.state == MeetingState.AGREED))

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is not done."""
        return self.state is not ActionState.DONE and self.due_on < today()

    @property
    def is_untouched(self) -> bool:
        """Whether it is not done, and nobody has looked at it for a quarter."""
        return self.state is not ActionState.DONE and is_long_ago(self.looked_at_on)

    @property
    def present_lead(self) -> PartnershipMember | None:
        """The member who leads, until their last day in the partnership."""
        return self.lead_member if self.lead_member and self.lead_member.has_days_left else None

    @property
    def led_by(self) -> str:
        """Who leads, in words: a body, or a member with what they are in the partnership."""
        member = self.present_lead
        return f"{member.name} ({member.role_with_ward}), {self.lead}" if member else self.lead
