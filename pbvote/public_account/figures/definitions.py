"""What each figure of the public account means. Pages and files name it so, and link to its sentence."""

import enum
from typing import Self

from pbvote.partnership.counting import PartnershipCounts
from pbvote.partnership.meetings.models import IN_TIME_DAYS


class NamedFigure(enum.StrEnum):
    """A figure with what pages call it and what it means. Each member is those three texts."""

    words: str
    """As a column is headed."""
    sentence: str
    """What it means."""

    def __new__(cls, value: str, words: str = "", sentence: str = "") -> Self:
        """A member whose value is the first text alone."""
        figure = str.__new__(cls, value)
        figure._value_, figure.words, figure.sentence = value, words, sentence
        return figure


class PublicFigure(NamedFigure):
    """A figure about a locality's share of a round."""

    SHARE = "share", "Share", "What the locality could give away in this round."
    BIDS = "bids", "Bids", "How many bids were on the ballot."
    ASKED = "asked", "Asked", "What the bids on the ballot asked of the share, all together."
    VOTED = (
        "voted",
        "Voted",
        "How many slips voted and were counted. Where members chose, how many members did.",
    )
    GROUPS = "groups", "Grants", "How many grants were awarded. A group may have more than one."
    AWARDED = (
        "awarded",
        "Awarded",
        "What groups were promised. It counts once a group has heard, until it declines.",
    )
    DECLINED = "declined", "Declined", "What groups were promised and declined, whether or not it was offered on."
    PAID = "paid", "Paid", "What has reached the groups. A payment that failed is in no figure."
    TO_PAY = "to_pay", "To pay", "What was awarded and is not paid yet."
    RETURNED = "returned", "Sent back", "What groups sent back of what they were paid."
    LEFT = "left", "Not awarded", "What is left of the share."

    @property
    def is_money(self) -> bool:
        """Whether it is an amount. The others are counts."""
        return self not in {PublicFigure.BIDS, PublicFigure.VOTED, PublicFigure.GROUPS}


class PartnershipFigure(NamedFigure):
    """A figure about what a partnership did in a stretch of days, by the end of the last one."""

    HELD = "held", "Meetings held", "Meetings whose hours are over. One that was called off does not count."
    IN_TIME = (
        "in_time",
        "Agendas in time",
        f"Of these meetings, those whose agenda was out {IN_TIME_DAYS} working days ahead or more.",
    )
    ASKED = "asked", "Questions asked", "What residents asked about an agenda, and everybody can read."
    ANSWERED = "answered", "Questions answered", "Of these questions, those that have a written answer."
    DUE = "due", "Actions due", "What somebody was to do by a day in this time, in agreed minutes or the plan."
    DONE = "done", "Actions done", "Of these actions, those that are done."
    MEMBERS = "members", "Members", "Who belonged to the partnership on the last day."
    VISITS = "visits", "Visits", "Visits by members to funded groups. Calls and messages do not count."

    def of(self, counts: PartnershipCounts) -> int:
        """This number of a partnership."""
        return int(getattr(counts, self.value))
