"""Bids that are refused without the letter, for tests of what comes after."""

from pbvote.call.bids.deciding import decide
from pbvote.call.bids.models import Bid, BidState
from pbvote.people.models import Account


def refuse_bid(bid: Bid, by: Account, reason: str) -> None:
    """Refuse a bid with a reason."""
    decide(bid, BidState.REFUSED, by, reason)
