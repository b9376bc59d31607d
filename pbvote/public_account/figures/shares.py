"""The figures of each locality's share in each round whose result is public, as at a day."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Ask
from pbvote.call.rounds.models import Round, Share
from pbvote.db import db
from pbvote.grants.awards.models import AwardState
from pbvote.localities.models import Locality
from pbvote.public_account.figures.awards import awards_as_at, sum_of
from pbvote.public_account.figures.definitions import PublicFigure
from pbvote.vote.count.models import Counted
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.states import IS_PUBLIC


@dataclass(frozen=True, slots=True)
class ShareSums:
    """Every figure of one or more shares. Amounts are pence."""

    share: int
    bids: int
    asked: int
    voted: int
    groups: int
    awarded: int
    declined: int
    paid: int
    returned: int

    @classmethod
    def together(cls, many: Iterable[Self]) -> Self:
        """The sums of these."""
        nothing = (0,) * len(fields(cls))
        return cls(*map(sum, zip(nothing, *map(astuple, many), strict=True)))

    @property
    def to_pay(self) -> int:
        """Awarded and not paid yet."""
        return self.awarded - self.paid

    @property
    def left(self) -> int:
        """What is left of the share."""
        return self.share - self.awarded

    def __getitem__(self, figure: PublicFigure) -> int:
        """One of them."""
        return int(getattr(self, figure.value))


@dataclass(frozen=True, slots=True)
class ShareFigures:
    """A share whose result is public, and its figures."""

    share: Share
    event: Event
    figures: ShareSums


def share_figures(day: dt.date) -> Sequence[ShareFigures]:
    """The council's shares whose results are public, the newest round first, then by locality. One statement."""
    sums = _sums(day)
    wanted = (
        sa.select(
            Share,
            Event,
            *_on_the_ballot(),
            _voted(),
            *(sa.func.coalesce(sums.c[name], 0) for name in ("groups", "awarded", "declined", "paid", "returned")),
        )
        .join(Event, Event.share_id == Share.id)
        .join(Share.round)
        .join(Share.locality)
        .outerjoin(sums, sums.c.event_id == Event.id)
        .where(Event.poll.in_(IS_PUBLIC), Round.is_imported.is_(False))
        .options(orm.contains_eager(Share.round), orm.contains_eager(Share.locality), orm.lazyload("*"))
        .order_by(Round.id.desc(), Locality.name)
    )
    return [
        ShareFigures(share, event, ShareSums(share.share_pence, *numbers))
        for share, event, *numbers in db.session.execute(wanted)
    ]


def shares_to_come(round_: Round, public: Collection[int]) -> Sequence[str]:
    """The localities with a share in this round that is none of the public ones, by name. One statement."""
    wanted = sa.select(Locality.name).join(Share, Share.locality_id == Locality.id)
    wanted = wanted.where(Share.round_id == round_.id, Share.id.not_in(public)).order_by(Locality.name)
    return db.session.scalars(wanted).all()


def _sums(day: dt.date) -> sa.Subquery:
    """The sums of the awards by event. What was declined is in its own sum and in no other."""
    awards = awards_as_at(day)
    stands = awards.c.state != AwardState.DECLINED

    def total(column: sa.ColumnElement[Any], where: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sum_of(sa.case((where, column), else_=0))

    one = sa.literal(1)
    columns = [total(awards.c[name], stands).label(name) for name in ("awarded", "paid", "returned")]
    columns += [total(one, stands).label("groups"), total(awards.c.awarded, ~stands).label("declined")]
    return sa.select(awards.c.event_id, *columns).group_by(awards.c.event_id).subquery("sums")


def _on_the_ballot() -> tuple[sa.ScalarSelect[int], sa.ScalarSelect[int]]:
    """How many bids were on the event's ballot, and what they asked of its share."""
    asks = sa.and_(Ask.bid_id == Slot.bid_id, Ask.locality_id == Share.locality_id)
    on_ballot = sa.select(sa.func.count()).select_from(Slot).where(Slot.event_id == Event.id)
    asked = sa.select(sum_of(Ask.ask_pence)).select_from(Slot).join(Ask, asks).where(Slot.event_id == Event.id)
    return on_ballot.correlate(Event).scalar_subquery(), asked.correlate(Event, Share).scalar_subquery()


def _voted() -> sa.ScalarSelect[int]:
    """How many slips were counted, or how many members chose: both are counted in the same table."""
    return sa.select(sum_of(Counted.voters)).where(Counted.event_id == Event.id).correlate(Event).scalar_subquery()
