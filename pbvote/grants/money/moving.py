"""How a sum of an award moves: one statement, which is made where the equations allow it and nowhere else.

Awarded = paid + to pay, and paid = sent back + with the group. Whoever moves a sum holds its award until the commit, so
that two who move the same wait for each other, on SQLite and on PostgreSQL. Nothing here commits.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.money.refusals import NotUnderWay


def move(award: Award, **by_pence: int) -> bool:
    """Add these pence to the award's sums; whether it was done, which is where the equations still hold after it.

    `move(award, planned_pence=-500, paid_pence=500)` turns a plan into a payment.
    """
    after: Mapping[str, sa.ColumnElement[int]] = {
        name: getattr(Award, name) + by_pence.get(name, 0) for name in ("planned_pence", "paid_pence", "returned_pence")
    }
    claim = sa.update(Award).where(
        Award.id == award.id,
        Award.is_under_way,
        after["planned_pence"] >= 0,
        after["planned_pence"] + after["paid_pence"] <= Award.award_pence,
        after["returned_pence"] >= 0,
        after["returned_pence"] <= after["paid_pence"],
    )
    is_done = db.session.scalar(claim.values(after).returning(Award.id)) is not None
    db.session.refresh(award, ["state", "planned_pence", "paid_pence", "returned_pence"])
    return is_done


def hold(award: Award) -> None:
    """Wait for whoever moves this award's money, and let nobody move it until the commit. Raises `NotUnderWay`."""
    move(award)
    require_under_way(award)


def require_under_way(award: Award) -> None:
    """Raise `NotUnderWay` unless the award's group has accepted it, and it is not closed."""
    if not award.is_under_way:
        raise NotUnderWay(award)
