"""What goes on beside a bid's state: a question that waits, a decision whose letter has not left, a second look.

The room above knows of these; whoever shows a bid to its group asks here.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pbvote.call.bids.models import BidState


@dataclass(frozen=True, slots=True)
class Track:
    """What goes on beside one bid's state."""

    query_id: int | None = None
    question: str = ""
    answer_by: dt.date | None = None
    shown_state: BidState | None = None
    """What its group is shown in place of the state, while the decision's letter can still be called back."""
    is_looked_at_again: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether the group's answer is waited for."""
        return self.query_id is not None


NOTHING = Track()
Finder = Callable[[Iterable[int]], Mapping[int, Track]]
_finders: list[Finder] = []


def found_by(finder: Finder) -> Finder:
    """Make the function that knows the tracks known here."""
    _finders.append(finder)
    return finder


def tracks_of(bid_ids: Iterable[int]) -> dict[int, Track]:
    """The track of each bid, by its id; one beside which nothing goes on has `NOTHING`."""
    wanted = list(bid_ids)
    known = {bid_id: track for find in _finders for bid_id, track in find(wanted).items()}
    return {bid_id: known.get(bid_id, NOTHING) for bid_id in wanted}
