"""What each figure of the public account means. Pages and files name it so, and link to its sentence."""

import enum

from pbvote.partnership.counting import PartnershipCounts
from pbvote.partnership.meetings.models import IN_TIME_DAYS


class PublicFigure(enum.StrEnum):
    """A figure about a locality's share of a round."""

    SHARE = "share"
    BIDS = "bids"
    ASKED = "asked"
    VOTED = "voted"
    GROUPS = "groups"
    AWARDED = "awarded"
    DECLINED = "declined"
    PAID = "paid"
    TO_PAY = "to_pay"
    RETURNED = "returned"
    LEFT = "left"

    @property
    def words(self) -> str:
        """As a column is headed."""
        return _SAID[self][0]

    @property
    def sentence(self) -> str:
        """What it means."""
        return _SAID[self][1]

    @property
    def is_money(self) -> bool:
        """Whether it is an amount. The others are counts."""
        return self not in _COUNTS


class PartnershipFigure(enum.StrEnum):
    """A figure about what a partnership did in a stretch of days, by the end of the last one."""

    HELD = "held"
    IN_TIME = "in_time"
    ASKED = "asked"
    ANSWERED = "answered"
    DUE = "due"
    DONE = "done"
    MEMBERS = "members"
    VISITS = "visits"

    @property
    def words(self) -> str:
        """As a column is headed."""
        return _COUNTED[self][0]

    @property
    def sentence(self) -> str:
        """What it means."""
        return _COUNTED[self][1]

    def of(self, counts: PartnershipCounts) -> int:
        """This number of a partnership."""
        return int(getattr(counts, self.value))


_COUNTED = {
    PartnershipFigure.HELD: ("Meetings held", "Meetings whose hours are over. One that was called off does not count."),
    PartnershipFigure.IN_TIME: (
        "Agendas in time",
        f"Of these meetings, those whose agenda was out {IN_TIME_DAYS} working days ahead or more.",
    ),
    PartnershipFigure.ASKED: ("Questions asked", "What residents asked about an agenda, and everybody can read."),
    PartnershipFigure.ANSWERED: ("Questions answered", "Of these questions, those that have a written answer."),
    PartnershipFigure.DUE: (
        "Actions due",
        "What somebody was to do by a day in this time, in agreed minutes or the plan.",
    ),
    PartnershipFigure.DONE: ("Actions done", "Of these actions, those that are done."),
    PartnershipFigure.MEMBERS: ("Members", "Who belonged to the partnership on the last day."),
    PartnershipFigure.VISITS: ("Visits", "Visits by members to funded groups. Calls and messages do not count."),
}
_SAID = {
    PublicFigure.SHARE: ("Share", "What the locality could give away in this round."),
    PublicFigure.BIDS: ("Bids", "How many bids were on the ballot."),
    PublicFigure.ASKED: ("Asked", "What the bids on the ballot asked of the share, all together."),
    PublicFigure.VOTED: ("Voted", "How many slips voted and were counted. Where members chose, how many members did."),
    PublicFigure.GROUPS: ("Grants", "How many grants were awarded. A group may have more than one."),
    PublicFigure.AWARDED: (
        "Awarded",
        "What groups were promised. It counts once a group has heard, until it declines.",
    ),
    PublicFigure.DECLINED: ("Declined", "What groups were promised and declined, whether or not it was offered on."),
    PublicFigure.PAID: ("Paid", "What has reached the groups. A payment that failed is in no figure."),
    PublicFigure.TO_PAY: ("To pay", "What was awarded and is not paid yet."),
    PublicFigure.RETURNED: ("Sent back", "What groups sent back of what they were paid."),
    PublicFigure.LEFT: ("Not awarded", "What is left of the share."),
}
_COUNTS = frozenset({PublicFigure.BIDS, PublicFigure.VOTED, PublicFigure.GROUPS})
