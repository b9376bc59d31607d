"""Keep what is typed of a report, and nothing overwritten unseen. Nothing here commits."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent
from pbvote.files.models import Photo
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_photo, keep_photo
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.models import ReportDraft, ReportManner
from pbvote.grants.reports.refusals import DraftMoved
from pbvote.people.models import Account

Typed = Mapping[str, str | list[str]]
"""What was typed, by the name of its box; of boxes to tick, which were."""


def draft_of(award_id: int, manner: ReportManner) -> ReportDraft | None:
    """What was typed of this award's report in this manner."""
    return db.session.get(ReportDraft, (award_id, manner), populate_existing=True)


def save_draft(award: Award, manner: ReportManner, typed: Typed, seen: int, by: Account) -> int:
    """Keep what was typed, if nobody saved it since version `seen`; its version now. Raises `DraftMoved`.

    The same text sent again changes nothing: an answer may have been lost on the way.
    """
    kept = draft_of(award.id, manner)
    if kept and kept.typed == dict(typed):
        return kept.version
    values = {"typed": dict(typed), "saved_at": now(), "account_id": by.id}
    if seen == 0:
        row = {"award_id": award.id, "manner": manner, "version": 1, **values}
        version = db.session.scalar(insert_if_absent(ReportDraft, row).returning(ReportDraft.version))
    else:
        claim = sa.update(ReportDraft).where(
            ReportDraft.award_id == award.id, ReportDraft.manner == manner, ReportDraft.version == seen
        )
        version = db.session.scalar(claim.values(version=seen + 1, **values).returning(ReportDraft.version))
    if version is None:
        raise DraftMoved
    return int(version)


def keep_draft_photo(award: Award, manner: ReportManner, new: NewPhoto, by: Account) -> None:
    """Keep the photo with the draft, in the place of one that was there. The draft has been saved."""
    draft = db.session.get_one(ReportDraft, (award.id, manner), populate_existing=True)
    before = draft.photo
    draft.photo = keep_photo(new, by.id)
    db.session.flush()
    if before:
        forget_photo(before)


def take_draft_photo(award: Award, manner: ReportManner) -> Photo | None:
    """The photo of the draft, if there is one, for the report that is being sent; the drafts go.

    Photos of drafts in another manner go with them.
    """
    taken = None
    for of, photo in _drop_drafts(award.id):
        if of is manner:
            taken = photo
        else:
            forget_photo(photo)
    return taken


def forget_drafts(award_id: int) -> None:
    """Let the drafts of this award's report go, with their photos."""
    for _, photo in _drop_drafts(award_id):
        forget_photo(photo)


def _drop_drafts(award_id: int) -> Sequence[tuple[ReportManner, Photo]]:
    """Delete them; the photos that they had, each with its draft's manner."""
    drafts = db.session.scalars(sa.select(ReportDraft).where(ReportDraft.award_id == award_id)).all()
    photos = [(draft.manner, draft.photo) for draft in drafts if draft.photo]
    for draft in drafts:
        db.session.delete(draft)
    db.session.flush()
    return photos
