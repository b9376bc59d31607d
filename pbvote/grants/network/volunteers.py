"""Residents who lend a hand, as offers of the wall. Who they are stays where they said it. Nothing here commits."""

from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.rounds.models import Round, Share
from pbvote.db import db
from pbvote.grants.network.models import CardState, WallCard
from pbvote.grants.network.posting import NewCard, post_for_volunteer
from pbvote.vote.events.models import Event
from pbvote.vote.residents.models import Volunteer


@dataclass(frozen=True, slots=True)
class HandLent:
    """What one resident offered, and where."""

    volunteer_id: str
    locality_id: int
    name: str
    words: str


def hands_lent(round_: Round) -> list[HandLent]:
    """Whoever lends a hand in the round and is on no wall at present, by name."""
    is_shown = sa.exists().where(WallCard.volunteer_id == Volunteer.id, WallCard.state != CardState.ENDED)
    wanted = sa.select(Volunteer.id, Share.locality_id, Volunteer.name, Volunteer.words)
    wanted = wanted.join(Event, Event.id == Volunteer.event_id).join(Share, Share.id == Event.share_id)
    wanted = wanted.where(Share.round_id == round_.id, ~is_shown).order_by(Volunteer.name, Volunteer.id)
    return [HandLent(*row) for row in db.session.execute(wanted)]


def post_hand(hand: HandLent, new: NewCard) -> WallCard:
    """Put what they offered on the wall of their event's locality."""
    return post_for_volunteer(hand.locality_id, new, hand.volunteer_id)
