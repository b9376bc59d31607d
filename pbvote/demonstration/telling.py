"""Who wants to be told what the demonstration's partnerships do. The addresses are of nobody."""

from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.localities.service import all_localities
from pbvote.mail.models import Letter
from pbvote.partnership.telling.kinds import telling_kinds
from pbvote.partnership.telling.models import Subscriber
from pbvote.partnership.telling.subscribing import confirm_telling, subscribe

_READERS: Final = ("amina", "brian", "chidi", "dorothy", "eilidh", "farouk", "gwen")


def tell_readers() -> None:
    """A few addresses for each partnership. One has its letter still to come; the others have pressed its button."""
    every = [kind.key for kind in telling_kinds()]
    for number, locality in enumerate(all_localities()):
        for name in _READERS[: 4 + number % 3]:
            subscribe(locality, f"{name}@resident.example", every if name != "brian" else every[:1])
        found = db.session.scalars(sa.select(Subscriber).where(Subscriber.locality_id == locality.id)).all()
        for subscriber in found[1:]:
            confirm_telling(subscriber.code)
            subscriber.letter_on, subscriber.told_at = today(), now()
            db.session.execute(sa.delete(Letter).where(Letter.recipient == subscriber.email))
    db.session.flush()
