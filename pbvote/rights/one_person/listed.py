"""The erasures that were pressed, newest first."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.people.models import Account
from pbvote.rights.one_person.models import Erasure

MOST_LISTED = 50


def erasures() -> Sequence[Erasure]:
    """The newest, with who pressed each."""
    wanted = sa.select(Erasure).options(orm.joinedload(Erasure.by).lazyload(Account.grants))
    return db.session.scalars(wanted.order_by(Erasure.id.desc()).limit(MOST_LISTED)).all()
