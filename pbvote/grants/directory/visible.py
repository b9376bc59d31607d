"""Which funded groups are public, and which stand in the directory. It is decided here and nowhere else."""

from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.grants.awards.models import UNDER_WAY, Award, AwardState

HAVE_ACCEPTED: Final = UNDER_WAY | {AwardState.CLOSED}
"""The states in which a group may stand in the directory: it has said yes, and so has the second person it takes."""


def is_public() -> sa.ColumnElement[bool]:
    """Whether everybody may read that an award was made: its letter has left, and its group did not decline."""
    return sa.and_(Award.is_standing, Award.told_at <= now())


def may_be_listed() -> sa.ColumnElement[bool]:
    """Whether its group may stand in the directory."""
    return sa.and_(Award.state.in_(HAVE_ACCEPTED), Award.told_at <= now())
