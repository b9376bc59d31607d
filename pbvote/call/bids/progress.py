"""Where a bid is on its way, as one line for its group: sent, checked, on the ballot, vote, offer, paid, finished.

What happens from the vote on is the business of the wings above: they tell it here.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pbvote.call.bids.models import Bid, BidState
from pbvote.call.bids.tracks import Track


class Station(enum.IntEnum):
    """The stations of the way, in their order."""

    SENT = 1
    CHECKED = 2
    ON_THE_BALLOT = 3
    VOTE = 4
    OFFER = 5
    PAID = 6
    FINISHED = 7

    @property
    def words(self) -> str:
        """What a page calls it."""
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a bid has come, and in a sentence what is next. With `is_over` it goes no further."""

    stage: Station
    sentence: str
    is_over: bool = False


Teller = Callable[[Sequence[Bid]], Mapping[int, Standing]]
"""From bids to where they stand, by a bid's id; those that have not come so far are left out."""
_tellers: list[Teller] = []

_OURS = {
    BidState.RECEIVED: Standing(Station.SENT, "We have it. Organisers check it and write to you."),
    BidState.SHORTLISTED: Standing(Station.ON_THE_BALLOT, "It is on the ballot. You tell residents about it."),
    BidState.REFUSED: Standing(Station.CHECKED, "It can’t go to the vote.", is_over=True),
    BidState.WITHDRAWN: Standing(Station.SENT, "It was taken out, as you asked.", is_over=True),
    BidState.IMPORTED: Standing(Station.FINISHED, "It was read from a file.", is_over=True),
}


def told_by(teller: Teller) -> Teller:
    """Make a function that knows of a later part of the way known here."""
    _tellers.append(teller)
    return teller


def standings_of(bids: Sequence[Bid], tracks: Mapping[int, Track]) -> Mapping[int, Standing]:
    """Where each of these bids stands today as far as its group may know, by its id."""
    shown = {bid.id: tracks[bid.id].shown_state or bid.state for bid in bids}
    found = {bid_id: _OURS[state] for bid_id, state in shown.items()}
    on_the_way = [bid for bid in bids if shown[bid.id] is BidState.SHORTLISTED]
    for tell in _tellers if on_the_way else ():
        for bid_id, standing in tell(on_the_way).items():
            # Of two at the same station, the one told by the wing above knows more.
            found[bid_id] = max(standing, found[bid_id], key=lambda each: each.stage)
    return found
