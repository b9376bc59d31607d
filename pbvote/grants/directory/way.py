"""The way of a grant as everybody reads it: offered, paid, under way, finished."""

import enum

import sqlalchemy as sa

from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.reports.models import Report
from pbvote.grants.visits.models import CheckIn, Status


class Stop(enum.IntEnum):
    """A station on the way of a grant."""

    OFFERED = 1
    PAID = 2
    UNDER_WAY = 3
    REPORTED = 4
    FINISHED = 5

    @property
    def words(self) -> str:
        """As pages name it."""
        return self.name.capitalize().replace("_", " ")


def is_met() -> sa.ColumnElement[bool]:
    """Whether a member has met the group of the award in the statement around."""
    met = sa.exists().where(CheckIn.award_id == Award.id, CheckIn.standing != Status.NOT_REACHED)
    return met.correlate(Award)


def has_reported() -> sa.ColumnElement[bool]:
    """Whether the group of the award in the statement around has sent its report."""
    return sa.exists().where(Report.award_id == Award.id).correlate(Award)


def stop_of(state: AwardState, paid_pence: int, *, is_met: bool, has_reported: bool) -> Stop:
    """How far a grant has come, by what happened last."""
    if state is AwardState.CLOSED:
        return Stop.FINISHED
    if has_reported:
        return Stop.REPORTED
    if not paid_pence:
        return Stop.OFFERED
    return Stop.UNDER_WAY if is_met else Stop.PAID
