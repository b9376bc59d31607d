"""Which locality a ward belongs to, and where it votes: for somebody who came to the wrong door."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.filters import days
from pbvote.localities.models import Locality
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class WardShown:
    """A ward, its locality, and what a steward tells whoever lives there."""

    name: str
    locality: str
    sentence: str
    is_here: bool


def wards_shown(event: Event) -> list[WardShown]:
    """Every ward of the round's localities, by name. The page holds them all, so that it works without a network."""
    wanted = sa.select(Share, Event).outerjoin(Event, Event.share_id == Share.id)
    wanted = wanted.where(Share.round_id == event.share.round_id)
    wanted = wanted.options(orm.joinedload(Share.locality, innerjoin=True).selectinload(Locality.wards))
    rows = db.session.execute(wanted).all()
    shown = [
        WardShown(ward.name, share.locality.name, _sentence(event, share, other), share.id == event.share_id)
        for share, other in rows
        for ward in share.locality.wards
    ]
    return sorted(shown, key=lambda ward: ward.name)


def _sentence(event: Event, share: Share, other: Event | None) -> str:
    name = share.locality.name
    if share.id == event.share_id:
        return f"{name} votes here."
    if other is None or other.published_at is None:
        return f"{name} votes elsewhere. Its day is not settled yet."
    if other.is_chosen_by_members:
        return f"In {name} the members of the partnership choose. Residents do not vote."
    return f"{name} votes at {other.place}, {days(other.starts_at, other.ends_at)}."
