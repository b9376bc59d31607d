"""Money that a group did not take: how much is free, and who would be next by the count. Nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.split import is_funded_elsewhere
from pbvote.tally import Outcome, count
from pbvote.vote.count.outcome import TAKEN_OUT, draws_of, election_of, places_by_reference
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event


class NothingFree(Refusal):
    """Money that was not declined, or about which somebody has decided."""

    def __init__(self) -> None:
        super().__init__("Nothing is left to decide here: somebody may have done it a moment ago.")


@dataclass(frozen=True, slots=True)
class NextInLine:
    """A bid that would get money now, in pence: all that it asks for, or what is left."""

    bid: Bid
    pence: int
    is_part: bool


@dataclass(frozen=True, slots=True)
class FreeMoney:
    """What groups of an event declined and nobody has decided about, in pence, and who would be next."""

    pence: int
    awards: Sequence[Award]
    in_line: Sequence[NextInLine]
    waits_for_draw: bool
    """Whether bids are level for it, so that a draw would have to say who is next."""


UNDECIDED = sa.and_(~Award.is_standing, Award.freed_reason == "", Award.offered_on_id.is_(None))
"""Whether money was declined about which nobody has decided."""


def free_money(event: Event, awards: Sequence[Award], before: Outcome) -> FreeMoney | None:
    """What is free of all the awards of an event with this outcome; None where nothing waits for a decision.

    Who is next comes out of counting again, by the round's rule, without the bids whose groups declined. Whoever has an
    award keeps it, also where the rule would now choose another.
    """
    undecided = [award for award in awards if _is_undecided(award)]
    if not undecided:
        return None
    after = _counted_without(event, {award.bid.reference for award in awards if not award.is_standing})
    return FreeMoney(
        pence=sum(award.award_pence for award in undecided),
        awards=undecided,
        in_line=_in_line(event, awards, before, after),
        waits_for_draw=bool(after.waiting),
    )


def _counted_without(event: Event, declined: Iterable[str]) -> Outcome:
    election, gone = election_of(event, with_ballots=True), frozenset(declined)
    bids = tuple(replace(bid, is_withdrawn=True) if bid.ref in gone else bid for bid in election.bids)
    return count(replace(election, bids=bids), event.share.count_rule, draws_of(event))


def _in_line(event: Event, awards: Sequence[Award], before: Outcome, after: Outcome) -> list[NextInLine]:
    """The bids that the money reaches, in the order of the count; a bid that was funded before has its money."""
    bids = {reference: place.bid for reference, place in places_by_reference(event).items()}
    locality_id = event.share.locality_id
    offered = {award.bid.reference for award in awards}
    promised = sum(award.award_pence for award in awards if award.is_standing)
    waiting = [bids[ref] for ref in before.funded if ref not in offered and bids[ref].state not in TAKEN_OUT]
    left = event.share.share_pence - promised - sum(bid.ask_of(locality_id) for bid in waiting)
    found = []
    for ref in after.funded:
        bid = bids[ref]
        if ref in offered or ref in before.funded or bid.ask_of(locality_id) > left:
            continue
        if not is_funded_elsewhere(bid, event):
            continue  # a split bid needs every locality
        found.append(NextInLine(bid, bid.ask_of(locality_id), is_part=False))
        left -= bid.ask_of(locality_id)
    part = next((offer for offer in after.offers if offer.ref not in offered and offer.amount <= left), None)
    return [*found, NextInLine(bids[part.ref], part.amount, is_part=True)] if part else found


def require_free(award: Award) -> None:
    """Raise `NothingFree` unless the award was declined and nobody has decided about its money."""
    if not _is_undecided(award):
        raise NothingFree


def _is_undecided(award: Award) -> bool:
    return not award.is_standing and not award.freed_reason and award.offered_on_id is None


def decide_about(award: Award, reason: str) -> None:
    """Write down what becomes of declined money. Raises `NothingFree`."""
    hold(award.event)  # nobody offers it on meanwhile
    claim = sa.update(Award).where(Award.id == award.id, UNDECIDED).values(freed_reason=reason)
    if db.session.scalar(claim.returning(Award.id)) is None:
        raise NothingFree
    db.session.refresh(award)
