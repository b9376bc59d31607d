"""Put funded groups under the priorities of a plan, and read them there. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import today
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.visible import is_public
from pbvote.localities.models import Locality
from pbvote.partnership.plan.models import PlanGroup
from pbvote.vote.events.models import Event


class FiledMeanwhile(Refusal):
    """Another editor put the same group elsewhere after the page was opened."""

    def __init__(self, called: Sequence[str]) -> None:
        who = " and ".join(called)
        super().__init__(
            f"Somebody else has just filed {who}. The page shows where. Save again to put yours in its place."
        )


@dataclass(frozen=True, slots=True)
class FundedInPlan:
    """A funded group of the locality as everybody may know of it, and the priority that it stands under."""

    award_id: int
    bid: Bid
    award_pence: int
    currency: str
    round: str
    priority_id: int | None
    filed_on: dt.date | None

    @property
    def called(self) -> str:
        """The name that the partnership's page shows."""
        return self.bid.called


def funded_in_plan(locality: Locality) -> list[FundedInPlan]:
    """The locality's public awards, the newest round first, in one statement."""
    told = (Award.id, Award.award_pence, Round.currency, Round.name, PlanGroup.priority_id, PlanGroup.filed_on)
    wanted = sa.select(Bid, *told).join(Award, Award.bid_id == Bid.id).join(Event, Event.id == Award.event_id)
    wanted = wanted.join(Share, Share.id == Event.share_id).join(Round, Round.id == Share.round_id)
    wanted = wanted.outerjoin(PlanGroup, PlanGroup.award_id == Award.id)
    wanted = wanted.where(Share.locality_id == locality.id, is_public())
    wanted = wanted.options(orm.lazyload(Bid.asks), orm.joinedload(Bid.group)).order_by(Round.id.desc(), Award.id)
    return [_funded(row) for row in db.session.execute(wanted).unique()]


def _funded(row: sa.Row[*tuple[Any, ...]]) -> FundedInPlan:
    bid, award_id, *others = row
    return FundedInPlan(award_id, bid, *others)


def file_groups(funded: Sequence[FundedInPlan], was: Mapping[int, int | None], to: Mapping[int, int | None]) -> None:
    """Put groups under priorities, by the ids of their awards: from where the page showed them to where they shall be.

    What was not changed on the page stays as it is by now. Raises `FiledMeanwhile`, and stores nothing then.
    """
    changed = [each for each in funded if to[each.award_id] not in {was[each.award_id], each.priority_id}]
    clashes = [each.called for each in changed if not _move(each.award_id, was[each.award_id], to[each.award_id])]
    if clashes:
        raise FiledMeanwhile(clashes)


def _move(award_id: int, was: int | None, to: int | None) -> bool:
    """Whether the group still stood where it was: one statement decides."""
    if was is None:
        row = {"award_id": award_id, "priority_id": to, "filed_on": today()}
        put = insert_if_absent(PlanGroup, row).returning(PlanGroup.award_id)
        return db.session.scalar(put) is not None
    stood = sa.and_(PlanGroup.award_id == award_id, PlanGroup.priority_id == was)
    if to is None:
        return db.session.scalar(sa.delete(PlanGroup).where(stood).returning(PlanGroup.award_id)) is not None
    moved = sa.update(PlanGroup).where(stood).values(priority_id=to, filed_on=today()).returning(PlanGroup.award_id)
    return db.session.scalar(moved) is not None
