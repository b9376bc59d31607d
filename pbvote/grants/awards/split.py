"""Bids that ask something of several localities: they get their money only if each of them funds its part."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.events.models import Event


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


def other_parts(bid: Bid, event: Event) -> Iterator[OtherPart]:
    """What the bid asks of other localities than this event's, and how it stands there."""
    for ask in bid.asks:
        if ask.locality_id != event.share.locality_id:
            wanted = sa.select(Event).join(Event.share)
            wanted = wanted.where(Share.round_id == bid.round_id, Share.locality_id == ask.locality_id)
            other = db.session.scalar(wanted)
            yield OtherPart(ask.locality, ask.ask_pence, other, _standing(bid, other))


def _standing(bid: Bid, event: Event | None) -> PartStatus:
    outcome = outcome_of(event) if event and event.is_public else None
    if outcome is None:
        return PartStatus.WAITS
    return PartStatus.FUNDED if bid.reference in outcome.funded else PartStatus.NOT_FUNDED


def is_funded_elsewhere(bid: Bid, event: Event) -> bool:
    """Whether every other locality that the bid asks has funded its part; true of a bid that asks no other."""
    return all(part.standing is PartStatus.FUNDED for part in other_parts(bid, event))
