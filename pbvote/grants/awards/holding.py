"""Hold awards until the commit, in one order for everybody, so that no two wait for each other."""

from collections.abc import Iterable

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.awards.models import Award


def hold_awards(award_ids: Iterable[int]) -> list[int]:
    """Let others who hold these awards wait until the commit; which of them there are."""
    wanted = sa.select(Award.id).where(Award.id.in_(list(award_ids))).order_by(Award.id)
    return list(db.session.scalars(wanted.with_for_update(key_share=True)))
