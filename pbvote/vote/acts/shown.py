"""What the console shows of the acts of an event: what waits, and what became of what its reader asked for."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.filters import hour
from pbvote.people.models import Account
from pbvote.vote.acts.kinds import Waiting, kind_of, read
from pbvote.vote.acts.models import Act
from pbvote.vote.acts.service import TIME_TO_CONFIRM, About, waits
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class ActsShown:
    """What waits for a second person at an event, and what the reader is told."""

    waiting: list[Waiting]
    became: list[str]
    """Of what the reader asked for and somebody confirmed, or nobody in time: a sentence each, for ten minutes."""

    @classmethod
    def of(cls, event: Event, reader: Account) -> "ActsShown":
        """As it stands now, in one statement."""
        moment = now()
        lately = sa.func.coalesce(Act.confirmed_at, Act.expires_at) >= moment - TIME_TO_CONFIRM
        own = sa.and_(Act.asked_by == reader.id, Act.is_withdrawn.is_(False), lately)
        wanted = sa.select(Act).where(About(event=event.id).is_meant, sa.or_(waits(moment), own)).order_by(Act.id)
        wanted = wanted.options(orm.joinedload(Act.asker, innerjoin=True).lazyload(Account.grants))
        acts = db.session.scalars(wanted).all()
        waiting = [act for act in acts if act.confirmed_at is None and act.expires_at >= moment]
        return cls(Waiting.of_all(event, waiting), [_what_became(act) for act in acts if act not in waiting])


def _what_became(act: Act) -> str:
    if act.confirmed_at:
        return f"Confirmed at {hour(act.confirmed_at)}. {kind_of(act).said(read(act))}"
    return f"Nobody confirmed {kind_of(act).occasion} within ten minutes. Ask again."
