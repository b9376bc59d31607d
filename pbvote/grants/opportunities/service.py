"""Post money from elsewhere, change it, take it off; find what is open. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.directory.themes import Theme
from pbvote.grants.opportunities.models import Opportunity

KEPT_FOR: Final = dt.timedelta(days=365)
"""After its last day, for officers who post it again."""


class OpportunityChanged(Refusal):
    """Another officer changed it after this page was opened."""

    def __init__(self) -> None:
        super().__init__("Another officer changed this meanwhile. Read what it says now, then change it again.")


@dataclass(frozen=True, slots=True)
class SaidOfOpportunity:
    """What an officer says of it."""

    title: str
    who_for: str
    funder: str
    amount: str
    link: str
    theme: Theme | None
    last_on: dt.date


def open_opportunities(theme: Theme | None = None) -> Sequence[Opportunity]:
    """What a group can still ask for, soonest last day first. What is for any theme is among those of each."""
    wanted = sa.select(Opportunity).where(Opportunity.is_open).order_by(Opportunity.last_on, Opportunity.id)
    if theme:
        wanted = wanted.where(sa.or_(Opportunity.theme == theme, Opportunity.theme.is_(None)))
    return db.session.scalars(wanted).all()


def all_opportunities() -> Sequence[Opportunity]:
    """Those that are open, and those of the past year: the latest last day first."""
    return db.session.scalars(sa.select(Opportunity).order_by(Opportunity.last_on.desc(), Opportunity.id)).all()


def post_opportunity(said: SaidOfOpportunity) -> Opportunity:
    """Let everybody read it until its last day is over."""
    opportunity = Opportunity(**asdict(said))
    db.session.add(opportunity)
    db.session.flush()
    return opportunity


def change_opportunity(opportunity: Opportunity, said: SaidOfOpportunity, seen: int) -> None:
    """Say something else of it: one statement decides. Raises `OpportunityChanged`."""
    claim = sa.update(Opportunity).where(Opportunity.id == opportunity.id, Opportunity.version == seen)
    claim = claim.values(**asdict(said), version=seen + 1).returning(Opportunity.id)
    if db.session.scalar(claim.execution_options(synchronize_session=False)) is None:
        raise OpportunityChanged


def take_off(opportunity: Opportunity) -> None:
    """Delete it."""
    db.session.delete(opportunity)
    db.session.flush()


def forget_opportunities() -> None:
    """Delete whatever ended more than a year ago."""
    db.session.execute(sa.delete(Opportunity).where(Opportunity.last_on < today() - KEPT_FOR))
