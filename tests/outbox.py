"""What pbvote wrote to people, for tests: whole letters, which no page of pbvote reads."""

from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.db import db
from pbvote.mail.models import Letter


def letters() -> Sequence[Letter]:
    """Every letter with its words, newest first."""
    return db.session.scalars(sa.select(Letter).order_by(Letter.id.desc())).all()
