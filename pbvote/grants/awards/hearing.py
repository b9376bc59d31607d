"""Who hears what once the council has decided, and which money is offered to whom. Nothing here writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.db import db
from pbvote.grants.awards.declined import FreeMoney, free_money
from pbvote.grants.awards.models import AwardDecision, AwardDecisionKind, Told
from pbvote.grants.awards.service import awards_of
from pbvote.grants.awards.split import OtherPart, PartStatus, parts_of
from pbvote.grants.awards.turns import BidTurn, CountedBids
from pbvote.vote.count.outcome import TAKEN_OUT
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class OfferedPart:
    """Money out of one event's share, in pence."""

    event: Event
    pence: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """A bid, what its group hears of it, and what it is offered: nothing, or a part from each locality."""

    bid: Bid
    told: Told
    offers: Sequence[OfferedPart]
    turn: BidTurn | None
    """Its turn in the count; None for a bid that had none."""
    others: Sequence[OtherPart] = ()
    """What it asks of other localities."""

    @property
    def pence(self) -> int:
        """What it is offered altogether."""
        return sum(offer.pence for offer in self.offers)


@dataclass(frozen=True, slots=True)
class DecisionPlan:
    """What a decision does: everybody who hears, in the order of the count."""

    hearings: Sequence[Hearing]
    free: FreeMoney | None = None
    """The declined money that it offers on; None for a first decision."""


def plan_of(event: Event, kind: AwardDecisionKind, counted: CountedBids) -> DecisionPlan:
    """Who hears what by a decision of this kind, as things stand now; `counted` is the event's outcome.

    A bid that asks of several localities gets its offers, one from each, with the decision of the last that funds it.
    Whoever has withdrawn, or was refused, hears nothing.
    """
    turns = {turn.bid.id: turn for turn in counted.turns}
    if kind is AwardDecisionKind.NEXT:
        return _next_in_line(event, counted, turns)
    bids = [turn.bid for turn in counted.turns if turn.bid.state not in TAKEN_OUT]
    parts = parts_of(bids, event)
    offers = _offers(event, counted, bids, parts)
    return DecisionPlan([_hearing(event, turns[bid.id], offers.get(bid.id, []), parts.get(bid.id, [])) for bid in bids])


def _next_in_line(event: Event, counted: CountedBids, turns: Mapping[int, BidTurn]) -> DecisionPlan:
    free = free_money(event, awards_of(event), counted.outcome)
    in_line = free.in_line if free else ()
    hearings = [
        Hearing(
            bid=each.bid,
            told=Told.PART if each.is_part else Told.WON,
            offers=[OfferedPart(event, each.pence)],
            turn=turns.get(each.bid.id),
        )
        for each in in_line
    ]
    return DecisionPlan(hearings, free)


def _offers(
    event: Event, counted: CountedBids, bids: Sequence[Bid], parts: Mapping[int, Sequence[OtherPart]]
) -> dict[int, list[OfferedPart]]:
    """What each bid is offered, by its id: all that it asks for, or what the rule offers of what is left."""
    found = {}
    decided = _decided_elsewhere(parts)
    for bid in bids:
        others = parts.get(bid.id, ())
        if bid.reference in counted.outcome.funded and all(part.standing is PartStatus.FUNDED for part in others):
            elsewhere = [part.event for part in others if part.event and _waited(bid, part.event, decided)]
            found[bid.id] = [OfferedPart(of, bid.ask_of(of.share.locality_id)) for of in (event, *elsewhere)]
    found |= {bid.id: [OfferedPart(event, pence)] for bid, pence in _part_funded(counted, bids)}
    return found


def _part_funded(counted: CountedBids, bids: Sequence[Bid]) -> Iterator[tuple[Bid, int]]:
    """The bid to which the rule offers what is left, with that sum in pence: the first that was not taken out."""
    by_reference = {bid.reference: bid for bid in bids}
    for offer in counted.outcome.offers:
        if offer.ref in by_reference:
            yield by_reference[offer.ref], offer.amount
            return


def _decided_elsewhere(parts: Mapping[int, Sequence[OtherPart]]) -> Mapping[int, frozenset[int]]:
    """The other events whose first decision was sent, each with the bids that it made an award for."""
    events = {part.event.id: part.event for others in parts.values() for part in others if part.event}
    if not events:
        return {}
    sent = sa.select(AwardDecision.event_id).where(
        AwardDecision.event_id.in_(events),
        AwardDecision.kind == AwardDecisionKind.FIRST,
        AwardDecision.sent_at.is_not(None),
        AwardDecision.called_back_at.is_(None),
    )
    decided = db.session.scalars(sent).all()
    return {event_id: frozenset(award.bid_id for award in awards_of(events[event_id])) for event_id in decided}


def _waited(bid: Bid, other: Event, decided: Mapping[int, frozenset[int]]) -> bool:
    """Whether the other event has decided while this bid still waited for ours, so that its part comes with ours."""
    return other.id in decided and bid.id not in decided[other.id]


def _hearing(event: Event, turn: BidTurn, offers: Sequence[OfferedPart], others: Sequence[OtherPart]) -> Hearing:
    return Hearing(turn.bid, _told(event, turn, offers, others), offers, turn, others)


def _told(event: Event, turn: BidTurn, offers: Sequence[OfferedPart], others: Sequence[OtherPart]) -> Told:
    if offers:
        is_part = offers[0].pence < turn.bid.ask_of(event.share.locality_id)
        return Told.PART if is_part else Told.WON
    if not turn.is_funded:
        return Told.LOST
    is_refused = any(part.standing is PartStatus.NOT_FUNDED for part in others)
    return Told.NOT_ELSEWHERE if is_refused else Told.WAITS
