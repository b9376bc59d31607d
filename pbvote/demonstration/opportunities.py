"""Four opportunities for the demonstration, from funders that nobody has."""

import datetime as dt
from typing import Final

from pbvote.core.clock import today
from pbvote.grants.directory.themes import Theme
from pbvote.grants.opportunities.service import SaidOfOpportunity, post_opportunity

_POSTED: Final = (
    (
        "Small change for big ideas",
        "Groups without a paid worker, for anything that begins within three months.",
        "The Bridgewater Community Trust",
        "£100 to £1,000",
        "https://small-change.example",
        None,
        6,
    ),
    (
        "Seeds and spades",
        "Groups that grow food or flowers where anyone may walk in.",
        "Mersey Valley Growing Fund",
        "£250 to £2,500",
        "https://seeds-and-spades.example",
        Theme.GREEN,
        19,
    ),
    (
        "Warm rooms",
        "Halls and groups that open a warm room for older people in winter.",
        "Northern Heat Foundation",
        "£500 to £5,000",
        "https://warm-rooms.example",
        Theme.OLDER,
        41,
    ),
    (
        "First whistle",
        "Clubs that bring children to sport who do none.",
        "The Pitch Fund",
        "£1,000 to £10,000, half of it for kit",
        "https://first-whistle.example",
        Theme.SPORT,
        83,
    ),
)


def post_opportunities() -> None:
    """Post them, each with a last day to come."""
    for title, who_for, funder, amount, link, theme, in_days in _POSTED:
        last_on = today() + dt.timedelta(days=in_days)
        post_opportunity(SaidOfOpportunity(title, who_for, funder, amount, link, theme, last_on))
