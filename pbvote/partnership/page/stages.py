"""Where a locality stands in each round, in the public's words."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.service import takes_bids
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import events_of


@dataclass(frozen=True, slots=True)
class ShareStage:
    """Where a locality stands in a round."""

    share: Share
    event: Event | None
    takes_bids: bool

    @property
    def takes_votes(self) -> bool:
        """Whether its residents can vote now."""
        return self.event is not None and self.event.takes_votes

    @property
    def is_over(self) -> bool:
        """Whether its result is out, and nobody can do anything more about it."""
        return self.event is not None and self.event.is_public and not self.takes_bids


def stages_of(shares: Iterable[Share]) -> dict[int, list[ShareStage]]:
    """Where each share stands, by its round; in one statement."""
    shares = list(shares)
    events = events_of(shares) if shares else {}
    stages: dict[int, list[ShareStage]] = {}
    for share in shares:
        stages.setdefault(share.round_id, []).append(ShareStage(share, events.get(share.id), takes_bids(share)))
    return stages


def stages_in(locality: Locality) -> list[ShareStage]:
    """Where one locality stands in each round that the public may see, the newest first; in two statements."""
    wanted = sa.select(Share).join(Share.round).where(Share.locality_id == locality.id)
    wanted = wanted.where(Round.state == RoundState.OPEN, Round.is_imported.is_(False)).order_by(Round.id.desc())
    shares = db.session.scalars(wanted.options(orm.contains_eager(Share.round), orm.joinedload(Share.locality)))
    return [stage for stages in stages_of(shares).values() for stage in stages]
