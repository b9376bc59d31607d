"""A ballot paper to look at before anybody votes: with the bids of the running order, or what comes nearest to it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import STANDING, Ask, Bid, BidState
from pbvote.call.rounds.made_hall import SHARE_PENCE, TEN_BIDS
from pbvote.call.rounds.models import Share
from pbvote.config import LANGUAGES
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_of
from pbvote.vote.poll.paper import Line, Paper, lines_ahead, words_of

_SUMMARY = "An invented project. Here stands what the group would do with the money."


class Whose(enum.StrEnum):
    """Which bids stand on a sample."""

    RUNNING_ORDER = "running_order"
    SHORTLIST = "shortlist"
    STANDING = "standing"
    MADE_UP = "made_up"


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper, whose bids are on it, and the event that it is for, where one is planned."""

    paper: Paper
    whose: Whose
    event: Event | None
    name: str
    """What the voter's pages say first: the event, else the locality."""

    @property
    def languages(self) -> Sequence[str]:
        """Those that stand on paper: the event's, where one is planned."""
        return self.event.day.languages if self.event else LANGUAGES


def sample_of(share: Share) -> Sample:
    """The locality's paper, photos too: the very ballot, once there is a running order.

    Before that it has the shortlist, then the bids that stand, numbered as they came; ten of ours where none does.
    """
    event = event_of(share)
    name = event.name if event else share.locality.name
    paper = Paper.of(event, looks_ahead=True) if event else None
    if paper and paper.lines:
        return Sample(paper, Whose.RUNNING_ORDER, event, name)
    for whose, states in ((Whose.SHORTLIST, (BidState.SHORTLISTED,)), (Whose.STANDING, STANDING)):
        if lines := lines_ahead(_bids_in(share, states), share.locality_id):
            return Sample(_paper(share, lines, share.share_pence), whose, event, name)
    return Sample(_paper(share, _made_up(), SHARE_PENCE), Whose.MADE_UP, event, name)


def _bids_in(share: Share, states: tuple[BidState, ...]) -> sa.Select[int]:
    """The ids of the locality's bids in these states."""
    wanted = sa.select(Bid.id).join(Ask, Ask.bid_id == Bid.id).where(Ask.locality_id == share.locality_id)
    return wanted.where(Bid.round_id == share.round_id, Bid.state.in_(states))


def _paper(share: Share, lines: tuple[Line, ...], money: int) -> Paper:
    return Paper("", share.round.currency, share.ballot_rules.within(money), lines, "")


def _made_up() -> tuple[Line, ...]:
    return tuple(
        Line(number, bid.ref, bid.title, _SUMMARY, f"Group {number}", bid.ask, words_of(bid.title, _SUMMARY, {}))
        for number, bid in enumerate(TEN_BIDS, 1)
    )
