"""Awards as they stood at the end of a day. Every sum of the public account is made of these rows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import end_of
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardHistory, AwardState
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.directory.visible import HAVE_ACCEPTED
from pbvote.grants.money.models import MoneyReturn, Payment
from pbvote.localities.models import Locality, Ward
from pbvote.vote.events.models import Event


def sum_of(column: sa.SQLColumnExpression[int]) -> sa.ColumnElement[int]:
    """A sum as a whole number, 0 of nothing. PostgreSQL would give a decimal one."""
    return sa.cast(sa.func.coalesce(sa.func.sum(column), 0), sa.BigInteger)


def awards_as_at(day: dt.date) -> sa.Subquery:
    """The awards whose groups had heard by the end of a day.

    Its columns are `award_id`, `event_id`, `bid_id`, `state`, and in pence `awarded`, `paid`, `returned`. What was
    declined by then is here, too: its `state` says so, and nothing was paid for it.
    """
    end = end_of(day)
    state = (
        sa.select(AwardHistory.state)
        .where(AwardHistory.award_id == Award.id, AwardHistory.at < end)
        .order_by(AwardHistory.id.desc())
        .limit(1)
        .correlate(Award)
        .scalar_subquery()
    )
    is_paid = sa.and_(Payment.paid_on <= day, sa.or_(Payment.failed_on.is_(None), Payment.failed_on > day))
    paid = sa.select(sum_of(Payment.pence)).where(Payment.award_id == Award.id, is_paid)
    returned = sa.select(sum_of(MoneyReturn.pence)).where(
        MoneyReturn.award_id == Award.id, MoneyReturn.returned_on <= day
    )
    return (
        sa.select(
            Award.id.label("award_id"),
            Award.event_id,
            Award.bid_id,
            sa.type_coerce(sa.func.coalesce(state, AwardState.OFFERED), Award.state.type).label("state"),
            Award.award_pence.label("awarded"),
            paid.correlate(Award).scalar_subquery().label("paid"),
            returned.correlate(Award).scalar_subquery().label("returned"),
        )
        .where(Award.told_at <= end)
        .subquery("awards")
    )


@dataclass(frozen=True, slots=True)
class PublicAward:
    """One award that stood at the end of a day, with what everybody may know of it. Amounts are pence."""

    award_id: int
    locality: str
    locality_slug: str
    group: str
    project: str
    theme: Theme | None
    """None where its group is not in the directory, and so has chosen none."""
    ward: str
    """"" where its group has named none, or works in more than one."""
    awarded: int
    paid: int
    returned: int


def public_awards(round_: Round, day: dt.date) -> Sequence[PublicAward]:
    """The awards of a round that stood at the end of a day, by locality and then the largest first. One statement."""
    awards = awards_as_at(day)
    is_listed = sa.and_(Listing.award_id == awards.c.award_id, awards.c.state.in_(HAVE_ACCEPTED))
    called = sa.func.coalesce(Group.name, Bid.title)
    wanted = (
        sa.select(
            awards.c.award_id,
            Locality.name,
            Locality.slug,
            called,
            Bid.title,
            Listing.theme,
            sa.func.coalesce(Ward.name, ""),
            awards.c.awarded,
            awards.c.paid,
            awards.c.returned,
        )
        .join(Event, Event.id == awards.c.event_id)
        .join(Share, Share.id == Event.share_id)
        .join(Locality, Locality.id == Share.locality_id)
        .join(Bid, Bid.id == awards.c.bid_id)
        .outerjoin(Group, Group.id == Bid.group_id)
        .outerjoin(Listing, is_listed)
        .outerjoin(Ward, Ward.id == Listing.ward_id)
        .where(Share.round_id == round_.id, awards.c.state != AwardState.DECLINED)
        .order_by(Locality.name, awards.c.awarded.desc(), called, awards.c.award_id)
    )
    return [PublicAward(*row) for row in db.session.execute(wanted)]
