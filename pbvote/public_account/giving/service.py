"""Publish the grants as open data, take them down, and read them for that. Nothing here commits."""

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import BidHistory
from pbvote.call.rounds.service import has_demonstration
from pbvote.core.clock import now, today, uk_moment
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award, AwardHistory
from pbvote.grants.directory.models import Listing
from pbvote.grants.money.models import MoneyReturn, PaymentHistory
from pbvote.people.models import Account
from pbvote.public_account.figures.grants import StandingGrant, read_grants, standing_grants
from pbvote.public_account.giving.checks import Examination
from pbvote.public_account.giving.funder import Funder
from pbvote.public_account.giving.models import GivingPublication


class NotFit(Refusal):
    """There is something to see to before anything is published."""


def publication() -> GivingPublication | None:
    """That the file is public, and who decided so; None where it is not."""
    return db.session.scalar(sa.select(GivingPublication).options(orm.joinedload(GivingPublication.published_by)))


def all_grants() -> Iterator[StandingGrant]:
    """Every grant that stands today. One statement, whatever their number."""
    return read_grants(standing_grants(today()))


def examine() -> Examination:
    """What is found in them before they are published."""
    return Examination.of(all_grants())


def council() -> tuple[Funder, list[str]]:
    """Who gives the grants, and what whoever runs pbvote has to set first. One statement."""
    funder = Funder.of_settings()
    return funder, funder.missing(is_demonstration=has_demonstration())


def publish(by: Account) -> None:
    """Let everybody read the file from now on, always as things stand. Raises `NotFit`."""
    if missing := council()[1]:
        raise NotFit(missing[0])
    found = examine()
    if found.held_back:
        raise NotFit("Put right first what the page names. Nothing is published yet.")
    if not found.in_file:
        raise NotFit("There is no grant to publish yet.")
    values = {"id": 1, "published_at": now(), "published_by_id": by.id}
    db.session.execute(insert_if_absent(GivingPublication, values))


def take_down() -> None:
    """Let nobody read it any more."""
    db.session.execute(sa.delete(GivingPublication))


def published() -> tuple[dt.datetime, dt.datetime] | None:
    """Since when everybody may read the file, and when it last changed; None where there is nothing to read.

    It changes with a grant that leaves it, too: what its group declined is in no row of it. Two statements.
    """
    public = publication()
    wanted = standing_grants(today()).order_by(None).limit(1)
    if public is None or db.session.execute(wanted).first() is None:
        return None
    return public.published_at, max(public.published_at, *_moves())


def _moves() -> Iterator[dt.datetime]:
    """When something last happened to any award, its bid, its money or what its group says in the directory."""
    told = Award.told_at <= now()
    moments = (
        sa.select(sa.func.max(AwardHistory.at)).join(Award, Award.id == AwardHistory.award_id).where(told),
        sa.select(sa.func.max(BidHistory.at)).join(Award, Award.bid_id == BidHistory.bid_id).where(told),
        sa.select(sa.func.max(PaymentHistory.at)),
        sa.select(sa.func.max(MoneyReturn.at)),
        sa.select(sa.func.max(Award.told_at)).where(told),
    )
    listed_on = sa.select(sa.func.max(Listing.agreed_on)).scalar_subquery()
    *found, listed = db.session.execute(sa.select(*(each.scalar_subquery() for each in moments), listed_on)).one()
    yield from (moment for moment in found if moment)
    if listed:
        yield uk_moment(listed, dt.time())
