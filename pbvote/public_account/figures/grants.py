"""Every award that stands, with what registers and open data tell of it: read row by row, however many there are."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import CALLED, Ask, Bid, BidHistory
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import EventFormat, Round, Share
from pbvote.core.clock import UK, now, uk_moment
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision, AwardHistory, AwardState
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.directory.visible import HAVE_ACCEPTED
from pbvote.grants.money.models import MoneyReturn, Payment, PaymentHistory
from pbvote.grants.promises.models import Acceptance
from pbvote.localities.models import Locality, Ward
from pbvote.public_account.figures.awards import awards_as_at
from pbvote.vote.events.models import Event

AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class StandingGrant:
    """An award that stands, as it is told in public. Amounts are pence. Nobody is named but the group."""

    award_id: int
    bid_id: int
    state: AwardState
    awarded: int
    paid: int
    returned: int
    asked: int
    """What its bid asked of the same share; 0 where it asked nothing of it."""
    group_id: int | None
    group: str
    registered: str
    """As `pbvote.core.registered` keeps it; "" where the group has no number."""
    project: str
    summary: str
    reference: str
    """Its bid's, in the round."""
    round: str
    round_slug: str
    currency: str
    locality: str
    locality_slug: str
    chosen_by_members: bool
    theme: Theme | None
    """What the group says of itself in the directory: None where it is not listed, and so are the next two."""
    ward: str
    ward_code: str
    district: str
    decided_on: dt.date
    """The day on which the council awarded it."""
    told_at: dt.datetime
    ends_on: dt.date
    """The last day on which the money is spent, with all the time that the group was given since."""
    promised_end: dt.date | None
    """The same as the group accepted it."""
    accepted_at: dt.datetime | None
    closed_at: dt.datetime | None
    listed_on: dt.date | None
    moved_at: dt.datetime | None
    bid_moved_at: dt.datetime | None
    paid_at: dt.datetime | None
    returned_at: dt.datetime | None
    others: str
    """The ids of the awards that stand beside it for the same bid, split by commas; "" but where a bid was split."""

    @property
    def told_on(self) -> dt.date:
        """The day on which its group heard."""
        return self.told_at.astimezone(UK).date()

    @property
    def changed_at(self) -> dt.datetime:
        """When something of it last changed: its state, its money, its bid, or what the group says in the directory."""
        listed = uk_moment(self.listed_on, dt.time()) if self.listed_on else None
        moments = (self.told_at, self.moved_at, self.bid_moved_at, self.paid_at, self.returned_at, listed)
        return max(moment for moment in moments if moment)


_TOLD = (
    sa.func.coalesce(Ask.ask_pence, 0),
    Group.id,
    CALLED,
    sa.func.coalesce(Group.registered_number, ""),
    Bid.title,
    Bid.summary,
    Bid.reference,
    Round.name,
    Round.slug,
    Round.currency,
    Locality.name,
    Locality.slug,
    Share.format == EventFormat.MEMBERS,
    Listing.theme,
    sa.func.coalesce(Ward.name, ""),
    sa.func.coalesce(Ward.code, ""),
    sa.func.coalesce(Listing.district, ""),
    AwardDecision.decided_on,
    Award.told_at,
    Award.ends_on,
    Acceptance.ends_on,
)
"""What stands in the rows about an award, in the order of `StandingGrant`."""


def standing_grants(day: dt.date) -> sa.Select[*tuple[Any, ...]]:
    """The statement for the awards that stood at the end of a day, the latest first; `read_grants` reads it."""
    awards = awards_as_at(day)
    is_listed = sa.and_(Listing.award_id == awards.c.award_id, awards.c.state.in_(HAVE_ACCEPTED))
    sums = (awards.c[name] for name in ("award_id", "bid_id", "state", "awarded", "paid", "returned"))
    return (
        sa.select(*sums, *_TOLD, *_moments(awards), sa.func.coalesce(_others(awards), ""))
        .select_from(awards)
        .join(Award, Award.id == awards.c.award_id)
        .join(AwardDecision, AwardDecision.id == Award.decision_id)
        .join(Event, Event.id == awards.c.event_id)
        .join(Share, Share.id == Event.share_id)
        .join(Round, Round.id == Share.round_id)
        .join(Locality, Locality.id == Share.locality_id)
        .join(Bid, Bid.id == awards.c.bid_id)
        .outerjoin(Ask, sa.and_(Ask.bid_id == Bid.id, Ask.locality_id == Share.locality_id))
        .outerjoin(Group, Group.id == Bid.group_id)
        .outerjoin(Acceptance, Acceptance.award_id == awards.c.award_id)
        .outerjoin(Listing, is_listed)
        .outerjoin(Ward, Ward.id == Listing.ward_id)
        .where(awards.c.state != AwardState.DECLINED)
        .order_by(AwardDecision.decided_on.desc(), Locality.name, awards.c.award_id)
    )


