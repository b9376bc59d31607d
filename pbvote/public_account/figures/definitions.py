"""What each figure of the public account means. Pages and files name it so, and link to its sentence."""

import enum


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
