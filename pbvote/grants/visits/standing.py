"""What is known of funded groups, from which their colour follows; for many of them in two statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.grants.visits.models import CheckIn, Status, Worry
from pbvote.people.models import Account

_IS_UNREACHED = CheckIn.standing == Status.NOT_REACHED


@dataclass(slots=True)
class Recent:
    """What matters of an award's check-ins and worries."""

    check_ins: list[CheckIn] = field(default_factory=list)
    """The latest two, and the latest that reached somebody, newest first."""
    worries: list[Worry] = field(default_factory=list)
    """Those that wait for an answer, the one due first in front."""

    @property
    def latest(self) -> CheckIn | None:
        """The check-in of the latest meeting, however late it was logged."""
        return next(iter(self.check_ins), None)

    @property
    def reached(self) -> CheckIn | None:
        """The latest that reached somebody."""
        return next((one for one in self.check_ins if one.standing is not Status.NOT_REACHED), None)

    @property
    def not_reached(self) -> int:
        """How many of the latest reached nobody, two at most."""
        tries = [one.standing is Status.NOT_REACHED for one in self.check_ins[:2]]
        return tries.index(False) if False in tries else len(tries)


def recent_of(award_ids: Sequence[int]) -> Mapping[int, Recent]:
    """What matters of these awards, by award; of an award without a check-in, too."""
    found = {award_id: Recent() for award_id in award_ids}
    for check_in in db.session.scalars(_recent(award_ids)):
        found[check_in.award_id].check_ins.append(check_in)
    for worry in open_worries_of(award_ids):
        found[worry.award_id].worries.append(worry)
    return found


def _recent(award_ids: Sequence[int]) -> sa.Select[CheckIn]:
    newest = (CheckIn.met_on.desc(), CheckIn.id.desc())
    place = sa.func.row_number().over(partition_by=CheckIn.award_id, order_by=newest)
    of_its_kind = sa.func.row_number().over(partition_by=(CheckIn.award_id, _IS_UNREACHED), order_by=newest)
    ranked = sa.select(CheckIn.id, place.label("place"), of_its_kind.label("of_its_kind"), _IS_UNREACHED.label("no"))
    ranks = ranked.where(CheckIn.award_id.in_(award_ids)).subquery()
    wanted = sa.select(CheckIn).join(ranks, ranks.c.id == CheckIn.id)
    wanted = wanted.where(sa.or_(ranks.c.place <= 2, sa.and_(ranks.c.of_its_kind == 1, sa.not_(ranks.c.no))))
    return wanted.order_by(*newest)


def open_worries_of(award_ids: Sequence[int]) -> Sequence[Worry]:
    """The worries about these awards' groups that nobody has answered, with their officers; due first in front."""
    wanted = sa.select(Worry).where(Worry.award_id.in_(award_ids), Worry.answered_at.is_(None))
    wanted = wanted.options(orm.joinedload(Worry.officer).lazyload(Account.grants))
    return db.session.scalars(wanted.order_by(Worry.due_on, Worry.id)).all()