def grants_of_round(round_: Round, day: dt.date) -> list[StandingGrant]:
    """Those of one round, by locality and then the largest first. One statement."""
    wanted = standing_grants(day).where(Share.round_id == round_.id).order_by(None)
    return list(read_grants(wanted.order_by(Locality.name, Award.award_pence.desc(), CALLED, Award.id)))


def changed_since(moment: dt.datetime, day: dt.date) -> sa.Select[*tuple[Any, ...]]:
    """Of those that stood at the end of a day, what has changed since a moment: see `StandingGrant.changed_at`.

    Of a listing only the day is known, so one of the moment's own day is among them.
    """
    rows = standing_grants(day).order_by(None).subquery()
    moments = (rows.c[name] for name in ("told_at", "moved_at", "bid_moved_at", "paid_at", "returned_at"))
    is_listed = rows.c.agreed_on >= moment.astimezone(UK).date()
    return sa.select(*rows.c).where(sa.or_(is_listed, *(each >= moment for each in moments)))


def _moments(awards: sa.Subquery) -> Iterator[sa.SQLColumnExpression[Any]]:
    """When it was accepted and closed, and when each thing about it last changed."""
    of_award, state = awards.c.award_id, awards.c.state
    accepted_at = sa.func.coalesce(Acceptance.confirmed_at, Acceptance.accepted_at)
    yield sa.type_coerce(sa.case((state.in_(HAVE_ACCEPTED), accepted_at)), Award.told_at.type)
    is_close = AwardHistory.state == AwardState.CLOSED
    closed_at = _latest(awards, AwardHistory.at, AwardHistory.award_id == of_award, is_close)
    yield sa.type_coerce(sa.case((state == AwardState.CLOSED, closed_at)), Award.told_at.type)
    yield Listing.agreed_on
    yield _latest(awards, AwardHistory.at, AwardHistory.award_id == of_award).label("moved_at")
    yield _latest(awards, BidHistory.at, BidHistory.bid_id == awards.c.bid_id).label("bid_moved_at")
    is_paid = (PaymentHistory.payment_id == Payment.id, Payment.award_id == of_award)
    yield _latest(awards, PaymentHistory.at, *is_paid).label("paid_at")
    yield _latest(awards, MoneyReturn.at, MoneyReturn.award_id == of_award).label("returned_at")


def _latest(
    awards: sa.Subquery, column: sa.SQLColumnExpression[dt.datetime], *where: sa.ColumnElement[bool]
) -> sa.ScalarSelect[Any]:
    """The latest moment of some rows about one of the awards."""
    return sa.select(sa.func.max(column)).where(*where).correlate(awards).scalar_subquery()


def _others(awards: sa.Subquery) -> sa.ScalarSelect[str]:
    """The ids of the other awards for the same bid whose groups have heard."""
    other = orm.aliased(Award)
    ids = sa.func.aggregate_strings(sa.cast(other.id, sa.Text), ",")
    is_other = (other.bid_id == awards.c.bid_id, other.id != awards.c.award_id)
    wanted = sa.select(ids).where(*is_other, other.is_standing, other.told_at <= now())
    return wanted.correlate(awards).scalar_subquery()


def read_grants(wanted: sa.Select[*tuple[Any, ...]]) -> Iterator[StandingGrant]:
    """The grants of `standing_grants`, of which a thousand are held at a time. One statement."""
    found = db.session.execute(wanted, execution_options={"yield_per": AT_A_TIME})
    for batch in found.partitions():
        for row in batch:
            yield StandingGrant(*row)
