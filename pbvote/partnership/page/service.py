"""Read a partnership's page, and keep its words. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.core.spans import Span
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.partnership.counting import PartnershipCounts, counts_beside
from pbvote.partnership.engagement.consultations.service import open_in
from pbvote.partnership.gatherings.models import Gathering
from pbvote.partnership.gatherings.shown import next_gatherings
from pbvote.partnership.meetings.actions.models import Action
from pbvote.partnership.meetings.actions.service import open_actions
from pbvote.partnership.meetings.models import Meeting
from pbvote.partnership.meetings.reading import meetings_since, next_of
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.members.service import present_members
from pbvote.partnership.page.models import Purpose
from pbvote.partnership.page.money import ShareSpent, shares_spent
from pbvote.partnership.page.stages import ShareStage, stages_in
from pbvote.partnership.plan.service import has_plan
from pbvote.partnership.seen import SavedMeanwhile, save_over
from pbvote.partnership.updates.models import Update
from pbvote.partnership.updates.service import newest_updates
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """A consultation that takes answers now."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class PartnershipPage:
    """Everything that a partnership's page shows."""

    locality: Locality
    purpose: Purpose | None
    has_plan: bool
    """Whether its locality plan has begun."""
    coming: Sequence[ShareStage]
    """Where the locality stands in the rounds whose results are still to come."""
    results: Sequence[ShareStage]
    """Its public results, the newest first."""
    money: Sequence[ShareSpent]
    members: Sequence[PartnershipMember]
    updates: Sequence[Update]
    """The newest."""
    gatherings: Sequence[Gathering]
    """The published ones that are still to end."""
    next_meeting: Meeting | None
    """The meeting that runs now, or comes next with its agenda out."""
    actions: Sequence[Action]
    """What is not done yet, the first due first."""
    asks: OpenConsultation | None
    """The consultation that closes next, of those that are open."""
    counts: PartnershipCounts
    """What it did in the last twelve months."""


def page_of(slug: str) -> PartnershipPage | None:
    """The page of the council's locality with this slug, in a fixed number of statements however much there is."""
    year = Span.year_to(today())
    found = _read_with(slug, year)
    if found is None:
        return None
    locality = found.locality
    meetings = meetings_since(locality, year.first)
    stages = stages_in(locality)
    results = [stage for stage in stages if stage.event and stage.event.is_public]
    return PartnershipPage(
        locality=locality,
        purpose=found.purpose,
        has_plan=found.has_plan,
        coming=[stage for stage in stages if stage not in results],
        results=results,
        money=shares_spent(stages),
        members=present_members(locality),
        updates=newest_updates(locality),
        gatherings=next_gatherings(locality),
        next_meeting=next_of(meetings),
        counts=PartnershipCounts.of(found.counts, meetings, year),
        actions=open_actions(locality),
        asks=found.asks,
    )


@dataclass(frozen=True, slots=True)
class _Begun:
    """What is read with the locality, for which its page has no statement to spare."""

    locality: Locality
    purpose: Purpose | None
    has_plan: bool
    asks: OpenConsultation | None
    counts: Sequence[int]


def _read_with(slug: str, year: Span) -> _Begun | None:
    """The locality with its wards and priorities, which are few, and what hangs on it, in one statement."""
    beside = (has_plan(Locality.id), *open_in(Locality.id), *counts_beside(Locality.id, year))
    wanted = sa.select(Locality, Purpose, *beside).outerjoin(Purpose, Purpose.locality_id == Locality.id)
    wanted = wanted.where(Locality.slug == slug, Locality.is_imported.is_(False))
    whole = (orm.joinedload(Locality.wards), orm.joinedload(Locality.priorities))
    row = db.session.execute(wanted.options(*whole)).unique().one_or_none()
    if row is None:
        return None
    values: tuple[Any, ...] = tuple(row)
    locality, purpose, has_begun, code, title, *counts = values
    return _Begun(locality, purpose, bool(has_begun), OpenConsultation(code, title) if code else None, counts)


def purpose_of(locality: Locality) -> Purpose | None:
    """What the partnership is for; None where nobody has written it."""
    return db.session.scalar(sa.select(Purpose).where(Purpose.locality_id == locality.id))


def write_purpose(locality: Locality, heading: str, words: str, seen: int, by: Account) -> Purpose:
    """Say what the partnership is for. Raises `SavedMeanwhile`."""
    purpose = purpose_of(locality)
    if purpose is None:
        purpose = Purpose(locality_id=locality.id, heading=heading, words=words, changed_by_id=by.id)
        db.session.add(purpose)
        db.session.flush()
        return purpose
    if not seen:  # another editor wrote the first text while this one did
        raise SavedMeanwhile(purpose)
    save_over(purpose, seen, by, {"heading": heading, "words": words})
    return purpose
