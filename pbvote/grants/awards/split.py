"""Bids that ask something of several localities: they get their money only if each of them funds its part."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pbvote.call.bids.models import Ask, Bid
from pbvote.localities.models import Locality
from pbvote.tally import Outcome
from pbvote.vote.count.outcome import outcomes_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import events_beside


class PartStatus(enum.StrEnum):
    """What another locality's residents said of their part."""

    FUNDED = "funded"
    WAITS = "waits"
    NOT_FUNDED = "not_funded"


@dataclass(frozen=True, slots=True)
class OtherPart:
    """A part of a bid that another locality bears, in pence. `event` is None until one is planned there."""

    locality: Locality
    pence: int
    event: Event | None
    standing: PartStatus


def other_parts(bid: Bid, event: Event) -> list[OtherPart]:
    """What the bid asks of other localities than this event's, and how it stands there."""
    return parts_of([bid], event).get(bid.id, [])


def parts_of(bids: Iterable[Bid], event: Event) -> dict[int, list[OtherPart]]:
    """The same for several bids of the event's round, by bid; one that asks no other locality is left out."""
    here = event.share.locality_id
    elsewhere = {bid: [ask for ask in bid.asks if ask.locality_id != here] for bid in bids}
    if not any(elsewhere.values()):
        return {}
    events = events_beside(event)
    outcomes = outcomes_of(found for found in events.values() if found.is_public)
    return {bid.id: [_part(bid, ask, events, outcomes) for ask in asks] for bid, asks in elsewhere.items() if asks}


def _part(bid: Bid, ask: Ask, events: Mapping[int, Event], outcomes: Mapping[int, Outcome]) -> OtherPart:
    event = events.get(ask.locality_id)
    outcome = outcomes.get(event.id) if event else None
    if outcome is None:
        status = PartStatus.WAITS
    else:
        status = PartStatus.FUNDED if bid.reference in outcome.funded else PartStatus.NOT_FUNDED
    return OtherPart(ask.locality, ask.ask_pence, event, status)


def is_funded_elsewhere(bid: Bid, event: Event) -> bool:
    """Whether every other locality that the bid asks has funded its part; true of a bid that asks no other."""
    return all(part.standing is PartStatus.FUNDED for part in other_parts(bid, event))
