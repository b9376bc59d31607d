"""A ballot paper to look at before there is one: with the locality's own bids, or with ten that were made up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Bid, Wording
from pbvote.call.bids.service import bids_of
from pbvote.call.rounds.made_hall import SHARE_PENCE, TEN_BIDS
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.vote.poll.paper import Line, Paper, words_of

_SUMMARY = "An invented project. Here stands what the group would do with the money."


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper, and whether its bids are made up."""

    paper: Paper
    is_made_up: bool


def sample_of(share: Share) -> Sample:
    """The locality's paper with the bids that stand today, numbered as they came; with ten of ours where none does."""
    bids = [bid for bid in bids_of(share.round, share.locality_id) if bid.is_standing]
    money = share.share_pence if bids else SHARE_PENCE
    lines = _own(bids, share.locality_id) if bids else _made_up()
    paper = Paper("", share.round.currency, share.ballot_rules.within(money), tuple(lines), "")
    return Sample(paper, is_made_up=not bids)


def _own(bids: Sequence[Bid], locality_id: int) -> Iterable[Line]:
    entered = _entered([bid.id for bid in bids])
    for number, bid in enumerate(bids, 1):
        yield Line(
            number=number,
            reference=bid.reference,
            title=bid.title,
            summary=bid.summary,
            group=bid.group.name if bid.group else "",
            ask_pence=bid.ask_of(locality_id),
            wordings=words_of(bid.title, bid.summary, entered.get(bid.id, {})),
        )


def _entered(bid_ids: Sequence[int]) -> dict[int, dict[str, tuple[str, str]]]:
    """What was entered of these bids in other languages, in one statement however many there are."""
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for wording in db.session.scalars(sa.select(Wording).where(Wording.bid_id.in_(bid_ids))):
        found.setdefault(wording.bid_id, {})[wording.language] = (wording.title, wording.summary)
    return found


def _made_up() -> Iterable[Line]:
    for number, bid in enumerate(TEN_BIDS, 1):
        words = words_of(bid.title, _SUMMARY, {})
        yield Line(number, bid.ref, bid.title, _SUMMARY, f"Group {number}", bid.ask, words)
