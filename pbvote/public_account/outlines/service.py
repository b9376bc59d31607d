"""Keep, publish and find outlines of years. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now, today
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.public_account.outlines.models import OutlineLine, YearFigure, YearOutline


class OutlinePublic(Refusal):
    """A year that everybody reads, which nothing replaces behind their back."""

    def __init__(self, year: int) -> None:
        super().__init__(f"Everybody reads {year}. Take it down first.")


class NoOutline(Refusal):
    """A year that is not here, or not any more."""

    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such year in outline.")


def _read(wanted: sa.Select[OutlineLine]) -> Sequence[YearOutline]:
    """The outlines of these lines, the latest year first; all together before the localities. One statement."""
    wanted = wanted.join(OutlineLine.outline).outerjoin(OutlineLine.locality)
    wanted = wanted.options(
        orm.contains_eager(OutlineLine.outline), orm.contains_eager(OutlineLine.locality).options(orm.lazyload("*"))
    )
    first = sa.case((OutlineLine.locality_id.is_(None), 0), else_=1)
    found: dict[YearOutline, list[OutlineLine]] = {}
    for line in db.session.scalars(
        wanted.order_by(YearOutline.year.desc(), first, Locality.name, OutlineLine.position)
    ):
        found.setdefault(line.outline, []).append(line)
    for outline, lines in found.items():
        orm.attributes.set_committed_value(outline, "lines", lines)
    return list(found)


def all_outlines() -> Sequence[YearOutline]:
    """Every one, public or not. One statement."""
    return _read(sa.select(OutlineLine))


def public_outlines(*, with_grants: bool = False) -> Sequence[YearOutline]:
    """Those that everybody may read, with the figures of each; also with single grants. One statement."""
    wanted = sa.select(OutlineLine).where(YearOutline.published_on.is_not(None))
    return _read(wanted if with_grants else wanted.where(OutlineLine.figure != YearFigure.GRANT))


def outline_of(year: int, *, public_only: bool) -> YearOutline:
    """One year with all its lines. Raises `NoOutline`. One statement."""
    wanted = sa.select(OutlineLine).where(YearOutline.year == year)
    if public_only:
        wanted = wanted.where(YearOutline.published_on.is_not(None))
    found = _read(wanted)
    if not found:
        raise NoOutline
    return found[0]


def keep_outlines(years: Mapping[int, Sequence[OutlineLine]], by: Account) -> None:
    """Keep these years in place of what was sent of them before. Raises `OutlinePublic`."""
    for year, lines in years.items():
        sent = {"sent_by_id": by.id, "sent_at": now()}
        claim = insert_into(YearOutline).values(year=year, **sent)
        claim = claim.on_conflict_do_update(
            index_elements=[YearOutline.year], set_=sent, where=YearOutline.published_on.is_(None)
        )
        kept = db.session.scalar(claim.returning(YearOutline.id))
        if kept is None:
            raise OutlinePublic(year)
        db.session.execute(sa.delete(OutlineLine).where(OutlineLine.outline_id == kept))
        for line in lines:
            line.outline_id = kept
        db.session.add_all(lines)
    db.session.flush()


def publish_outline(year: int) -> None:
    """Let everybody read it. Raises `NoOutline`."""
    _set_published_on(year, today())


def take_outline_down(year: int) -> None:
    """Let nobody else read it any more. Raises `NoOutline`."""
    _set_published_on(year, None)


def _set_published_on(year: int, day: dt.date | None) -> None:
    change = sa.update(YearOutline).where(YearOutline.year == year).values(published_on=day)
    if db.session.scalar(change.returning(YearOutline.id)) is None:
        raise NoOutline


def drop_outline(year: int) -> None:
    """Delete one that is not public. Raises `OutlinePublic`, `NoOutline`."""
    gone = sa.delete(YearOutline).where(YearOutline.year == year, YearOutline.published_on.is_(None))
    if db.session.scalar(gone.returning(YearOutline.id)) is None:
        raise OutlinePublic(outline_of(year, public_only=True).year)
