"""What is kept of who signed up, and how long. Nothing here commits."""

import datetime as dt
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.partnership.gatherings.models import Gathering, SignUp

ACCESS_NEEDS_FOR: Final = dt.timedelta(days=7)
"""After the end of a gathering, whether or not it took place."""
WHO_FOR: Final = dt.timedelta(days=365)


def forget_sign_ups() -> None:
    """Delete what people need to take part a week after, and who signed a group up a year after."""
    ended = sa.select(Gathering.id)
    needs = SignUp.gathering_id.in_(ended.where(Gathering.ends_at < now() - ACCESS_NEEDS_FOR))
    db.session.execute(sa.update(SignUp).where(needs, SignUp.access_needs != "").values(access_needs=""))
    who = SignUp.gathering_id.in_(ended.where(Gathering.ends_at < now() - WHO_FOR))
    db.session.execute(sa.update(SignUp).where(who, SignUp.signed_by_id.is_not(None)).values(signed_by_id=None))
